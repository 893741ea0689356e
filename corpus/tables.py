"""The tables of the library's file, as the steps that lead from each version of them to the next."""

from __future__ import annotations

from collections.abc import Iterator

_FIRST = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    head INTEGER REFERENCES versions (seq)  -- the version readers are shown; NULL once removed
) STRICT;
CREATE INDEX articles_by_head ON articles (head);
CREATE TABLE versions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,  -- never reused: receipts name it
    article_id TEXT NOT NULL REFERENCES articles (id),
    hash TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    source TEXT,
    author TEXT,
    published TEXT,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    seen_utc TEXT NOT NULL,
    UNIQUE (article_id, hash)
) STRICT;
CREATE INDEX versions_by_hash ON versions (hash);
CREATE INDEX versions_by_url ON versions (url) WHERE url IS NOT NULL;
CREATE TABLE sources (
    key TEXT PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles (id),
    origin TEXT NOT NULL,
    seen_utc TEXT NOT NULL
) STRICT;
CREATE INDEX sources_by_article ON sources (article_id);
CREATE TABLE removals (
    article_id TEXT NOT NULL REFERENCES articles (id),
    seq INTEGER NOT NULL REFERENCES versions (seq),
    removed_utc TEXT NOT NULL
) STRICT;
CREATE TABLE state (revision INTEGER NOT NULL) STRICT;
INSERT INTO state VALUES (0);
"""

# Every new column has a default, so that an earlier footnote that is still at work does not fail.
_SECOND = """
-- When a version was last what a source said; NULL while one still says it.
ALTER TABLE versions ADD COLUMN last_seen_utc TEXT;
CREATE TABLE watches (
    source TEXT PRIMARY KEY,  -- an absolute path, or a canonical web address
    every_s INTEGER NOT NULL,
    policy TEXT NOT NULL,
    added_utc TEXT NOT NULL,
    tried_utc TEXT,
    succeeded_utc TEXT,
    failures INTEGER NOT NULL DEFAULT 0,  -- in a row, up to now
    problem TEXT,  -- why the last try failed
    alarm TEXT,  -- why what the last try found was not believed
    etag TEXT,
    last_modified TEXT
) STRICT;
-- The version it says now.
ALTER TABLE sources ADD COLUMN seq INTEGER REFERENCES versions (seq);
ALTER TABLE sources ADD COLUMN last_seen_utc TEXT NOT NULL DEFAULT '';
-- NULL while it is there.
ALTER TABLE sources ADD COLUMN gone_utc TEXT;
-- The key of the file or page it was read from.
ALTER TABLE sources ADD COLUMN place TEXT;
ALTER TABLE sources ADD COLUMN watch TEXT REFERENCES watches (source) ON DELETE SET NULL;
-- What stood in the feeds and sitemaps that named it, as digests.
ALTER TABLE sources ADD COLUMN entry TEXT;
ALTER TABLE sources ADD COLUMN etag TEXT;
ALTER TABLE sources ADD COLUMN last_modified TEXT;
CREATE INDEX sources_by_seq ON sources (seq);
CREATE INDEX sources_by_watch ON sources (watch) WHERE watch IS NOT NULL;
CREATE INDEX sources_gone ON sources (gone_utc) WHERE gone_utc IS NOT NULL;
UPDATE sources SET
    last_seen_utc = seen_utc,
    place = CASE WHEN key LIKE 'path:%' THEN key END,
    seq = coalesce(
        (SELECT head FROM articles WHERE id = article_id),
        (SELECT max(v.seq) FROM versions AS v WHERE v.article_id = sources.article_id)
    );
UPDATE versions SET last_seen_utc = seen_utc WHERE seq NOT IN (SELECT seq FROM sources WHERE seq IS NOT NULL);
CREATE TABLE aliases (
    alias TEXT PRIMARY KEY,  -- a further key that a source is known by
    key TEXT NOT NULL REFERENCES sources (key)
) STRICT;
CREATE INDEX aliases_by_key ON aliases (key);
CREATE TABLE signatures (
    seq INTEGER PRIMARY KEY REFERENCES versions (seq),
    words BLOB NOT NULL,  -- equal for the same words
    minhash BLOB NOT NULL  -- alike for like words
) STRICT;
CREATE INDEX signatures_by_words ON signatures (words);
CREATE TABLE bands (
    band INTEGER NOT NULL,  -- a digest of a part of a signature: what is alike shares some
    seq INTEGER NOT NULL REFERENCES signatures (seq),
    PRIMARY KEY (band, seq)
) STRICT, WITHOUT ROWID;
-- How every head was signed; NULL while some are not.
ALTER TABLE state ADD COLUMN signed_by TEXT;
"""

# Before it was released the second schema grew by what comes first here, so that some files have it already.
_THIRD = """
-- When it was last asked for, not only named; NULL where that is not known.
ALTER TABLE sources ADD COLUMN asked_utc TEXT;
-- Whose repeating lines it may hold: a host, or the name of an outlet; NULL where lines are not counted.
ALTER TABLE versions ADD COLUMN outlet TEXT;
CREATE INDEX IF NOT EXISTS versions_by_outlet ON versions (outlet) WHERE outlet IS NOT NULL;
-- The lines that were left out of it, as a JSON list.
ALTER TABLE versions ADD COLUMN removed TEXT NOT NULL DEFAULT '[]';
-- The hash of what it said, before lines were left out of that; NULL where that is its version's.
ALTER TABLE sources ADD COLUMN said TEXT;
CREATE TABLE IF NOT EXISTS lines (
    line INTEGER NOT NULL,  -- a digest of an outlet and of a line that may turn out to repeat there
    seq INTEGER NOT NULL REFERENCES versions (seq),
    PRIMARY KEY (line, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS repeating (
    outlet TEXT NOT NULL,
    key TEXT NOT NULL,  -- of the lines that were once recognised to repeat there
    line TEXT NOT NULL,  -- one of them
    PRIMARY KEY (outlet, key)
) STRICT;
-- Where no lines were counted yet, they are when everything is signed anew.
UPDATE state SET signed_by = '' WHERE signed_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM lines);
-- What receipts are sealed with, so that nobody else can write one.
ALTER TABLE state ADD COLUMN receipt_key BLOB;
UPDATE state SET receipt_key = randomblob(32);
"""

_STEPS = (_FIRST, _SECOND, _THIRD)
SCHEMA_VERSION = len(_STEPS)


def steps_from(version: int) -> Iterator[str]:
    """The statements that bring the tables of ``version`` (0: there are none) up to `SCHEMA_VERSION`."""
    for step in _STEPS[version:]:
        yield from step.split(";\n")


def nullable(value: str | int | None) -> str | None:
    """What stands in a column of text that may be NULL."""
    return None if value is None else str(value)

"""The tables of `activity.db`, and the steps by which an older file gets them."""

from __future__ import annotations

from typing import Literal, get_args

_ACTS = """
CREATE TABLE acts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    moment_utc TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL,  -- the article's id, or the source; never a question
    outcome TEXT NOT NULL
) STRICT;
CREATE INDEX acts_by_moment ON acts (moment_utc)
"""

# A person is the keyed hash of a user id, another in each table: see `bot.people`. A day is that of UTC.
_READERS = """
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE counts (
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (day, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE seen (  -- who asked today; a number in counts when the day is over
    day TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (day, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE votes (  -- a row for each excerpt of the answer
    person TEXT NOT NULL,
    answer TEXT NOT NULL,  -- all its receipts
    receipt TEXT NOT NULL,
    article_id TEXT NOT NULL,
    vote TEXT NOT NULL,
    reason TEXT,
    day TEXT NOT NULL,
    PRIMARY KEY (person, answer, receipt)
) STRICT, WITHOUT ROWID;
CREATE TABLE gaps (
    person TEXT NOT NULL,
    folded TEXT NOT NULL,  -- the question without letter case and marks
    question TEXT NOT NULL,
    language TEXT NOT NULL,
    moment_utc TEXT NOT NULL,
    PRIMARY KEY (person, folded)
) STRICT, WITHOUT ROWID;
CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: old buttons name it
    receipt TEXT NOT NULL,
    article_id TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_day TEXT NOT NULL,
    decided_day TEXT,
    n_reporters INTEGER  -- known without them once it is decided
) STRICT;
CREATE UNIQUE INDEX open_reports ON reports (receipt) WHERE state = 'open';
CREATE TABLE reporters (  -- until they are told what was decided
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id INTEGER NOT NULL REFERENCES reports (id),
    person TEXT NOT NULL,
    reason TEXT NOT NULL,
    chat_id INTEGER NOT NULL,
    message_id INTEGER,
    language TEXT NOT NULL,
    moment_utc TEXT NOT NULL,
    UNIQUE (report_id, person)
) STRICT;
CREATE TABLE chats (
    chat_id INTEGER PRIMARY KEY,
    language TEXT,
    excerpts INTEGER NOT NULL,
    quiet_not_found INTEGER NOT NULL
) STRICT;
CREATE TABLE languages (person TEXT PRIMARY KEY, language TEXT NOT NULL) STRICT, WITHOUT ROWID
"""

# Files of before the release have more: a verdict that was always the same, words that nobody asked for. What
# is dropped is gone from the file with the next thing written, which rewrites it.
_LESS = """
ALTER TABLE gaps DROP COLUMN verdict;
ALTER TABLE reporters DROP COLUMN words;
DROP INDEX IF EXISTS votes_by_receipt;
DROP INDEX IF EXISTS votes_by_article;
DELETE FROM notes WHERE name = 'tidied'
"""

_STEPS = (_ACTS, _READERS, _LESS)
SCHEMA_VERSION = len(_STEPS)

# The tables in which a person stands.
Personal = Literal["votes", "gaps", "reporters", "languages", "seen"]
PERSONAL: tuple[Personal, ...] = get_args(Personal)


def steps_from(version: int) -> tuple[str, ...]:
    """The statements that bring a file of a schema version, 0 for an empty one, to this one."""
    return tuple(statement for step in _STEPS[version:] for statement in step.split(";\n"))

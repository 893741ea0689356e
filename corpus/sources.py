"""Where articles come from: a table of every file, page and feed entry that ever gave one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.fetched import Validators
from corpus.tables import nullable
from corpus.types import CleanArticle

_COLUMNS = (
    "SELECT s.key, s.article_id, s.origin, s.seq, coalesce(s.said, v.hash), v.language, s.seen_utc,"
    " s.last_seen_utc, s.gone_utc, s.place, s.watch, s.entry, s.etag, s.last_modified, a.head, s.asked_utc"
    " FROM sources AS s JOIN articles AS a ON a.id = s.article_id LEFT JOIN versions AS v ON v.seq = s.seq"
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """How an article was found this time.

    Args:
        place: The key of the file or page that it was read from.
        watch: The watch that led to it; None for what a person names.
        entry: Digests of what stood in the feeds and sitemaps that named it.
        validators: What its server gave to ask again.
    """

    place: str | None = None
    watch: str | None = None
    entry: str | None = None
    validators: Validators = field(default_factory=Validators)


@dataclass(frozen=True, slots=True)
class Source:
    """A file, a page or a feed entry that gives an article.

    Args:
        key: What it is known by.
        article_id: The article it gives.
        origin: What a person would call it.
        seq: The version of the article that it gives now; None where that is not known.
        hash: The hash of what it says, before lines were left out of that.
        language: The language of that version.
        seen_utc: When it was first seen.
        last_seen_utc: When it was last seen.
        gone_utc: Since when it is known to be gone; None while it is there.
        found: How it was found last.
        head: The version of the article that readers are shown; None when that was removed.
        asked_utc: When it was last read or asked for, and not only named by a feed; None where not known.
    """

    key: str
    article_id: str
    origin: str
    seq: int | None
    hash: str | None
    language: str | None
    seen_utc: str
    last_seen_utc: str
    gone_utc: str | None
    found: Sighting
    head: int | None
    asked_utc: str | None = None


class SourceTable:
    """The table of sources; whoever writes to it has a transaction open.

    Args:
        database: The library's.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def find(self, *keys: str) -> Source | None:
        """The source that the first known one of these keys or aliases belongs to."""
        for key in keys:
            row = self._db.execute(f"{_COLUMNS} WHERE s.key = ?", (key,)).fetchone()
            if row is None:
                row = self._db.execute(
                    f"{_COLUMNS} JOIN aliases AS n ON n.key = s.key WHERE n.alias = ?", (key,)
                ).fetchone()
            if row is not None:
                return _source(row)
        return None

    def of_article(self, article_id: str) -> tuple[Source, ...]:
        """Every source of an article, the oldest first."""
        query = f"{_COLUMNS} WHERE s.article_id = ? ORDER BY s.seen_utc, s.key"
        return tuple(map(_source, self._db.execute(query, (article_id,))))

    def of_watch(self, watch: str) -> Iterator[Source]:
        """Every source that a watch led to, that is there as far as is known and whose article is shown."""
        query = f"{_COLUMNS} WHERE s.watch = ? AND s.gone_utc IS NULL AND a.head IS NOT NULL ORDER BY s.key"
        yield from map(_source, self._db.execute(query, (watch,)).fetchall())

    def count_others(self, source: Source) -> int:
        """How many other sources that are there give the same article."""
        query = "SELECT count(*) FROM sources WHERE article_id = ? AND key != ? AND gone_utc IS NULL"
        return int(self._db.execute(query, (source.article_id, source.key)).fetchone()[0])

    def gone(self) -> dict[str, str]:
        """Since when each article that is shown has no source any more, by its id."""
        query = (
            "SELECT article_id, max(gone_utc) FROM sources WHERE article_id IN"
            " (SELECT s.article_id FROM sources AS s JOIN articles AS a ON a.id = s.article_id"
            " WHERE s.gone_utc IS NOT NULL AND a.head IS NOT NULL)"
            " GROUP BY article_id HAVING count(*) = count(gone_utc)"
        )
        return {str(article_id): str(gone_utc) for article_id, gone_utc in self._db.execute(query)}

    def add(self, article: CleanArticle, article_id: str, *, sighting: Sighting, now: str) -> None:
        """Add the source that gave ``article``."""
        self._db.execute(
            "INSERT INTO sources (key, article_id, origin, seen_utc) VALUES (?, ?, ?, ?)",
            (article.key, article_id, article.origin, now),
        )
        self.see(article.key, article, sighting=sighting, now=now)

    def see(self, key: str, article: CleanArticle, *, sighting: Sighting, now: str) -> None:
        """Remember that the source ``key`` was there just now, and by what names it goes.

        It stays with the first watch that led to it, whoever else finds it too.
        """
        self._db.execute(
            "UPDATE sources SET origin = ?, last_seen_utc = ?, asked_utc = ?, gone_utc = NULL, place = ?,"
            " watch = coalesce(watch, ?), entry = coalesce(?, entry), etag = ?, last_modified = ?"
            " WHERE key = ?",
            (
                *(article.origin, now, now, sighting.place, sighting.watch, sighting.entry),
                *(sighting.validators.etag, sighting.validators.last_modified, key),
            ),
        )
        for alias in (article.key, *article.aliases):
            if alias != key:
                self._db.execute("INSERT OR IGNORE INTO aliases VALUES (?, ?)", (alias, key))

    def see_unchanged(self, key: str, *, watch: str | None, entry: str | None, now: str) -> None:
        """Remember that the source ``key`` was there just now, and was not read."""
        self._db.execute(
            "UPDATE sources SET last_seen_utc = ?, gone_utc = NULL, watch = coalesce(watch, ?),"
            " entry = coalesce(?, entry) WHERE key = ?",
            (now, watch, entry, key),
        )

    def ask(self, key: str, now: str) -> None:
        """Remember that the source ``key`` was asked for just now, whatever came of it."""
        self._db.execute("UPDATE sources SET asked_utc = ? WHERE key = ?", (now, key))

    def say(self, key: str, seq: int, said: str | None = None) -> None:
        """From now on the source ``key`` gives version ``seq``; the one before was last seen when it was.

        Args:
            key: The source's.
            seq: What it gives.
            said: The hash of what it says; None where that is as it was.
        """
        self._db.execute(
            "UPDATE versions SET last_seen_utc = (SELECT last_seen_utc FROM sources WHERE key = ?1)"
            " WHERE seq = (SELECT seq FROM sources WHERE key = ?1) AND seq != ?2",
            (key, seq),
        )
        self._db.execute(
            "UPDATE sources SET seq = ?, said = coalesce(?, said) WHERE key = ?", (seq, said, key)
        )

    def say_shorter(self, before: int, seq: int) -> None:
        """From now on what gave version ``before`` gives ``seq``, which is the same without some lines."""
        self._db.execute(
            "UPDATE sources SET said = coalesce(said, (SELECT hash FROM versions WHERE seq = ?1))"
            " WHERE seq = ?1",
            (before,),
        )
        rows = self._db.execute("SELECT key FROM sources WHERE seq = ?", (before,)).fetchall()
        for (key,) in rows:
            self.say(str(key), seq)

    def part(self, key: str, article_id: str) -> None:
        """From now on the source ``key`` gives another article."""
        self._db.execute("UPDATE sources SET article_id = ? WHERE key = ?", (article_id, key))

    def lose(self, key: str, now: str) -> None:
        """Remember that the source ``key`` is gone."""
        self._db.execute("UPDATE sources SET gone_utc = ? WHERE key = ?", (now, key))


def _source(row: tuple[str | int | None, ...]) -> Source:
    (key, article_id, origin, seq, content_hash, language, seen, last_seen, gone, *found, head, asked) = row
    place, watch, entry, etag, last_modified = map(nullable, found)
    return Source(
        key=str(key),
        article_id=str(article_id),
        origin=str(origin),
        seq=None if seq is None else int(seq),
        hash=nullable(content_hash),
        language=nullable(language),
        seen_utc=str(seen),
        last_seen_utc=str(last_seen),
        gone_utc=nullable(gone),
        found=Sighting(place, watch, entry, Validators(etag, last_modified)),
        head=None if head is None else int(head),
        asked_utc=nullable(asked),
    )

"""The library as it is read: its articles and versions, their sources, and what is like them.

Whatever is said here is said of the last commit; nothing is changed.
"""

from __future__ import annotations

import hmac
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.copying import copy_database
from corpus.errors import LibraryError
from corpus.keys import path_key, printable, url_key
from corpus.near import Near, SignatureTable
from corpus.repeating import RepeatingLines
from corpus.schema import open_to_read, translated
from corpus.sources import Source, SourceTable
from corpus.tables import nullable
from corpus.types import ArticleVersion, Metadata
from corpus.watches import Watch, WatchTable
from corpus.web_address import canonical, is_web_address

_VERSION = (
    "SELECT v.article_id, v.seq, v.hash, v.title, v.url, v.source, v.author, v.published,"
    " v.text, v.language, v.seen_utc, v.removed, (SELECT receipt_key FROM state) FROM versions AS v"
)


@dataclass(frozen=True, slots=True)
class Sight:
    """A version of an article, and until when a source said it.

    Args:
        version: The version; it says since when.
        last_seen_utc: ISO 8601 moment of the last sight.
    """

    version: ArticleVersion
    last_seen_utc: str


class ReadableLibrary:
    """One open library; close it, or use it as a context manager.

    Safe from any thread: SQLite serialises the calls and each has its own cursor. Readers in this and other
    processes never wait for a writer (WAL); each call sees the last commit.
    """

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        self._db = database
        # SQLite's own functions know the capital letters of English only.
        database.create_function("folded", 1, str.casefold, deterministic=True)
        self._path = path
        self._sources = SourceTable(database)
        self._signatures = SignatureTable(database)
        self._lines = RepeatingLines(database)

    @classmethod
    def open_to_read(cls, path: Path) -> Self:
        """The library at ``path``, through which nothing can be changed; cheap enough for one question.

        Raises:
            LibraryError: There is none, or as for `open`.
        """
        return cls(open_to_read(path), path)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def current(self) -> Iterator[ArticleVersion]:
        """The newest version of every article not removed, by article id, one at a time.

        It is one read: what is committed meanwhile is not seen. Don't write through this object
        before it is exhausted.
        """
        query = f"{_VERSION} JOIN articles AS a ON a.head = v.seq ORDER BY a.id"
        with translated(self._path), closing(self._db.execute(query)) as rows:
            for row in rows:
                yield _version(row)

    def versions(self) -> Iterator[ArticleVersion]:
        """Every version ever stored, in the order of storing, one at a time; else as for `current`."""
        with translated(self._path), closing(self._db.execute(f"{_VERSION} ORDER BY v.seq")) as rows:
            for row in rows:
                yield _version(row)

    def titled(self, words: str, *, offset: int, limit: int) -> tuple[tuple[ArticleVersion, ...], int]:
        """Up to ``limit`` current articles whose titles hold all ``words``, newest first, from ``offset``.

        Args:
            words: As they stand anywhere in a title, in any order, capital letters or not; empty for all.
            offset: How many are passed over.
            limit: How many are given at most.

        Returns:
            The articles, and how many there are in all.
        """
        wanted = words.casefold().split()
        where = " AND ".join(["a.head IS NOT NULL", *["instr(folded(v.title), ?)"] * len(wanted)])
        # The words stand in `where` as question marks only.
        shown = f"JOIN articles AS a ON a.head = v.seq WHERE {where}"
        newest_first = "ORDER BY v.published IS NULL, v.published DESC, a.id LIMIT ? OFFSET ?"
        with translated(self._path):
            rows = self._db.execute(f"{_VERSION} {shown} {newest_first}", (*wanted, limit, offset)).fetchall()
            counted = f"SELECT count(*) FROM versions AS v {shown}"  # noqa: S608 - see above
            total = self._number(counted, *wanted)
        return tuple(map(_version, rows)), total

    def heads(self) -> dict[str, tuple[int, str]]:
        """Number and hash of the version that `current` gives of each article, by article id."""
        query = "SELECT a.id, v.seq, v.hash FROM articles AS a JOIN versions AS v ON a.head = v.seq"
        with translated(self._path):
            return {str(row[0]): (int(row[1]), str(row[2])) for row in self._db.execute(query)}

    def count(self) -> int:
        """How many articles `current` gives."""
        return self._number("SELECT count(*) FROM articles WHERE head IS NOT NULL")

    @property
    def revision(self) -> int:
        """A number that grows whenever what `current` gives changes."""
        return self._number("SELECT revision FROM state")

    def version(self, seq: int) -> ArticleVersion | None:
        """Any version ever stored, by its number; None for a number never given."""
        if not 0 < seq < 2**63:  # a mistyped receipt may name a number that SQLite cannot hold
            return None
        return self._one(f"{_VERSION} WHERE v.seq = ?", seq)

    def latest(self, article_id: str) -> ArticleVersion | None:
        """The version readers are shown; None when the article is unknown or removed."""
        return self._one(f"{_VERSION} JOIN articles AS a ON a.head = v.seq WHERE a.id = ?", article_id)

    def about(self, article_id: str) -> Metadata | None:
        """What is known of an article, or was before it was removed; None for an unknown one."""
        query = (
            "SELECT v.title, v.url, v.source, v.author, v.published FROM versions AS v"
            " JOIN articles AS a ON a.id = v.article_id WHERE a.id = ?"
            " ORDER BY v.seq = a.head DESC, v.seq DESC"
        )
        with translated(self._path):
            row = self._row(query, article_id)
        return None if row is None else _metadata(*row)

    def history(self, article_id: str) -> Iterator[Sight]:
        """Every version of an article, the oldest first, also of a removed one; none of an unknown one."""
        last_seen = "coalesce((SELECT max(s.last_seen_utc) FROM sources AS s WHERE s.seq = v.seq),"
        query = _VERSION.replace(
            " FROM versions", f", {last_seen} v.last_seen_utc, v.seen_utc) FROM versions", 1
        )
        with translated(self._path):
            rows = self._db.execute(f"{query} WHERE v.article_id = ? ORDER BY v.seq", (article_id,))
            for *row, last_seen_utc in rows:
                yield Sight(_version(tuple(row)), str(last_seen_utc))

    def sources(self, article_id: str) -> tuple[Source, ...]:
        """Every source that gives an article, the oldest first."""
        with translated(self._path):
            return self._sources.of_article(article_id)

    def source(self, *keys: str) -> Source | None:
        """The source that is known by the first of these keys that is known at all."""
        with translated(self._path):
            return self._sources.find(*keys)

    def find(self, text: str) -> str | None:
        """The id of the article that ``text`` names: an id, a path it was added from, or its URL.

        A removed article is found by its id and by what it was added from.
        """
        text = printable(text)
        address = url_key(canonical(text)) if is_web_address(text) else ""
        with translated(self._path):
            if self._row("SELECT id FROM articles WHERE id = ?", text):
                return text
            source = self._sources.find(path_key(text), address)
            if source is not None:
                return source.article_id
            row = self._row(
                "SELECT a.id FROM versions AS v JOIN articles AS a ON a.head = v.seq"
                " WHERE v.url = ? ORDER BY v.seq DESC",
                text,
            )
        return None if row is None else str(row[0])

    def gone(self) -> dict[str, str]:
        """Since when each current article that is gone at all of its sources is so, by its id."""
        with translated(self._path):
            return self._sources.gone()

    def near(self, article_id: str) -> tuple[Near, ...]:
        """The other current articles that say nearly the same, the most alike first."""
        with translated(self._path):
            row = self._row("SELECT head FROM articles WHERE id = ? AND head IS NOT NULL", article_id)
            found = [] if row is None else self._signatures.near_version(int(row[0]))
        return tuple(near for near in found if near.article_id != article_id)

    def near_text(self, text: str) -> tuple[Near, ...]:
        """The current articles that say nearly the same as a cleaned text, the most alike first."""
        with translated(self._path):
            return tuple(self._signatures.near(text))

    def watches(self) -> tuple[Watch, ...]:
        """Everything that is watched, by source."""
        with translated(self._path):
            return WatchTable(self._db).all()

    def watched_sources(self, watch: str) -> Iterator[Source]:
        """Every source that a watch led to, that is there as far as is known and whose article is shown."""
        with translated(self._path):
            yield from self._sources.of_watch(watch)

    def check(self) -> None:
        """Read the whole file.

        Raises:
            LibraryError: It is damaged, if only where nothing has read it lately.
        """
        with translated(self._path):
            (found,) = self._db.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            damage = found.splitlines()[-1]
            raise LibraryError(
                f"{self._path} is damaged ({damage})", "restore a backup: footnote restore FILE --force"
            )

    def copy_to(self, path: Path, on_pages: Callable[[int, int], None]) -> None:
        """Copy all of it into a new file, as of now, while others may write; see `copy_database`.

        Raises:
            LibraryError: It cannot be read, or the copy cannot be written.
        """
        with translated(self._path):
            copy_database(self._db, path, on_pages)

    def _row(self, query: str, value: str | int) -> tuple[str | int, ...] | None:
        row: tuple[str | int, ...] | None = self._db.execute(query + " LIMIT 1", (value,)).fetchone()
        return row

    def _one(self, query: str, value: str | int) -> ArticleVersion | None:
        with translated(self._path):
            row = self._row(query, value)
        return None if row is None else _version(row)

    def _number(self, query: str, *values: str) -> int:
        with translated(self._path):
            return int(self._db.execute(query, values).fetchone()[0])


def _version(row: tuple[str | int, ...]) -> ArticleVersion:
    (
        article_id,
        seq,
        content_hash,
        title,
        url,
        source,
        author,
        published,
        text,
        language,
        seen_utc,
        removed,
        key,
    ) = row
    metadata = _metadata(title, url, source, author, published)
    version = str(article_id), int(seq), str(content_hash), metadata, str(text), str(language), str(seen_utc)
    return ArticleVersion(*version, tuple(json.loads(str(removed))), seal=_seal(key, *version[1:3]))


def _seal(key: object, seq: int, content_hash: str) -> str:
    """A secret of a version, made of the library's own: who knows the words of an article cannot make it."""
    assert isinstance(key, bytes), "every library has one"
    return hmac.digest(key, f"{seq} {content_hash}".encode(), "sha256").hex()


def _metadata(title: object, *others: str | int | None) -> Metadata:
    return Metadata(str(title), *map(nullable, others))

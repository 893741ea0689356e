"""The library: every article and every version of it, in one SQLite file; the source of truth.

An article is known by an id and fed by one or more sources (a path, a given id). What a source said is
a version, numbered for good and never changed; the article's head is the version readers are shown.
Removing an article takes its head away and leaves its versions, so an old receipt can still be checked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal

from corpus.errors import LibraryError
from corpus.keys import derived_id, given_id, path_key, printable
from corpus.schema import open_database, open_to_read, translated
from corpus.types import ArticleVersion, CleanArticle, Metadata

PutStatus = Literal["added", "updated", "unchanged", "duplicate"]

_VERSION = (
    "SELECT v.article_id, v.seq, v.hash, v.title, v.url, v.source, v.author, v.published,"
    " v.text, v.language, v.seen_utc FROM versions AS v"
)


@dataclass(frozen=True, slots=True)
class PutOutcome:
    """What putting an article did.

    Args:
        status: ``added`` (new, or back after a removal), ``updated``, ``unchanged``, or ``duplicate``
            (another source already gave the same words).
        article_id: The article that now holds the words.
    """

    status: PutStatus
    article_id: str


class Library:
    """One open library; close it, or use it as a context manager.

    Reading is safe from any thread: SQLite serialises the calls and each has its own cursor. Writing
    belongs to one thread at a time, the one that holds `corpus.lock.writing`. Readers in this and other
    processes never wait for a writer (WAL); each call sees the last commit.
    """

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        self._db = database
        self._path = path

    @classmethod
    def open(cls, path: Path) -> Library:
        """The library at ``path``, created when absent.

        Raises:
            LibraryError: The file is damaged, is not a library, or was written by a later footnote.
                It is left as it was.
        """
        return cls(open_database(path), path)

    @classmethod
    def open_to_read(cls, path: Path) -> Library:
        """The library at ``path``, through which nothing can be changed; cheap enough for one question.

        Raises:
            LibraryError: There is none, or as for `open`.
        """
        return cls(open_to_read(path), path)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Commit all that is put or removed inside at once, or none of it when it raises or is killed."""
        with translated(self._path):
            self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.rollback()
            raise
        with translated(self._path):
            self._db.execute("COMMIT")

    def put(self, article: CleanArticle) -> PutOutcome:
        """Store what a source says now; the same words again change nothing."""
        with self._writing():
            known = self._row("SELECT article_id, origin FROM sources WHERE key = ?", article.key)
            if known is None:
                return self._put_new(article)
            if known[1] != article.origin:
                self._db.execute("UPDATE sources SET origin = ? WHERE key = ?", (article.origin, article.key))
            return self._put_known(article, str(known[0]))

    def remove(self, article_id: str) -> bool:
        """Take an article out of `current` and record it; False when it was not there."""
        with self._writing():
            row = self._row("SELECT head FROM articles WHERE id = ? AND head IS NOT NULL", article_id)
            if row is None:
                return False
            self._db.execute("INSERT INTO removals VALUES (?, ?, ?)", (article_id, row[0], _now()))
            self._db.execute("UPDATE articles SET head = NULL WHERE id = ?", (article_id,))
            self._grow()
            return True

    def current(self) -> Iterator[ArticleVersion]:
        """The newest version of every article not removed, by article id, one at a time.

        It is one read: what is committed meanwhile is not seen. Don't write through this object
        before it is exhausted.
        """
        query = f"{_VERSION} JOIN articles AS a ON a.head = v.seq ORDER BY a.id"
        with translated(self._path), closing(self._db.execute(query)) as rows:
            for row in rows:
                yield _version(row)

    def heads(self) -> dict[str, tuple[int, str]]:
        """Number and hash of the version that `current` gives of each article, by article id."""
        query = "SELECT a.id, v.seq, v.hash FROM articles AS a JOIN versions AS v ON a.head = v.seq"
        with translated(self._path):
            return {str(row[0]): (int(row[1]), str(row[2])) for row in self._db.execute(query)}

    def count(self) -> int:
        """How many articles `current` gives."""
        return self._number("SELECT count(*) FROM articles WHERE head IS NOT NULL")

    def version(self, seq: int) -> ArticleVersion | None:
        """Any version ever stored, by its number; None for a number never given."""
        if not 0 < seq < 2**63:  # a mistyped receipt may name a number that SQLite cannot hold
            return None
        return self._one(f"{_VERSION} WHERE v.seq = ?", seq)

    def latest(self, article_id: str) -> ArticleVersion | None:
        """The version readers are shown; None when the article is unknown or removed."""
        return self._one(f"{_VERSION} JOIN articles AS a ON a.head = v.seq WHERE a.id = ?", article_id)

    def find(self, text: str) -> str | None:
        """The id of the article that ``text`` names: an id, a path it was added from, or its URL.

        A removed article is found by its id and path, not by its URL.
        """
        text = printable(text)
        with translated(self._path):
            row = (
                self._row("SELECT id FROM articles WHERE id = ?", text)
                or self._row("SELECT article_id FROM sources WHERE key = ?", path_key(text))
                or self._row(
                    "SELECT a.id FROM versions AS v JOIN articles AS a ON a.head = v.seq"
                    " WHERE v.url = ? ORDER BY v.seq DESC",
                    text,
                )
            )
        return None if row is None else str(row[0])

    def check(self) -> None:
        """Read the whole file.

        Raises:
            LibraryError: It is damaged, if only where nothing has read it lately.
        """
        with translated(self._path):
            (found,) = self._db.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            damage = found.splitlines()[-1]
            raise LibraryError(f"{self._path} is damaged ({damage})", "restore library.db from a backup")

    @property
    def revision(self) -> int:
        """A number that grows whenever what `current` gives changes."""
        return self._number("SELECT revision FROM state")

    def _put_new(self, article: CleanArticle) -> PutOutcome:
        """Store the words of a source seen for the first time."""
        twin = None if given_id(article.key) else self._twin(article.content_hash())
        if twin is not None:
            self._add_source(article, twin)
            return PutOutcome("duplicate", twin)
        article_id = given_id(article.key) or self._free_id(article.key)
        self._db.execute("INSERT INTO articles (id) VALUES (?) ON CONFLICT DO NOTHING", (article_id,))
        self._add_source(article, article_id)
        return self._put_into(article, article_id)

    def _put_known(self, article: CleanArticle, article_id: str) -> PutOutcome:
        """Store the words of a source that already feeds ``article_id``."""
        head = self._head_hash(article_id)
        if head == article.content_hash():
            return PutOutcome("unchanged", article_id)
        if head is None or given_id(article.key) or self._count_sources(article_id) == 1:
            return self._put_into(article, article_id)
        # The others still say what the shared article says, so this source parts from them.
        own_id = self._free_id(article.key)
        self._db.execute("INSERT INTO articles (id) VALUES (?)", (own_id,))
        self._db.execute("UPDATE sources SET article_id = ? WHERE key = ?", (own_id, article.key))
        return self._put_into(article, own_id)

    def _put_into(self, article: CleanArticle, article_id: str) -> PutOutcome:
        """Make the words the head of an article; the version row is reused when it said them before."""
        head = self._head_hash(article_id)
        if head == article.content_hash():
            return PutOutcome("unchanged", article_id)
        meta = article.metadata
        self._db.execute(
            "INSERT INTO versions (article_id, hash, title, url, source, author, published, text,"
            " language, seen_utc) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (
                article_id,
                article.content_hash(),
                *(meta.title, meta.url, meta.source, meta.author, meta.published),
                *(article.text, article.language, _now()),
            ),
        )
        self._db.execute(
            "UPDATE articles SET head = (SELECT seq FROM versions WHERE article_id = ? AND hash = ?)"
            " WHERE id = ?",
            (article_id, article.content_hash(), article_id),
        )
        self._grow()
        return PutOutcome("added" if head is None else "updated", article_id)

    def _twin(self, content_hash: str) -> str | None:
        """A current article with these words that may be shared: one no given id lays claim to."""
        row = self._row(
            "SELECT a.id FROM versions AS v JOIN articles AS a ON a.head = v.seq WHERE v.hash = ?"
            " AND NOT EXISTS (SELECT 1 FROM sources WHERE key = 'id:' || a.id) ORDER BY a.id",
            content_hash,
        )
        return None if row is None else str(row[0])

    def _free_id(self, key: str) -> str:
        """An id made from the source's key: the same in every library, unless another article has it."""
        salt = 0
        while True:
            article_id = derived_id(key if salt == 0 else f"{key}#{salt}")
            if self._row("SELECT 1 FROM articles WHERE id = ?", article_id) is None:
                return article_id
            salt += 1

    def _head_hash(self, article_id: str) -> str | None:
        row = self._row(
            "SELECT v.hash FROM versions AS v JOIN articles AS a ON a.head = v.seq WHERE a.id = ?", article_id
        )
        return None if row is None else str(row[0])

    def _count_sources(self, article_id: str) -> int:
        return self._number("SELECT count(*) FROM sources WHERE article_id = ?", article_id)

    def _add_source(self, article: CleanArticle, article_id: str) -> None:
        self._db.execute(
            "INSERT INTO sources (key, article_id, origin, seen_utc) VALUES (?, ?, ?, ?)",
            (article.key, article_id, article.origin, _now()),
        )

    def _grow(self) -> None:
        self._db.execute("UPDATE state SET revision = revision + 1")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """The batch that is open, or one of its own."""
        if self._db.in_transaction:
            with translated(self._path):
                yield
        else:
            with self.batch(), translated(self._path):
                yield

    def _row(self, query: str, value: str | int) -> tuple[str | int, ...] | None:
        row: tuple[str | int, ...] | None = self._db.execute(query + " LIMIT 1", (value,)).fetchone()
        return row

    def _one(self, query: str, value: str | int) -> ArticleVersion | None:
        with translated(self._path):
            row = self._db.execute(query, (value,)).fetchone()
        return None if row is None else _version(row)

    def _number(self, query: str, *values: str) -> int:
        with translated(self._path):
            return int(self._db.execute(query, values).fetchone()[0])


def _version(row: tuple[str | int, ...]) -> ArticleVersion:
    article_id, seq, content_hash, title, url, source, author, published, text, language, seen_utc = row
    metadata = Metadata(str(title), _maybe(url), _maybe(source), _maybe(author), _maybe(published))
    return ArticleVersion(
        str(article_id), int(seq), str(content_hash), metadata, str(text), str(language), str(seen_utc)
    )


def _maybe(value: str | int | None) -> str | None:
    return None if value is None else str(value)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

"""The library: every article and every version of it, in one SQLite file; the source of truth.

An article is known by an id and fed by one or more sources (a file, a page, a feed entry, a given id).
What a source said is a version, numbered for good and never changed; the article's head is the version
readers are shown. Sources that say the same words share an article and keep their own versions of it.
Removing an article takes its head away and leaves its versions, so an old receipt can still be checked.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from corpus.errors import LibraryError
from corpus.keys import path_key, printable, url_key
from corpus.near import Near, SignatureTable
from corpus.repeating import MAX_SHORTENED, RepeatingLines
from corpus.schema import open_database, open_to_read, translated
from corpus.sources import Sighting, Source, SourceTable
from corpus.storing import PutOutcome, Storing, now_utc
from corpus.tables import nullable
from corpus.types import ArticleVersion, CleanArticle, LeftOut, Metadata
from corpus.watches import Watch, WatchTable
from corpus.web_address import canonical, is_web_address

# So many old versions are signed before others may write, and a kill loses no more. All of them can be
# shortened in the same batch.
_TAKEN_UP_AT_ONCE = MAX_SHORTENED

_BY_HAND = Sighting()

_VERSION = (
    "SELECT v.article_id, v.seq, v.hash, v.title, v.url, v.source, v.author, v.published,"
    " v.text, v.language, v.seen_utc, v.removed FROM versions AS v"
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


class Library:
    """One open library; close it, or use it as a context manager.

    Reading is safe from any thread: SQLite serialises the calls and each has its own cursor. Writing
    belongs to one thread at a time, the one that holds `corpus.lock.writing`. Readers in this and other
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
        self._storing = Storing(
            database, sources=self._sources, signatures=self._signatures, lines=self._lines
        )

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
        """Commit all that is put or removed inside at once, or none of it when it raises or is killed.

        With it goes what follows from it: lines that turn out to repeat are left out of what was there.
        """
        self._begin()
        try:
            yield
            with translated(self._path):
                self._storing.shorten()
                self._db.execute("COMMIT")
        except BaseException:
            self._db.rollback()
            raise

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Take back all that is put or removed inside, so that it only shows what it would do.

        Others wait to write meanwhile, so don't stay long.
        """
        self._begin()
        try:
            yield
        finally:
            self._db.rollback()

    def put(self, article: CleanArticle, sighting: Sighting = _BY_HAND) -> PutOutcome:
        """Store what a source says now; the same words again change nothing.

        Args:
            article: What it says.
            sighting: How it was found. An article that was removed comes back when a person names its
                source, and when that was gone and is there again, but not because a watch still sees it.
        """
        with self._writing():
            return self._storing.put(article, sighting)

    def see(self, source: Source, *, watch: str | None = None, entry: str | None = None) -> None:
        """Remember that a source is there and says what it said; see `Sighting`."""
        with self._writing():
            self._sources.see_unchanged(source.key, watch=watch, entry=entry, now=now_utc())

    def lose(self, source: Source, *, remove: bool) -> None:
        """Remember that a source is gone; its article goes with the last one if ``remove``."""
        with self._writing():
            self._sources.lose(source.key, now_utc())
            if remove and self._sources.count_others(source) == 0:
                self.remove(source.article_id)

    def remove(self, article_id: str) -> bool:
        """Take an article out of `current` and record it; False when it was not there."""
        with self._writing():
            row = self._row("SELECT head FROM articles WHERE id = ? AND head IS NOT NULL", article_id)
            if row is None:
                return False
            self._db.execute("INSERT INTO removals VALUES (?, ?, ?)", (article_id, row[0], now_utc()))
            self._storing.hide(article_id)
            return True

    def put_back(self, seq: int) -> str | None:
        """Show version ``seq`` of a removed article again.

        Returns:
            The article's id; None where it is there, or no version has that number.
        """
        with self._writing():
            version = self.version(seq)
            if version is None or self.latest(version.article_id) is not None:
                return None
            self._storing.show(version.article_id, seq, version.metadata.title, version.text)
            return version.article_id

    def sign_all(self) -> None:
        """Sign what an earlier footnote stored, and count its lines.

        So articles that say the same are found in it, and lines that repeat are left out of it.
        """
        with translated(self._path):
            if self._signatures.is_complete():
                return
            with self._writing():
                self._signatures.begin_anew()
            after: int | None = 0
            while after is not None:
                with self._writing():
                    after = self._storing.take_up(_TAKEN_UP_AT_ONCE, after=after)

    def left_out(self) -> tuple[LeftOut, ...]:
        """The lines that repeat at each outlet of whose articles some were left out since this was opened."""
        with translated(self._path):
            return self._lines.left_out()

    def current(self) -> Iterator[ArticleVersion]:
        """The newest version of every article not removed, by article id, one at a time.

        It is one read: what is committed meanwhile is not seen. Don't write through this object
        before it is exhausted.
        """
        query = f"{_VERSION} JOIN articles AS a ON a.head = v.seq ORDER BY a.id"
        with translated(self._path), closing(self._db.execute(query)) as rows:
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
        shown = f"JOIN articles AS a ON a.head = v.seq WHERE {where}"
        newest_first = "ORDER BY v.published IS NULL, v.published DESC, a.id LIMIT ? OFFSET ?"
        with translated(self._path):
            rows = self._db.execute(f"{_VERSION} {shown} {newest_first}", (*wanted, limit, offset)).fetchall()
            total = self._number(f"SELECT count(*) FROM versions AS v {shown}", *wanted)
        return tuple(map(_version, rows)), total

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
        query = _VERSION.replace(" FROM", f", {last_seen} v.last_seen_utc, v.seen_utc) FROM", 1)
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

    @contextmanager
    def watching(self) -> Iterator[WatchTable]:
        """The watches, to change them all at once or not at all."""
        with self._writing():
            yield WatchTable(self._db)

    def watched_sources(self, watch: str) -> Iterator[Source]:
        """Every source that a watch led to, that is there as far as is known and whose article is shown."""
        with translated(self._path):
            yield from self._sources.of_watch(watch)

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

    def _begin(self) -> None:
        with translated(self._path):
            self._db.execute("BEGIN IMMEDIATE")
        self._lines.begin()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """The batch that is open, or one of its own."""
        batch = nullcontext() if self._db.in_transaction else self.batch()
        with batch, translated(self._path):
            yield

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
    ) = row
    metadata = _metadata(title, url, source, author, published)
    version = str(article_id), int(seq), str(content_hash), metadata, str(text), str(language), str(seen_utc)
    return ArticleVersion(*version, tuple(json.loads(str(removed))))


def _metadata(title: object, *others: str | int | None) -> Metadata:
    return Metadata(str(title), *map(nullable, others))

"""The library: every article and every version of it, in one SQLite file; the source of truth.

An article is known by an id and fed by one or more sources (a file, a page, a feed entry, a given id).
What a source said is a version, numbered for good and never changed; the article's head is the version
readers are shown. Sources that say the same words share an article and keep their own versions of it.
Removing an article takes its head away and leaves its versions, so an old receipt can still be checked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from corpus.readable_library import ReadableLibrary
from corpus.repeating import MAX_SHORTENED
from corpus.schema import open_database, translated
from corpus.sources import Sighting, Source
from corpus.storing import PutOutcome, Storing, now_utc
from corpus.types import CleanArticle, LeftOut
from corpus.watches import WatchTable

# So many old versions are signed before others may write, and a kill loses no more. All of them can be
# shortened in the same batch.
_TAKEN_UP_AT_ONCE = MAX_SHORTENED

_BY_HAND = Sighting()


class Library(ReadableLibrary):
    """One open library that can be written; close it, or use it as a context manager.

    Reading is safe from any thread; writing belongs to one at a time, the one that holds
    `corpus.lock.writing`.
    """

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        super().__init__(database, path)
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

    def ask(self, source: Source) -> None:
        """Remember that a source was asked for, whatever came of it."""
        with self._writing():
            self._sources.ask(source.key, now_utc())

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

    @contextmanager
    def watching(self) -> Iterator[WatchTable]:
        """The watches, to change them all at once or not at all."""
        with self._writing():
            yield WatchTable(self._db)

    def be_one_file(self) -> None:
        """Take in what stands in files beside the library's own; whoever writes next makes them again."""
        with translated(self._path):
            self._db.execute("PRAGMA journal_mode = DELETE")

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

"""What becomes of the words of a source: a new article, a new version, a further source of a known one."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from corpus.keys import derived_id, given_id
from corpus.near import SignatureTable
from corpus.repeating import RepeatingLines, Repetitive, Shortened
from corpus.sources import Sighting, Source, SourceTable
from corpus.types import CleanArticle

PutStatus = Literal["added", "updated", "unchanged", "duplicate"]


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


class Storing:
    """Decides which article the words of a source belong to, and stores them; a transaction is open.

    Args:
        database: The library's.
        sources: Its sources.
        signatures: Its signatures.
        lines: Its lines.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        *,
        sources: SourceTable,
        signatures: SignatureTable,
        lines: RepeatingLines,
    ) -> None:
        self._db = database
        self._sources = sources
        self._signatures = signatures
        self._lines = lines

    def put(self, article: CleanArticle, sighting: Sighting) -> PutOutcome:
        """See `Library.put`."""
        source = self._sources.find(article.key, *article.aliases)
        if source is None:
            return self._put_new(article, sighting)
        comes_back = sighting.watch is None or source.gone_utc is not None
        outcome = self._put_known(article, source, comes_back=comes_back)
        self._sources.see(source.key, article, sighting=sighting, now=now_utc())
        return outcome

    def _put_new(self, article: CleanArticle, sighting: Sighting) -> PutOutcome:
        """Store the words of a source seen for the first time."""
        shortened = self._lines.shortened(article)
        article = shortened.article
        given = given_id(article.key)
        # What lines were left out of may have differed in them, so it is no other article's double.
        is_own = given or shortened.removed
        twin = None if is_own else self._signatures.twin(article.metadata.title, article.text)
        article_id = twin or given or self._free_id(article.key)
        self._db.execute("INSERT INTO articles (id) VALUES (?) ON CONFLICT DO NOTHING", (article_id,))
        self._sources.add(article, article_id, sighting=sighting, now=now_utc())
        if twin is None:
            return self._put_into(shortened, article_id, article.key)
        self._sources.say(article.key, self._stored(shortened, twin), shortened.said)
        return PutOutcome("duplicate", twin)

    def _put_known(self, article: CleanArticle, source: Source, *, comes_back: bool) -> PutOutcome:
        """Store the words of a source that already gives an article."""
        article_id = source.article_id
        # Whoever says what it said does not part, though another source's version may be shown by now.
        is_shown = source.seq == source.head or (source.head is not None and not given_id(source.key))
        if is_shown and source.hash == article.content_hash():
            return PutOutcome("unchanged", article_id)
        shortened = self._lines.shortened(article)
        article = shortened.article
        if source.head is None:
            if comes_back:
                return self._put_into(shortened, article_id, source.key)
            return self._put_beside(shortened, source)
        is_same = self._signatures.has_words(source.head, article.metadata.title, article.text)
        if given_id(source.key):
            if not is_same:
                self._part_others(source)
            return self._put_into(shortened, article_id, source.key)
        if is_same and source.seq != source.head:
            # Another source's version is shown; what this one says beside the words is kept with it.
            return self._put_beside(shortened, source)
        if is_same or self._sources.count_others(source) == 0:
            return self._put_into(shortened, article_id, source.key)
        # The others still say what the shared article says, so this source parts from them.
        own_id = self._free_id(article.key)
        self._db.execute("INSERT INTO articles (id) VALUES (?)", (own_id,))
        self._sources.part(source.key, own_id)
        return self._put_into(shortened, own_id, source.key)

    def _part_others(self, source: Source) -> None:
        """Give the other sources of an article, which still say its words, one of their own.

        An article with a given id says what the source that gave the id says.
        """
        others = [
            other
            for other in self._sources.of_article(source.article_id)
            if other.key != source.key and other.seq is not None and other.gone_utc is None
        ]
        if not others:
            return
        own_id = self._free_id(others[0].key)
        self._db.execute("INSERT INTO articles (id) VALUES (?)", (own_id,))
        for other in others:
            self._db.execute(
                "INSERT INTO versions (article_id, hash, title, url, source, author, published, text,"
                " language, seen_utc, outlet, removed)"
                " SELECT ?, hash, title, url, source, author, published, text, language, ?, outlet, removed"
                " FROM versions WHERE seq = ? ON CONFLICT DO NOTHING",
                (own_id, now_utc(), other.seq),
            )
            (seq,) = self._db.execute(
                "SELECT seq FROM versions WHERE article_id = ?"
                " AND hash = (SELECT hash FROM versions WHERE seq = ?)",
                (own_id, other.seq),
            ).fetchone()
            self._sources.part(other.key, own_id)
            self._sources.say(other.key, int(seq))
        head, title, text = self._db.execute(
            "SELECT seq, title, text FROM versions WHERE article_id = ? ORDER BY seq LIMIT 1", (own_id,)
        ).fetchone()
        self.show(own_id, int(head), str(title), str(text))

    def _put_beside(self, shortened: Shortened, source: Source) -> PutOutcome:
        """Keep what a source says without showing it."""
        self._sources.say(source.key, self._stored(shortened, source.article_id), shortened.said)
        return PutOutcome("unchanged", source.article_id)

    def _put_into(self, shortened: Shortened, article_id: str, key: str) -> PutOutcome:
        """Make what the source ``key`` says the head of an article."""
        row = self._row("SELECT head FROM articles WHERE id = ? AND head IS NOT NULL", article_id)
        seq = self._stored(shortened, article_id)
        self._sources.say(key, seq, shortened.said)
        if row is not None and row[0] == seq:
            return PutOutcome("unchanged", article_id)
        self.show(article_id, seq, shortened.article.metadata.title, shortened.article.text)
        return PutOutcome("added" if row is None else "updated", article_id)

    def take_up(self, n_versions: int, *, after: int) -> int | None:
        """Sign so many of the versions shown and not signed, beyond ``after``, and count their lines.

        Returns:
            The number to go on after; None once all are signed.
        """
        signed = self._signatures.sign_some(n_versions, after=after)
        for seq in signed:
            self._lines.count_uncounted(seq)
        return signed[-1] if signed else None

    def shorten(self) -> None:
        """Leave out of what readers are shown the lines that repeat since this transaction."""
        for repetitive in list(self._lines.repetitive()):
            self._shorten(repetitive)

    def _shorten(self, repetitive: Repetitive) -> None:
        """Make a version without some lines the head of its article, for all that gave the one with them."""
        article = repetitive.shortened.article
        seq = self._stored(repetitive.shortened, repetitive.article_id)
        self._sources.say_shorter(repetitive.seq, seq)
        self.show(repetitive.article_id, seq, article.metadata.title, article.text)

    def _stored(self, shortened: Shortened, article_id: str) -> int:
        """The number of a version with this content; the row is reused when the article had it before."""
        article, outlet = shortened.article, shortened.outlet
        values = article_id, article.content_hash()
        query = "SELECT seq FROM versions WHERE article_id = ? AND hash = ?"
        known = self._db.execute(query, values).fetchone()
        if known is not None:
            return int(known[0])
        meta = article.metadata
        columns = (
            *values,
            *(meta.title, meta.url, meta.source, meta.author, meta.published),
            *(article.text, article.language, now_utc()),
            *(outlet, json.dumps(shortened.removed, ensure_ascii=False)),
        )
        inserted = self._db.execute(
            "INSERT INTO versions (article_id, hash, title, url, source, author, published, text,"
            " language, seen_utc, outlet, removed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            columns,
        )
        seq = int(inserted.lastrowid or 0)
        if outlet is not None:
            self._lines.count(seq, article.text, outlet)
            if shortened.removed:
                self._lines.note(outlet)
        return seq

    def show(self, article_id: str, seq: int, title: str, text: str) -> None:
        """Make version ``seq``, which has these words, what readers are shown of an article."""
        self._set_head(article_id, seq)
        self._signatures.show(seq, title, text)

    def hide(self, article_id: str) -> None:
        """Show readers nothing of an article."""
        self._set_head(article_id, None)

    def _set_head(self, article_id: str, seq: int | None) -> None:
        row = self._row("SELECT head FROM articles WHERE id = ? AND head IS NOT NULL", article_id)
        if row is not None:
            self._signatures.hide(int(row[0]))
        self._db.execute("UPDATE articles SET head = ? WHERE id = ?", (seq, article_id))
        self._db.execute("UPDATE state SET revision = revision + 1")

    def _free_id(self, key: str) -> str:
        """An id made from the source's key: the same in every library, unless another article has it."""
        salt = 0
        while True:
            article_id = derived_id(key if salt == 0 else f"{key}#{salt}")
            if self._row("SELECT 1 FROM articles WHERE id = ?", article_id) is None:
                return article_id
            salt += 1

    def _row(self, query: str, value: str) -> tuple[str | int, ...] | None:
        row: tuple[str | int, ...] | None = self._db.execute(query + " LIMIT 1", (value,)).fetchone()
        return row


def now_utc() -> str:
    """This moment, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")

"""A small working desk: a few articles in memory, answered by the words they share with a question."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import date

from hashing_encoder import HashingEncoder

from bot.desk import SampleQuestion
from bot.verified import Verified
from corpus.errors import Busy
from corpus.types import ArticleVersion, Metadata, Span
from retrieval.build_types import BuildReport, Changes, Progress
from retrieval.errors import SnapshotError
from retrieval.filters import NO_FILTERS, Filters, NameKind, close_names, folded, is_part
from retrieval.followup import read_query
from retrieval.mentioned import day_of
from retrieval.read_filters import FilteredQuestion, read_filters
from retrieval.receipt import read_receipt, receipt_of
from retrieval.types import (
    EVERYWHERE,
    Answer,
    Article,
    Excerpt,
    Nearest,
    NotFound,
    Query,
    Related,
    Scope,
    SnapshotInfo,
    Turn,
    Widening,
    verdict_of,
)

FERRY = "The ferry left Harbour Street at dawn. It carried forty passengers and a crate of oranges."
BRIDGE = "The old bridge reopened in May.\n\nEngineers replaced every bolt of the bridge. It took two years."
BAKERY = "A bakery opened beside the bridge. The ferry crew buys oranges and bread there every morning."


def version(seq: int, text: str, **metadata: str) -> ArticleVersion:
    """A stored article; `metadata` are the fields of `Metadata`."""
    title = metadata.pop("title", f"Article {seq}")
    about = Metadata(title, **metadata)
    return ArticleVersion(f"a{seq}", seq, f"{seq:064x}", about, text, "en", "2026-05-01T00:00:00Z")


SHELF = (
    version(
        1,
        FERRY,
        title="Ferry <3 & oranges",
        url="https://example.org/ferry",
        source="The Coast",
        published="2026-05-14",
    ),
    version(
        2,
        BRIDGE,
        title="The bridge",
        url="https://example.org/bridge",
        source="The Coast",
        published="2026-05-02",
    ),
    version(3, BAKERY, title="Bread", source="Town Paper", published="2026-04-30"),
)


class ShelfDesk:
    """Answers with the sentences that share most words with the question.

    Attributes:
        ready: Whether there is a snapshot.
        go_on: A reindex waits for it.
        failure: What a reindex or an answer raises instead, None for nothing.
    """

    def __init__(self, shelf: tuple[ArticleVersion, ...] = SHELF) -> None:
        self.shelf = shelf
        self.ready = True
        self.go_on = threading.Event()
        self.go_on.set()
        self.working = threading.Event()
        self.steps = 4
        self.failure: Exception | None = None
        self.asked: list[str] = []
        self.histories: list[tuple[Turn, ...]] = []
        self._one = threading.Lock()

    def answer(self, query: Query) -> Answer | Related | NotFound:
        """See `Desk`."""
        question, snapshot = query.text, self.info()
        searched = read_query(query).searched
        self.asked.append(question)
        self.histories.append(query.history)
        if self.failure:
            raise self.failure
        wanted, chosen = (
            set(_words(searched)),
            [each for each in self.shelf if _is_let_through(each, query.filters)],
        )
        scope = Scope(query.filters, len(chosen)) if query.filters else EVERYWHERE
        found = [excerpt for stored in chosen for excerpt in _sentences(stored, wanted)]
        best = sorted(found, key=lambda excerpt: -excerpt.score)[:3]
        if not best and query.filters.worded:
            wide, dropped = self.answer(query.widened()), query.filters.only(query.filters.worded)
            return replace(wide, scope=replace(wide.scope, dropped=dropped))
        if not best:
            return NotFound(question, searched, 0.02, snapshot, scope)
        kind = Answer if best[0].score >= 2 else Related
        return kind(question, searched, 0.9, tuple(best), snapshot, scope)

    def read(self, text: str, asked: date | None = None) -> FilteredQuestion:
        """See `Desk`."""
        return read_filters(
            text, asked or date.today(), lambda kind, name: self.close_names(kind, name) is None
        )

    def widened(self, query: Query) -> tuple[Widening, ...]:
        """See `Desk`."""
        wider = replace(query, filters=NO_FILTERS)
        verdict = verdict_of(self.answer(wider))
        if verdict == "not_found":
            return ()
        return (Widening(wider, query.filters.kinds, len(self.shelf), verdict),)

    def close_names(self, kind: NameKind, name: str) -> tuple[str, ...] | None:
        """See `Desk`."""
        known = [getattr(stored.metadata, kind) or "" for stored in self.shelf]
        return (
            None if any(is_part(folded(name), folded(each)) for each in known) else close_names(name, known)
        )

    def nearest(self, query: Query, n_excerpts: int) -> Nearest:
        """See `Desk`: every sentence, those that share most words first."""
        wanted = set(_words(query.text))
        chosen = [each for each in self.shelf if _is_let_through(each, query.filters)]
        found = [each for stored in chosen for each in _sentences(stored, wanted, any_words=True)]
        best = sorted(found, key=lambda excerpt: -excerpt.score)
        articles = {each.article.id: each.article for each in best}
        return Nearest(
            tuple(replace(each, highlights=()) for each in best[:n_excerpts]), tuple(articles.values())
        )

    def examples(self, language: str) -> tuple[SampleQuestion, ...]:
        """See `Desk`: about the first word of the first article."""
        if not self.shelf:
            return ()
        first = self.shelf[0]
        name = _excerpt(first, Span(4, 9), (), score=0.0)
        return (SampleQuestion("about", name.text, first.language, receipt_of(name)),)

    def info(self) -> SnapshotInfo:
        """See `Desk`."""
        if not self.ready:
            raise SnapshotError("No snapshot in /home/secret", "footnote reindex")
        return SnapshotInfo("s1", "2026-05-15T09:30:00Z", len(self.shelf), 2 * len(self.shelf), "2026-05-14")

    def articles(self, offset: int, limit: int) -> tuple[tuple[Article, ...], int]:
        """See `Desk`."""
        page = self.shelf[offset : offset + limit]
        return tuple(Article(stored.article_id, stored.metadata) for stored in page), len(self.shelf)

    def resolve(self, receipt: str) -> Excerpt | None:
        """See `Desk`."""
        read = read_receipt(receipt)
        for stored in self.shelf:
            if read and stored.seq == read.version_seq and read.matches(stored):
                return _excerpt(stored, read.span, (), score=0.0)
        return None

    def verify(self, receipt: str) -> Verified | None:
        """See `Desk`."""
        excerpt = self.resolve(receipt)
        if excerpt is None:
            return None
        stored = self.shelf[excerpt.version_seq - 1]
        return Verified(excerpt, stored, stored, snapshot=self.info().id)

    @property
    def encoder(self) -> HashingEncoder:
        """See `Desk`."""
        return HashingEncoder()

    def around(self, receipt: str) -> tuple[str, Span] | None:
        """See `Desk`."""
        excerpt = self.resolve(receipt)
        if excerpt is None:
            return None
        return self.shelf[excerpt.version_seq - 1].text, excerpt.span

    def reindex(self, on_progress) -> BuildReport:
        """See `Desk`."""
        if not self._one.acquire(blocking=False):
            raise Busy("Process 41 is building", "wait until it is done")
        try:
            for done in range(self.steps):
                on_progress(Progress("embedding", done, self.steps))
                self.working.set()
                self.go_on.wait(10)
            if self.failure:
                raise self.failure
            return BuildReport(self.info(), Changes(2, 1, 0), embedded=9, reused=3, seconds=4.2)
        finally:
            self._one.release()


def _is_let_through(stored: ArticleVersion, filters: Filters) -> bool:
    about, day = stored.metadata, day_of(stored.metadata.published)
    return all(
        (
            not filters.source
            or any(is_part(folded(each), folded(about.source or "")) for each in filters.source),
            not filters.author
            or any(is_part(folded(each), folded(about.author or "")) for each in filters.author),
            not filters.after or (day is not None and day >= filters.after),
            not filters.before or (day is not None and day < filters.before),
        )
    )


def _sentences(stored: ArticleVersion, wanted: set[str], *, any_words: bool = False):
    for found in re.finditer(r"\S[^.]*\.", stored.text):
        matches = [match for match in re.finditer(r"\w+", found[0]) if match[0].lower() in wanted]
        if matches or any_words:
            spans = tuple(Span(*match.span()) for match in matches)
            yield _excerpt(stored, Span(*found.span()), spans, score=float(len(matches)))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.lower()) if len(word) > 3]


def _excerpt(stored: ArticleVersion, span: Span, highlights: tuple[Span, ...], *, score: float) -> Excerpt:
    article = Article(stored.article_id, stored.metadata)
    return Excerpt(article, stored.hash, stored.seq, span, span.of(stored.text), highlights, score)

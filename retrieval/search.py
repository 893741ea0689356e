"""A question to a reply: rank the passages, read the first of them, quote, decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from retrieval.answer import DEFAULT_THRESHOLDS, Thresholds, decide
from retrieval.catalogue import Catalogue
from retrieval.cross_encoder import CrossEncoder
from retrieval.encoder import Encoder
from retrieval.filters import Kind, NameKind
from retrieval.followup import read_query
from retrieval.quoting import DEFAULT_QUOTES, Quoted, QuoteOptions, Quoter
from retrieval.ranking import Asked, Candidate, Ranker
from retrieval.read_filters import FilteredQuestion, read_filters
from retrieval.reader import MAX_TERMS_READ, READ, Reader
from retrieval.score import confidence
from retrieval.snapshot import Snapshot
from retrieval.timing import timed
from retrieval.types import (
    EVERYWHERE,
    Answer,
    Article,
    Excerpt,
    Query,
    Related,
    Reply,
    Scope,
    SnapshotInfo,
    Widening,
    verdict_of,
)


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How a question is answered.

    Args:
        quotes: What may be shown.
        thresholds: Where the verdicts begin.
        half_life: Days after which an article is half as recent.
        read: How many excerpts the cross-encoder reads, where there is one.
    """

    quotes: QuoteOptions = DEFAULT_QUOTES
    thresholds: Thresholds = DEFAULT_THRESHOLDS
    half_life: float = 14.0
    read: int = READ


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, before the verdict.

    Args:
        query: What was asked.
        searched: What was searched for.
        candidates: Every passage that was scored, best first; ties by passage id.
        excerpts: Those that would be shown if they were trusted, best first.
        scope: In which articles.
        is_unread: Whether no cross-encoder has read the first of them. False of long questions: for those
            none was trained, their words alone tell more, and confidence in them is low already.
    """

    query: Query
    searched: str
    candidates: tuple[Candidate, ...]
    excerpts: tuple[Excerpt, ...]
    scope: Scope
    is_unread: bool


class Searcher:
    """Answers questions from one snapshot. Thread-safe, and without side effects.

    Args:
        snapshot: What is searched.
        encoder: That the snapshot was built with.
        options: How.
        cross_encoder: Reads the first excerpts beside the question; None leaves them as they were ranked.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        encoder: Encoder,
        options: SearchOptions | None = None,
        cross_encoder: CrossEncoder | None = None,
    ) -> None:
        self._snapshot = snapshot
        self._options = options or SearchOptions()
        self._ranker = Ranker(snapshot, encoder, self._options.half_life)
        self._quoter = Quoter(self._ranker, snapshot.passages, self._options.quotes)
        self._reader = Reader(cross_encoder, self._quoter, self._options.read) if cross_encoder else None

    @property
    def info(self) -> SnapshotInfo:
        """What is searched."""
        return self._snapshot.manifest.info

    def articles(self, offset: int, limit: int) -> tuple[Article, ...]:
        """Up to ``limit`` articles from ``offset``, newest first."""
        return tuple(self._snapshot.passages.newest(offset, limit))

    @cached_property
    def catalogue(self) -> Catalogue:
        """What filters go by; made when the first is asked for."""
        return Catalogue(self._snapshot.passages)

    def read(self, text: str, asked: date | None = None) -> FilteredQuestion:
        """A question and the filters it is written with; ``asked`` is the day of asking, None for today."""
        return read_filters(text, asked or date.today(), lambda kind, name: self.catalogue.has(kind, name))

    def close_names(self, kind: NameKind, name: str) -> tuple[str, ...] | None:
        """Up to three names that are spelt nearly so, nearest first; None where an article has the name."""
        return None if self.catalogue.has(kind, name) else self.catalogue.close_names(kind, name)

    def answer(self, query: Query) -> Reply:
        """The verdict on a question with the excerpts that carry it.

        Filters that were read from ordinary words give way where they keep an answer out.
        """
        reply = self.decide(self.find(query))
        if not query.filters.worded or isinstance(reply, Answer):
            return reply
        wide = self.decide(self.find(query.widened()))
        if isinstance(wide, Related) and isinstance(reply, Related):
            return reply
        dropped = query.filters.only(query.filters.worded)
        return replace(wide, scope=replace(wide.scope, dropped=dropped))

    def widened(self, query: Query) -> tuple[Widening, ...]:
        """What the same question finds without each kind of its filters, as far as it finds anything.

        All of them are left out together only where leaving out one would not do. Answers come first, then
        what is related, each with what lets fewer articles through before what lets more.
        """
        kinds = query.filters.kinds
        found = [self._without(query, kind) for kind in kinds]
        if len(kinds) > 1 and not any(each.verdict == "answer" for each in found):
            found.append(self._without(query, *kinds))
        found = [each for each in found if each.verdict != "not_found"]
        return tuple(sorted(found, key=lambda each: (each.verdict != "answer", each.articles)))

    def find(self, query: Query, n_excerpts: int | None = None) -> Found:
        """What the articles hold nearest to a question, however far that is.

        Args:
            query: The question.
            n_excerpts: At most so many; as many as a reply shows where None.
        """
        with timed("encode"):
            asked = self._ranker.asked(read_query(query), query.asked)
        with timed("search"):
            chosen = self.catalogue.let_through(query.filters) if query.filters else None
            candidates = self._ranker.rank(asked, chosen)
        n_passages = len(chosen.passage_ids) if chosen else self.info.passages
        with timed("glance" if query.hurried else "read"):
            read = self._read(asked, candidates, n_passages, hurried=query.hurried)
        first = {each.candidate.stored.id for each in read}
        rest = [candidate for candidate in candidates if candidate.stored.id not in first]
        return Found(
            query=query,
            searched=asked.reading.searched,
            candidates=(*(each.candidate for each in read), *rest),
            excerpts=self._excerpts(
                asked, read, rest, wanted=1 if query.hurried else n_excerpts, n_passages=n_passages
            ),
            scope=Scope(query.filters, chosen.articles) if chosen else EVERYWHERE,
            is_unread=asked.n_terms <= MAX_TERMS_READ and not (read and read[0].candidate.logit is not None),
        )

    def decide(self, found: Found) -> Reply:
        """The verdict on what was found."""
        thresholds = self._options.thresholds
        return decide(
            found.query.text,
            found.excerpts,
            searched=found.searched,
            snapshot=self.info,
            thresholds=thresholds.unread if found.is_unread else thresholds,
            scope=found.scope,
        )

    def _read(
        self, asked: Asked, candidates: Sequence[Candidate], n_passages: int, *, hurried: bool
    ) -> list[Quoted]:
        if self._reader is None:
            return []
        if hurried:
            return self._reader.glance(asked, candidates, n_passages)
        return self._reader.read(asked, candidates)

    def _without(self, query: Query, *kinds: Kind) -> Widening:
        wider = replace(query, filters=query.filters.without(*kinds))
        reply = self.decide(self.find(wider))
        articles = self.info.articles if reply.scope.articles is None else reply.scope.articles
        return Widening(wider, kinds, articles, verdict_of(reply))

    def _excerpts(
        self,
        asked: Asked,
        read: list[Quoted],
        rest: list[Candidate],
        *,
        wanted: int | None,
        n_passages: int,
    ) -> tuple[Excerpt, ...]:
        cut = {each.candidate.stored.id: each for each in read}

        def quoted(candidate: Candidate) -> Quoted:
            return cut.get(candidate.stored.id) or self._quoter.quote(asked, candidate)

        candidates = [*(each.candidate for each in read), *rest]
        return tuple(
            replace(each.excerpt, score=_confidence(each, n_passages))
            for each in self._quoter.choose(candidates, quoted, wanted)
        )


def _confidence(quoted: Quoted, n_passages: int) -> float:
    return confidence(
        quoted.candidate.features,
        n_passages=n_passages,
        premises=not quoted.missing,
        logit=quoted.candidate.logit,
    )

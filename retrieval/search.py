"""A question to a reply: rank the passages, read the first of them, quote, decide."""

from __future__ import annotations

from dataclasses import dataclass, replace

from retrieval.answer import DEFAULT_THRESHOLDS, Thresholds, decide
from retrieval.cross_encoder import CrossEncoder
from retrieval.encoder import Encoder
from retrieval.followup import read_query
from retrieval.quoting import DEFAULT_QUOTES, Quoted, QuoteOptions, Quoter
from retrieval.ranking import Asked, Candidate, Ranker
from retrieval.reader import READ, Reader
from retrieval.score import confidence
from retrieval.snapshot import Snapshot
from retrieval.types import Article, Excerpt, Query, Reply, SnapshotInfo


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
    """

    query: Query
    searched: str
    candidates: tuple[Candidate, ...]
    excerpts: tuple[Excerpt, ...]


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

    def answer(self, query: Query) -> Reply:
        """The verdict on a question with the excerpts that carry it."""
        return self.decide(self.find(query))

    def find(self, query: Query, n_excerpts: int | None = None) -> Found:
        """What the articles hold nearest to a question, however far that is.

        Args:
            query: The question.
            n_excerpts: At most so many; as many as a reply shows where None.
        """
        asked = self._ranker.asked(read_query(query), query.asked)
        candidates = self._ranker.rank(asked)
        read = self._reader.read(asked, candidates) if self._reader else []
        first = {each.candidate.stored.id for each in read}
        rest = [candidate for candidate in candidates if candidate.stored.id not in first]
        return Found(
            query=query,
            searched=asked.reading.searched,
            candidates=(*(each.candidate for each in read), *rest),
            excerpts=self._excerpts(asked, read, rest, n_excerpts),
        )

    def decide(self, found: Found) -> Reply:
        """The verdict on what was found."""
        return decide(
            found.query.text,
            found.excerpts,
            searched=found.searched,
            snapshot=self.info,
            thresholds=self._options.thresholds,
        )

    def _excerpts(
        self, asked: Asked, read: list[Quoted], rest: list[Candidate], wanted: int | None
    ) -> tuple[Excerpt, ...]:
        cut = {each.candidate.stored.id: each for each in read}

        def quoted(candidate: Candidate) -> Quoted:
            return cut.get(candidate.stored.id) or self._quoter.quote(asked, candidate)

        candidates = [*(each.candidate for each in read), *rest]
        return tuple(
            replace(each.excerpt, score=self._confidence(each))
            for each in self._quoter.choose(candidates, quoted, wanted)
        )

    def _confidence(self, quoted: Quoted) -> float:
        return confidence(
            quoted.candidate.features,
            n_passages=self.info.passages,
            premises=not quoted.missing,
            logit=quoted.candidate.logit,
        )

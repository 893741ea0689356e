"""A question to a reply: rank the passages, read the first of them, quote, decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.language import UNSURE
from retrieval.answer import DEFAULT_THRESHOLDS, Thresholds, decide
from retrieval.cross_encoder import CrossEncoder
from retrieval.encoder import Encoder
from retrieval.followup import read_query
from retrieval.quoting import DEFAULT_QUOTES, Quoted, QuoteOptions, Quoter, titled
from retrieval.ranking import Asked, Candidate, Ranker
from retrieval.score import confidence, reread
from retrieval.snapshot import Snapshot
from retrieval.types import Article, Excerpt, Query, Reply, SnapshotInfo

# A cross-encoder reads so many excerpts: each costs about as much as all the rest of the search. It reads two
# side by side, and two more unless the better one is as sure as this. On 400 questions of SQuAD it then reads
# 2.4 instead of 4, and the first excerpt holds the answer for .875 instead of .8775.
READ = 4
READ_AT_ONCE = 2
SURE_LOGIT = 4.0
# It was trained on questions of six words. On the long ones of MultiHop-RAG it measured worse than without:
# .79 against .85 right articles first for 15 to 18 terms, .72 against .81 beyond.
MAX_TERMS_READ = 12


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
        self._cross_encoder = cross_encoder
        self._ranker = Ranker(snapshot, encoder, self._options.half_life)
        self._quoter = Quoter(self._ranker, snapshot.passages, self._options.quotes)

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

    def find(self, query: Query) -> Found:
        """What the articles hold nearest to a question, however far that is."""
        asked = self._ranker.asked(read_query(query), query.asked)
        candidates = self._ranker.rank(asked)
        read = self._read(asked, candidates)
        first = {each.candidate.stored.id for each in read}
        rest = [candidate for candidate in candidates if candidate.stored.id not in first]
        return Found(
            query=query,
            searched=asked.reading.searched,
            candidates=(*(each.candidate for each in read), *rest),
            excerpts=tuple(self._excerpts(asked, read, rest)),
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

    def _read(self, asked: Asked, candidates: list[Candidate]) -> list[Quoted]:
        """The first candidates as the cross-encoder orders them, having read what would be shown of each."""
        if self._cross_encoder is None or not is_worth_reading(asked, candidates, self._cross_encoder):
            return []
        readable = [
            each
            for each in candidates[: self._options.read]
            if _knows(self._cross_encoder, each.stored.language)
        ]
        read: list[Quoted] = []
        for first in range(0, len(readable), READ_AT_ONCE):
            some = [self._quoter.quote(asked, each) for each in readable[first : first + READ_AT_ONCE]]
            logits = self._cross_encoder.scores(asked.reading.brief, [titled(each.excerpt) for each in some])
            read += [
                replace(each, candidate=replace(each.candidate, logit=logit))
                for each, logit in zip(some, logits.tolist(), strict=True)
            ]
            read.sort(key=_order)
            if (read[0].candidate.logit or 0.0) >= SURE_LOGIT:
                break
        return read

    def _excerpts(self, asked: Asked, read: list[Quoted], rest: list[Candidate]) -> tuple[Excerpt, ...]:
        cut = {each.candidate.stored.id: each for each in read}

        def quoted(candidate: Candidate) -> Quoted:
            return cut.get(candidate.stored.id) or self._quoter.quote(asked, candidate)

        candidates = [*(each.candidate for each in read), *rest]
        return tuple(
            replace(each.excerpt, score=self._confidence(each))
            for each in self._quoter.choose(candidates, quoted)
        )

    def _confidence(self, quoted: Quoted) -> float:
        return confidence(
            quoted.candidate.features,
            n_passages=self.info.passages,
            premises=not quoted.missing,
            logit=quoted.candidate.logit,
        )


def is_worth_reading(asked: Asked, candidates: Sequence[Candidate], cross_encoder: CrossEncoder) -> bool:
    """Whether a cross-encoder was trained on questions and passages like these.

    A question is taken to be in the language of the best passage, unless that is known better.
    """
    if not candidates or min(map(len, asked.terms.values())) > MAX_TERMS_READ:
        return False
    languages = {candidates[0].stored.language, *({asked.language} - {UNSURE})}
    return all(_knows(cross_encoder, language) for language in languages)


def _knows(cross_encoder: CrossEncoder, language: str) -> bool:
    return cross_encoder.languages is None or language in cross_encoder.languages


def _order(quoted: Quoted) -> tuple[float, int]:
    candidate = quoted.candidate
    return -reread(candidate.score, candidate.logit or 0.0), candidate.stored.id

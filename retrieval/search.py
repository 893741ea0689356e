"""A question to a reply: encode, search, score by sentence, cut excerpts, decide."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from retrieval.answer import DEFAULT_THRESHOLDS, Thresholds, decide
from retrieval.encoder import Encoder, Vectors
from retrieval.excerpt import choose_span, highlight, sentence_score
from retrieval.lexical import K1, terms
from retrieval.passages import StoredPassage
from retrieval.score import Features, probability, share_covered, weighted_sum
from retrieval.snapshot import Snapshot
from retrieval.types import Article, Excerpt, Reply, SnapshotInfo

# Passages that each of the two searches brings to scoring.
CANDIDATES = 50


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """What a reply may hold.

    Args:
        max_excerpts: At most so many in a reply.
        max_an_article: At most so many of them from one article.
        max_excerpt_chars: How far neighbours may widen an excerpt.
        thresholds: Where the verdicts begin.
    """

    max_excerpts: int = 3
    max_an_article: int = 2
    max_excerpt_chars: int = 400
    thresholds: Thresholds = DEFAULT_THRESHOLDS


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage and how well it answers."""

    stored: StoredPassage
    features: Features
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, before the verdict.

    Args:
        question: As it was searched for.
        candidates: Every passage that was scored, best first; ties by passage id.
        excerpts: Probability and excerpt of those that would be shown, best first.
    """

    question: str
    candidates: tuple[Candidate, ...]
    excerpts: tuple[tuple[float, Excerpt], ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with what every passage is compared to.

    Args:
        text: The question.
        vector: Its unit vector, float32, shape (d,).
        terms: Its terms with their idf, by language of the passages.
    """

    text: str
    vector: Vectors
    terms: dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence of a passage, compared with the question.

    Args:
        cosine: Of question and sentence.
        terms: The terms it holds.
        score: How well it answers, to compare it with the sentences around it.
    """

    cosine: float
    terms: set[str]
    score: float


class Searcher:
    """Answers questions from one snapshot. Thread-safe, and without side effects."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder, options: SearchOptions | None = None) -> None:
        self._snapshot = snapshot
        self._encoder = encoder
        self._options = options or SearchOptions()

    @property
    def info(self) -> SnapshotInfo:
        """What is searched."""
        return self._snapshot.manifest.info

    def articles(self, offset: int, limit: int) -> tuple[Article, ...]:
        """Up to ``limit`` articles from ``offset``, newest first."""
        return tuple(self._snapshot.passages.newest(offset, limit))

    def answer(self, question: str) -> Reply:
        """The verdict on ``question`` with the excerpts that carry it."""
        return self.decide(self.find(question))

    def find(self, question: str) -> Found:
        """What the articles hold nearest to ``question``, however far that is."""
        asked = self._encode(question)
        candidates = self._rank(asked)
        return Found(question, tuple(candidates), tuple(self._choose(asked, candidates)))

    def decide(self, found: Found) -> Reply:
        """The verdict on what was found."""
        return decide(found.question, found.excerpts, snapshot=self.info, thresholds=self._options.thresholds)

    def _encode(self, question: str) -> _Asked:
        lexical, languages = self._snapshot.lexical, self._snapshot.manifest.languages
        return _Asked(
            text=question,
            vector=self._encoder.encode([question], "query")[0],
            terms={language: lexical.rarity(question, language) for language in languages},
        )

    def _rank(self, asked: _Asked) -> list[Candidate]:
        bm25 = {hit.passage_id: hit.score for hit in self._snapshot.lexical.search(asked.text, CANDIDATES)}
        cosines = {
            hit.passage_id: hit.score for hit in self._snapshot.vectors.search(asked.vector, CANDIDATES)
        }
        cosines |= self._snapshot.vectors.cosines(
            asked.vector, [found for found in bm25 if found not in cosines]
        )
        candidates = []
        for stored in self._snapshot.passages.passages(list(cosines)).values():
            features = self._features(asked, stored, cosine=cosines[stored.id], bm25=bm25.get(stored.id, 0.0))
            candidates.append(Candidate(stored, features, weighted_sum(features)))
        return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.stored.id))

    def _features(self, asked: _Asked, stored: StoredPassage, *, cosine: float, bm25: float) -> Features:
        rarity = asked.terms[stored.language]
        sentences = self._sentences(asked, stored)
        best = max(range(len(sentences)), key=lambda row: sentences[row].score)
        shown = set[str]().union(*(sentence.terms for sentence in sentences[max(0, best - 1) : best + 2]))
        return Features(
            passage_cosine=cosine,
            sentence_cosine=max(sentence.cosine for sentence in sentences),
            bm25=bm25 / ((K1 + 1) * sum(rarity.values()) or 1.0),
            coverage=share_covered(rarity, shown),
        )

    def _sentences(self, asked: _Asked, stored: StoredPassage) -> list[_Sentence]:
        cosines = self._snapshot.sentences[stored.sentence_rows].astype(np.float32) @ asked.vector
        rarity = asked.terms[stored.language]
        found = []
        for cosine, text in zip(cosines.tolist(), stored.sentence_texts(), strict=True):
            present = set(terms(text, stored.language))
            found.append(_Sentence(cosine, present, sentence_score(cosine, share_covered(rarity, present))))
        return found

    def _choose(self, asked: _Asked, candidates: list[Candidate]) -> list[tuple[float, Excerpt]]:
        """The first excerpts with their probabilities, no words twice and not too many of one article.

        Two articles may hold the same words, as reprints of one agency report do; the better one is shown.
        """
        shown: list[tuple[float, Excerpt]] = []
        for candidate in candidates:
            same = [other for _, other in shown if other.article.id == candidate.stored.article_id]
            if len(shown) == self._options.max_excerpts or len(same) == self._options.max_an_article:
                continue
            excerpt = self._excerpt(asked, candidate)
            is_new = all(excerpt.text != other.text for _, other in shown)
            if is_new and not any(excerpt.span.overlaps(other.span) for other in same):
                sure = probability(candidate.score, n_passages=self.info.passages)
                shown.append((sure, excerpt))
        return shown

    def _excerpt(self, asked: _Asked, candidate: Candidate) -> Excerpt:
        """The sentence of the passage that answers best, with neighbours, as far as the article goes."""
        stored = candidate.stored
        version = self._snapshot.passages.version(stored.version_seq)
        near = self._snapshot.passages.near(stored, self._options.max_excerpt_chars)
        scores = [sentence.score for passage in near for sentence in self._sentences(asked, passage)]
        start = stored.first_sentence - near[0].first_sentence
        span = choose_span(
            version.text,
            [span for passage in near for span in passage.passage.sentences],
            scores,
            best=max(range(start, start + len(stored.passage.sentences)), key=lambda row: scores[row]),
            max_chars=self._options.max_excerpt_chars,
        )
        text = span.of(version.text)
        return Excerpt(
            article=version.article,
            version=version.hash,
            version_seq=version.seq,
            span=span,
            text=text,
            highlights=highlight(
                text, asked.terms[stored.language], lambda word: terms(word, stored.language)
            ),
            score=candidate.score,
        )

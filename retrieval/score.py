"""How well a passage answers a question: every feature and every weight of the ranking is here.

A candidate's logit is a weighted sum of four features, and its sigmoid is the probability that the
passage answers. Ranking and verdict use the same number, so what is shown first is what is trusted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of one passage for one question; each is higher for better.

    Args:
        passage_cosine: Of question and passage, in [-1, 1].
        sentence_cosine: Of question and the passage's best sentence, in [-1, 1].
        bm25: Share of the greatest BM25 the question's terms could reach, in [0, 1] but for titles.
        coverage: Share of the question's terms, by rarity, that the passage holds, in [0, 1].
    """

    passage_cosine: float
    sentence_cosine: float
    bm25: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each feature, and the bias that makes the sum a logit."""

    passage_cosine: float
    sentence_cosine: float
    bm25: float
    coverage: float
    bias: float


WEIGHTS = Weights(passage_cosine=3.0, sentence_cosine=4.0, bm25=2.0, coverage=2.0, bias=-5.0)


def logit(features: Features, weights: Weights = WEIGHTS) -> float:
    """The weighted sum: unbounded, higher is better, 0 is as likely as not."""
    return (
        weights.passage_cosine * features.passage_cosine
        + weights.sentence_cosine * features.sentence_cosine
        + weights.bm25 * features.bm25
        + weights.coverage * features.coverage
        + weights.bias
    )


def probability(score: float) -> float:
    """The probability that a passage of this logit answers, in (0, 1)."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def share_covered(question: dict[str, float], present: set[str]) -> float:
    """The share of a question's terms that are ``present``, each counted by its rarity (idf)."""
    total = sum(question.values())
    return sum(idf for term, idf in question.items() if term in present) / total if total else 0.0

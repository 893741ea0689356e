"""The verdict: an answer, something related, or nothing. Decides only; fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.score import WEIGHTS
from retrieval.types import EVERYWHERE, Answer, Excerpt, NotFound, Related, Reply, Scope, SnapshotInfo


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure the first excerpt must be.

    The defaults were learned with the weights: they refuse at most one answerable question in ten.

    Args:
        answer: Probability from which it is called an answer.
        related: Probability from which it is shown at all.
    """

    answer: float = WEIGHTS.thresholds["answer"]
    related: float = WEIGHTS.thresholds["related"]

    def __post_init__(self) -> None:
        if not 0 <= self.related <= self.answer <= 1:
            raise ValueError(
                f"thresholds need 0 <= related <= answer <= 1, got {self.related} and {self.answer}"
            )


DEFAULT_THRESHOLDS = Thresholds()

# Beside a sure answer, one less sure is noise: the reader asked one thing and reads one screen. Of 75
# questions about the sample library whose first excerpt answered, the second did in 3, each .94 as sure
# or more; nearly all that were less sure were about something else.
SECOND_SHARE = 0.9


def decide(
    question: str,
    excerpts: Sequence[Excerpt],
    *,
    searched: str,
    snapshot: SnapshotInfo,
    thresholds: Thresholds,
    scope: Scope = EVERYWHERE,
) -> Reply:
    """The reply to ``question``.

    Args:
        question: As it was asked.
        excerpts: What the search would show, best first.
        searched: What was searched for.
        snapshot: What was searched.
        thresholds: Where the verdicts begin.
        scope: Which of its articles were.
    """
    confidence = excerpts[0].score if excerpts else 0.0
    if confidence >= thresholds.answer:
        least = max(thresholds.answer, SECOND_SHARE * confidence)
        sure = tuple(excerpt for excerpt in excerpts if excerpt.score >= least)
        return Answer(question, searched, confidence, sure, snapshot, scope)
    if confidence >= thresholds.related:
        # Nothing in them answers, so nothing is marked: bold words are what a reader in a hurry takes home.
        close = tuple(
            replace(excerpt, highlights=()) for excerpt in excerpts if excerpt.score >= thresholds.related
        )
        return Related(question, searched, confidence, close, snapshot, scope)
    return NotFound(question, searched, confidence, snapshot, scope)

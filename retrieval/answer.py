"""The verdict: an answer, something related, or nothing. Decides only; fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.score import WEIGHTS
from retrieval.types import EVERYWHERE, Answer, Excerpt, NotFound, Related, Reply, Scope, SnapshotInfo

# Where no cross-encoder has read the first excerpt, as in the languages that it does not know, the odds that
# it answers have to be so many times those of the threshold. Half of a set's articles indexed, of 250
# questions about the other half these were answered, with the threshold alone and so, and of 250 about
# articles that are there: XQuAD in German .11 and .02, .93 and .86; in Spanish .25 and .10, .97 and .93; in
# Russian .22 and .11, .98 and .90. With the cross-encoder off, SQuAD with questions about COVID: .29 and .18,
# .98 and .95; CLAPNQ .17 and .06, .99 and .97. What is answered no more is shown as related.
UNREAD_ODDS = 1.6


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

    @property
    def unread(self) -> Thresholds:
        """Where the verdicts begin if no cross-encoder has read the first excerpt."""
        return replace(self, answer=self.answer / (self.answer + (1 - self.answer) / UNREAD_ODDS))


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

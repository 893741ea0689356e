"""How far confidence can be trusted, and what silence costs. Numbers in, numbers out.

AUROC and the intervals of shares come from SciPy. What is ours: the bins of the calibration error, and the
false answers at a fixed share of refusals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest, mannwhitneyu

from retrieval.measures import Estimate, Numbers, estimate

CALIBRATION_BINS = 10
# The share of answerable questions that may be refused where false answers are compared: verdicts are
# judged there, and one number says of two scorers which is better, wherever their thresholds are.
REFUSED_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Bin:
    """The replies whose confidence is between two tenths.

    Args:
        start: The lower tenth.
        n: How many replies; at least one.
        confidence: Their mean confidence.
        correct: The share of them whose first excerpt answers, with its 95 % interval (Wilson 1927).
    """

    start: float
    n: int
    confidence: float
    correct: Estimate


def reliability(correct: Numbers, confidence: Numbers) -> tuple[Bin, ...]:
    """What came of each tenth of confidence, lowest first; tenths without replies are left out.

    Args:
        correct: 1 where the first excerpt answers, else 0; shape (n,).
        confidence: In [0, 1], shape (n,).
    """
    rows = np.minimum((confidence * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    return tuple(_bin(int(row), correct[rows == row], confidence[rows == row]) for row in np.unique(rows))


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: mean distance of confidence and correctness over the replies.

    Guo et al. 2017, equation 3.
    """
    gaps = sum(each.n * abs(each.confidence - each.correct.value) for each in bins)
    return gaps / sum(each.n for each in bins)


def separation(answerable: Numbers, other: Numbers) -> dict[str, Estimate]:
    """How well confidence tells answerable questions from others, whatever the thresholds.

    Args:
        answerable: Confidence in the replies to questions that have an answer, shape (n,).
        other: The same for questions that have none, shape (m,).

    Returns:
        Nothing where one of the kinds was not asked.
    """
    if not len(answerable) or not len(other):
        return {}
    measured: dict[str, Callable[..., Numbers]] = {
        "auroc": auroc,
        f"false answers at {100 * REFUSED_SHARE:.0f} % refused": false_answers_at,
    }
    return {name: estimate((answerable, other), statistic) for name, statistic in measured.items()}


def auroc(answerable: Numbers, other: Numbers, axis: int = -1) -> Numbers:
    """The chance that an answerable question is trusted more than another, ties counting half.

    It is Mann and Whitney's U as a share of all pairs (Hanley and McNeil 1982).
    """
    found = mannwhitneyu(answerable, other, axis=axis, method="asymptotic").statistic
    return np.asarray(found / (answerable.shape[axis] * other.shape[axis]))


def false_answers_at(
    answerable: Numbers, other: Numbers, axis: int = -1, *, refused: float = REFUSED_SHARE
) -> Numbers:
    """The share of other questions answered where the threshold refuses ``refused`` of the answerable.

    The threshold is the greatest that refuses no more than that, so that neither kind decides a tie.
    """
    row = int(refused * answerable.shape[axis])
    threshold = np.take(np.sort(answerable, axis=axis), [row], axis=axis)
    return np.asarray(np.mean(other >= threshold, axis=axis))


def _bin(row: int, correct: Numbers, confidence: Numbers) -> Bin:
    interval = binomtest(int(correct.sum()), len(correct)).proportion_ci(method="wilson")
    return Bin(
        start=row / CALIBRATION_BINS,
        n=len(correct),
        confidence=float(confidence.mean()),
        correct=Estimate(float(correct.mean()), float(interval.low), float(interval.high)),
    )

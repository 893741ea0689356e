"""Which questions ask the same in other words. Decides only; stores and encodes nothing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from retrieval.cosine_scale import FITTED_WITH

# Of 72 pairs of English paraphrases the default encoder gives 83% a cosine of .8 or more; of 12 pairs that
# ask another thing about the same matter, three; of 1,056 pairs about other matters none is above .44. In
# 2,000 questions of SQuAD 2.0 that all differ, 1 pair in 7,000 is above it. Pairs of other matters reach
# .50 in German and .78 in Russian, but .91 in Persian, which it does not know.
SAME_COSINE = 0.8
_KNOWN = frozenset({"de", "en", "ru"})
# Where no lower one was measured: hardly more than other spelling.
SURE_COSINE = 0.95


def same_cosine(fingerprint: str, language: str) -> float:
    """The least cosine of two questions that ask the same.

    Args:
        fingerprint: The encoder's.
        language: ISO 639-1 code of the questions.
    """
    return SAME_COSINE if fingerprint == FITTED_WITH and language in _KNOWN else SURE_COSINE


def group(vectors: npt.NDArray[np.float32], least: npt.NDArray[np.float32]) -> tuple[tuple[int, ...], ...]:
    """Rows that are near each other, each in one group.

    A row joins the nearest of the groups before it if it is near enough to the first row of that group, so
    that no chain of small steps joins what has nothing in common; else it begins a group. The order of rows
    decides, so the most telling ones come first.

    Args:
        vectors: float32, shape (n, d), rows of unit L2 norm.
        least: The least cosine for each row, shape (n,); of two rows the higher one counts.

    Returns:
        The rows of each group in their order, the groups by their first row.
    """
    groups: list[list[int]] = []
    leaders, required = np.empty_like(vectors), np.empty_like(least)
    for row, (vector, its_least) in enumerate(zip(vectors, least, strict=True)):
        n = len(groups)
        # A margin of 0 is near enough; rounding must not part equal rows.
        margins = leaders[:n] @ vector - np.maximum(required[:n], its_least) + 1e-6
        if n and margins.max() >= 0:
            groups[int(margins.argmax())].append(row)
        else:
            leaders[n], required[n] = vector, its_least
            groups.append([row])
    return tuple(map(tuple, groups))

"""The two regressions that weights are learned by. Arrays in, weights out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

# A choice among candidates: their features, shape (n, d), and which of them are right, shape (n,).
Choice = tuple[Array, Mask]

# The penalty on squared weights. Fits with a tenth and with ten times as much rank the sets left out alike.
L2 = 0.005


def conditional_logit(sets: Sequence[Sequence[Choice]]) -> Array:
    """Weights under which a right candidate is likeliest chosen: P(i) = exp(w·x_i) / sum_j exp(w·x_j).

    McFadden 1974, with the probabilities of several right candidates added up. Every set counts the same,
    however many questions it has. No weight is negative: each feature is higher for better.

    Args:
        sets: The choices of each set; those with no right candidate, or no wrong one, say nothing.

    Returns:
        Shape (d,); all ones where nothing is told.
    """
    told = [[choice for choice in choices if choice[1].any() and not choice[1].all()] for choices in sets]
    told = [choices for choices in told if choices]
    d = next(features.shape[1] for choices in sets for features, _ in choices)
    if not told:
        return np.ones(d)

    def loss(weights: Array) -> tuple[float, Array]:
        total, slope = L2 * float(weights @ weights) / 2, L2 * weights
        for choices in told:
            for features, right in choices:
                share = np.exp(features @ weights - (features @ weights).max())
                share /= share.sum()
                chosen = share * right
                total -= float(np.log(chosen.sum() + 1e-12)) / len(choices)
                slope += (features.T @ (share - chosen / (chosen.sum() + 1e-12))) / len(choices)
        return total, slope

    return np.asarray(minimize(loss, np.ones(d), jac=True, method="L-BFGS-B", bounds=[(0, None)] * d).x)


def logistic(features: Array, right: Mask, counts: Array) -> Array:
    """Logistic regression with a bias: P(right) = 1 / (1 + exp(-(w·x + bias))). No weight is negative.

    Args:
        features: Shape (n, d).
        right: Shape (n,).
        counts: How much each row counts, shape (n,).

    Returns:
        Shape (d + 1,), the bias last.
    """
    rows = np.column_stack([features, np.ones(len(features))])
    share = counts / counts.sum()
    penalised = np.append(np.full(features.shape[1], L2 / 10), 0.0)

    def loss(weights: Array) -> tuple[float, Array]:
        total = rows @ weights
        missed = np.logaddexp(0, total) - right * total
        slope = rows.T @ (share * (1 / (1 + np.exp(-total)) - right))
        return float(share @ missed + penalised @ weights**2 / 2), slope + penalised * weights

    bounds = [(0, None)] * features.shape[1] + [(None, None)]
    start = np.zeros(rows.shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x)

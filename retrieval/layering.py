"""Decides which layers of a snapshot the next one keeps. Decides only; fetches nothing.

A snapshot is a few immutable layers, the oldest and largest first. The next one takes over most of them as
they are, says which of their versions are gone, and adds one layer with what is new. So that they stay few,
a layer is written anew together with what comes after it once that has a quarter of its size: each passage
is copied as often as the library grows fivefold, and a million passages never lie in more than about nine
layers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# A layer this many times as large as all that comes after it stays.
_LARGER = 4
# Where a larger share of a layer, or of the word index, is gone, it is written anew.
MAX_GONE = 0.1


@dataclass(frozen=True, slots=True)
class Fill:
    """How full a layer would be in the next snapshot.

    Args:
        shown: Passages that would be shown.
        gone: Those that would not, and stay in its files.
    """

    shown: int
    gone: int


def n_kept(layers: Sequence[Fill], n_new: int) -> int:
    """How many layers stay, counted from the oldest; the others are written anew.

    Args:
        layers: Oldest first.
        n_new: About how many passages come.
    """
    kept = next((at for at, each in enumerate(layers) if _is_worn(each)), len(layers))
    n_after = n_new + sum(each.shown for each in layers[kept:])
    while kept and n_after and layers[kept - 1].shown <= _LARGER * n_after:
        kept -= 1
        n_after += layers[kept].shown
    return kept


def _is_worn(layer: Fill) -> bool:
    return layer.gone > MAX_GONE * (layer.shown + layer.gone)

"""The terms of sentences as numbers, kept beside their passage: a question then analyses no text but its own.

A term's number is its CRC-32. That two terms share one happens once in four thousand million pairs, and then
one question counts one term of one sentence wrongly.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

_NUMBER = np.dtype("<u4")


def number_of(term: str) -> int:
    """What a term is known by."""
    return zlib.crc32(term.encode())


def pack(sentences: Iterable[Iterable[str]]) -> bytes:
    """The terms of each sentence of a passage: how many each has, then all their numbers."""
    numbers = [sorted({number_of(term) for term in terms}) for terms in sentences]
    return np.array([*map(len, numbers), *(each for some in numbers for each in some)], _NUMBER).tobytes()


def held(packed: Sequence[bytes], n_sentences: Sequence[int], wanted: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Which of some terms each sentence holds.

    Args:
        packed: The terms of passages, as `pack` gives them.
        n_sentences: How many sentences each passage has.
        wanted: The terms' numbers, each once.

    Returns:
        Shape (m, w) for m sentences in all and w wanted.
    """
    read = [np.frombuffer(each, _NUMBER) for each in packed]
    nothing = np.zeros(0, _NUMBER)
    counts = np.concatenate([nothing, *(each[:n] for each, n in zip(read, n_sentences, strict=True))])
    numbers = np.concatenate([nothing, *(each[n:] for each, n in zip(read, n_sentences, strict=True))])
    found = np.zeros((len(counts), len(wanted)), dtype=bool)
    if wanted:
        order = np.argsort(np.array(wanted, dtype=np.int64))
        ordered = np.array(wanted, dtype=np.int64)[order]
        at = np.minimum(np.searchsorted(ordered, numbers), len(ordered) - 1)
        is_wanted = ordered[at] == numbers
        sentences = np.repeat(np.arange(len(counts)), counts)
        found[sentences[is_wanted], order[at[is_wanted]]] = True
    return found

"""A small working encoder without a model: texts that share words have a high cosine."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from retrieval.cosine_scale import IDENTITY
from retrieval.encoder import PassageText, Role, Vectors

DIMS = 256
_LONG_WORD = 8


class HashingEncoder:
    """Adds up one fixed direction for every word; longer words, which say more, count for more.

    Args:
        name: Encoders of another name have another fingerprint and other vectors.

    Attributes:
        read: Every text that was encoded, in order.
    """

    backend = "hashing"
    dims = DIMS
    scale = IDENTITY

    def __init__(self, name: str = "hashing") -> None:
        self.fingerprint = hashlib.sha256(name.encode()).hexdigest()
        self.read: list[str] = []

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """See `Encoder`; questions and passages are read alike."""
        self.read += texts
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, DIMS)

    def encode_passages(self, passages: Sequence[PassageText]) -> list[Vectors]:
        """See `Encoder`; sentences are read by themselves."""
        return [
            self.encode([each.text, *(span.of(each.text) for span in each.sentences)], "passage")
            for each in passages
        ]

    def _vector(self, text: str) -> Vectors:
        words = re.findall(r"\w+", text.lower()) or [text]
        total = sum(max(1, min(len(word), _LONG_WORD)) * _direction(self.fingerprint, word) for word in words)
        return (total / np.linalg.norm(total)).astype(np.float32)


@cache
def _direction(fingerprint: str, word: str) -> Vectors:
    """A vector of 256 signs that two words share by chance only."""
    signs = hashlib.sha256(f"{fingerprint} {word}".encode()).digest()
    return np.unpackbits(np.frombuffer(signs, dtype=np.uint8)).astype(np.float32) * 2 - 1

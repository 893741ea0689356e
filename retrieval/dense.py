"""The dense index of a snapshot: the nearest passages of all of its layers."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.encoder import Vectors
from retrieval.places import Numbers
from retrieval.types import Hit
from retrieval.vectors import VectorIndex


class DenseIndex:
    """Search by cosine over the vectors of all layers. Thread-safe: it does not change.

    Args:
        layers: The vectors of each.
        dims: Length of a vector.
    """

    def __init__(self, layers: Sequence[VectorIndex], dims: int) -> None:
        self._layers, self._dims = layers, dims

    def search(self, vector: Vectors, k: int, *, among: Numbers | None = None) -> list[Hit]:
        """The ``k`` nearest passages to a unit vector, shape (d,), by cosine, best first.

        Args:
            vector: What they are near to.
            k: At most so many.
            among: The ids of those that are searched, int64, ascending; None for all.
        """
        if vector.shape != (self._dims,):
            raise ValueError(f"a question vector has shape ({self._dims},), got {vector.shape}")
        hits = [hit for layer in self._layers for hit in layer.search(vector, k, among=among)]
        return sorted(hits, key=lambda hit: -hit.score)[:k]

    def cosines(self, vector: Vectors, ids: list[int]) -> dict[int, float]:
        """The cosine of a unit vector, shape (d,), with each of the named passages."""
        return {
            number: cosine for layer in self._layers for number, cosine in layer.cosines(vector, ids).items()
        }

    def __len__(self) -> int:
        return sum(map(len, self._layers))

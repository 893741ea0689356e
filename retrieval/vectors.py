"""The dense index: FAISS behind four verbs. The only file that imports faiss."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from retrieval.encoder import Vectors
from retrieval.errors import SnapshotError
from retrieval.types import Hit

# One thread. With both of two cores busy elsewhere a question on 10,984 passages took 23 ms at the median
# so, and 32 with two threads, which wait for each other; alone on the machine there was no difference.
faiss.omp_set_num_threads(1)

PassageIds = npt.NDArray[np.int64]


class VectorIndex:
    """Exact search by cosine over fp16 vectors with stable 64-bit ids (12 ms at 100,000 passages)."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def empty(cls, dims: int) -> VectorIndex:
        """An index of no vectors of ``dims`` dimensions."""
        quantiser = faiss.IndexScalarQuantizer(
            dims, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        return cls(faiss.IndexIDMap2(quantiser))

    @classmethod
    def open(cls, path: Path) -> VectorIndex:
        """The index written to ``path``.

        Raises:
            SnapshotError: The file is not one of ours.
        """
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise SnapshotError(f"{path} is not a vector index", "footnote reindex") from error

    def add(self, ids: PassageIds, vectors: Vectors) -> None:
        """Add unit vectors, float32, shape (n, d), under ``ids``, int64, shape (n,)."""
        self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), ids)

    def search(self, vector: Vectors, k: int) -> list[Hit]:
        """The ``k`` nearest passages to a unit vector, shape (d,), by cosine, best first."""
        if self._index.ntotal == 0:
            return []
        if vector.shape != (self._index.d,):  # faiss itself says only AssertionError
            raise ValueError(f"a question vector has shape ({self._index.d},), got {vector.shape}")
        cosines, ids = self._index.search(vector[np.newaxis, :], min(k, self._index.ntotal))
        # faiss pads with -1 where it found fewer than asked for.
        return [
            Hit(passage_id=int(passage_id), score=float(cosine), stage="dense")
            for passage_id, cosine in zip(ids[0], cosines[0], strict=True)
            if passage_id != -1
        ]

    def cosines(self, vector: Vectors, ids: list[int]) -> dict[int, float]:
        """The cosine of a unit vector, shape (d,), with each of the named passages."""
        return {passage_id: float(self._index.reconstruct(passage_id) @ vector) for passage_id in ids}

    def save(self, path: Path) -> None:
        """Write the index to ``path``.

        Raises:
            SnapshotError: It cannot be written, as on a full disk.
        """
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise SnapshotError(f"{path} cannot be written", "free some disk space") from error

    def __len__(self) -> int:
        return int(self._index.ntotal)

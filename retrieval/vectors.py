"""The dense index: FAISS behind four verbs. The only file that imports faiss."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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
        self._index: Any = index  # what faiss says of its types leaves out all that its constructors take
        self._places: tuple[PassageIds, PassageIds] | None = None

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
        self._places = None

    def search(self, vector: Vectors, k: int, *, among: PassageIds | None = None) -> list[Hit]:
        """The ``k`` nearest passages to a unit vector, shape (d,), by cosine, best first.

        Args:
            vector: What they are near to.
            k: At most so many.
            among: The ids of those that are searched, int64, ascending, each in the index; None for all.
        """
        if self._index.ntotal == 0:
            return []
        if vector.shape != (self._index.d,):  # faiss itself says only AssertionError
            raise ValueError(f"a question vector has shape ({self._index.d},), got {vector.shape}")
        k, wanted = min(k, self._index.ntotal), vector[np.newaxis, :]
        cosines, ids = self._index.search(wanted, k) if among is None else self._sifted(wanted, k, among)
        # faiss pads with -1 where it found fewer than asked for.
        return [
            Hit(passage_id=int(passage_id), score=float(cosine), stage="dense")
            for passage_id, cosine in zip(ids[0], cosines[0], strict=True)
            if passage_id != -1
        ]

    def _sifted(self, wanted: Vectors, k: int, among: PassageIds) -> tuple[Vectors, PassageIds]:
        """What faiss finds among some of the passages.

        A bit for each place of the inner index: ids in a hash table, as faiss offers them for indexes with
        ids, took 118 ms where all of 100,000 passages were let through, bits 16.
        """
        order, ordered = self._placed()
        bits = np.zeros(len(order), dtype=bool)
        bits[order[np.searchsorted(ordered, among)]] = True
        selecting: Any = faiss.IDSelectorBitmap
        selector = selecting(np.packbits(bits, bitorder="little"))
        inner = faiss.downcast_index(self._index.index)
        cosines, places = inner.search(wanted, k, params=_choosing(inner, selector, len(among)))
        ids = faiss.vector_to_array(self._index.id_map)
        return cosines, np.where(places < 0, -1, ids[places])

    def _placed(self) -> tuple[PassageIds, PassageIds]:
        """The places of the inner index by the id that stands there, and those ids, ascending."""
        if self._places is None:
            ids = faiss.vector_to_array(self._index.id_map)
            order = np.argsort(ids)
            self._places = order, ids[order]
        return self._places

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


def _choosing(inner: Any, selector: Any, n_chosen: int) -> Any:
    """Parameters for one search; of an index in lists, more are looked into the fewer passages are chosen."""
    if not isinstance(inner, faiss.IndexIVF):
        flat: Any = faiss.SearchParameters
        return flat(sel=selector)
    in_lists: Any = faiss.SearchParametersIVF
    n_lists = min(inner.nlist, inner.nprobe * inner.ntotal // max(1, n_chosen) + 1)
    return in_lists(sel=selector, nprobe=n_lists)

"""The vectors of a layer's passages, mapped from disk, and how the nearest of them are found.

They are stored once, as fp16 in the format of FAISS, and compared one by one as long as there are few of
them: 9 to 12 ms for 100,000 of 384 dimensions, half of what the machine's memory gives on one thread; bf16
and 8 bit were no faster. From then on `retrieval.inverted_lists` says which are worth comparing. Either way
the cosines are those of the fp16 vectors. This file and that one are the only ones that import faiss.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from retrieval.encoder import Vectors
from retrieval.errors import SnapshotError
from retrieval.inverted_lists import Lists
from retrieval.places import Flags, Numbers, Places
from retrieval.types import Hit

# One thread. With both of two cores busy elsewhere a question on 10,984 passages took 23 ms at the median
# so, and 32 with two threads, which wait for each other; alone on the machine there was no difference.
faiss.omp_set_num_threads(1)

_untyped: Any = faiss  # what faiss says of its types leaves out much of it

# So many are compared one by one.
EXACT_UP_TO = 100_000

Rows = npt.NDArray[np.float16]


class VectorWriter:
    """Writes vectors to a file as they come, so that no more than one step of them is in memory. Close it."""

    def __init__(self, path: Path, dims: int) -> None:
        self._path = path
        self._dims = dims
        self._length = 0
        self._file = path.open("wb")
        self._file.write(_header(dims, 0))

    def add(self, vectors: Vectors) -> None:
        """Add unit vectors, float32, shape (n, d)."""
        self._file.write(vectors.astype(np.float16).tobytes())
        self._length += len(vectors)

    def finish(self) -> None:
        """Write everything out."""
        self._file.seek(0)
        self._file.write(_header(self._dims, self._length))
        self._file.flush()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class VectorIndex:
    """The passages of a layer that are near to a question, by cosine. Thread-safe: it does not change.

    Args:
        path: The file of the vectors.
        places: Whose they are, and which of them are shown.
        lists: Says which are worth comparing, where they are many.

    Raises:
        SnapshotError: It is no such file.
    """

    def __init__(self, path: Path, places: Places, lists: Lists | None = None) -> None:
        self._places, self._lists = places, lists
        try:
            self._mapped = np.memmap(path, dtype=np.uint8, mode="r")
            # Reads the header; the vectors stay where they are. faiss's own way of mapping tells the kernel
            # not to read ahead, so that the first question after a start waited 1.9 s for 77 MB.
            reader = _untyped.ZeroCopyIOReader(faiss.swig_ptr(self._mapped), self._mapped.size)
            self._index: Any = faiss.read_index(reader)
        except (OSError, ValueError, RuntimeError) as error:
            raise SnapshotError(f"{path} is not a vector index", "footnote reindex") from error
        if self._index.ntotal != len(places.ids):
            raise SnapshotError(
                f"{path} holds {self._index.ntotal} vectors of {len(places.ids)} passages", "footnote reindex"
            )
        self._shown = None if places.alive is None else _selector(places.alive)

    @property
    def rows(self) -> Rows:
        """Every vector by place, also of what is not shown any more, fp16, shape (n, d)."""
        n, dims = self._index.ntotal, self._index.d
        return np.frombuffer(self._mapped, np.float16, n * dims, len(self._mapped) - 2 * n * dims).reshape(
            n, dims
        )

    def search(self, vector: Vectors, k: int, *, among: Numbers | None = None) -> list[Hit]:
        """The ``k`` nearest passages to a unit vector, shape (d,), by cosine, best first.

        Args:
            vector: What they are near to.
            k: At most so many.
            among: The ids of those that are searched, int64, ascending, in any layer; None for all.
        """
        if vector.shape != (self._index.d,):  # faiss itself says only AssertionError
            raise ValueError(f"a question vector has shape ({self._index.d},), got {vector.shape}")
        n, selector = len(self._places), self._shown
        if among is not None:
            places = self._places.of(among)
            chosen = np.zeros(len(self._places.ids), dtype=bool)
            chosen[places[places >= 0]] = True
            n, selector = int(chosen.sum()), _selector(chosen)
        k = min(k, n)
        if k == 0:
            return []
        found = None
        if self._lists is not None and n > EXACT_UP_TO:
            found = self._lists.search(vector, k, self.rows, selector=selector)
        cosines, places = found or self._compared(vector, k, selector)
        return [
            Hit(passage_id=passage_id, score=cosine, stage="dense")
            for passage_id, cosine in zip(self._places.ids[places].tolist(), cosines.tolist(), strict=True)
        ]

    def cosines(self, vector: Vectors, ids: list[int]) -> dict[int, float]:
        """The cosine of a unit vector, shape (d,), with each of the named passages that is here."""
        places = self._places.of(np.array(ids, dtype=np.int64))
        here = np.flatnonzero(places >= 0)
        cosines = self.rows[places[here]].astype(np.float32) @ vector
        return {ids[at]: cosine for at, cosine in zip(here.tolist(), cosines.tolist(), strict=True)}

    def _compared(self, vector: Vectors, k: int, selector: Any) -> tuple[Vectors, Numbers]:
        """Cosines and places of the ``k`` nearest, from comparing with every vector."""
        parameters: Any = faiss.SearchParameters
        cosines, places = self._index.search(vector[np.newaxis, :], k, params=parameters(sel=selector))
        return cosines[0], places[0]

    def __len__(self) -> int:
        return len(self._places)


def _selector(chosen: Flags) -> Any:
    """What lets faiss look at some places only.

    A bit for each: ids in a hash table took 118 ms where all of 100,000 passages were let through, bits 16.
    """
    selecting: Any = faiss.IDSelectorBitmap
    return selecting(np.packbits(chosen, bitorder="little"))


def _header(dims: int, n: int) -> bytes:
    """What stands before the codes of ``n`` vectors in a file of faiss."""
    index: Any = faiss.IndexScalarQuantizer(dims, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    empty = faiss.serialize_index(index).tobytes()
    # The count is after four letters and the dimensions, the length of the codes just before them.
    return bytes(empty[:8] + struct.pack("<q", n) + empty[16:-8] + struct.pack("<Q", 2 * dims * n))

"""Which of very many vectors are worth comparing with a question: inverted lists of short codes, by FAISS.

Each vector stands in the list of the centre it is nearest to, as a code of half a bit for each dimension
(`PQ` with 4 bits for four of them, in FAISS's fast scan). Of the lists nearest to a question the codes are
compared, and what looks best is compared once more, with the vectors themselves; so the codes decide what is
found, and never a cosine. On a million synthetic clustered vectors of 384 dimensions this found .99 of the
ten nearest in 0.8 ms with 61 MB, where codes of 8 bits a dimension took 1.2 ms and 395 MB.

How good it is, is measured when it is built, on vectors of sentences, which are what questions are most
like; where too few of the ten nearest are found more lists are looked into, then codes of 8 bits are taken,
and at last none.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from retrieval.encoder import Vectors
from retrieval.errors import SnapshotError
from retrieval.manifest import EXACT, Method

LISTS = "passages.lists"

# Those that recall is told of.
_NEAREST = 10
# Questions are searched with so many, of which these are the first.
_SEARCHED = 50
# How many lists are looked into, and how many vectors are compared: each is tried until recall is good
# enough. A million vectors that hardly cluster, those of `make bench-all`, need 512 of 2,000 lists for .96: 6
# ms, where comparing with all takes 115. To compare with more of what is found gains nothing.
_REACHES = ((8, 200), (16, 200), (32, 400), (64, 800), (128, 800), (256, 800), (512, 800), (1024, 800))
# Vectors that the centres are learned from, for each; and rounds of learning. There are twice as many centres
# as the square root of the vectors: with half of them .93 were found where now .99 are, for the same time.
_SAMPLE_A_LIST, _ROUNDS = 32, 8
_AT_ONCE = 16_384

_Rows = npt.NDArray[np.float16]
_Numbers = npt.NDArray[np.int64]


class Lists:
    """Inverted lists over the vectors of a layer. Thread-safe: it does not change.

    Args:
        index: What faiss has made.
        probes: Lists that are looked into.
        compared: Vectors that are compared, at least.
    """

    def __init__(self, index: Any, probes: int, compared: int) -> None:
        self._index, self._probes, self._compared = index, probes, compared

    @classmethod
    def open(cls, folder: Path, method: Method) -> Lists | None:
        """The lists of the layer in ``folder``; None where it has none.

        Raises:
            SnapshotError: They are damaged.
        """
        if method == EXACT:
            return None
        try:
            index = faiss.read_index(str(folder / LISTS))
        except RuntimeError as error:
            raise SnapshotError(f"{folder / LISTS} holds no lists", "footnote reindex") from error
        return cls(index, method.probes, method.compared)

    @classmethod
    def build(cls, folder: Path, rows: _Rows, *, questions: Vectors, recall: float) -> Method:
        """Write the first kind of lists that is good enough to ``folder``, and say how it is searched.

        Args:
            folder: Where they go.
            rows: The vectors.
            questions: Vectors that are like those of questions, shape (m, d), at least one.
            recall: The share of the ten nearest that has to be found.

        Returns:
            How; `EXACT` where nothing was good enough, and nothing was written.
        """
        nearest = _nearest(rows, questions)
        n_lists = round(2 * len(rows) ** 0.5)
        for index in _candidates(rows.shape[1], n_lists):
            name = _named(index)
            _fill(index, rows, n_lists)
            for probes, compared in _REACHES:
                found = cls(index, probes, compared)._recall(rows, questions, nearest)
                if found >= recall:
                    faiss.write_index(index, str(folder / LISTS))
                    return Method(name, probes, compared, round(found, 4))
        return EXACT

    def search(
        self, vector: Vectors, k: int, rows: _Rows, *, selector: Any = None
    ) -> tuple[Vectors, _Numbers] | None:
        """Cosines and places of the ``k`` nearest, best first; None where so many were not found.

        Args:
            vector: What they are near to.
            k: So many.
            rows: The vectors that the lists were made of.
            selector: Of faiss, says which places are searched; None for all.
        """
        parameters: Any = faiss.SearchParametersIVF
        chosen = parameters(sel=selector, nprobe=self._probes)
        _, [places] = self._index.search(vector[np.newaxis, :], max(4 * k, self._compared), params=chosen)
        places = np.sort(places[places >= 0])
        if len(places) < k:
            return None
        cosines = rows[places].astype(np.float32) @ vector
        best = np.argsort(-cosines, kind="stable")[:k]
        return cosines[best], places[best]

    def _recall(self, rows: _Rows, questions: Vectors, nearest: Vectors) -> float:
        """The share of the nearest that are found; one just as near counts as one of them."""
        shares = []
        for question, last in zip(questions, nearest, strict=True):
            found = self.search(question, min(_SEARCHED, len(rows)), rows)
            shares.append(0.0 if found is None else float((found[0][:_NEAREST] >= last - 1e-5).mean()))
        return sum(shares) / len(shares)


def _nearest(rows: _Rows, questions: Vectors) -> Vectors:
    """The cosine of each question with the tenth nearest vector, by comparing with all of them."""
    best = np.full((len(questions), _NEAREST), -np.inf, dtype=np.float32)
    for at in range(0, len(rows), _AT_ONCE):
        cosines = questions @ rows[at : at + _AT_ONCE].astype(np.float32).T
        best = -np.partition(-np.concatenate([best, cosines], axis=1), _NEAREST - 1, axis=1)[:, :_NEAREST]
    return np.asarray(best.min(axis=1))


def _candidates(dims: int, n_lists: int) -> list[Any]:
    """Indexes to try, the smallest first, neither learned nor filled."""
    metric, kinds = faiss.METRIC_INNER_PRODUCT, []
    if dims % 4 == 0:
        fast: Any = faiss.IndexIVFPQFastScan
        kinds.append(fast(faiss.IndexFlatIP(dims), dims, n_lists, dims // 4, 4, metric))
    exacter: Any = faiss.IndexIVFScalarQuantizer
    kinds.append(exacter(faiss.IndexFlatIP(dims), dims, n_lists, faiss.ScalarQuantizer.QT_8bit, metric))
    return kinds


def _named(index: Any) -> str:
    codes = f"PQ{index.pq.M}x4fs" if isinstance(index, faiss.IndexIVFPQFastScan) else "SQ8"
    return f"IVF{index.nlist},{codes}"


def _fill(index: Any, rows: _Rows, n_lists: int) -> None:
    """Learn the centres and codes from a sample, evenly drawn, and add every vector."""
    n_sample = min(len(rows), _SAMPLE_A_LIST * n_lists)
    sample = rows[np.linspace(0, len(rows) - 1, n_sample).astype(np.int64)].astype(np.float32)
    index.cp.niter, index.cp.spherical, index.cp.min_points_per_centroid = _ROUNDS, True, 1
    index.train(sample)
    for at in range(0, len(rows), _AT_ONCE):
        index.add(rows[at : at + _AT_ONCE].astype(np.float32))

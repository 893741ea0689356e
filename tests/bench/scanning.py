"""The dense search alone: how long, how much of the memory it reads, how many of the nearest it finds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence

import numpy as np

from bench.figure import Figure, spread
from bench.homes import BenchHome
from bench.limits import COPY_ONE
from retrieval.encoder import Vectors
from retrieval.snapshot import SnapshotStore

SCANNING = "dense search alone"
BANDWIDTH = "dense search, vectors read"
RECALL = "recall@10 of the dense search"
CANDIDATES = 50
# Below this, all vectors lie in a cache and say nothing of the memory; above, not all of them are read.
SCANNED = range(50_000, 100_001)
_NEAREST = 10
# Two cosines of fp16 vectors that differ by less may be of the same passage.
_TIE = 2e-3
_STEP = 4_096


def scanning(home: BenchHome, limits: Sequence[Figure] = (), *, asked: int = 50) -> Iterator[Figure]:
    """All three, of the questions' own vectors."""
    snapshot, _ = SnapshotStore(home.path / "snapshots").open_current(encoder=home.encoder.fingerprint)
    questions = home.encoder.encode(home.texts.questions[:asked], "query")
    snapshot.vectors.search(questions[0], CANDIDATES)
    ms = []
    for vector in questions:
        started = time.perf_counter()
        snapshot.vectors.search(vector, CANDIDATES)
        ms.append(1000 * (time.perf_counter() - started))
    yield from spread(SCANNING, ms, home.size, note=f"{CANDIDATES} nearest, one thread")
    yield _bandwidth(home, statistics.median(ms), limits)
    found = [[hit.score for hit in snapshot.vectors.search(vector, _NEAREST)] for vector in questions]
    yield Figure(RECALL, _recall(home, questions, found), "of 1", home.size,
                 note=f"{len(questions)} questions, against all vectors in fp32")  # fmt: skip


def _bandwidth(home: BenchHome, median_ms: float, limits: Sequence[Figure]) -> Figure:
    read = home.size * home.encoder.dims * np.dtype(np.float16).itemsize
    figure = Figure(BANDWIDTH, read / (median_ms / 1000) / 1e9, "GB/s", home.size)
    if home.size not in SCANNED:
        kind = "in the caches" if home.size < SCANNED.start else "by lists, if more than the memory gives"
        return Figure(BANDWIDTH, figure.value, "GB/s", home.size, note=f"no share: vectors {kind}")
    copy = next((limit for limit in limits if limit.name == COPY_ONE), None)
    return figure.of(copy)


def _recall(home: BenchHome, questions: Vectors, found: list[list[float]]) -> float:
    """The share of the ten nearest that were found, ties and fp16 allowed for: by cosine, not by number."""
    vectors, best = home.embedded(), np.zeros((len(questions), 0), dtype=np.float32)
    for at in range(0, len(vectors), _STEP):
        cosines = questions @ vectors[at : at + _STEP].T
        best = np.sort(np.concatenate([best, cosines], axis=1))[:, -_NEAREST:]
    tenth = best[:, 0] - _TIE
    shares = [
        sum(score >= low for score in scores) / best.shape[1]
        for scores, low in zip(found, tenth, strict=True)
    ]
    return statistics.fmean(shares)

"""What this machine can do, to hold our figures against: memory bandwidth and matrix products.

    python -m bench.limits [MB] [N]

prints a figure a line, so that torch and its threads are in a process of their own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from bench.figure import Figure

MACHINE = "machine"
COPY_ONE, COPY_ALL = "stream copy, one thread", "stream copy, all threads"
GEMM = {"fp32": "GEMM fp32", "bf16": "GEMM bf16", "int8": "GEMM int8"}
# Far beyond any cache, and square matrices of three times 4 MB in fp32.
COPY_MB, GEMM_N = 512, 1024
_ROUNDS = 5
# What a processor calls the instructions for a kind; without any of them its products are put together of
# others, and say nothing of what it could do.
_OWN = {"bf16": {"avx512_bf16", "amx_bf16"}, "int8": {"avx512_vnni", "avx_vnni", "amx_int8"}}


def measured_limits(copy_mb: int = COPY_MB, gemm_n: int = GEMM_N) -> list[Figure]:
    """The limits, measured in a process of their own."""
    ran = subprocess.run(
        [sys.executable, "-m", "bench.limits", str(copy_mb), str(gemm_n)],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), "."])},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [Figure(**json.loads(line)) for line in ran.stdout.splitlines()]


def stream_copy(mb: int, threads: int) -> Figure:
    """The best rate at which one array is copied to another, bytes read and bytes written both counted.

    What a processor reads beside, to write into a line of its cache, is not counted.
    """
    source, target = np.ones(mb * 125_000), np.zeros(mb * 125_000)
    parts = list(zip(np.array_split(target, threads), np.array_split(source, threads), strict=True))
    with ThreadPoolExecutor(threads) as pool:
        seconds = _best(lambda: list(pool.map(lambda pair: np.copyto(*pair), parts)))
    name = COPY_ONE if threads == 1 else COPY_ALL
    on = "one thread" if threads == 1 else f"{threads} threads"
    note = f"{on}, {mb} MB to {mb} MB, read and written bytes counted, best of {_ROUNDS}"
    return Figure(name, 2 * source.nbytes / seconds / 1e9, "GB/s", by=MACHINE, note=note)


def gemm(kind: str, n: int) -> Figure:
    """The best rate of square matrix products, 2 n^3 operations each, on all threads; 0 if there is none."""
    import torch

    chance = torch.Generator().manual_seed(0)
    first, second = (torch.rand(n, n, generator=chance) for _ in range(2))
    rounds = f"{n} x {n}, {torch.get_num_threads()} threads, best of {_ROUNDS}"
    try:
        seconds, how = _product(kind, first, second)
    except RuntimeError as error:
        note = f"torch has none for this processor: {str(error).splitlines()[0]}"
        return Figure(GEMM[kind], 0.0, "GFLOP/s", by=MACHINE, note=note)
    emulated = "" if _has_own(kind) else ", emulated: the processor has no instructions for it"
    note = f"{how}, {rounds}{emulated}"
    return Figure(GEMM[kind], 2 * n**3 / seconds / 1e9, "GFLOP/s", by=MACHINE, note=note)


def _has_own(kind: str) -> bool:
    flags = set(Path("/proc/cpuinfo").read_text("utf-8").split())
    return kind not in _OWN or bool(_OWN[kind] & flags)


def _product(kind: str, first, second) -> tuple[float, str]:
    import torch

    if kind == "int8":
        whole = [(each * 100).to(torch.int8) for each in (first, second)]
        return _best(lambda: torch._int_mm(*whole)), "torch._int_mm"
    if kind == "bf16":
        half = [each.to(torch.bfloat16) for each in (first, second)]
        return _best(lambda: torch.matmul(*half)), "torch.matmul"
    ours = first.numpy(), second.numpy()
    by_numpy = _best(lambda: np.matmul(*ours))
    by_torch = _best(lambda: torch.matmul(first, second))
    return min(by_numpy, by_torch), "numpy" if by_numpy < by_torch else "torch.matmul"


def _best(call: Callable[[], object]) -> float:
    """The least time of a few calls, after one to warm up."""
    call()
    seconds = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def _limits(copy_mb: int, gemm_n: int) -> Iterator[Figure]:
    yield stream_copy(copy_mb, 1)
    yield stream_copy(copy_mb, os.cpu_count() or 1)
    for kind in GEMM:
        yield gemm(kind, gemm_n)


if __name__ == "__main__":
    for _figure in _limits(*map(int, sys.argv[1:])):
        sys.stdout.write(json.dumps(_figure.fields()) + "\n")

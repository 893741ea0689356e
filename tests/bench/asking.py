"""How long a question takes: alone, among others, asked again, and while the machine is busy."""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from bench.figure import Figure, quantile, spread
from bench.homes import BenchHome, ask, config_of
from bot.home_desk import HomeDesk
from bot.hurry import BEHIND
from bot.workers import Workers

ASKERS = (1, 8, 64)
QUESTION = "question, all stages"
REPEATED = "question asked again"
BUSY = "question, both cores kept busy"
WITHOUT_READING = "question, cross-encoder off"
_WARM_UP = 5
_BUSY_ROUNDS = 3


def latency_name(askers: int) -> str:
    """What the times are called with so many who ask at once."""
    return f"{QUESTION}, {askers} at once"


def throughput_name(askers: int) -> str:
    """What the rate is called."""
    return f"questions a second, {askers} at once"


def asking(home: BenchHome, *, asked: int = 100, at_once: Sequence[int] = ASKERS) -> Iterator[Figure]:
    """All of it.

    Args:
        home: Where.
        asked: Questions a measure; with many askers at least four each.
        at_once: How many ask.
    """
    desk, questions = home.desk(), iter(home.texts.questions)
    _each_ms(desk, _distinct(questions, _WARM_UP))
    for askers in at_once:
        yield from _at_once(desk, _distinct(questions, max(asked, 4 * askers)), askers, home)
    few = _distinct(questions, max(1, asked // 5))
    _each_ms(desk, few)
    yield from spread(REPEATED, _each_ms(desk, few * 5), home.size, note="each for the second time or later")
    yield from _while_busy(desk, _distinct(questions, max(2, asked // 2)), home)
    yield from _without_reading(home, _distinct(questions, asked))


def _distinct(questions: Iterator[str], wanted: int) -> list[str]:
    """So many that were not asked yet: one that was might be answered from a cache."""
    found = list(islice(questions, wanted))
    if len(found) < wanted:
        raise RuntimeError(f"{wanted - len(found)} questions are missing: measure larger sizes")
    return found


def _at_once(desk: HomeDesk, questions: Sequence[str], askers: int, home: BenchHome) -> Iterator[Figure]:
    workers = desk_workers(home)
    ms, seconds = asyncio.run(_ask_at_once(desk, Workers(workers), questions, askers))
    note = f"distinct, {workers} workers as the settings say; read less where {BEHIND} wait for each"
    yield from spread(latency_name(askers), ms, home.size, note=note)
    yield Figure(throughput_name(askers), len(ms) / seconds, "questions/s", home.size)


def desk_workers(home: BenchHome) -> int:
    """How many questions are answered at the same time, by default."""
    return config_of(home.path).settings.workers


async def _ask_at_once(
    desk: HomeDesk, workers: Workers, questions: Sequence[str], askers: int
) -> tuple[list[float], float]:
    """Milliseconds from asking to reply, and how long all took: each asks when it has its reply."""
    waiting, ms = iter(questions), []

    async def asker() -> None:
        for question in waiting:
            started = time.perf_counter()
            await workers.run(ask, desk, question, workers)
            ms.append(1000 * (time.perf_counter() - started))

    started = time.perf_counter()
    await asyncio.gather(*(asker() for _ in range(askers)))
    return ms, time.perf_counter() - started


def _while_busy(desk: HomeDesk, questions: Sequence[str], home: BenchHome) -> Iterator[Figure]:
    """In turn with the machine quiet and with a process a core that does nothing but count."""
    quiet, busy = [], []
    for first in range(_BUSY_ROUNDS):
        share = questions[first::_BUSY_ROUNDS]
        half = len(share) // 2 or 1
        quiet += _each_ms(desk, share[:half])
        with _kept_busy():
            busy += _each_ms(desk, share[half:] or share[:half])
    note = f"{_BUSY_ROUNDS} rounds in turn with the machine quiet, p50 {quantile(quiet, 0.5):.3g} ms then"
    yield from spread(BUSY, busy, home.size, note=note)
    ratio = statistics.median(busy) / statistics.median(quiet)
    yield Figure(f"{BUSY}, times the quiet p50", ratio, "x", home.size, note=note)


def _without_reading(home: BenchHome, questions: Sequence[str]) -> Iterator[Figure]:
    desk = home.desk(cross_encoder="off")
    _each_ms(desk, questions[:_WARM_UP])
    yield from spread(WITHOUT_READING, _each_ms(desk, questions), home.size)


def _each_ms(desk: HomeDesk, questions: Sequence[str]) -> list[float]:
    ms = []
    for question in questions:
        started = time.perf_counter()
        ask(desk, question)
        ms.append(1000 * (time.perf_counter() - started))
    return ms


@contextmanager
def _kept_busy() -> Iterator[None]:
    """Every core busy with a process of its own."""
    code = "print(flush=True)\nwhile True: pass"
    spinning = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        for _ in range(os.cpu_count() or 1)
    ]
    try:
        for process in spinning:
            process.stdout.readline()
        yield
    finally:
        for process in spinning:
            process.kill()
            process.communicate()

"""How long starting takes: a process to its first answer, what is imported, a snapshot opened."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice

from bench.figure import Figure, timed
from bench.homes import BenchHome
from bench.texts import ROOT
from retrieval.snapshot import SnapshotStore

COLD = "process start to first answer"
OPENING = "opening the snapshot"
COMMAND = [sys.executable, "-m", "bot.cli"]
_OPENED = 5


def starting(home: BenchHome, *, rounds: int = 5) -> Iterator[Figure]:
    """A `footnote ask` after another, files in the page cache; the interpreter and imports by themselves."""
    questions = list(islice(reversed(home.texts.questions), rounds))
    seconds = [cold_ask_s(home, question) for question in questions]
    yield timed(COLD, seconds, home.size, note="footnote ask --json to its first line")
    yield opening(home)
    for name, arguments in (
        ("starting Python alone", ["-c", "pass"]),
        ("importing bot.cli", ["-c", "import bot.cli"]),
        ("importing what `footnote ask` needs", ["-c", "import bot.cli, bot.home_desk, bot.terminal"]),
    ):
        yield timed(name, [_run_s([sys.executable, *arguments]) for _ in range(rounds)], 0)


def opening(home: BenchHome) -> Figure:
    """The current snapshot, opened as a desk does it; one that was opened before in this process."""
    store, seconds = SnapshotStore(home.path / "snapshots"), []
    for _ in range(_OPENED):
        started = time.perf_counter()
        store.open_current(encoder=home.encoder.fingerprint)
        seconds.append(time.perf_counter() - started)
    return timed(OPENING, seconds, home.size, note="files in the page cache")


def cold_ask_s(home: BenchHome, question: str) -> float:
    """Seconds from starting `footnote ask` to the line with the answer."""
    started = time.perf_counter()
    arguments = [*COMMAND, "--home", str(home.path), "ask", "--json", "--", question]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, env=environment()) as process:
        line = process.stdout.readline()
        seconds = time.perf_counter() - started
    if process.returncode != 0 or not line:
        raise RuntimeError(f"footnote ask ended with {process.returncode}")
    return seconds


def environment() -> dict[str, str]:
    """This process's, without this machine's settings, and with this checkout before any other."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    return {**kept, "PYTHONPATH": str(ROOT)}


def _run_s(arguments: Sequence[str]) -> float:
    started = time.perf_counter()
    subprocess.run(arguments, check=True, env=environment())
    return time.perf_counter() - started

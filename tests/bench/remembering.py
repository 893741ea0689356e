"""How much memory a process that serves holds, by the size of what it searches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figure import Figure
from bench.homes import BenchHome
from bench.race import Runner, our_command

MEMORY = "resident memory after questions"
BEFORE = "resident memory before opening, encoder loaded"
OPENING_FIRST = "opening a home in a new process"


def remembering(home: BenchHome, *, asked: int = 50) -> Iterator[Figure]:
    """In a process of its own: the encoder loaded, the home opened, questions answered."""
    with TemporaryDirectory() as folder, Runner(our_command(home), Path(folder, "log")) as runner:
        said = runner.read()
        runner.ask(home.texts.questions[:asked])
    yield Figure(OPENING_FIRST, said["seconds"], "s", home.size, note="cross-encoder included, once")
    yield Figure(BEFORE, said["before_mb"], "MB", home.size)
    note = f"{asked} questions; mapped files count as far as they are in memory"
    yield Figure(MEMORY, runner.memory_mb, "MB", home.size, note=note)

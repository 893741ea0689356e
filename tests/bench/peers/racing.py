"""How every racer is driven: one process each, lines of JSON, and the same passages, questions and model.

    python PEER.py ingest PASSAGES.jsonl INDEX MODEL [VECTORS.npy]
    python PEER.py ask INDEX MODEL

`ingest` embeds the passages, one JSON string a line, with the model, which is loaded before, and writes the
index to disk; with vectors it embeds nothing and only builds. It says one line: how long that took. `ask`
opens the index and then reads a line of questions, a JSON list, after another; it says how long each took,
the five passages that came first, by number, and how much memory the process holds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

TOP = 5
# The first text an encoder reads takes longer than all others.
WARM_UP = "Warm up."

Search = Callable[[str], Sequence[int]]


class Racer(Protocol):
    """What a peer's script has to do; see the module."""

    def model(self, folder: str) -> Any:
        """The model in a folder, loaded."""

    def embed(self, model: Any, texts: list[str]) -> Any:
        """The vectors of passages, as this peer makes them; called once before anything is timed."""

    def ingest(self, model: Any, passages: list[str], index: Path, vectors: Any = None) -> None:
        """Embed, index and write to ``index``, a folder; embed nothing where ``vectors`` are given."""

    def opened(self, model: Any, index: Path) -> Search:
        """The index, read from disk: a question to the numbers of its passages, best first."""


def race(racer: Racer) -> None:
    """Do what the command line says."""
    verb, *arguments = sys.argv[1:]
    if verb == "ingest":
        _ingest(racer, *arguments)
    else:
        _ask(racer, *arguments)


def _ingest(racer: Racer, passages: str, index: str, folder: str, vectors: str | None = None) -> None:
    texts = [json.loads(line) for line in Path(passages).read_text("utf-8").splitlines()]
    model, given = racer.model(folder), None
    racer.embed(model, [WARM_UP])
    if vectors is not None:
        import numpy as np

        given = np.load(vectors)
    started = time.perf_counter()
    racer.ingest(model, texts, Path(index), given)
    say(measure="ingest", passages=len(texts), seconds=time.perf_counter() - started, memory_mb=memory_mb())


def _ask(racer: Racer, index: str, folder: str) -> None:
    search = racer.opened(racer.model(folder), Path(index))
    answer_lines(search)


def answer_lines(search: Search) -> None:
    """Answer the questions of one line after another, each by itself."""
    for line in sys.stdin:
        ms, top = [], []
        for question in json.loads(line):
            started = time.perf_counter()
            found = search(question)
            ms.append(1000 * (time.perf_counter() - started))
            top.append([int(number) for number in found])
        say(measure="ask", ms=ms, top=top, memory_mb=memory_mb())


def say(**fields: object) -> None:
    """Write one line of JSON for whoever started this process."""
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


def memory_mb() -> float:
    """The resident memory of this process, in MB of 10^6 bytes; mapped files count as far as they are in."""
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0

"""Measures speed: of this checkout, of the machine, and of others in the same run.

    python tests/benchmarks.py [--sizes 1000,10000] [--parts limits,ingest,…] [--peers PYTHON] [--write]

prints each figure as it is measured, then what was reached; with --write, docs/benchmarks.md and docs/bench
are made of them. `make bench` does that with up to 10,000 passages, `make bench-all` with up to 1,000,000.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench import plots
from bench.adding import adding
from bench.asking import asking
from bench.figure import Figure
from bench.goals import goals
from bench.homes import REAL_UP_TO, BenchHome, Workshop, indexed_home, texts_for
from bench.ingest import ingest
from bench.limits import COPY_MB, GEMM_N, measured_limits
from bench.race import RaceError, Track, race
from bench.remembering import remembering
from bench.report import Run, page
from bench.scanning import scanning
from bench.starting import starting
from bench.texts import ROOT

PARTS = ("limits", "ingest", "asking", "starting", "scanning", "remembering", "race", "adding")
_AT_EVERY_SIZE = ("asking", "starting", "scanning", "remembering", "adding")
DOCS = ROOT / "docs"


@dataclass(frozen=True, slots=True)
class Effort:
    """How much of everything is done; fewer for a smoke test.

    Args:
        asked: Questions a measure.
        rounds: Of what is timed a few times.
        few: Passages that are embedded without any known, by ours and each peer.
        copy_mb: Size of the array that is copied.
        gemm_n: Side of the matrices.
    """

    asked: int = 100
    rounds: int = 3
    few: int = 1_000
    copy_mb: int = COPY_MB
    gemm_n: int = GEMM_N


@dataclass
class Bench:
    """A run of some parts at some sizes.

    Args:
        workshop: Where everything is made.
        sizes: Passages.
        parts: Which of `PARTS`.
        peers: The Python of the peers' environment, None to race nobody.
        effort: How much is done.
    """

    workshop: Workshop
    sizes: tuple[int, ...]
    parts: tuple[str, ...] = PARTS
    peers: Path | None = None
    effort: Effort = field(default_factory=Effort)
    limits: tuple[Figure, ...] = ()

    def figures(self) -> Iterator[Figure]:
        """All of them, as they are measured."""
        effort = self.effort
        if "limits" in self.parts:
            self.limits = tuple(measured_limits(effort.copy_mb, effort.gemm_n))
            yield from self.limits
        if "ingest" in self.parts:
            texts = texts_for(min(*self.sizes, effort.few))
            yield from ingest(self.workshop, texts, self.limits, rounds=min(2, effort.rounds))
        raced = max((size for size in self.sizes if size <= REAL_UP_TO), default=None)
        for size in self.sizes:
            if any(part in self.parts for part in _AT_EVERY_SIZE) or (size == raced and "race" in self.parts):
                home = indexed_home(self.workshop, size)
                yield home.built
                yield from self._at(home)
                if size == raced and self.peers and "race" in self.parts:
                    yield from self._race(Track(self.peers, home, self.workshop))
                # Last: what is added stays, and one article more is searched with the others.
                yield from adding(home, rounds=effort.rounds) if "adding" in self.parts else ()

    def _race(self, track: Track) -> Iterator[Figure]:
        effort = self.effort
        try:
            yield from race(track, few=effort.few, asked=effort.asked, rounds=effort.rounds)
        except RaceError as error:  # what was measured before is not lost for it
            sys.stderr.write(f"the race was broken off: {error}\n")

    def _at(self, home: BenchHome) -> Iterator[Figure]:
        effort = self.effort
        if "asking" in self.parts:
            yield from asking(home, asked=effort.asked)
        if "starting" in self.parts:
            yield from starting(home, rounds=effort.rounds)
        if "scanning" in self.parts:
            yield from scanning(home, self.limits, asked=effort.asked)
        if "remembering" in self.parts:
            yield from remembering(home, asked=effort.asked)


def main(arguments: list[str] | None = None) -> None:
    """Measure, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000", help="passages, separated by commas")
    parser.add_argument("--parts", default=",".join(PARTS), help="which, separated by commas")
    parser.add_argument("--peers", type=Path, help="the Python of the peers' environment")
    parser.add_argument("--folder", type=Path, default=ROOT / ".bench", help="where everything is made")
    parser.add_argument("--write", action="store_true", help="make docs/benchmarks.md and docs/bench")
    asked = parser.parse_args(arguments)
    peers = asked.peers if asked.peers and asked.peers.exists() else None
    if peers is None:
        sys.stderr.write("nobody to race: make bench-peers installs them\n")
    sizes = tuple(int(size) for size in asked.sizes.split(","))
    asked.folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(Workshop(asked.folder.absolute()), sizes, tuple(asked.parts.split(",")), peers)
    figures, started = [], time.perf_counter()
    for figure in bench.figures():
        figures.append(figure)
        passed = time.perf_counter() - started
        share = "" if figure.share is None else f", {100 * figure.share:.0f} % of {figure.limit}"
        sys.stdout.write(
            f"{passed:7.1f} s  {figure.by}: {figure.name}, {figure.size:,}:"
            f" {figure.value:.4g} {figure.unit}{share}  [{figure.note}]\n"
        )
        sys.stdout.flush()
    for goal in goals(figures):
        word = "reached" if goal.holds else "NOT REACHED"
        sys.stdout.write(f"{word}: {goal.name}: {goal.reached:.3g} {goal.unit},"
                         f" {goal.bound} {goal.wanted:g} wanted ({goal.how})\n")  # fmt: skip
    if asked.write:
        write(Run.of(figures, shlex.join(["python", *sys.argv]), _versions(peers)))


def write(run: Run) -> None:
    """Make the page, the JSON and the plots of a run, in the place of those before."""
    run.write(DOCS / "bench")
    plots.draw(run.figures, DOCS / "bench")
    (DOCS / "benchmarks.md").write_text(page(run), "utf-8")


def _versions(peers: Path | None) -> dict[str, str]:
    """The releases of those we race against."""
    if peers is None:
        return {}
    names = ["sentence-transformers", "langchain-community", "llama-index-core", "haystack-ai", "txtai",
             "chromadb", "faiss-cpu", "torch"]  # fmt: skip
    code = (
        f"from importlib.metadata import version; print(*[n + ' ' + version(n) for n in {names}], sep=', ')"
    )
    ran = subprocess.run([peers, "-c", code], capture_output=True, encoding="utf-8", check=True)
    return {"peers": ran.stdout.strip()}


if __name__ == "__main__":
    main()

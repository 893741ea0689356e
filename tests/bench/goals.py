"""What was set out to be reached, and whether it was: the page on which losses stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bench.adding import ADDING
from bench.asking import BUSY, WITHOUT_READING, latency_name, throughput_name
from bench.figure import OURS, Figure, nominal, shown
from bench.ingest import ENCODING, FLOPS, INDEXING
from bench.limits import GEMM
from bench.race import COLD_RACE, COSINE, COSINE_OF_QUESTIONS, ONE_AT_A_TIME, RATE
from bench.remembering import MEMORY
from bench.scanning import BANDWIDTH, RECALL
from bench.starting import OPENING

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing to reach.

    Args:
        name: What.
        reached: How far it was reached, in ``unit``.
        bound: Whether more or less than ``wanted`` is right.
        wanted: What was set out for.
        unit: Of both.
        how: What it was reckoned from.
    """

    name: str
    reached: float
    bound: Literal["at least", "at most"]
    wanted: float
    unit: str
    how: str

    @property
    def holds(self) -> bool:
        """Whether it was reached."""
        return self.reached >= self.wanted if self.bound == "at least" else self.reached <= self.wanted


class Found:
    """The figures of a run, by what they are of."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self._figures = figures

    def ours(self, name: str, size: int | None = None) -> Figure | None:
        """Ours of that name; of some size, or of the largest that was measured."""
        found = [each for each in self.named(name, size) if each.by == OURS]
        return max(found, key=lambda each: each.size, default=None)

    def best(self, name: str, choose: Callable[..., Figure]) -> Figure | None:
        """The peers' best of that name: ``max`` or ``min``."""
        found = [each for each in self.named(name) if each.by != OURS]
        return choose(found, key=lambda each: each.value) if found else None

    def share(self, name: str, limit: str) -> Figure | None:
        """Ours of that name that is given as a share of that limit."""
        return next((each for each in self._figures if (each.name, each.limit) == (name, limit)), None)

    def any_share(self, name: str) -> Figure | None:
        """Ours of that name that is given as a share of any."""
        return next((each for each in self._figures if each.name == name and each.share is not None), None)

    def named(self, name: str, size: int | None = None) -> list[Figure]:
        """All of that name; of some size, where it is given."""
        return [each for each in self._figures if each.name == name and size in (None, nominal(each.size))]


def goals(figures: Sequence[Figure]) -> list[Goal]:
    """Every goal whose figures were measured in this run."""
    found = Found(figures)
    return [*_against_peers(found), *_alone(found), *_at_a_million(found), *_of_the_machine(found)]


def _against_peers(found: Found) -> Iterator[Goal]:
    theirs = found.best(ENCODING, max)
    for name, ours, wanted in (
        ("passages a second, encoder alone", found.ours(ENCODING), 2.5),
        ("passages a second, our whole index", found.ours(INDEXING), 1.3),
    ):
        if ours and theirs:
            yield Goal(name, ours.value / theirs.value, "at least", wanted, "x", _against(ours, theirs))
    for goal, name in (("cosine to fp32", COSINE), ("cosine to fp32, questions", COSINE_OF_QUESTIONS)):
        if cosine := next(iter(found.named(name)), None):
            yield Goal(goal, cosine.value, "at least", 0.995, "", f"the least {cosine.note}")
    p50 = f"{ONE_AT_A_TIME}, p50"
    ours, theirs = found.ours(p50), found.best(p50, min)
    if ours and theirs:
        name = "question through all stages, p50, to a dense-only one"
        yield Goal(name, ours.value / theirs.value, "at most", 0.5, "x", _against(ours, theirs))
    ours, theirs = found.ours(throughput_name(64)), found.best(RATE, max)
    if ours and theirs:
        name = "questions a second, 64 askers, to a peer's one at a time"
        yield Goal(name, ours.value / theirs.value, "at least", 4, "x", _against(ours, theirs))
    ours, theirs = found.ours(COLD_RACE), found.best(COLD_RACE, min)
    if ours and theirs:
        name = "process start to first answer"
        yield Goal(name, ours.value / theirs.value, "at most", 0.2, "x", _against(ours, theirs))


def _alone(found: Found) -> Iterator[Goal]:
    one = latency_name(1)
    p50, p95 = found.ours(f"{one}, p50", 10_000), found.ours(f"{one}, p95", 10_000)
    if p50 and p95:
        how = f"{shown(p95.value)} ms to {shown(p50.value)} ms at {p50.size:,}"
        yield Goal("p95 to p50, one asker", p95.value / p50.value, "at most", 2, "x", how)
    if busy := found.ours(f"{BUSY}, times the quiet p50", 10_000):
        yield Goal("p50 with both cores kept busy", busy.value, "at most", 3, "x", "to the quiet one")
    if added := found.ours(ADDING, 10_000):
        yield Goal("one article more, at 10,000", added.value, "at most", 0.2, "s", added.note)


def _at_a_million(found: Found) -> Iterator[Goal]:
    for name, of, bound, wanted, unit in (
        ("opening", OPENING, "at most", 1, "s"),
        ("question, vectors given, cross-encoder off, p50", f"{WITHOUT_READING}, p50", "at most", 25, "ms"),
        ("recall@10", RECALL, "at least", 0.95, ""),
        ("resident memory", MEMORY, "at most", 1_200, "MB"),
        ("one article more", ADDING, "at most", 3, "s"),
    ):
        if figure := found.ours(of, MILLION):
            yield Goal(f"{name}, at 1,000,000", figure.value, bound, wanted, unit, figure.note)


def _of_the_machine(found: Found) -> Iterator[Goal]:
    if scan := found.any_share(BANDWIDTH):
        how = f"{shown(scan.value)} GB/s at {scan.size:,}, of {scan.limit}"
        yield Goal("flat scan, of the memory's bandwidth", scan.share, "at least", 0.55, "of 1", how)
    if encoder := found.share(FLOPS, GEMM["bf16"]):
        how = f"{shown(encoder.value)} GFLOP/s of {encoder.limit}"
        yield Goal("encoder, of the bf16 matrix product", encoder.share, "at least", 0.15, "of 1", how)


def _against(ours: Figure, theirs: Figure) -> str:
    unit = ours.unit
    return f"{shown(ours.value)} {unit} to {shown(theirs.value)} {unit} of {theirs.by}, the best of them"

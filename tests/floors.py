"""The floors of the quality gate: figures that no change may fall below, in a file that is read in a diff.

Each figure is a share where more is better. Floors are pinned just under what was measured, and a floor is
lowered only for a reason, which stays in the file beside what it was.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).parent / "data" / "floors.json"

# What is let pass, because processors round differently: one question in a hundred, at least one, and as
# much of a figure that is no share of questions.
SLACK = 0.01

Contents = dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """Something measured; more is better.

    Args:
        value: In [0, 1].
        n: The number of questions that it is a share of; None where it is no share.
    """

    value: float
    n: int | None = None

    @property
    def floor(self) -> float:
        """The least that is let pass, to three decimals."""
        slack = SLACK if self.n is None else math.ceil(SLACK * self.n) / self.n
        return max(0.0, math.floor(1000 * (self.value - slack) + 1e-6) / 1000)  # 0.7 * 1000 is 699.99…


@dataclass(frozen=True)
class Measured:
    """What one gate measured.

    Args:
        gate: Its name.
        sha256: Of the questions and articles.
        figures: By name.
    """

    gate: str
    sha256: str
    figures: dict[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True)
class Lowered:
    """A floor that would be lower than it was, or gone."""

    gate: str
    figure: str
    was: float
    now: float | None


def read_floors(text: str) -> Contents:
    """The file's contents; those of a new file where ``text`` is empty."""
    return json.loads(text) if text else {"gates": {}, "lowered": []}


def too_low(floors: Contents, measured: Measured) -> list[str]:
    """What is wrong with a measurement, a line each; empty where it passes.

    Every floor has to be measured and every figure to have a floor, so that neither is dropped in silence.
    """
    pinned = floors["gates"].get(measured.gate)
    if pinned is None:
        return [f"{measured.gate} has no floors: make pin-quality"]
    if pinned["sha256"] != measured.sha256:
        return [f"{measured.gate}: the floors were measured on other questions or articles: make pin-quality"]
    lines = [
        f"{measured.gate}: {name} is {measured.figures[name].value:.3f}, the floor {floor:.3f}"
        for name, floor in pinned["floors"].items()
        if name in measured.figures and measured.figures[name].value < floor
    ]
    unpaired = sorted(pinned["floors"].keys() ^ measured.figures.keys())
    return lines + [
        f"{measured.gate}: {name} is measured without a floor, or the reverse" for name in unpaired
    ]


def lowered(before: Contents, after: Contents) -> list[Lowered]:
    """Every floor that is lower in ``after`` than in ``before``, or is not there."""
    return [
        Lowered(gate, name, was, now)
        for gate, pinned in before["gates"].items()
        for name, was in pinned["floors"].items()
        for now in [after["gates"].get(gate, {"floors": {}})["floors"].get(name)]
        if now is None or now < was
    ]


def unexplained(before: Contents, after: Contents) -> list[Lowered]:
    """The floors lowered between two versions of the file for which the later gives no reason."""
    told = [each for each in after["lowered"] if each not in before["lowered"]]
    return [
        each
        for each in lowered(before, after)
        if not any(
            (reason["gate"], reason["figure"]) == (each.gate, each.figure)
            and (reason["now"] or 0) <= (each.now or 0)
            for reason in told
        )
    ]


def pin(floors: Contents, measured: list[Measured], *, reason: str | None, on: date) -> Contents:
    """The file's contents with the floors of these measurements; other gates keep theirs.

    Raises:
        ValueError: A floor would be lowered and no reason is given; the message names each.
    """
    pinned = {
        each.gate: {
            "sha256": each.sha256,
            "floors": {name: figure.floor for name, figure in each.figures.items()},
        }
        for each in measured
    }
    after = {"gates": {**floors["gates"], **pinned}, "lowered": list(floors["lowered"])}
    found = lowered(floors, after)
    if found and not (reason or "").strip():
        lines = [f"  {each.gate}: {each.figure} from {each.was} to {each.now}" for each in found]
        message = "these floors would be lowered:\n{}\nsay why: make pin-quality LOWER='reason'"
        raise ValueError(message.format("\n".join(lines)))
    for each in found:
        record = {"gate": each.gate, "figure": each.figure, "was": each.was, "now": each.now}
        after["lowered"].append({**record, "reason": reason, "on": on.isoformat()})
    return after


def write_floors(contents: Contents) -> str:
    """The file's text: a line a floor."""
    return json.dumps(contents, indent=1, ensure_ascii=False) + "\n"

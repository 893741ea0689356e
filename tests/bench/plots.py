"""Draws a run: the race as bars, ours by size as lines. SVG, by matplotlib, which is optional."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench.adding import ADDING
from bench.asking import WITHOUT_READING, latency_name
from bench.figure import OURS, Figure, shown
from bench.ingest import ENCODING
from bench.race import COLD_RACE, ONE_AT_A_TIME
from bench.remembering import MEMORY
from bench.starting import COLD, OPENING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PLOTS = {"race": "The race: passages embedded a second, a question's time, a process's start",
         "sizes": "Ours by size: times, and memory"}  # fmt: skip
# Colours that those who tell few colours apart can name (Okabe and Ito).
_BLUE, _GREY, _INK = "#0072B2", "#b0b0b0", "#222222"
_LINES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00")
_BARS = (
    (ENCODING, "passages embedded a second (more is better)"),
    (f"{ONE_AT_A_TIME}, p50", "a question, p50, ms (less is better)"),
    (COLD_RACE, "process start to first answer, s (less is better)"),
)


def draw(figures: Sequence[Figure], folder: Path) -> list[Path]:
    """Draw what was measured into ``folder``; what was not is left out."""
    # Figures of their own instead of pyplot, which keeps every figure and picks a window system.
    from matplotlib import rc_context

    folder.mkdir(parents=True, exist_ok=True)
    # The same figures give the same file.
    with rc_context({"svg.hashsalt": "footnote", "svg.fonttype": "none"}):
        drawn = [_race(figures, folder / "race.svg"), _sizes(figures, folder / "sizes.svg")]
    return [path for path in drawn if path]


def _race(figures: Sequence[Figure], path: Path) -> Path | None:
    from matplotlib.figure import Figure as Drawing

    measured = [(title, [each for each in figures if each.name == name]) for name, title in _BARS]
    measured = [(title, found) for title, found in measured if len(found) > 1]
    if not measured:
        return None
    drawing = Drawing(figsize=(7.2, 2.4 * len(measured)), layout="constrained")
    for axes, (title, found) in zip(
        drawing.subplots(len(measured), 1, squeeze=False)[:, 0], measured, strict=True
    ):
        _bars(axes, title, found)
    drawing.savefig(path, format="svg", metadata={"Date": None})
    return path


def _bars(axes: Axes, title: str, found: list[Figure]) -> None:
    found = sorted(found, key=lambda each: each.value, reverse="less" in title)
    colours = [_BLUE if each.by == OURS else _GREY for each in found]
    drawn = axes.barh([each.by for each in found], [each.value for each in found], color=colours)
    axes.bar_label(drawn, [shown(each.value) for each in found], padding=3, fontsize=8, color=_INK)
    axes.set_title(title, loc="left", fontsize=10)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0, labelsize=9)


def _sizes(figures: Sequence[Figure], path: Path) -> Path | None:
    from matplotlib.figure import Figure as Drawing

    ours = [each for each in figures if each.by == OURS and each.size]
    question = f"{latency_name(1)}, p50"
    named = {
        question: "a question",
        f"{WITHOUT_READING}, p50": "without cross-encoder",
        OPENING: "opening",
        COLD: "process start to first answer",
        ADDING: "one article more",
    }
    found = {name: [each for each in ours if each.name == name] for name in (*named, MEMORY)}
    held = found.pop(MEMORY)
    if len(held) < 2 or not any(found.values()):
        return None
    drawing = Drawing(figsize=(7.2, 6.4), layout="constrained")
    times, memory = drawing.subplots(2, 1, sharex=True, height_ratios=[3, 2])
    for (name, each), colour in zip(found.items(), _LINES, strict=True):
        _line(times, each, named[name], colour)
    _line(memory, held, "memory of a process that serves", _BLUE)
    times.set(xscale="log", yscale="log", ylabel="seconds")
    memory.set(xscale="log", yscale="log", ylabel="MB", xlabel="passages")
    for axes in (times, memory):
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(color="#e8e8e8", linewidth=0.7)
        axes.legend(frameon=False, fontsize=8)
    drawing.savefig(path, format="svg", metadata={"Date": None})
    return path


def _line(axes: Axes, found: list[Figure], label: str, colour: str) -> None:
    if not found:
        return
    found = sorted(found, key=lambda each: each.size)
    values = [each.value / 1000 if each.unit == "ms" else each.value for each in found]
    axes.plot([each.size for each in found], values, marker="o", markersize=4, color=colour, label=label)

"""Draws what confidence is worth, as a PNG. The one place that imports matplotlib, which is optional."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.config import ConfigError
from bot.evaluation import Measured
from retrieval.measures import Prediction
from retrieval.trust import CALIBRATION_BINS, Bin

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE_INCHES = (7.2, 7.6)
_DPI = 150
_GREY, _INK = "#8a8a8a", "#222222"
_HISTOGRAM_BINS = 40


@dataclass(frozen=True, slots=True)
class _Kind:
    """Questions of one kind, in a colour that those who tell few colours apart can name (Okabe and Ito)."""

    name: str
    colour: str
    replies: Sequence[Prediction]


def check_installed() -> None:
    """Whether a plot can be drawn, to be asked before hours of measuring.

    Raises:
        ConfigError: matplotlib is not installed.
    """
    try:
        import matplotlib.figure  # noqa: F401  # an import is the only test of an installation
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "matplotlib":
            raise
        raise ConfigError(
            "--plot needs matplotlib, which is not installed", "pip install 'footnote[plot]'"
        ) from error


def draw(measured: Measured, path: Path, *, threshold: float) -> None:
    """Draw how often replies are right at each confidence, above how sure each kind of question makes it.

    Args:
        measured: What to draw.
        path: The PNG file to write.
        threshold: The confidence from which a reply is an answer.
    """
    # A Figure of its own instead of pyplot, which keeps every figure and picks a window system.
    from matplotlib.figure import Figure

    figure = Figure(figsize=_SIZE_INCHES, dpi=_DPI, layout="constrained")
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=[5, 2])
    _draw_reliability(above, measured.evaluation.reliability)
    _draw_confidence(below, _kinds(measured))
    for axes in (above, below):
        axes.axvline(threshold, color=_GREY, linewidth=1, linestyle=(0, (1, 2)))
        axes.spines[["top", "right"]].set_visible(False)
    above.annotate(
        f"answered from {threshold:g}",
        (threshold, 1),
        xytext=(4, 0),
        textcoords="offset points",
        color=_GREY,
        fontsize=8,
        va="top",
    )
    found = measured.evaluation
    error = found.measures["calibration error"].value
    above.set_title(f"{measured.stamp.set}: calibration error {error:.3f}", loc="left", fontsize=13, pad=22)
    about = f"{found.questions:,} questions, commit {measured.stamp.commit or 'unknown'}"
    above.text(0, 1.02, about, transform=above.transAxes, fontsize=8.5, color=_GREY)
    figure.savefig(path, format="png")


def _draw_reliability(axes: Axes, bins: Sequence[Bin]) -> None:
    confidence = [each.confidence for each in bins]
    share = [each.correct.value for each in bins]
    below = [each.correct.value - each.correct.low for each in bins]
    above = [each.correct.high - each.correct.value for each in bins]
    axes.plot([0, 1], [0, 1], color=_GREY, linewidth=1, label="as often right as confident")
    axes.errorbar(
        confidence,
        share,
        yerr=(below, above),
        color="#0072B2",
        marker="o",
        markersize=6,
        linewidth=1.6,
        elinewidth=1.2,
        capsize=3,
        label="measured, with 95 % interval and number of replies",
    )
    for each in bins:
        axes.annotate(
            f"{each.n:,}",
            (each.confidence, each.correct.high),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            fontsize=8,
            color=_INK,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.5},
        )
    axes.set(xlim=(0, 1), ylim=(0, 1.06), ylabel="share of first excerpts that answer")
    axes.set_yticks(np.linspace(0, 1, 6))
    axes.grid(color="#e8e8e8", linewidth=0.7)
    axes.set_axisbelow(True)
    axes.legend(loc="lower right", frameon=False, fontsize=9)


def _draw_confidence(axes: Axes, kinds: Sequence[_Kind]) -> None:
    for kind in kinds:
        confidence = [each.confidence for each in kind.replies]
        axes.hist(
            confidence,
            bins=np.linspace(0, 1, _HISTOGRAM_BINS + 1).tolist(),
            weights=np.full(len(confidence), 100 / len(confidence)),
            histtype="stepfilled",
            facecolor=f"{kind.colour}33",
            edgecolor=kind.colour,
            linewidth=1.3,
            label=f"{kind.name} ({len(confidence):,})",
        )
    axes.set(xlabel="confidence", ylabel="% of its kind")
    axes.set_xticks(np.linspace(0, 1, CALIBRATION_BINS + 1))
    axes.legend(loc="upper right", frameon=False, fontsize=9)


def _kinds(measured: Measured) -> list[_Kind]:
    """The kinds of questions that were asked."""
    pairs = list(zip(measured.questions, measured.predictions, strict=True))
    kinds = (
        _Kind("answerable", "#0072B2", [reply for question, reply in pairs if question.answerable]),
        _Kind("not answerable", "#D55E00", [reply for question, reply in pairs if not question.answerable]),
        _Kind("about other articles", "#009E73", measured.outside),
    )
    return [kind for kind in kinds if kind.replies]

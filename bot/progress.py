"""Shows how far long work has come, how fast it goes and how long it will take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from retrieval.build_types import Progress

_LINE_EVERY = 1000

# Sooner a rate is chance.
_RATE_AFTER_S = 2.0


class StoppedError(Exception):
    """The work was stopped; what it has done until then stays."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a stage has come, and how fast it goes.

    Args:
        at: How far.
        rate: Pieces a second; None sooner than that can be told.
        left_s: Seconds that it will take; None where that cannot be told.
    """

    at: Progress
    rate: float | None = None
    left_s: float | None = None


@contextmanager
def progress_shown() -> Iterator[Callable[[Progress], None]]:
    """Shows progress on stderr: a bar that goes away when done on a terminal, a few lines elsewhere."""
    pace = Pace()
    if not sys.stderr.isatty():
        yield _progress_lines(pace)
        return
    # Not needed for a question, and it takes a twentieth of a second to import.
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[at]}"))
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None, at="")

        def show(at: Progress) -> None:
            bars.update(
                task,
                description=at.stage,
                completed=at.done,
                total=at.total or None,
                at=pace_text(pace.reached(at)),
            )

        yield show


class Pace:
    """Tells how fast a stage goes, from how far it came since it began."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._stage = ""
        self._first = 0
        self._began = 0.0

    def reached(self, at: Progress) -> Reached:
        """How far it has come, and from a moment on how fast it goes and how long it will take."""
        if at.stage != self._stage:
            self._stage, self._first, self._began = at.stage, at.done, self._clock()
        seconds = self._clock() - self._began
        if seconds < _RATE_AFTER_S or at.done <= self._first:
            return Reached(at)
        rate = (at.done - self._first) / seconds
        return Reached(at, rate, (at.total - at.done) / rate if at.total > at.done else None)


def pace_text(reached: Reached) -> str:
    """How far work has come, how fast it goes and how long it will take, as far as that is known."""
    at, rate = reached.at, reached.rate
    counted = f"{at.done:,} of {at.total:,}" if at.total else f"{at.done:,}" if at.done else ""
    if rate is None:
        return counted
    told = f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s"
    left = "" if reached.left_s is None else f", {_span(reached.left_s)} left"
    return f"{counted}, {told}{left}"


def _progress_lines(pace: Pace) -> Callable[[Progress], None]:
    """One line when a stage begins and one at each tenth of it, or each thousand where it has no end."""
    said: list[tuple[str, int]] = []

    def show(at: Progress) -> None:
        reached = pace_text(pace.reached(at))
        step = 10 * at.done // at.total if at.total else at.done // _LINE_EVERY
        if (at.stage, step) not in said[-1:]:
            said[:] = [(at.stage, step)]
            line = f"{at.stage}: {reached}" if reached else f"{at.stage}…"
            print(line, file=sys.stderr)  # noqa: T201 - this is the output

    return show


def _span(seconds: float) -> str:
    """A length of time in its two largest units."""
    whole = max(1, round(seconds))
    minutes, s = divmod(whole, 60)
    hours, m = divmod(minutes, 60)
    return f"{hours} h {m:02} min" if hours else f"{m} min {s:02} s" if m else f"{s} s"

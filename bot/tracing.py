"""One update on its way through the bot: by which id the log tells of it, and what became of it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter

from bot.logged import about
from retrieval.timing import collected

_log = logging.getLogger(__name__)

_current: ContextVar[Trace | None] = ContextVar("trace", default=None)


@dataclass(slots=True)
class Trace:
    """What is known of an update: nothing of its words, and nobody's name or number.

    Attributes:
        id: Made up; the same in every line that is logged of it, and in what a reader is told to quote.
        kind: What kind of update it is.
        seconds: By stage, how long it took so far.
        counted: What it was counted as: that somebody asked, and the verdict.
        lag_s: How long before that it was sent, None where that is not told.
        began: When it was taken in hand, by `perf_counter`.
    """

    id: str
    kind: str
    seconds: dict[str, float]
    lag_s: float | None = None
    counted: list[str] = field(default_factory=list)
    began: float = field(default_factory=perf_counter)


@contextmanager
def tracing(kind: str, *, lag_s: float | None = None) -> Iterator[Trace]:
    """Follow an update until the block ends, wherever it is worked on; what came of a question is logged."""
    with collected() as seconds:
        trace = Trace(secrets.token_hex(4), kind, seconds, lag_s)
        token = _current.set(trace)
        try:
            yield trace
            if trace.counted:
                _tell(trace)
        finally:
            _current.reset(token)


def current() -> Trace | None:
    """What is being worked on here, None where it is no update."""
    return _current.get()


def _tell(trace: Trace) -> None:
    """One line for a question: what came of it, and the milliseconds of each stage."""
    took = {f"{stage}_ms": round(1000 * seconds, 1) for stage, seconds in trace.seconds.items()}
    took["took_ms"] = round(1000 * (perf_counter() - trace.began), 1)
    if trace.lag_s is not None:
        took["lag_s"] = round(trace.lag_s, 1)
    counted = ",".join(trace.counted)
    _log.info("counted: %s", counted, extra=about("asked", kind=trace.kind, counted=counted, **took))

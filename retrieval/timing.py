"""How long each stage of a question takes, for whoever wants to know; nothing is kept where nobody does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter

# Of the question that is being answered here, seconds by stage. Threads started with a copy of the
# context, as `asyncio.to_thread` starts them, add to the same.
_seconds: ContextVar[dict[str, float] | None] = ContextVar("seconds by stage", default=None)


class timed:  # noqa: N801 - it is read as a verb: with timed("search")
    """Adds the seconds until the block ends to a stage of the question that is being answered.

    A class, because a generator takes three times as long.
    """

    __slots__ = ("_began", "_stage")

    def __init__(self, stage: str) -> None:
        self._stage = stage

    def __enter__(self) -> None:
        self._began = perf_counter()

    def __exit__(self, *_: object) -> None:
        seconds = _seconds.get()
        if seconds is not None:
            seconds[self._stage] = seconds.get(self._stage, 0.0) + perf_counter() - self._began


@contextmanager
def collected() -> Iterator[dict[str, float]]:
    """Seconds by stage of what is done until the block ends, in threads too; filled while it goes on."""
    seconds: dict[str, float] = {}
    token = _seconds.set(seconds)
    try:
        yield seconds
    finally:
        _seconds.reset(token)

"""The one line between the event loop and the synchronous rest: what takes time runs in threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from retrieval.timing import timed

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Workers:
    """Runs desk calls off the event loop, at most ``count`` at once.

    Args:
        count: More than there are processor cores makes every question slower.

    Attributes:
        waiting: How many calls wait for a thread.
        running: How many have one.
    """

    def __init__(self, count: int) -> None:
        self._free = asyncio.Semaphore(count)
        self.waiting = 0
        self.running = 0

    async def run(self, call: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """What ``call`` returns or raises."""
        self.waiting += 1
        try:
            with timed("wait"):
                await self._free.acquire()
        finally:
            self.waiting -= 1
        self.running += 1
        try:
            return await asyncio.to_thread(call, *args, **kwargs)
        finally:
            self.running -= 1
            self._free.release()

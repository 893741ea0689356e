"""The one line between the event loop and the synchronous rest: what takes time runs in threads."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from retrieval.timing import timed

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Workers:
    """Runs desk calls off the event loop, at most ``count`` at once, in the order in which they came.

    The threads are its own: a reindex or a refresh, which takes minutes of one, takes none of those that
    answer questions. How many calls wait is bounded by who may make them, see `bot.intake`.

    Args:
        count: More than there are processor cores makes every question slower.

    Attributes:
        count: See above.
        waiting: How many calls wait for a thread.
        running: How many are at work.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.waiting = 0
        self.running = 0
        self._free = asyncio.Semaphore(count)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")

    async def run(self, call: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """What ``call`` returns or raises; it sees the context variables of whoever asks."""
        self.waiting += 1
        try:
            with timed("wait"):
                await self._free.acquire()
        finally:
            self.waiting -= 1
        self.running += 1
        try:
            bound = partial(contextvars.copy_context().run, partial(call, *args, **kwargs))
            return await asyncio.get_running_loop().run_in_executor(self._threads, bound)
        finally:
            self.running -= 1
            self._free.release()

"""The one line between the event loop and the synchronous rest: what takes time runs in threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Workers:
    """Runs desk calls off the event loop, at most ``count`` at once.

    Args:
        count: More than there are processor cores makes every question slower.
    """

    def __init__(self, count: int) -> None:
        self._free = asyncio.Semaphore(count)

    async def run(self, call: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """What ``call`` returns or raises."""
        async with self._free:
            return await asyncio.to_thread(call, *args, **kwargs)

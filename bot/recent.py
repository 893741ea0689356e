"""What is remembered for a while, in memory only, and forgotten by itself."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Recent(Generic[_T]):
    """Values by name, each for so long after it was put. For one thread.

    Args:
        keep_s: How long.
        most: So many at most; beyond it the ones put longest ago are forgotten earlier.
        clock: Seconds that only grow.
    """

    def __init__(self, keep_s: float, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._keep_s = keep_s
        self._most = most
        self._clock = clock
        self._kept: OrderedDict[Hashable, tuple[float, _T]] = OrderedDict()  # the one put longest ago first

    def get(self, name: Hashable) -> _T | None:
        """What was put under ``name``, None where it is forgotten."""
        self.forget_old()
        kept = self._kept.get(name)
        return kept[1] if kept else None

    def put(self, name: Hashable, value: _T) -> None:
        """Remember ``value`` from now on."""
        self._kept[name] = self._clock() + self._keep_s, value
        self._kept.move_to_end(name)
        self.forget_old()
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def drop(self, name: Hashable) -> None:
        """Forget what was put under ``name``."""
        self._kept.pop(name, None)

    def forget_old(self) -> None:
        """Forget what has had its time."""
        now = self._clock()
        while self._kept and next(iter(self._kept.values()))[0] <= now:
            self._kept.popitem(last=False)

    def items(self) -> Iterator[tuple[Hashable, _T]]:
        """Each name with its value, the one put longest ago first."""
        return iter([(name, value) for name, (_, value) in self._kept.items()])

    def __len__(self) -> int:
        """How many values are remembered."""
        return len(self._kept)

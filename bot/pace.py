"""How often somebody may ask: a bucket for everybody who asked within the last minute."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable

from bot.bucket import MINUTE_S, Bucket
from bot.recent import Recent

# The buckets of those who asked longest ago are forgotten, so that they may ask more. About 200 bytes each.
_MAX_KEPT = 10_000


class Pace:
    """So much a minute for each name, and as much at once where nothing was asked before. For one thread.

    Args:
        per_minute: How much, in questions.
        clock: Seconds that only grow.
    """

    def __init__(self, per_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        # After a minute it is full again, as one that was never taken from.
        self._buckets: Recent[Bucket] = Recent(MINUTE_S, _MAX_KEPT, clock)

    def allows(self, name: Hashable, cost: float) -> bool:
        """Whether so much may be asked now."""
        return self._after(name, cost) is not None

    def take(self, name: Hashable, cost: float) -> bool:
        """Ask so much, where that may be asked now; what costs more than a minute's worth costs that."""
        left = self._after(name, cost)
        if left is not None:
            self._buckets.put(name, left)
        return left is not None

    def _after(self, name: Hashable, cost: float) -> Bucket | None:
        now = self._clock()
        bucket = self._buckets.get(name) or Bucket(self.per_minute, now)
        return bucket.filled(self.per_minute, now).without(min(cost, self.per_minute))

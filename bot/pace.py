"""How often somebody may ask: so many times a minute, then one notice, then silence until it is over."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Literal

from bot.recent import Recent

COOLDOWN_S = 60.0
_MAX_KEPT = 10_000

Turn = Literal["answer", "notice", "silence"]


@dataclass(slots=True)
class _Asked:
    times: int = 0


class Pace:
    """Counts what people and groups ask. For one thread.

    Whoever asks once too often within a minute is told, and not heard for a minute from then on.

    Args:
        per_minute: How often is not too often.
        clock: Seconds that only grow.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._asked: Recent[_Asked] = Recent(COOLDOWN_S, _MAX_KEPT, clock)

    def take(self, name: Hashable) -> Turn:
        """What to do with one more question of whoever goes by ``name``."""
        asked = self._asked.get(name)
        if asked is None:
            asked = _Asked()
            self._asked.put(name, asked)
        asked.times += 1
        if asked.times <= self.per_minute:
            return "answer"
        if asked.times > self.per_minute + 1:
            return "silence"
        self._asked.put(name, asked)  # the minute begins anew
        return "notice"

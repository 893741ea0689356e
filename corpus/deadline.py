"""The moment by which something must be done."""

from __future__ import annotations

from collections.abc import Callable


class Deadline:
    """Counts down; what was spent waiting for one's turn can be given back.

    Args:
        total_s: Seconds from now on.
        clock: Seconds that never go back.
    """

    def __init__(self, total_s: float, clock: Callable[[], float]) -> None:
        self.total_s = total_s
        self._clock = clock
        self._end = clock() + total_s

    def left_s(self) -> float:
        """Seconds left; 0 or less where it has passed."""
        return self._end - self._clock()

    def extend(self, waited_s: float) -> None:
        """Give back seconds that do not count."""
        self._end += waited_s

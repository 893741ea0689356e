"""Token buckets: what may be taken at once, and how it fills again (pure)."""

from __future__ import annotations

from dataclasses import dataclass

MINUTE_S = 60.0
# Fifths add up to one only nearly.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Bucket:
    """How full a bucket was at a moment.

    Args:
        level: In questions.
        at: In seconds.
    """

    level: float
    at: float

    def filled(self, per_minute: float, now: float) -> Bucket:
        """The same later: it fills evenly, and is full with what it gains in a minute."""
        gained = per_minute * max(0.0, now - self.at) / MINUTE_S
        return Bucket(min(per_minute, self.level + gained), now)

    def without(self, cost: float) -> Bucket | None:
        """What is left after ``cost`` is taken; None where there is too little."""
        left = self.level - cost
        return None if left < -_ROUNDING else Bucket(max(0.0, left), self.at)

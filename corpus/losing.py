"""How many articles may be lost at once before somebody has to be asked."""

from __future__ import annotations

from dataclasses import dataclass

# Of a handful of articles any change is a large share.
MIN_LOST = 5


@dataclass(frozen=True, slots=True)
class Losing:
    """How much a refresh or a reindex may lose.

    Args:
        max_share: Of the articles there were, from 0 to 1.
        force: Lose whatever is gone.
    """

    max_share: float = 0.3
    force: bool = False

    def is_too_much(self, n_lost: int, n_before: int) -> bool:
        """Whether losing so many of so many has to be asked for."""
        return not self.force and n_lost >= MIN_LOST and n_lost > self.max_share * n_before

"""One measured number, and how several become one."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

OURS = "footnote"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number.

    Args:
        name: What was measured.
        value: How much; see ``unit``.
        unit: Of the value.
        size: Passages that were searched or embedded; 0 where they make no difference.
        by: Who was measured: this project, a peer, or ``machine``.
        note: How, where the name does not say it.
        limit: The name of the machine's limit that it is compared with; empty for none.
        share: Of that limit; 1 is all of it.
    """

    name: str
    value: float
    unit: str
    size: int = 0
    by: str = OURS
    note: str = ""
    limit: str = ""
    share: float | None = None

    def of(self, limit: Figure | None, rate: float | None = None) -> Figure:
        """The same as a share of a limit of the machine.

        Args:
            limit: In the unit of ``rate``; None where the machine has none such.
            rate: The figure in the limit's unit; its value where None.
        """
        if limit is None or not limit.value:
            return self
        return replace(self, limit=limit.name, share=(self.value if rate is None else rate) / limit.value)

    def fields(self) -> dict[str, object]:
        """What is written to JSON: without what says nothing."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None)}


def shown(value: float) -> str:
    """A number to three digits, or to the last before the point."""
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"


def nominal(size: int) -> int:
    """A size as it is spoken of: 10,003 passages are 10,000."""
    return round(size, -3) or size


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of them do not exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def spread(name: str, ms: Sequence[float], size: int, *, by: str = OURS, note: str = "") -> list[Figure]:
    """p50, p95 and p99 of times in milliseconds."""
    said = f"{note}; {len(ms)} questions" if note else f"{len(ms)} questions"
    return [
        Figure(f"{name}, {label}", quantile(ms, share), "ms", size, by, said)
        for label, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
    ]


def timed(name: str, seconds: Sequence[float], size: int, *, by: str = OURS, note: str = "") -> Figure:
    """The median of a few times, with the smallest in its note."""
    said = f"median of {len(seconds)}, least {min(seconds):.3g}"
    return Figure(name, statistics.median(seconds), "s", size, by, f"{note}; {said}" if note else said)

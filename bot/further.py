"""What else comes near a question beside the excerpts that were shown."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk import Desk
from retrieval.types import Excerpt, Query

# Others are looked for among so many excerpts, and so many of them are shown.
N_NEAREST, N_MORE = 8, 3


def further(desk: Desk, query: Query, shown: Sequence[Excerpt]) -> tuple[Excerpt, ...]:
    """Up to three excerpts that share no words with those that are shown, best first.

    Raises:
        SnapshotError: There is no snapshot that can answer.
    """
    nearest = desk.nearest(query, N_NEAREST).excerpts
    return tuple(each for each in nearest if not _is_among(each, shown))[:N_MORE]


def _is_among(excerpt: Excerpt, shown: Sequence[Excerpt]) -> bool:
    """Whether an excerpt shares words with one that is shown."""
    return any(
        other.version_seq == excerpt.version_seq and other.span.overlaps(excerpt.span) for other in shown
    )

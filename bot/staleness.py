"""Whether the articles are refreshed as often as they should be."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta

from corpus.watches import Watch
from retrieval.types import SnapshotInfo

# Who misses one reading may have had a bad moment; who misses two has a problem. Within the hour, nobody.
_MISSED = 2
_LEAST = timedelta(hours=1)
# Reading every watch counts its articles, which is not done for each answer.
_LOOK_EVERY_S = 60.0


@dataclass(frozen=True, slots=True)
class Stale:
    """What was not refreshed in time.

    Args:
        since_utc: ISO 8601 moment since when not all is fresh.
        overdue: What is watched and should have been read, successfully, since.
    """

    since_utc: str
    overdue: tuple[Watch, ...]


@dataclass(frozen=True, slots=True)
class StaleSnapshot(SnapshotInfo):
    """A snapshot of articles that were not refreshed in time.

    Args:
        stale_since: ISO 8601 moment, UTC, since when not all is fresh.
    """

    stale_since: str


def staleness(
    watches: tuple[Watch, ...], built_at: str | None, *, now: datetime, after_days: int | None
) -> Stale | None:
    """What was not refreshed in time; None where everything was.

    Args:
        watches: What is watched.
        built_at: When the current snapshot was made, ISO 8601; None where there is none.
        now: The time, with its zone.
        after_days: After so many days without a new snapshot or a successful reading of anything, all is
            stale; None for never.
    """
    overdue = tuple(each for each in watches if _is_overdue(each, now))
    if overdue:
        return Stale(min((last_read(each) for each in overdue), key=_moment), overdue)
    refreshed = [each.succeeded_utc for each in watches if each.succeeded_utc]
    refreshed += [built_at] if built_at else []
    newest = max(refreshed, key=_moment, default=None)
    if after_days is None or newest is None or now - _moment(newest) <= timedelta(days=after_days):
        return None
    return Stale(newest, ())


def last_read(watch: Watch) -> str:
    """When a watch was last read successfully, or else when it was begun."""
    return watch.succeeded_utc or watch.added_utc


class Freshness:
    """Remembers for a minute since when a snapshot is stale. Any thread may call.

    Args:
        after_days: See `staleness`.
    """

    def __init__(self, after_days: int | None) -> None:
        self._after_days = after_days
        self._looking = threading.Lock()
        self._looked: tuple[float, str, str | None] | None = None

    def dated(self, snapshot: SnapshotInfo, watches: Callable[[], tuple[Watch, ...]]) -> SnapshotInfo:
        """The snapshot, as a `StaleSnapshot` where it is stale.

        Args:
            snapshot: The current one.
            watches: Gives what is watched.
        """
        since = self._since(snapshot, watches)
        known = {field.name: getattr(snapshot, field.name) for field in fields(SnapshotInfo)}
        return StaleSnapshot(**known, stale_since=since) if since else snapshot

    def _since(self, snapshot: SnapshotInfo, watches: Callable[[], tuple[Watch, ...]]) -> str | None:
        with self._looking:
            now_s = time.monotonic()
            if self._looked is not None:
                until_s, snapshot_id, since = self._looked
                if snapshot_id == snapshot.id and now_s < until_s:
                    return since
            stale = staleness(
                watches(), snapshot.built_at, now=datetime.now(UTC), after_days=self._after_days
            )
            since = stale.since_utc if stale else None
            self._looked = now_s + _LOOK_EVERY_S, snapshot.id, since
            return since


def _is_overdue(watch: Watch, now: datetime) -> bool:
    return now - _moment(last_read(watch)) > max(_MISSED * timedelta(seconds=watch.every_s), _LEAST)


def _moment(iso: str) -> datetime:
    moment = datetime.fromisoformat(iso)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

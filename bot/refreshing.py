"""Reads what a home watches again: all that is due, or what is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.config import Config
from bot.way import opened_way
from corpus.ingest import Added
from corpus.library import Library
from corpus.lock import writing
from corpus.losing import Losing
from corpus.watch import Refreshed, find_watch, refresh
from corpus.watches import Watch
from corpus.web_address import is_web_address


def refresh_home(
    config: Config, sources: Sequence[str] = (), *, force: bool = False
) -> Iterator[Added | Refreshed]:
    """Read the named watches, or all that are due, telling of each article and each watch.

    Args:
        config: Names the home, and how much may be lost.
        sources: What to read; empty for all that is due.
        force: Lose whatever is gone.

    Raises:
        LibraryError: There is no library, or it cannot be written.
        Busy: Another process writes to the home.
    """
    path = config.home / "library.db"
    Library.open_to_read(path).close()  # where there is none, none is made
    losing = Losing(config.settings.max_loss, force)
    with writing(config.home), Library.open(path) as library, opened_way(config) as way:
        for found in _asked_for(library, sources):
            if isinstance(found, Refreshed):
                yield found
            else:
                yield from refresh(library, found, way, losing=losing, is_named=bool(sources))


def due(library: Library, now: datetime) -> tuple[Watch, ...]:
    """The watches that are to be read by now, the one that waits longest first."""
    waiting = (watch for watch in library.watches() if watch.is_due(now))
    return tuple(sorted(waiting, key=lambda watch: (watch.due_utc(), watch.source)))


def _asked_for(library: Library, sources: Sequence[str]) -> Sequence[Watch | Refreshed]:
    if not sources:
        return due(library, datetime.now(UTC))
    return [find_watch(library, source) or _not_watched(source) for source in sources]


def _not_watched(source: str) -> Refreshed:
    can_be = is_web_address(source) or Path(source).exists()
    remedy = f"footnote watch {source}" if can_be else "check the spelling; footnote watch lists what is"
    return Refreshed(source, "failed", 0, f"{source} is not watched. Fix: {remedy}")

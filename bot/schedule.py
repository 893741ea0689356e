"""What is watched is read again when it is due, while the bot serves, and searched once it has changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial

from bot import admin_render, admin_words
from bot.config import Config
from bot.home_desk import HomeDesk
from bot.progress import StoppedError
from bot.question import tidy
from bot.refreshing import due, refresh_home
from bot.render import Shown, notice
from bot.staleness import staleness
from bot.words import ENGLISH, Words
from corpus.errors import Busy, FootnoteError
from corpus.library import Library
from corpus.watch import Refreshed
from corpus.watches import Watch
from retrieval.build_types import Progress
from retrieval.errors import SmokeError

# What is wrong, in the words of whoever is told.
Alarm = Callable[[Words], Shown]

_log = logging.getLogger(__name__)

CHECK_EVERY_S = 60.0


class Schedule:
    """Reads what is due, beside everything else.

    Args:
        config: Names the home.
        desk: Reindexes it.
        tell: Tells the admins what is wrong.
    """

    def __init__(
        self,
        config: Config,
        desk: HomeDesk,
        tell: Callable[[Alarm], Awaitable[None]],
    ) -> None:
        self._config = config
        self._desk = desk
        self._tell = tell
        self._told: dict[str, Alarm] = {}
        self._told_stale: dict[str, Alarm] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Go on until ``stop`` is set; what is being read then is left at the next article."""
        while not stop.is_set():
            await self.look(stop)
            await _waited(stop, CHECK_EVERY_S)

    async def look(self, stop: asyncio.Event) -> None:
        """Read what is due now, and tell the admins what has become wrong since the last look."""
        try:
            problems = await asyncio.to_thread(self._refresh, stop)
            stale = await asyncio.to_thread(self._stale)
        except Exception:  # noqa: BLE001 - a bug met in one source must not end the reading of all others
            _log.exception("refreshing on schedule failed")
            return
        before = self._told
        news = [each for source, each in problems.items() if _said(each) != _said(before.get(source))]
        self._told = problems
        # What is stale is told once until it is over, however its words change meanwhile.
        news += [alarm for name, alarm in stale.items() if name not in self._told_stale]
        self._told_stale = stale
        for problem in news:
            await self._tell(problem)

    def _refresh(self, stop: asyncio.Event) -> dict[str, Alarm]:
        """Read what is due, and reindex where that changed something.

        Returns:
            By what is watched, what is wrong with it and how to mend it.
        """
        try:
            if not self._is_something_due():
                return self._told
            watches: dict[str, Refreshed] = {}
            has_changed = False
            for told in refresh_home(self._config):
                if isinstance(told, Refreshed):
                    watches[told.source] = told
                    has_changed |= told.n_gone > 0
                else:
                    has_changed |= told.status in ("added", "updated")
                if stop.is_set():
                    return self._told
            if has_changed:
                self._reindex(stop)
        except (Busy, StoppedError):
            return self._told  # another process changes the home: it is due a minute later too
        except FootnoteError as problem:
            _log.warning("refreshing on schedule: %s", problem)
            return {"": partial(_shown, problem)}
        _log.info("refreshed %s on schedule", f"{len(watches):,}")
        found = {source: partial(_reason, told.reason) for source, told in watches.items() if told.reason}
        return {source: told for source, told in self._told.items() if source not in watches} | found

    def _stale(self) -> dict[str, Alarm]:
        """What was not refreshed in time: by its name, empty for everything, what admins are told of it."""
        after_days = self._config.settings.stale_after_days
        try:
            watches, built_at = self._watches(), self._built_at()
        except FootnoteError:  # said by what needs it
            return self._told_stale
        stale = staleness(watches, built_at, now=datetime.now(UTC), after_days=after_days)
        if stale is None:
            return {}
        if stale.overdue:
            return {each.source: partial(_overdue, each) for each in stale.overdue}
        return {"": partial(_overdue_everything, stale.since_utc, after_days or 0)}

    def _watches(self) -> tuple[Watch, ...]:
        path = self._config.home / "library.db"
        if not path.exists():
            return ()
        with Library.open_to_read(path) as library:
            return library.watches()

    def _built_at(self) -> str | None:
        snapshots = self._desk.snapshots
        current = snapshots.current_id()
        return snapshots.manifest(current).info.built_at if current else None

    def _is_something_due(self) -> bool:
        path = self._config.home / "library.db"
        if not path.exists():
            return False
        with Library.open_to_read(path) as library:
            return bool(due(library, datetime.now(UTC)))

    def _reindex(self, stop: asyncio.Event) -> None:
        def on_progress(progress: Progress) -> None:
            if stop.is_set():
                raise StoppedError

        self._desk.reindex(on_progress)


def _said(alarm: Alarm | None) -> Shown | None:
    """By which two alarms are compared."""
    return None if alarm is None else alarm(ENGLISH)


def _shown(problem: FootnoteError, say: Words) -> Shown:
    if isinstance(problem, SmokeError):
        return admin_render.held(say, problem)
    return notice(admin_words.to_mend(say, problem))


def _reason(reason: str, say: Words) -> Shown:
    return notice(tidy(reason))


def _overdue(watched: Watch, say: Words) -> Shown:
    return notice(admin_words.overdue(say, watched))


def _overdue_everything(since_utc: str, days: int, say: Words) -> Shown:
    return notice(admin_words.overdue_everything(say, since_utc, days))


async def _waited(stop: asyncio.Event, seconds: float) -> None:
    """Waits, but no longer than until ``stop`` is set."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return

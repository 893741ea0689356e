"""Counts what happens without making anybody wait: in memory first, and in the file every few seconds."""

from __future__ import annotations

import asyncio
from collections import Counter

from bot import tracing
from bot.counts import Counts, Kind
from bot.workers import Workers

# A commit waits for the disk, about 17 ms; one for each question would be the most that there could be.
WRITE_EVERY_S = 5.0


class Counting:
    """What is counted on the event loop.

    Args:
        counts: Where it is kept.
    """

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._clerk = Workers(1)
        self._kinds: Counter[Kind] = Counter()
        self._people: set[int] = set()
        self._due: asyncio.Task[None] | None = None

    def note(self, *kinds: Kind, by: int | None = None) -> None:
        """Count one more of each kind.

        Args:
            kinds: What happened.
            by: The user id of who asked, to count each person once a day.
        """
        self._kinds.update(kinds)
        if trace := tracing.current():
            trace.counted += kinds
        if by is not None:
            self._people.add(by)
        if self._due is None or self._due.done():
            self._due = asyncio.get_running_loop().create_task(self._write_later())

    async def write(self) -> None:
        """Bring to the file what was counted until now, once what is on its way there has arrived."""
        kinds, people = self._kinds, self._people
        self._kinds, self._people = Counter(), set()
        await self._clerk.run(self._add, kinds, people)

    async def close(self) -> None:
        """The same, before the bot stops."""
        if self._due is not None:
            self._due.cancel()
        await self.write()

    def _add(self, kinds: Counter[Kind], people: set[int]) -> None:
        if kinds or people:
            self._counts.add(kinds, people)

    async def _write_later(self) -> None:
        await asyncio.sleep(WRITE_EVERY_S)
        await self.write()

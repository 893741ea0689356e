"""Long work that is seen from the chat: one message that says how far it has come, then how it ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from telegram import Message
from telegram.error import TelegramError

from bot.keyboards import Rows
from bot.progress import Pace, Reached, StoppedError
from bot.render import Shown, notice
from bot.sending import replace, reply
from corpus.errors import FootnoteError
from retrieval.build_types import Progress

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

# Edits count towards Telegram's flood limits, 20 a minute in a group.
EDIT_EVERY_S = 3.0
# Looking more often would only take time from the work.
_LEAST_PAUSE_S = 0.05


@dataclass(frozen=True, slots=True)
class Endings:
    """What is said of work that did not end well.

    Args:
        stopped: Says that it was stopped, and why.
        failed: That it failed for a reason that is ours.
        trouble: Says what is wrong and how to mend it.
    """

    stopped: Callable[[], str]
    failed: str
    trouble: Callable[[FootnoteError], Shown]


class StatusMessage:
    """One message of ours that is edited, never more often than agreed.

    Args:
        message: The message, already sent.
        every_s: The least time between two edits.
        rows: The buttons under it while the work goes on.
        pace: Tells how long the work will take.
    """

    def __init__(
        self, message: Message, every_s: float, *, rows: Rows = (), pace: Pace | None = None
    ) -> None:
        self._message = message
        self._every_s = every_s
        self._rows = rows
        self._pace = pace or Pace()
        self._shown: Shown | None = None
        self._edited_at: float | None = None

    async def say(self, shown: Shown) -> bool:
        """Show ``shown``, once it is time for it; False where the message is gone."""
        if shown == self._shown:
            return True
        if self._edited_at is not None:
            await asyncio.sleep(max(0.0, self._edited_at + self._every_s - monotonic()))
        there = await replace(self._message, shown)
        self._shown, self._edited_at = shown, monotonic()
        return there

    async def conclude(self, shown: Shown) -> None:
        """Show how it ended, in a message of its own where this one is gone."""
        if not await self.say(shown):
            await reply(self._message, shown)

    async def see_through(
        self,
        work: Callable[[Callable[[Progress], None]], Shown],
        *,
        keep_going: Callable[[], bool],
        told: Callable[[Reached], str],
        endings: Endings,
    ) -> None:
        """Do ``work`` as `follow` does, and conclude with what it gives, or with why it gave nothing."""
        try:
            ending = await self.follow(work, keep_going=keep_going, told=told)
        except StoppedError:
            ending = notice(endings.stopped())
        except FootnoteError as problem:
            ending = endings.trouble(problem)
        except Exception:
            await self.say_if_possible(notice(endings.failed))
            raise
        await self.conclude(ending)

    async def follow(
        self,
        work: Callable[[Callable[[Progress], None]], _T],
        *,
        keep_going: Callable[[], bool],
        told: Callable[[Reached], str],
    ) -> _T:
        """Do ``work`` in a thread and show how far it has come.

        Args:
            work: Is given what it tells its progress to.
            keep_going: Asked at each step, from that thread; once it says no, the work is left.
            told: Says in words how far it has come.

        Returns:
            What ``work`` does; what it raises is raised, and `StoppedError` where it was left.
        """
        latest: list[Reached] = []

        def on_progress(progress: Progress) -> None:
            if not keep_going():
                raise StoppedError
            latest[:] = [self._pace.reached(progress)]

        task = asyncio.create_task(asyncio.to_thread(work, on_progress))
        while not task.done():
            await asyncio.wait({task}, timeout=max(self._every_s, _LEAST_PAUSE_S))
            if latest and not task.done():
                await self.say_progress(told(latest[0]))
        return task.result()

    async def say_progress(self, told: str) -> None:
        """Show a step of the work, with the buttons that go with it."""
        await self.say_if_possible(Shown(notice(told).html, self._rows))

    async def say_if_possible(self, shown: Shown) -> None:
        """The same as `say`; progress that cannot be shown is no reason to leave the work."""
        try:
            await self.say(shown)
        except TelegramError as error:
            _log.info("Progress is not shown: %s", error)

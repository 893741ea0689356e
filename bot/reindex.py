"""Reindexing from the chat: one message that says how far it has come, then what changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from time import monotonic

from telegram import Chat, Message
from telegram.error import TelegramError

from bot import words
from bot.desk import Desk
from bot.render import notice
from bot.sending import replace, reply
from corpus.errors import Busy, FootnoteError
from retrieval.build_types import BuildReport, Progress
from retrieval.errors import LossError

_log = logging.getLogger(__name__)

# Edits count towards Telegram's flood limits, 20 a minute in a group.
EDIT_EVERY_S = 3.0


class StoppedError(Exception):
    """The bot stops, so the build that runs for it does too; the snapshot that answers stays."""


class StatusMessage:
    """One message that is edited, never more often than agreed.

    Args:
        message: The message, already sent.
        every_s: The least time between two edits.
    """

    def __init__(self, message: Message, every_s: float) -> None:
        self._message = message
        self._every_s = every_s
        self._text = ""
        self._edited_at: float | None = None

    async def say(self, text: str) -> bool:
        """Show ``text``, once it is time for it; False where the message is gone."""
        if text == self._text:
            return True
        if self._edited_at is not None:
            await asyncio.sleep(max(0.0, self._edited_at + self._every_s - monotonic()))
        there = await replace(self._message, notice(text))
        self._text, self._edited_at = text, monotonic()
        return there


class Reindexer:
    """Runs one reindex at a time and reports it where it was asked for.

    Args:
        desk: Does the work.
        edit_every_s: The least time between two edits of the message that shows the progress.
    """

    def __init__(self, desk: Desk, edit_every_s: float) -> None:
        self._desk = desk
        self._edit_every_s = edit_every_s
        self.running = False

    async def run(self, asked: Message, keep_going: Callable[[], bool]) -> None:
        """Reindex and report it as a reply to ``asked``.

        Args:
            asked: The admin's message.
            keep_going: Asked while the work goes on, from its thread; once it says no, the work is
                abandoned and the snapshot that answers stays.
        """
        if self.running:
            await reply(asked, notice(words.ALREADY_RUNNING))
            return
        self.running = True
        try:
            await self._run(asked, keep_going)
        finally:
            self.running = False

    async def _run(self, asked: Message, keep_going: Callable[[], bool]) -> None:
        status = StatusMessage(await reply(asked, notice(words.REINDEX_STARTS)), self._edit_every_s)
        try:
            ending = await self._work(status, keep_going, in_private=asked.chat.type == Chat.PRIVATE)
        except Exception:
            await _say_if_possible(status, words.REINDEX_FAILED)
            raise
        if not await status.say(ending):
            await reply(asked, notice(ending))

    async def _work(self, status: StatusMessage, keep_going: Callable[[], bool], *, in_private: bool) -> str:
        latest: list[Progress] = []

        def on_progress(progress: Progress) -> None:
            if not keep_going():
                raise StoppedError
            latest[:] = [progress]

        work = asyncio.create_task(asyncio.to_thread(self._desk.reindex, on_progress))
        while not work.done():
            await asyncio.wait({work}, timeout=self._edit_every_s)
            if latest and not work.done():
                await _say_if_possible(status, words.progress(latest[0]))
        return _ending(work, in_private=in_private)


def _ending(work: asyncio.Task[BuildReport], *, in_private: bool) -> str:
    try:
        return words.reindexed(work.result())
    except StoppedError:
        return words.REINDEX_STOPPED
    except Busy as busy:
        return words.to_mend(busy.message, busy.remedy) if in_private else words.ALREADY_RUNNING
    except LossError as refusal:
        return words.to_mend(refusal.message, refusal.remedy) if in_private else words.REINDEX_LOSES
    except FootnoteError as problem:
        _log.warning("Reindexing failed: %s", problem)
        # Not in a group, where everybody would read how this machine is set up.
        return words.to_mend(problem.message, problem.remedy) if in_private else words.REINDEX_FAILED


async def _say_if_possible(status: StatusMessage, text: str) -> None:
    """Progress that cannot be shown is no reason to leave the work."""
    try:
        await status.say(text)
    except TelegramError as error:
        _log.info("Progress is not shown: %s", error)

"""Tells readers what was decided about the quotations that they reported."""

from __future__ import annotations

import asyncio
import logging

from telegram import Bot, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.desk import Desk
from bot.lines import one_line
from bot.reports import Reports, Untold
from bot.words import Words
from bot.workers import Workers
from corpus.errors import FootnoteError

_log = logging.getLogger(__name__)

_TITLE_CHARS = 120


class Decisions:
    """Who is told is in the file until it is done, so that a restart in between loses nobody.

    Args:
        desk: Knows what was reported.
        reports: Know who is to be told what.
    """

    def __init__(self, desk: Desk, reports: Reports) -> None:
        self._desk = desk
        self._reports = reports
        self._workers = Workers(1)
        self._one = asyncio.Lock()

    async def tell(self, bot: Bot) -> None:
        """Tell everybody who is still to be told; what fails is in the log, and tried again the next time."""
        async with self._one:  # or two at once would tell somebody twice
            try:
                for untold in await self._workers.run(self._reports.untold):
                    if await self._is_told(bot, untold):
                        await self._workers.run(self._reports.told, untold.reporter_id)
            except FootnoteError as problem:
                _log.error("Readers were not told what was decided: %s", problem)

    async def _is_told(self, bot: Bot, untold: Untold) -> bool:
        """Whether there is nothing left to do about a reader: they know, or cannot be reached any more."""
        text = await self._workers.run(self._text, untold)
        reach = untold.reach
        answer = (
            ReplyParameters(reach.message_id, allow_sending_without_reply=True) if reach.message_id else None
        )
        try:
            try:
                await bot.send_message(reach.chat_id, text, reply_parameters=answer)
            except ChatMigrated as moved:
                await bot.send_message(moved.new_chat_id, text)
        except (Forbidden, BadRequest) as error:
            _log.info("A reader who reported something cannot be told what was decided: %s", error)
        except TelegramError as error:
            _log.warning("A reader is told later what was decided: %s", type(error).__name__)
            return False
        return True

    def _text(self, untold: Untold) -> str:
        say = Words(untold.reach.language)
        verified = self._desk.verify(untold.receipt)
        title = one_line(verified.excerpt.article.metadata.title, _TITLE_CHARS) if verified else ""
        return say(f"decision-{untold.decision}", title=title or say("untitled"))

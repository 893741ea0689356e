"""Whether a quotation stands: by its receipt, or by the answer that holds it."""

from __future__ import annotations

import re

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import BaseHandler, MessageHandler

from bot import receipt_render
from bot.addressed import question_in
from bot.bot_context import BotContext
from bot.buttons import Quoted, read_press
from bot.deep_link import read_payload
from bot.desk import Desk
from bot.incoming import NEW, Command, message_of
from bot.lines import one_line
from bot.question import tidy
from bot.render import Shown, notice
from bot.sending import reply
from bot.verified import Verified
from bot.words import Words
from bot.workers import Workers

_TYPED_CHARS = 40
_OPENS = re.compile(r"[?&]start=([\w-]{1,64})$", re.ASCII)


class Receipts:
    """Answers /source.

    Args:
        desk: Verifies.
        workers: Run the desk off the event loop.
    """

    def __init__(self, desk: Desk, workers: Workers) -> None:
        self._desk = desk
        self._workers = workers

    def handlers(self) -> list[BaseHandler[Update, BotContext, None]]:
        """What takes the command."""
        return [MessageHandler(NEW & Command("source"), self.source)]

    async def source(self, update: Update, context: BotContext) -> None:
        """Show what a receipt stands for, or the receipts in the answer that the command replies to."""
        message, say = message_of(update), context.say
        typed = tidy(question_in(context.bot.bot, message))
        replied = message.reply_to_message
        if typed:
            found = await self._verified((typed,))
            missing = say("no-such-receipt", receipt=one_line(typed, _TYPED_CHARS))
        elif replied is not None:
            found = await self._verified(receipts_under(replied))
            missing = say("no-receipts-there")
        else:
            found, missing = (), say("name-a-receipt")
        await reply(message, _shown(say, found) if found else notice(missing))

    async def _verified(self, receipts: tuple[str, ...]) -> tuple[Verified, ...]:
        found = [await self._workers.run(self._desk.verify, receipt) for receipt in receipts]
        return tuple(filter(None, found))


def _shown(say: Words, found: tuple[Verified, ...]) -> Shown:
    return receipt_render.receipt(say, found[0]) if len(found) == 1 else receipt_render.receipts(say, found)


def receipts_under(message: Message) -> tuple[str, ...]:
    """Those that the buttons of a message carry; anybody's could, and each is verified."""
    keyboard = (
        message.reply_markup.inline_keyboard if isinstance(message.reply_markup, InlineKeyboardMarkup) else ()
    )
    for row in keyboard:
        for button in row:
            if quoted := _quoted(button):
                return quoted.receipts
    return ()


def _quoted(button: InlineKeyboardButton) -> Quoted | None:
    """The excerpts that a button acts on, or that it opens in private."""
    if link := _OPENS.search(button.url or ""):
        return read_payload(link[1])
    payload = button.callback_data if isinstance(button.callback_data, str) else None
    quoted = getattr(read_press(payload), "quoted", None)
    return quoted if isinstance(quoted, Quoted) else None

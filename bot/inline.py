"""Inline mode: ``@bot question`` in any chat, and the quotation that whoever types it sends there."""

from __future__ import annotations

import asyncio

from telegram import InlineQuery, Update
from telegram.constants import InlineQueryLimit
from telegram.ext import BaseHandler, ChosenInlineResultHandler, InlineQueryHandler

from bot.bot_context import BotContext
from bot.counting import Counting
from bot.desk import Desk
from bot.door import Door
from bot.hurry import answer_in_turn
from bot.inline_render import offers
from bot.question import objection, tidy
from bot.recent import Recent
from bot.sending import offer
from bot.workers import Workers
from retrieval.types import NotFound, Reply

# Telegram asks at every pause in typing; after so long a one the words are probably whole.
WAIT_S = 0.4
# How long Telegram gives the same offers to everybody who types the same: no longer than a reindex may
# stay unnoticed.
_CACHE_S = 300
_FORGET_AFTER_S = 60.0
_MAX_KEPT = 10_000


class Inline:
    """Offers excerpts for what people type after the bot's name.

    Args:
        desk: Answers.
        workers: Run the desk off the event loop.
        counting: Counts that somebody asked, and that an offer was sent.
        door: Says how often somebody may ask.
    """

    def __init__(self, desk: Desk, workers: Workers, counting: Counting, door: Door) -> None:
        self._desk = desk
        self._workers = workers
        self._counting = counting
        self._door = door
        self._newest: Recent[int] = Recent(_FORGET_AFTER_S, _MAX_KEPT)

    def handlers(self) -> list[BaseHandler[Update, BotContext, None]]:
        """What takes what is typed, and what is sent of it."""
        return [InlineQueryHandler(self.ask), ChosenInlineResultHandler(self.chosen)]

    async def ask(self, update: Update, context: BotContext) -> None:
        """Offer what answers the words, unless the same person has typed on meanwhile."""
        query = update.inline_query
        assert query is not None
        question = tidy(query.query)
        if len(query.query) > InlineQueryLimit.MAX_QUERY_LENGTH or objection(context.say, question):
            await offer(query, (), cache_s=_CACHE_S)
            return
        self._newest.put(query.from_user.id, max(update.update_id, self._newest.get(query.from_user.id) or 0))
        await asyncio.sleep(WAIT_S)
        if self._is_newest(update, query) and await self._door.lets_search(update):
            await self._answer(update, context, question)

    async def chosen(self, update: Update, context: BotContext) -> None:
        """Count that an offer was sent; Telegram tells it where @BotFather was asked to."""
        self._counting.note("inline_chosen")

    async def _answer(self, update: Update, context: BotContext, question: str) -> None:
        query, say = update.inline_query, context.say
        assert query is not None
        asked = await self._workers.run(self._desk.read, question)
        if asked.problems or objection(say, asked.text):
            await offer(query, (), cache_s=_CACHE_S)
            return
        if self._is_newest(update, query):
            verdict = await self._workers.run(answer_in_turn, self._desk, asked.query(), self._workers)
            await self._offer(update, context, verdict)

    async def _offer(self, update: Update, context: BotContext, verdict: Reply) -> None:
        query, say = update.inline_query, context.say
        assert query is not None
        if not self._is_newest(update, query):
            return
        above = say("inline-ask-in-private") if isinstance(verdict, NotFound) else ""
        found = offers(say, verdict, context.bot.username)
        await offer(query, found, cache_s=_CACHE_S, above=above)
        self._counting.note("inline_asked", by=query.from_user.id)

    def _is_newest(self, update: Update, query: InlineQuery) -> bool:
        """Whether whoever typed a query has typed nothing since."""
        return self._newest.get(query.from_user.id) == update.update_id

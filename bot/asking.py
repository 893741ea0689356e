"""From a question in a message to the reply under it, and to another where the question is edited."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from dataclasses import replace

from telegram import Message
from telegram.constants import ChatType, ReactionEmoji

from bot import render
from bot.addressed import conversation_of, is_conversation_of, is_group
from bot.buttons import FILTER_LETTERS
from bot.counting import Counting
from bot.desk import Desk
from bot.group_render import fitting, with_at_most
from bot.memory import FORGET_AFTER_S, Answered, History, Memory, before, gone_on
from bot.narrowed import Offers, offers, problem_text
from bot.preferences import Preferences
from bot.question import objection
from bot.render import Shown, notice
from bot.sending import react, replace_text, reply, typing
from bot.words import Words
from bot.workers import Workers
from retrieval.read_filters import FilteredQuestion
from retrieval.types import NotFound, Query, Reply, verdict_of

# Among the few that Telegram lets bots put; somebody who does not know.
_NOT_FOUND = ReactionEmoji.SHRUG


class Asker:
    """Answers the questions in messages, each in its conversation.

    Args:
        desk: Answers.
        workers: Run the desk off the event loop.
        memory: What was said a moment ago.
        counting: Counts that somebody asked, and what the verdict was.
        preferences: What groups chose.
    """

    def __init__(
        self, desk: Desk, workers: Workers, memory: Memory, counting: Counting, preferences: Preferences
    ) -> None:
        self._desk = desk
        self._workers = workers
        self._memory = memory
        self._counting = counting
        self._preferences = preferences

    async def answer(self, say: Words, message: Message, text: str) -> None:
        """Reply to a question, or say why it cannot be answered as it is written."""
        asked = await self._workers.run(self._desk.read, text)
        if objected := _objection(say, asked):
            await reply(message, notice(objected))
            return
        history = self._history(message)
        found = await self._found(message, asked.query(history))
        if not await self._is_quiet(message, found[0]):
            sent = await reply(message, await self._shown(say, message, *found))
            self._remember(message, sent.message_id, text, history, found[0])
        self._count(message, found[0])

    async def answer_again(self, say: Words, message: Message, text: str) -> None:
        """Make the reply to a question that was edited one to what it says now.

        Where its reply is forgotten, which it is after ten minutes, it is answered anew in private.
        """
        answered = self._memory.answered(name_of(message))
        if answered is None:
            if message.chat.type == ChatType.PRIVATE:
                await self.answer(say, message, text)
            return
        asked = await self._workers.run(self._desk.read, text)
        # Telegram tells of a link's preview as an edit too.
        if answered.question == text or _objection(say, asked):
            return
        found = await self._found(message, asked.query(answered.before))
        shown, answer_id = await self._shown(say, message, *found), answered.answer_id
        if not await replace_text(message, answer_id, shown):
            answer_id = (await reply(message, shown)).message_id
        self._remember(message, answer_id, text, answered.before, found[0])
        self._count(message, found[0])

    async def found_again(self, query: Query) -> tuple[Reply, Offers]:
        """What a question finds, and what may be asked instead."""
        verdict = await self._workers.run(self._desk.answer, query)
        return verdict, await self._workers.run(offers, self._desk, query, verdict)

    async def query_again(self, message: Message, text: str, dropped: str = "") -> Query:
        """The question that a message of ours answers, with what was said before it.

        Args:
            message: Ours.
            text: The question as it was written.
            dropped: Letters of its filters that were taken away.
        """
        asked = await self._workers.run(self._desk.read, text)
        query = asked.query(before(self._memory.history(name_of(message)), asked.text))
        gone = [
            each for letter, each in zip(FILTER_LETTERS, query.filters, strict=False) if letter in dropped
        ]
        for each in gone:
            query = replace(query, filters=query.filters.without_one(each))
        return query

    def asked(self, message: Message) -> str:
        """The question that was answered under a message; empty where that is forgotten."""
        answered = self._memory.answered(name_of(message))
        return answered.question if answered else ""

    def forget(self, message: Message) -> None:
        """Begin another conversation with whoever wrote the message."""
        self._memory.forget(conversation_of(message))

    def forget_person(self, user_id: int) -> None:
        """Forget all that somebody said, in whichever chat."""
        self._memory.forget_where(lambda conversation: is_conversation_of(conversation, user_id))

    async def _found(self, message: Message, query: Query) -> tuple[Reply, Offers]:
        async with typing(message):
            return await self.found_again(query)

    async def _shown(self, say: Words, message: Message, verdict: Reply, offered: Offers) -> Shown:
        if is_group(message.chat):
            n_shown = (await self._preferences.settings(message.chat_id)).excerpts
            verdict = with_at_most(n_shown, verdict)
        return fitting(say, message, render.reply(say, verdict, offered))

    async def _is_quiet(self, message: Message, verdict: Reply) -> bool:
        """Whether a reaction stands for the reply, as the group chose and Telegram allows there."""
        if not isinstance(verdict, NotFound) or not is_group(message.chat):
            return False
        settings = await self._preferences.settings(message.chat_id)
        return settings.quiet_not_found and await react(message, _NOT_FOUND)

    def _history(self, message: Message) -> History:
        """What was said before: up to the answer that it replies to, else by whoever wrote it."""
        replied = message.reply_to_message
        gone_on_from = self._memory.history(name_of(replied)) if replied else ()
        return gone_on_from or self._memory.history(conversation_of(message))

    def _remember(
        self, message: Message, answer_id: int, text: str, history: History, verdict: Reply
    ) -> None:
        owner, answer = conversation_of(message), (message.chat_id, answer_id)
        self._memory.keep(owner, gone_on(history, verdict), answer=answer)
        self._memory.keep_answered(owner, name_of(message), Answered(text, history, answer_id))
        # Forgotten on time even if nobody writes any more; a second late, lest it be a moment too early.
        asyncio.get_running_loop().call_later(FORGET_AFTER_S + 1, self._memory.forget_old)

    def _count(self, message: Message, verdict: Reply) -> None:
        by = message.from_user.id if message.from_user and not message.sender_chat else None
        self._counting.note("asked", verdict_of(verdict), by=by)


def name_of(message: Message) -> Hashable:
    """By which a message is found again."""
    return message.chat_id, message.message_id


def _objection(say: Words, asked: FilteredQuestion) -> str | None:
    """What to reply instead of looking for an answer."""
    if asked.problems:
        problem, remedy = problem_text(say, asked.problems[0])
        return say("to-mend", problem=problem, remedy=remedy)
    return objection(say, asked.text)

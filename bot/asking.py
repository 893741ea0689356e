"""From a question in a message to the reply under it, and to another where the question is edited."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable

from telegram import Message
from telegram.constants import ChatType

from bot import render
from bot.addressed import conversation_of, is_conversation_of
from bot.counts import Counts
from bot.desk import Desk
from bot.memory import FORGET_AFTER_S, Answered, History, Memory, before, gone_on
from bot.sending import replace_text, reply, typing
from bot.words import Words
from bot.workers import Workers
from retrieval.types import Query, Reply, verdict_of


class Asker:
    """Answers the questions in messages, each in its conversation.

    Args:
        desk: Answers.
        workers: Run the desk off the event loop.
        memory: What was said a moment ago.
        counts: Where it is counted that somebody asked, and what the verdict was.
    """

    def __init__(self, desk: Desk, workers: Workers, memory: Memory, counts: Counts) -> None:
        self._desk = desk
        self._workers = workers
        self._memory = memory
        self._counts = counts
        self._clerk = Workers(1)  # counting waits for the disk, and holds up no question

    async def answer(self, say: Words, message: Message, question: str) -> None:
        """Reply to a question that can be asked."""
        history = self._history(message)
        verdict = await self._verdict(message, Query(question, history))
        sent = await reply(message, render.reply(say, verdict))
        self._remember(message, sent.message_id, history, verdict)
        await self._count(message, verdict)

    async def answer_again(self, say: Words, message: Message, question: str) -> None:
        """Make the reply to a question that was edited one to what it says now.

        Where its reply is forgotten, which it is after ten minutes, it is answered anew in private.
        """
        answered = self._memory.answered(name_of(message))
        if answered is None:
            if message.chat.type == ChatType.PRIVATE:
                await self.answer(say, message, question)
            return
        if answered.question == question:
            return  # Telegram tells of a link's preview as an edit too
        verdict = await self._verdict(message, Query(question, answered.before))
        if await replace_text(message, answered.answer_id, render.reply(say, verdict)):
            self._remember(message, answered.answer_id, answered.before, verdict)
        else:
            sent = await reply(message, render.reply(say, verdict))
            self._remember(message, sent.message_id, answered.before, verdict)
        await self._count(message, verdict)

    def query_again(self, message: Message, question: str) -> Query:
        """The question that a message of ours answers, with what was said before it."""
        return Query(question, before(self._memory.history(name_of(message)), question))

    def forget(self, message: Message) -> None:
        """Begin another conversation with whoever wrote the message."""
        self._memory.forget(conversation_of(message))

    def forget_person(self, user_id: int) -> None:
        """Forget all that somebody said, in whichever chat."""
        self._memory.forget_where(lambda conversation: is_conversation_of(conversation, user_id))

    async def _verdict(self, message: Message, query: Query) -> Reply:
        async with typing(message):
            return await self._workers.run(self._desk.answer, query)

    def _history(self, message: Message) -> History:
        """What was said before: up to the answer that it replies to, else by whoever wrote it."""
        replied = message.reply_to_message
        gone_on_from = self._memory.history(name_of(replied)) if replied else ()
        return gone_on_from or self._memory.history(conversation_of(message))

    def _remember(self, message: Message, answer_id: int, history: History, verdict: Reply) -> None:
        owner, answer = conversation_of(message), (message.chat_id, answer_id)
        self._memory.keep(owner, gone_on(history, verdict), answer=answer)
        self._memory.keep_answered(owner, name_of(message), Answered(verdict.question, history, answer_id))
        # Forgotten on time even if nobody writes any more; a second late, lest it be a moment too early.
        asyncio.get_running_loop().call_later(FORGET_AFTER_S + 1, self._memory.forget_old)

    async def _count(self, message: Message, verdict: Reply) -> None:
        by = message.from_user.id if message.from_user and not message.sender_chat else None
        await self._clerk.run(self._counts.note, "asked", verdict_of(verdict), by=by)


def name_of(message: Message) -> Hashable:
    """By which a message is found again."""
    return message.chat_id, message.message_id

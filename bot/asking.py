"""From a question in a message to the reply under it, and to another where the question is edited."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from telegram import Message, User
from telegram.constants import ChatType, ReactionEmoji

from bot import render
from bot.addressed import conversation_of, is_conversation_of, is_group
from bot.buttons import FILTER_LETTERS
from bot.counting import Counting
from bot.desk import Desk
from bot.further import further
from bot.group_render import fitting, with_at_most
from bot.hurry import answer_in_turn
from bot.memory import FORGET_AFTER_S, Answered, History, Memory, before, gone_on
from bot.narrowed import Offers, offers, problem_text
from bot.preferences import Preferences
from bot.question import objection
from bot.render import Shown, notice
from bot.sending import react, replace_text, reply, typing
from bot.words import Words
from bot.workers import Workers
from retrieval.read_filters import FilteredQuestion
from retrieval.types import Excerpt, Nearest, NotFound, Query, Reply, verdict_of

# Among the few that Telegram lets bots put; somebody who does not know.
_NOT_FOUND = ReactionEmoji.SHRUG


@dataclass(slots=True, eq=False)
class _Asking:
    """A question that is being answered.

    Args:
        owner: Whose conversation it belongs to.
        is_forgotten: Whether its owner was forgotten meanwhile, so that it is not to be remembered.
    """

    owner: Hashable
    is_forgotten: bool = False


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
        self._in_flight: set[_Asking] = set()

    async def answer(self, say: Words, message: Message, text: str, *, by: User | None = None) -> None:
        """Reply to a question, or say why it cannot be answered as it is written.

        Args:
            say: In the reader's language.
            message: That holds it.
            text: The question.
            by: Who asked it, where that is not who wrote the message.
        """
        asked = await self._workers.run(self._desk.read, text)
        if objected := _objection(say, asked):
            await self.object(message, text, objected)
            return
        owner = conversation_of(message, by)
        history = self._history(message, owner)
        with self._asked_by(owner) as asking:
            found = await self._found(message, asked.query(history))
            answer_id = None
            if not await self._is_quiet(message, found[0]):
                answer_id = (await reply(message, await self._shown(say, message, *found))).message_id
        self._end(message, asking, Answered(text, history, answer_id), found[0], by=by)

    async def object(self, message: Message, text: str, said: str) -> None:
        """Say why there is no answer; should the question be edited, that becomes one."""
        sent = await reply(message, notice(said))
        answered = Answered(text, (), sent.message_id)
        self._memory.keep_answered(conversation_of(message), name_of(message), answered)

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
        with self._asked_by(conversation_of(message)) as asking:
            found = await self._found(message, asked.query(answered.before))
            if answered.answer_id is None and await self._is_quiet(message, found[0]):
                return
            answer_id = await self._put(message, answered.answer_id, await self._shown(say, message, *found))
        self._end(message, asking, Answered(text, answered.before, answer_id), found[0])

    async def found_again(self, query: Query) -> tuple[Reply, Offers]:
        """What a question finds, and what may be asked instead."""
        return await self._workers.run(_found, self._desk, query, self._workers)

    async def nearest(self, query: Query, n_excerpts: int) -> Nearest:
        """What the articles hold nearest to a question."""
        return await self._workers.run(self._desk.nearest, query, n_excerpts)

    async def further(self, query: Query, shown: Sequence[Excerpt]) -> tuple[Excerpt, ...]:
        """What else comes near a question beside what was shown."""
        return await self._workers.run(further, self._desk, query, shown)

    async def query_again(self, message: Message, text: str, dropped: str = "") -> Query:
        """The question that a message of ours answers, with what was said before it.

        Args:
            message: Ours.
            text: The question as it was written.
            dropped: Letters of its filters that were taken away.
        """
        asked = await self._workers.run(self._desk.read, text)
        query = asked.query(before(self._memory.history(name_of(message)), asked.text))
        filters = query.filters
        for letter, each in zip(FILTER_LETTERS, query.filters, strict=False):
            if letter in dropped:
                filters = filters.without_one(each)
        return replace(query, filters=filters)

    def asked(self, message: Message) -> str:
        """The question that was answered under a message; empty where that is forgotten."""
        answered = self._memory.answered(name_of(message))
        return answered.question if answered else ""

    def forget(self, message: Message) -> None:
        """Begin another conversation with whoever wrote the message."""
        self._memory.forget(conversation_of(message))

    def forget_person(self, user_id: int) -> None:
        """Forget all that somebody said, in whichever chat, and what they are being answered."""
        for asking in self._in_flight:
            asking.is_forgotten |= is_conversation_of(asking.owner, user_id)
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

    async def _put(self, message: Message, answer_id: int | None, shown: Shown) -> int:
        """Show it in the place of an answer, or below the question where that is gone."""
        if answer_id is not None and await replace_text(message, answer_id, shown):
            return answer_id
        return (await reply(message, shown)).message_id

    def _history(self, message: Message, owner: Hashable) -> History:
        """What was said before: up to the answer that it replies to, else by whoever asks."""
        replied = message.reply_to_message
        gone_on_from = self._memory.history(name_of(replied)) if replied else ()
        return gone_on_from or self._memory.history(owner)

    @contextmanager
    def _asked_by(self, owner: Hashable) -> Iterator[_Asking]:
        asking = _Asking(owner)
        self._in_flight.add(asking)
        try:
            yield asking
        finally:
            self._in_flight.discard(asking)

    def _end(
        self, message: Message, asking: _Asking, answered: Answered, verdict: Reply, *, by: User | None = None
    ) -> None:
        """Remember and count what was answered; for whoever was forgotten meanwhile, as nobody's."""
        if not asking.is_forgotten:
            self._remember(message, asking.owner, answered, verdict)
        author = by or (None if message.sender_chat else message.from_user)
        known = None if asking.is_forgotten else author
        self._counting.note("asked", verdict_of(verdict), by=known.id if known else None)

    def _remember(self, message: Message, owner: Hashable, answered: Answered, verdict: Reply) -> None:
        answer = None if answered.answer_id is None else (message.chat_id, answered.answer_id)
        self._memory.keep(owner, gone_on(answered.before, verdict), answer=answer)
        self._memory.keep_answered(owner, name_of(message), answered)
        # Forgotten on time even if nobody writes any more; a second late, lest it be a moment too early.
        asyncio.get_running_loop().call_later(FORGET_AFTER_S + 1, self._memory.forget_old)


def name_of(message: Message) -> Hashable:
    """By which a message is found again."""
    return message.chat_id, message.message_id


def _found(desk: Desk, query: Query, workers: Workers) -> tuple[Reply, Offers]:
    verdict = answer_in_turn(desk, query, workers)
    return verdict, offers(desk, query, verdict)


def _objection(say: Words, asked: FilteredQuestion) -> str | None:
    """What to reply instead of looking for an answer."""
    if asked.problems:
        problem, remedy = problem_text(say, asked.problems[0])
        return say("to-mend", problem=problem, remedy=remedy)
    return objection(say, asked.text)

"""What the bot does with each kind of message: read it, ask the desk, show the reply."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable

from telegram import Chat, Message, MessageEntity, Update, User
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler

from bot import render
from bot.addressed import by_admin, command_to, conversation_of, question_in, question_to
from bot.bot_context import BotContext
from bot.buttons import Quoted, ReaderPress, ShowAround, ShowArticles, ShowExcerpts, read_press
from bot.desk import Desk
from bot.incoming import NEW, Callback, Command, message_of
from bot.memory import FORGET_AFTER_S, History, Memory, before, gone_on
from bot.paging import page_from
from bot.question import objection, tidy
from bot.render import ARTICLES_A_PAGE, Shown, notice
from bot.sending import acknowledge, replace, reply, typing
from bot.words import Words
from bot.workers import Workers
from retrieval.types import Excerpt, Query


class Conversation:
    """Everything the bot replies to.

    Args:
        desk: Answers questions and knows the articles.
        workers: Run the desk off the event loop.
        admins: Ids of the people who run the bot, who are helped with more.
        memory: What was said a moment ago.
    """

    def __init__(
        self,
        desk: Desk,
        workers: Workers,
        *,
        admins: frozenset[int],
        memory: Memory,
    ) -> None:
        self._desk = desk
        self._workers = workers
        self._admins = admins
        self._memory = memory

    def handlers(self) -> list[BaseHandler[Update, BotContext, None]]:
        """In the order in which they are asked; the first that takes a message is the only one."""
        commands: dict[str, Callback] = {
            "start": self.start,
            "help": self.help,
            "ask": self.ask,
            "new": self.new,
            "sources": self.sources,
            "status": self.status,
            "privacy": self.privacy,
        }
        return [
            *(MessageHandler(NEW & Command(name), callback) for name, callback in commands.items()),
            MessageHandler(NEW & Command(), self.unknown_command),
            MessageHandler(NEW, self.message),
            CallbackQueryHandler(self.press),
        ]

    async def start(self, update: Update, context: BotContext) -> None:
        """Say hello and how to ask."""
        self._memory.forget(conversation_of(message_of(update)))
        await reply(message_of(update), notice(context.say("start")))

    async def new(self, update: Update, context: BotContext) -> None:
        """Begin another conversation."""
        self._memory.forget(conversation_of(message_of(update)))
        await reply(message_of(update), notice(context.say("new")))

    async def help(self, update: Update, context: BotContext) -> None:
        """Say what the bot understands."""
        message = message_of(update)
        is_ours = by_admin(message, self._admins) and message.chat.type == Chat.PRIVATE
        await reply(
            message,
            notice(
                context.say("help") + "\n\n" + context.say("help-admins") if is_ours else context.say("help")
            ),
        )

    async def privacy(self, update: Update, context: BotContext) -> None:
        """Say what the bot keeps."""
        await reply(message_of(update), notice(context.say("privacy")))

    async def status(self, update: Update, context: BotContext) -> None:
        """Say what the present snapshot holds and how fresh it is."""
        snapshot = await self._workers.run(self._desk.info)
        await reply(message_of(update), notice(context.say.status(snapshot)))

    async def sources(self, update: Update, context: BotContext) -> None:
        """Show the first page of the list of articles."""
        await reply(message_of(update), await self._page(context.say, 0))

    async def ask(self, update: Update, context: BotContext) -> None:
        """Answer the question after the command."""
        message = message_of(update)
        question = tidy(question_in(_me(context), message))
        await self._answer(context.say, message, question, if_empty=context.say("ask-something"))

    async def message(self, update: Update, context: BotContext) -> None:
        """Answer a message that is for the bot, and leave all others alone."""
        message = message_of(update)
        question = question_to(_me(context), message)
        if question is not None:
            mentioned_only = not question and message.chat.type != Chat.PRIVATE
            hint = context.say("ask-something" if mentioned_only else "empty-question")
            await self._answer(context.say, message, tidy(question), if_empty=hint)
        elif message.chat.type == Chat.PRIVATE:
            await reply(message, notice(context.say("text-only")))

    async def unknown_command(self, update: Update, context: BotContext) -> None:
        """Say so in private; in a group the command may be another bot's."""
        message = message_of(update)
        if message.chat.type == Chat.PRIVATE and command_to(_me(context), message):
            await reply(message, notice(context.say("unknown-command")))

    async def press(self, update: Update, context: BotContext) -> None:
        """Do what a button asks for in the message that it stands under."""
        press = update.callback_query
        assert press is not None
        wanted, message = read_press(press.data), press.message
        if wanted is None or not isinstance(message, Message):
            await acknowledge(press, context.say("expired"))
            return
        asked = message.reply_to_message
        shown = await self._pressed(
            context.say, wanted, message, question_in(_me(context), asked) if asked else ""
        )
        await acknowledge(press, None if shown else context.say("expired"))
        if shown:
            await replace(message, shown)

    async def _answer(self, say: Words, message: Message, question: str, *, if_empty: str) -> None:
        if problem := objection(say, question):
            await reply(message, notice(problem if question else if_empty))
            return
        history = self._history(message)
        async with typing(message):
            verdict = await self._workers.run(self._desk.answer, Query(question, history))
        sent = await reply(message, render.reply(say, verdict))
        self._remember(conversation_of(message), gone_on(history, verdict), answer=_name(sent))

    def _history(self, message: Message) -> History:
        """What was said before: up to the answer that it replies to, else by whoever wrote it."""
        replied = message.reply_to_message
        gone_on_from = self._memory.history(_name(replied)) if replied else ()
        return gone_on_from or self._memory.history(conversation_of(message))

    def _remember(self, owner: Hashable, history: History, *, answer: Hashable) -> None:
        self._memory.keep(owner, history, answer=answer)
        # Forgotten on time even if nobody writes any more; a second late, lest it be a moment too early.
        asyncio.get_running_loop().call_later(FORGET_AFTER_S + 1, self._memory.forget_old)

    async def _pressed(self, say: Words, wanted: ReaderPress, message: Message, asked: str) -> Shown | None:
        question = tidy(asked)
        history = before(self._memory.history(_name(message)), question)
        match wanted:
            case ShowArticles(offset):
                return await self._page(say, offset)
            case ShowExcerpts(quoted):
                return await self._excerpts(say, quoted, Query(question, history), note=_note(say, message))
            case ShowAround():
                return await self._around(say, wanted, note=_note(say, message))

    async def _page(self, say: Words, offset: int) -> Shown:
        found, total, offset = await page_from(
            self._workers, self._desk.articles, offset=offset, size=ARTICLES_A_PAGE
        )
        return render.articles(say, found, offset=offset, total=total)

    async def _excerpts(self, say: Words, quoted: Quoted, query: Query, *, note: str) -> Shown | None:
        found: list[Excerpt] = []
        for receipt in quoted.receipts:
            excerpt = await self._workers.run(self._desk.resolve, receipt)
            if excerpt is None:
                return None
            found.append(excerpt)
        snapshot = await self._workers.run(self._desk.info)
        shown = render.excerpts(say, quoted.verdict, tuple(found), snapshot=snapshot, note=note)
        return await self._with_matches(say, shown, query)

    async def _with_matches(self, say: Words, shown: Shown, query: Query) -> Shown:
        """The same excerpts with the matching words in bold, where the question still finds them."""
        if objection(say, query.text):
            return shown
        again = render.reply(say, await self._workers.run(self._desk.answer, query))
        # The buttons hold the verdict and the receipts: equal ones stand under equal excerpts.
        return again if again.buttons == shown.buttons else shown

    async def _around(self, say: Words, wanted: ShowAround, *, note: str) -> Shown | None:
        receipt = wanted.quoted.receipts[wanted.number - 1]
        excerpt = await self._workers.run(self._desk.resolve, receipt)
        around = await self._workers.run(self._desk.around, receipt)
        if excerpt is None or around is None:
            return None
        text, span = around
        return render.surroundings(say, wanted, excerpt, text=text, span=span, note=note)


def _name(message: Message) -> Hashable:
    """By which a message of ours is found again."""
    return message.chat_id, message.message_id


def _note(say: Words, message: Message) -> str:
    """What a message of ours says was searched for; empty where it says nothing of it."""
    opening = say("searched-for", question="").rstrip()
    said = message.parse_entities([MessageEntity.ITALIC]).values()
    return next((text for text in said if text.startswith(opening)), "")


def _me(context: BotContext) -> User:
    return context.bot.bot

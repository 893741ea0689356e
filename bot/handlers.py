"""What the bot does with each kind of message: read it, ask the desk, show the reply."""

from __future__ import annotations

from telegram import Chat, Message, Update, User
from telegram.ext import BaseHandler, MessageHandler

from bot import render
from bot.addressed import by_admin, command_to, question_in, question_to
from bot.asked import asked_in
from bot.asking import Asker
from bot.bot_context import BotContext
from bot.deep_link import read_payload
from bot.desk import Desk
from bot.incoming import EDITED, NEW, Callback, Command, message_of
from bot.pressing import Pressing
from bot.render import notice
from bot.sending import reply, typing
from bot.words import Words
from bot.workers import Workers


class Conversation:
    """Everything the bot replies to.

    Args:
        desk: Knows the articles.
        workers: Run the desk off the event loop.
        asker: Answers questions.
        pressing: Shows what buttons show.
        admins: Ids of the people who run the bot, who are helped with more.
    """

    def __init__(
        self, desk: Desk, workers: Workers, *, asker: Asker, pressing: Pressing, admins: frozenset[int]
    ) -> None:
        self._desk = desk
        self._workers = workers
        # Making them takes as long as a few answers, once for each snapshot, and holds up no question.
        self._examples = Workers(1)
        self._asker = asker
        self._pressing = pressing
        self._admins = admins

    def handlers(self) -> list[BaseHandler[Update, BotContext, None]]:
        """In the order in which they are asked; the first that takes a message is the only one."""
        commands: dict[str, Callback] = {
            "start": self.start,
            "help": self.help,
            "ask": self.ask,
            "new": self.new,
            "sources": self.sources,
            "status": self.status,
        }
        return [
            *(MessageHandler(NEW & Command(name), callback) for name, callback in commands.items()),
            MessageHandler(NEW & Command(), self.unknown_command),
            MessageHandler(NEW, self.message),
            MessageHandler(EDITED, self.edited),
        ]

    async def start(self, update: Update, context: BotContext) -> None:
        """Say hello and how to ask; or open the answer that a link leads to."""
        message, say = message_of(update), context.say
        payload = question_in(_me(context), message)
        if payload and (opened := await self._opened(say, payload)):
            await reply(message, opened)
            return
        self._asker.forget(message)
        async with typing(message):
            snapshot = await self._workers.run(self._desk.info)
            is_private = message.chat.type == Chat.PRIVATE
            examples = await self._examples.run(self._desk.examples, say.language) if is_private else ()
        await reply(message, render.start(say, snapshot, examples))

    async def new(self, update: Update, context: BotContext) -> None:
        """Begin another conversation."""
        self._asker.forget(message_of(update))
        await reply(message_of(update), notice(context.say("new")))

    async def help(self, update: Update, context: BotContext) -> None:
        """Say what the bot understands."""
        message, say = message_of(update), context.say
        is_ours = by_admin(message, self._admins) and message.chat.type == Chat.PRIVATE
        parts = [say("help"), *([say("help-admins")] if is_ours else [])]
        await reply(message, notice("\n\n".join(parts)))

    async def status(self, update: Update, context: BotContext) -> None:
        """Say what the present snapshot holds and how fresh it is."""
        snapshot = await self._workers.run(self._desk.info)
        await reply(message_of(update), notice(context.say.status(snapshot)))

    async def sources(self, update: Update, context: BotContext) -> None:
        """Show the first page of the list of articles."""
        await reply(message_of(update), await self._pressing.page(context.say, 0))

    async def ask(self, update: Update, context: BotContext) -> None:
        """Answer the question after the command, or in the message that it replies to."""
        message = message_of(update)
        await self._answer(context.say, message, asked_in(_me(context), message), if_empty="ask-something")

    async def message(self, update: Update, context: BotContext) -> None:
        """Answer a message that is for the bot, and leave all others alone."""
        message = message_of(update)
        if question_to(_me(context), message) is not None:
            question = asked_in(_me(context), message)
            mentioned_only = not question and message.chat.type != Chat.PRIVATE
            if_empty = "ask-something" if mentioned_only else "empty-question"
            await self._answer(context.say, message, question, if_empty=if_empty)
        elif message.chat.type == Chat.PRIVATE:
            await reply(message, notice(context.say("text-only")))

    async def edited(self, update: Update, context: BotContext) -> None:
        """Answer a question that was edited as it reads now, where it was answered."""
        message = update.edited_message
        assert message is not None
        me = _me(context)
        is_asked = command_to(me, message) == "ask" or question_to(me, message) is not None
        question = asked_in(me, message) if is_asked else ""
        if question:
            await self._asker.answer_again(context.say, message, question)

    async def unknown_command(self, update: Update, context: BotContext) -> None:
        """Say so in private; in a group the command may be another bot's."""
        message = message_of(update)
        if message.chat.type == Chat.PRIVATE and command_to(_me(context), message):
            await reply(message, notice(context.say("unknown-command")))

    async def _answer(self, say: Words, message: Message, question: str, *, if_empty: str) -> None:
        if question:
            await self._asker.answer(say, message, question)
        else:
            await self._asker.object(message, "", say(if_empty))

    async def _opened(self, say: Words, payload: str) -> render.Shown | None:
        quoted = read_payload(payload)
        if quoted is None:
            return None
        shown = await self._pressing.excerpts(say, quoted, note="", is_asked=False)
        return shown or notice(say("expired"))


def _me(context: BotContext) -> User:
    return context.bot.bot

"""What is kept of readers, told to them, and deleted when they wish."""

from __future__ import annotations

from telegram import Chat, Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler

from bot import privacy_render
from bot.asking import Asker
from bot.bot_context import BotContext
from bot.forget import forget, kept_of
from bot.forget_buttons import read_forget
from bot.incoming import NEW, Command, message_of
from bot.preferences import Preferences
from bot.records import Records
from bot.render import Shown, notice
from bot.sending import acknowledge, replace, reply
from bot.words import Words
from bot.workers import Workers


class Privacy:
    """Tells readers what is kept of them, and forgets them.

    Args:
        records: What is kept in files.
        asker: What is kept in memory of what was asked,
        preferences: and of what was chosen.
    """

    def __init__(self, records: Records, asker: Asker, preferences: Preferences) -> None:
        self._records = records
        self._asker = asker
        self._preferences = preferences
        self._workers = Workers(1)

    def handlers(self) -> list[BaseHandler[Update, BotContext, None]]:
        """What takes the two commands, and the buttons of the second."""
        return [
            MessageHandler(NEW & Command("privacy"), self.privacy),
            MessageHandler(NEW & Command("forgetme"), self.forgetme),
            CallbackQueryHandler(self.press, pattern=_is_ours),
        ]

    async def privacy(self, update: Update, context: BotContext) -> None:
        """Say what is kept, and how long."""
        await reply(message_of(update), privacy_render.privacy(context.say))

    async def forgetme(self, update: Update, context: BotContext) -> None:
        """Show what would be deleted, and ask whether it is to be."""
        message, say = message_of(update), context.say
        if message.chat.type != Chat.PRIVATE or message.from_user is None:
            await reply(message, notice(say("in-private")))
            return
        user_id = message.from_user.id
        await self._records.counting.write()
        kept = await self._workers.run(kept_of, self._records.file, user_id)
        await reply(message, privacy_render.asked(say, kept, user_id))

    async def press(self, update: Update, context: BotContext) -> None:
        """Delete it, or leave it, as the person it is about wishes."""
        press, say = update.callback_query, context.say
        assert press is not None
        wanted = read_forget(press.data)
        if wanted is None or press.from_user.id != wanted.user_id:
            await acknowledge(press, say("forget-others"))
            return
        shown = await self._forgotten(say, wanted.user_id) if wanted.is_sure else notice(say("forget-kept"))
        await acknowledge(press)
        if isinstance(press.message, Message):
            await replace(press.message, shown)

    async def _forgotten(self, say: Words, user_id: int) -> Shown:
        self._asker.forget_person(user_id)
        self._preferences.forget(user_id)
        await self._records.counting.write()  # or what is counted in memory would be in the file later
        gone = await self._workers.run(forget, self._records.file, user_id)
        return privacy_render.forgotten(say, gone)


def _is_ours(payload: object) -> bool:
    return read_forget(payload) is not None

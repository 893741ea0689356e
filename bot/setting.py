"""/settings: a reader's language, and how the bot replies in a group, which only its admins change."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable

from telegram import Bot, ChatMember, Message, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler

from bot import settings_render
from bot.addressed import is_group
from bot.bot_context import BotContext
from bot.chat_settings import ChatSettings
from bot.incoming import NEW, Command, message_of
from bot.preferences import Preferences
from bot.render import Shown, notice
from bot.sending import acknowledge, replace, reply
from bot.settings_buttons import SetExcerpts, SetLanguage, SetQuiet, Setting, read_setting

_log = logging.getLogger(__name__)


class SettingConversation:
    """Shows what can be chosen, and keeps what is.

    Args:
        preferences: Where it is kept.
    """

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    def handlers(self) -> list[BaseHandler[Update, BotContext, None]]:
        """In the order in which they are asked, before those that take any message or button."""
        return [
            MessageHandler(NEW & Command("settings"), self.settings),
            CallbackQueryHandler(self.press, pattern=_sets),
        ]

    async def settings(self, update: Update, context: BotContext) -> None:
        """Show what can be chosen here."""
        message, say = message_of(update), context.say
        if is_group(message.chat):
            if await _wrote_as_admin(message):
                chosen = await self._preferences.settings(message.chat_id)
                await reply(message, settings_render.groups(say, chosen))
            else:
                await reply(message, notice(say("only-group-admins")))
        elif message.from_user:
            language = await self._preferences.language(message.from_user.id)
            await reply(message, settings_render.readers(say, language))

    async def press(self, update: Update, context: BotContext) -> None:
        """Set what a button says, as far as who pressed it may, and show it in the language set."""
        press = update.callback_query
        assert press is not None
        setting, message = read_setting(press.data), press.message
        if setting is None or not isinstance(message, Message):
            await acknowledge(press, context.say("expired"))
        elif (shown := await self._set(message, press.from_user.id, setting, update)) is None:
            refused = "only-group-admins" if is_group(message.chat) else "expired"
            await acknowledge(press, context.say(refused))
        else:
            await acknowledge(press, (await self._preferences.words(update))("settings-changed"))
            await replace(message, shown)

    async def _set(self, message: Message, by: int, setting: Setting, update: Update) -> Shown | None:
        """What can be chosen once something was; None where ``by`` may not choose it."""
        if not is_group(message.chat):
            if not isinstance(setting, SetLanguage):
                return None
            await self._preferences.choose(by, setting.language)
            return settings_render.readers(await self._preferences.words(update), setting.language)
        # Asked at each press: who was an admin when the buttons were sent may be none now.
        if not await _runs(message.get_bot(), message.chat_id, by):
            return None
        chosen = await self._preferences.change(message.chat_id, _change(setting))
        return settings_render.groups(await self._preferences.words(update), chosen)


def _change(setting: Setting) -> Callable[[ChatSettings], ChatSettings]:
    match setting:
        case SetLanguage(language):
            return lambda chosen: dataclasses.replace(chosen, language=language)
        case SetExcerpts(number):
            return lambda chosen: dataclasses.replace(chosen, excerpts=number)
        case SetQuiet(is_quiet):
            return lambda chosen: dataclasses.replace(chosen, quiet_not_found=is_quiet)


async def _wrote_as_admin(message: Message) -> bool:
    """Whether an admin of the group wrote a message, under their name or as the group itself.

    Only admins can write as the group; a linked channel, or another one, is not the group.
    """
    if message.sender_chat is not None:
        return message.sender_chat.id == message.chat_id
    author = message.from_user
    return author is not None and await _runs(message.get_bot(), message.chat_id, author.id)


async def _runs(bot: Bot, chat_id: int, user_id: int) -> bool:
    """Whether somebody runs a group, as Telegram says at this moment: names and titles give no right."""
    try:
        member = await bot.get_chat_member(chat_id, user_id)
    except BadRequest as refused:
        _log.info("Telegram does not say whether somebody is an admin: %s", refused)
        return False
    return member.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


def _sets(payload: object) -> bool:
    return read_setting(payload) is not None

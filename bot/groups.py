"""What the bot does about a group itself: whether it stays, and where it moved."""

from __future__ import annotations

import logging

from telegram import Bot, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message, Update
from telegram.error import TelegramError
from telegram.ext import (
    ApplicationHandlerStop,
    BaseHandler,
    ChatMemberHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.addressed import is_group
from bot.arrival import is_for_us
from bot.bot_context import BotContext
from bot.group_rules import GroupRules
from bot.incoming import message_of
from bot.preferences import Preferences
from bot.render import notice
from bot.sending import reply, tell_each
from bot.words import Words

_log = logging.getLogger(__name__)


class Groups:
    """Stands at the door of the groups.

    Args:
        rules: Where the bot stays.
        preferences: What groups chose.
        admins: Ids of the people who run the bot, who are told what they have to change.
    """

    def __init__(self, rules: GroupRules, preferences: Preferences, admins: frozenset[int]) -> None:
        self._allowed = rules.allowed
        self._preferences = preferences
        self._admins = admins

    def door(self) -> list[BaseHandler[Update, BotContext, None]]:
        """What is asked before all that replies to messages."""
        return [TypeHandler(Update, self.admit)]

    def handlers(self) -> list[BaseHandler[Update, BotContext, None]]:
        """What is told of groups, and is nobody's message."""
        return [
            ChatMemberHandler(self.member, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(filters.UpdateType.MESSAGE & filters.StatusUpdate.MIGRATE, self.migrated),
        ]

    async def admit(self, update: Update, context: BotContext) -> None:
        """Keep what is for the bot from being answered where it does not stay.

        Raises:
            ApplicationHandlerStop: It is not to be answered.
        """
        message = update.message or update.edited_message
        if message is None or not is_group(message.chat) or not is_for_us(update, message):
            return
        if not self._stays_in(message.chat_id):
            await _leave(context.bot, context.say, message.chat_id, message)
            raise ApplicationHandlerStop

    async def member(self, update: Update, context: BotContext) -> None:
        """Say how to ask in a new group, or leave it; forget a group that the bot was put out of."""
        change = update.my_chat_member
        assert change is not None
        if not is_group(change.chat):
            return
        if change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT):
            await self._preferences.drop(change.chat.id)
        elif _is_in(change.new_chat_member) and not _is_in(change.old_chat_member):
            await self._arrive(context, change)

    async def migrated(self, update: Update, context: BotContext) -> None:
        """Take what was set for a group along into the supergroup that it became."""
        message = message_of(update)
        old, new = message.chat_id, message.migrate_to_chat_id
        if new is None:
            old, new = message.migrate_from_chat_id or old, message.chat_id
        await self._preferences.move(old, new)
        if self._allowed and old in self._allowed and new not in self._allowed:
            self._allowed |= {new}
            _log.warning("A group of the setting groups has another id now, which the admins are told")
            await tell_each(
                context.bot,
                self._admins,
                self._preferences.languages,
                lambda say: notice(say("group-moved", old=str(old), new=str(new))),
            )

    def _stays_in(self, chat_id: int) -> bool:
        return not self._allowed or chat_id in self._allowed

    async def _arrive(self, context: BotContext, change: ChatMemberUpdated) -> None:
        if self._stays_in(change.chat.id):
            username = context.bot.username
            said = context.say("group-hello", name=f"@{username}" if username else "none")
            await context.bot.send_message(change.chat.id, said)
        else:
            await _leave(context.bot, context.say, change.chat.id, None)


def _is_in(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in (ChatMember.MEMBER, ChatMember.ADMINISTRATOR)


async def _leave(bot: Bot, say: Words, chat_id: int, message: Message | None) -> None:
    said = say("group-not-allowed")
    try:
        await (reply(message, notice(said)) if message else bot.send_message(chat_id, said))
    except TelegramError as silent:
        _log.info("A group was not told why: %s", silent)
    await bot.leave_chat(chat_id)
    _log.info("Left a group that the setting groups does not name")

"""What the bot does about a group itself: whether it stays, how often it may be asked, where it moved."""

from __future__ import annotations

import logging

from telegram import Bot, CallbackQuery, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message, Update
from telegram.error import TelegramError
from telegram.ext import (
    ApplicationHandlerStop,
    BaseHandler,
    ChatMemberHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot import admin_words, words
from bot.addressed import command_to, is_group, question_to
from bot.bot_context import BotContext
from bot.group_rules import GroupRules
from bot.incoming import EDITED, NEW, message_of
from bot.pace import Pace
from bot.preferences import Preferences
from bot.render import notice
from bot.sending import acknowledge, reply, tell
from bot.words import Words

_log = logging.getLogger(__name__)

# Buttons are pressed more often than questions are asked.
PRESS_TIMES = 5

_COMMANDS = frozenset({"start", *words.COMMANDS, *admin_words.COMMANDS})


class Groups:
    """Stands at the door of the groups.

    Args:
        rules: Where the bot stays, and how often it may be asked.
        preferences: What groups chose.
        admins: Ids of the people who run the bot, who are told what they have to change.
    """

    def __init__(self, rules: GroupRules, preferences: Preferences, admins: frozenset[int]) -> None:
        self._allowed = rules.allowed
        self._preferences = preferences
        self._admins = admins
        self._people = Pace(rules.per_minute)
        self._groups = Pace(rules.group_per_minute)
        self._presses = Pace(PRESS_TIMES * rules.per_minute)

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
        """Keep what is for the bot from being answered where it does not stay, or asked too often.

        Raises:
            ApplicationHandlerStop: It is not to be answered.
        """
        if update.callback_query is not None:
            await self._admit_press(context, update.callback_query)
            return
        message = update.message or update.edited_message
        if message is None or not is_group(message.chat) or not _is_for(context.bot, update, message):
            return
        if not self._stays_in(message.chat_id):
            await _leave(context.bot, context.say, message.chat_id, message)
            raise ApplicationHandlerStop
        if (said := self._too_often(context.say, message)) is not None:
            if said:
                await reply(message, notice(said))
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
            said = context.say("group-moved", old=str(old), new=str(new))
            _log.warning("A group of the setting groups has another id now, which the admins are told")
            await tell(context.bot, self._admins, notice(said))

    async def _admit_press(self, context: BotContext, press: CallbackQuery) -> None:
        """Keep one person's taps from holding up a group: each may edit a message, which Telegram limits."""
        chat = press.message.chat if press.message else None
        if chat is None or not is_group(chat) or press.from_user.id in self._admins:
            return
        turn = self._presses.take((chat.id, press.from_user.id))
        if turn != "answer":
            said = context.say("pressed-too-often") if turn == "notice" else None
            await acknowledge(press, said)
            raise ApplicationHandlerStop

    def _stays_in(self, chat_id: int) -> bool:
        return not self._allowed or chat_id in self._allowed

    def _too_often(self, say: Words, message: Message) -> str | None:
        """What to say instead of an answer, empty for nothing; None where it may be answered."""
        author = message.sender_chat or message.from_user
        for pace, name, told in (
            (self._people, author.id if author else message.chat_id, "too-often"),
            (self._groups, message.chat_id, "too-often-group"),
        ):
            match pace.take(name):
                case "notice":
                    return say(told, number=pace.per_minute)
                case "silence":
                    return ""
        return None

    async def _arrive(self, context: BotContext, change: ChatMemberUpdated) -> None:
        if self._stays_in(change.chat.id):
            username = context.bot.username
            said = context.say("group-hello", name=f"@{username}" if username else "none")
            await context.bot.send_message(change.chat.id, said)
        else:
            await _leave(context.bot, context.say, change.chat.id, None)


def _is_for(bot: Bot, update: Update, message: Message) -> bool:
    """Whether a message in a group is one that the bot would reply to."""
    if not (NEW | EDITED).check_update(update):
        return False
    command = command_to(bot.bot, message)
    return command in _COMMANDS if command else question_to(bot.bot, message) is not None


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

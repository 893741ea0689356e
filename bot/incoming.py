"""Which messages a handler takes: new ones of people, commands for us, and what admins send to be added."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Chat, Message, Update
from telegram.ext import filters

from bot.addressed import by_admin, command_to, from_person, web_address_in
from bot.bot_context import BotContext

Callback = Callable[[Update, BotContext], Coroutine[Any, Any, None]]


class _FromPerson(filters.MessageFilter):
    """Lets words of people through, so that two bots can never keep each other talking.

    What somebody sends through our own inline mode are our words.
    """

    def filter(self, message: Message) -> bool:
        """See the class."""
        is_ours = message.via_bot is not None and message.via_bot.id == message.get_bot().id
        return from_person(message) and not is_ours


class Command(filters.MessageFilter):
    """Lets the command ``name`` through where it is for us, and any command at all where it is None."""

    def __init__(self, name: str | None = None) -> None:
        super().__init__()
        self._wanted = name

    def filter(self, message: Message) -> bool:
        """See the class."""
        command = command_to(message.get_bot().bot, message)
        return command is not None if self._wanted is None else command == self._wanted


class ToBeAdded(filters.MessageFilter):
    """Lets through what an admin sends in private to be added: a file, a forwarded post, a bare link.

    Args:
        admins: Ids of the people who run the bot.
    """

    def __init__(self, admins: frozenset[int]) -> None:
        super().__init__()
        self._admins = admins

    def filter(self, message: Message) -> bool:
        """See the class."""
        if message.chat.type != Chat.PRIVATE or not by_admin(message, self._admins):
            return False
        is_sent = message.document is not None or message.forward_origin is not None
        return is_sent or web_address_in(message) is not None


def message_of(update: Update) -> Message:
    """The message that a handler filtered to new messages was given."""
    assert update.message is not None
    return update.message


# Service messages (somebody joined) are nobody's words.
NEW = filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL & _FromPerson()
EDITED = filters.UpdateType.EDITED_MESSAGE & _FromPerson()

"""What an update asks of the bot, as far as can be told before anything is done about it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

from telegram import CallbackQuery, InlineQuery, Message, Update

from bot import admin_words, words
from bot.addressed import by_admin, command_to, is_group, question_to
from bot.buttons import read_press
from bot.cost import cost_of_press, cost_of_question
from bot.incoming import EDITED, NEW

# What Telegram tells of chats is an event.
Kind = Literal["question", "press", "inline", "event"]

_COMMANDS = frozenset({"start", *words.COMMANDS, *admin_words.COMMANDS})


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update that the bot would do something about.

    Args:
        kind: What it is. Every message to the bot counts as a question: each gets a reply.
        line: What is in the same line is worked on one after the other.
        person: Who it is from. All who write in the name of a channel in a group are one: anybody could
            make another channel for each question.
        group: Where it is asked, None where it is nobody else's business.
        cost: In questions of the usual kind.
        by_admin: Whether one of those who run the bot asks it, under their own name.
    """

    kind: Kind
    line: Hashable
    person: int = 0
    group: int | None = None
    cost: float = 0.0
    by_admin: bool = False


def arrival_of(update: Update, admins: frozenset[int]) -> Arrival | None:
    """What arrived; None where it is nothing to the bot, such as talk in a group."""
    if update.callback_query is not None:
        return _press(update.callback_query, admins)
    if update.inline_query is not None:
        return _inline(update.inline_query)
    message = update.message or update.edited_message
    if message is not None and is_for_us(update, message):
        return _question(message, admins)
    chat = update.effective_chat
    if update.my_chat_member is not None or (message is not None and _is_of_moving(message)):
        return Arrival("event", chat.id if chat else 0)
    # What was chosen inline is counted, in no time.
    return None if update.chosen_inline_result is None else Arrival("event", update.update_id)


def is_for_us(update: Update, message: Message) -> bool:
    """Whether a message is one that the bot would reply to."""
    if not (NEW | EDITED).check_update(update):
        return False
    if not is_group(message.chat):
        return True
    me = message.get_bot().bot
    command = command_to(me, message)
    return command in _COMMANDS if command else question_to(me, message) is not None


def _question(message: Message, admins: frozenset[int]) -> Arrival:
    author, group = message.from_user, message.chat_id if is_group(message.chat) else None
    return Arrival(
        "question",
        message.chat_id,
        person=message.chat_id if message.sender_chat or author is None else author.id,
        group=group,
        cost=cost_of_question(message.text or message.caption or ""),
        by_admin=by_admin(message, admins),
    )


def _press(press: CallbackQuery, admins: frozenset[int]) -> Arrival:
    chat, person = press.message.chat if press.message else None, press.from_user.id
    return Arrival(
        "press",
        chat.id if chat else person,
        person=person,
        group=chat.id if chat and is_group(chat) else None,
        cost=cost_of_press(read_press(press.data)),
        by_admin=person in admins,
    )


def _inline(query: InlineQuery) -> Arrival:
    # Not in order: at each pause in typing the words before are left behind.
    return Arrival(
        "inline", ("inline", query.from_user.id), query.from_user.id, cost=cost_of_question(query.query)
    )


def _is_of_moving(message: Message) -> bool:
    """Whether Telegram tells in it that a group became a supergroup."""
    return message.migrate_to_chat_id is not None or message.migrate_from_chat_id is not None

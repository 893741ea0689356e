"""Who a message is for: the question in it if it is for the bot, and silence otherwise (pure)."""

from __future__ import annotations

import re
from collections.abc import Hashable

from telegram import Chat, Message, MessageEntity, User

from bot.markup import utf16_units
from corpus.web_address import is_web_address

# What Telegram marks as a command at the start of a text, and as a mention anywhere in it.
_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(?:@\w+)?(?!\S)", re.ASCII)
_MENTION = re.compile(r"(?<![\w@.])@[A-Za-z]\w{3,31}\b", re.ASCII)


def is_group(chat: Chat) -> bool:
    """Whether several people talk in a chat."""
    return chat.type in (Chat.GROUP, Chat.SUPERGROUP)


def from_person(message: Message) -> bool:
    """Whether somebody wrote it: not another bot, and not a channel's post forwarded by Telegram.

    Somebody who writes in the name of a group or channel (an anonymous admin) counts; Telegram gives
    their messages the id of a bot of its own.
    """
    if message.is_automatic_forward or message.from_user is None:
        return False
    return not message.from_user.is_bot or message.sender_chat is not None


def by_admin(message: Message, admins: frozenset[int]) -> bool:
    """Whether one of ``admins`` wrote it, under their own name and by their own hand.

    A group's admins are not the bot's, and what another bot wrote for them to pick may be anything.
    """
    author = message.from_user
    is_own = message.sender_chat is None and message.via_bot is None
    return is_own and author is not None and author.id in admins


def conversation_of(message: Message, by: User | None = None) -> tuple[int, int | None, int]:
    """Whose conversation the message belongs to: its chat, its topic there, and who wrote it, or ``by``."""
    topic = message.message_thread_id if message.is_topic_message else None
    author = by or message.sender_chat or message.from_user
    return message.chat_id, topic, author.id if author else message.chat_id


def is_conversation_of(conversation: Hashable, user_id: int) -> bool:
    """Whether it is one of this person's, in whichever chat; see `conversation_of`."""
    return isinstance(conversation, tuple) and conversation[-1] == user_id


def question_to(me: User, message: Message) -> str | None:
    """What the message asks ``me``, without the mention of me; empty where it only mentions me.

    In a private chat every text is a question. In a group only one that mentions me or replies to a
    message of mine is.

    Returns:
        The question, None where the message has no words or is not for me.
    """
    text = _text(message)
    if text is None or _command(message) is not None:
        return None
    if message.chat.type == Chat.PRIVATE or _mentions(me, message) or _replies_to(me, message):
        return question_in(me, message)
    return None


def question_in(me: User, message: Message) -> str:
    """The question in a message that is for ``me``: its words without the command and my name."""
    around = [*_mentions(me, message)]
    if command := _command(message):
        around.append(command)
    return _without(_text(message) or "", around).lstrip(" \t\n,:;").rstrip()


def command_to(me: User, message: Message) -> str | None:
    """The name of the command that the message starts with, in small letters.

    Returns:
        Empty where it names another bot, like ``/ask@otherbot``; None where there is no command.
    """
    command = _command(message) if message.text else None
    if command is None:
        return None
    name, _, addressee = _covered(message.text or "", command)[1:].lower().partition("@")
    return name if addressee in ("", (me.username or "").lower()) else ""


def web_address_in(message: Message) -> str | None:
    """The web address that a message is and nothing else; None where it says more, or is none."""
    text = (message.text or "").strip()
    if is_web_address(text):
        return text
    marked = [one for one in message.entities if one.type == MessageEntity.URL]
    is_bare = len(marked) == 1 and marked[0].length == utf16_units(message.text or "")
    return f"https://{text}" if is_bare and is_web_address(f"https://{text}") else None


def _text(message: Message) -> str | None:
    return message.text or message.caption


def _entities(message: Message) -> tuple[MessageEntity, ...]:
    """Those of the message, or, from a server that marks none, the ones that Telegram would mark."""
    return tuple(message.entities) or tuple(message.caption_entities) or _unmarked(_text(message) or "")


def _unmarked(text: str) -> tuple[MessageEntity, ...]:
    found = [_entity(MessageEntity.MENTION, text, mention) for mention in _MENTION.finditer(text)]
    if command := _COMMAND.match(text):
        found.insert(0, _entity(MessageEntity.BOT_COMMAND, text, command))
    return tuple(found)


def _entity(kind: str, text: str, found: re.Match[str]) -> MessageEntity:
    start, length = (utf16_units(part) for part in (text[: found.start()], found[0]))
    return MessageEntity(kind, start, length)


def _command(message: Message) -> MessageEntity | None:
    starting = (one for one in _entities(message) if one.offset == 0)
    return next((one for one in starting if one.type == MessageEntity.BOT_COMMAND), None)


def _mentions(me: User, message: Message) -> list[MessageEntity]:
    text = _text(message) or ""
    return [entity for entity in _entities(message) if _names(me, entity, _covered(text, entity))]


def _names(me: User, entity: MessageEntity, covered: str) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    return entity.type == MessageEntity.MENTION and covered.lower() == f"@{me.username}".lower()


def _replies_to(me: User, message: Message) -> bool:
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != me.id:
        return False
    # In a forum every message that replies to nothing points at the topic's first service message,
    # which is the bot's own where the bot opened the topic.
    return replied.forum_topic_created is None


def _covered(text: str, entity: MessageEntity) -> str:
    return _utf16_slice(
        text.encode("utf-16-le", "surrogatepass"), entity.offset, entity.offset + entity.length
    )


def _without(text: str, entities: list[MessageEntity]) -> str:
    """``text`` without the stretches that ``entities`` cover; their offsets count UTF-16 units."""
    units, at, kept = text.encode("utf-16-le", "surrogatepass"), 0, []
    for entity in sorted(entities, key=lambda one: one.offset):
        kept.append(_utf16_slice(units, at, entity.offset))
        at = max(at, entity.offset + entity.length)
    kept.append(_utf16_slice(units, at, len(units) // 2))
    return " ".join(part.strip() for part in kept)


def _utf16_slice(units: bytes, start: int, end: int) -> str:
    return units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")

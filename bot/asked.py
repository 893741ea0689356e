"""What a message for the bot asks: its own words, or those of the message that it points to (pure)."""

from __future__ import annotations

from telegram import Message, User

from bot.addressed import question_in
from bot.pointing import points
from bot.question import MAX_QUESTION_CHARS, tidy


def asked_in(me: User, message: Message) -> str:
    """The tidy question in a message that is for ``me``; empty where it holds none.

    “Is this true?” in reply to somebody's words asks about those: as many of them as a question may have,
    or the ones that were picked out of them. In reply to words of ``me`` it goes on from those.
    """
    own = tidy(question_in(me, message))
    if not points(own):
        return own
    words = _pointed_at(me, message)
    return own if words is None else _beginning(tidy(words))


def _pointed_at(me: User, message: Message) -> str | None:
    """The words of somebody else that a message replies to, empty where there are none; None for no such."""
    # A part that was picked may be of a message in another chat, of which the bot is given nothing else.
    if message.quote is not None:
        return message.quote.text
    replied = message.reply_to_message
    # In a forum what replies to nothing points at the topic's first service message.
    if replied is None or replied.forum_topic_created is not None:
        return None
    is_mine = replied.from_user is not None and replied.from_user.id == me.id
    return None if is_mine else replied.text or replied.caption or ""


def _beginning(words: str) -> str:
    """As many whole words as a question may have."""
    if len(words) <= MAX_QUESTION_CHARS:
        return words
    kept = words[: MAX_QUESTION_CHARS + 1]
    space = kept.rfind(" ")
    return kept[:space] if space > 0 else words[:MAX_QUESTION_CHARS]

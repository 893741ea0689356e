"""Privacy mode: which messages of a group a bot is given (pure)."""

from bot.simulator.parties import User
from bot.simulator.types import Message


def is_for_bot(message: Message, bot: User) -> bool:
    """Whether a bot with privacy mode on receives a message written in a group.

    It receives commands that name no other bot, mentions of it, replies to its messages, messages
    sent through its inline mode, and what the chat itself tells.
    """
    if message.service is not None or (message.via is not None and message.via.id == bot.id):
        return True
    if message.reply_to is not None and message.reply_to.sender.id == bot.id:
        return True
    handle = f"@{bot.username}".lower()
    for entity in message.entities:
        words = message.slice(entity).lower()
        if entity.kind == "bot_command" and (("@" not in words) or words.endswith(handle)):
            return True
        if entity.kind == "mention" and words == handle:
            return True
        if entity.kind == "text_mention" and entity.user is not None and entity.user.id == bot.id:
            return True
    return False

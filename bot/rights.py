"""Who may do what only the people who run the bot may; asked at every step."""

from __future__ import annotations

from telegram import CallbackQuery, Chat, Message, Update

from bot.addressed import by_admin
from bot.bot_context import BotContext
from bot.incoming import message_of
from bot.render import notice
from bot.sending import acknowledge, reply


async def allowed(
    admins: frozenset[int], update: Update, context: BotContext, *, anywhere: bool = False
) -> Message | None:
    """The message, where one of ``admins`` wrote it in private, or ``anywhere``; others are told so."""
    message = message_of(update)
    if not by_admin(message, admins):
        await reply(message, notice(context.say("only-admins")))
        return None
    if message.chat.type != Chat.PRIVATE and not anywhere:
        await reply(message, notice(context.say("in-private")))
        return None
    return message


async def allowed_press(
    admins: frozenset[int], update: Update, context: BotContext
) -> tuple[CallbackQuery, Message] | None:
    """The press and the message under which it was, where it is one of ``admins``; others are told so."""
    press = update.callback_query
    assert press is not None
    if press.from_user.id not in admins:
        await acknowledge(press, context.say("only-admins"))
        return None
    if not isinstance(press.message, Message):
        await acknowledge(press, context.say("expired"))
        return None
    return press, press.message

"""Work that goes on beside the chat, and the words in which a press is answered."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Message, Update
from telegram.constants import CallbackQueryLimit

from bot.bot_context import BotContext


def beside(context: BotContext, work: Coroutine[Any, Any, None], message: Message) -> None:
    """Do ``work`` beside everything else; should it fail, that is told as a reply to ``message``."""
    context.application.create_task(work, update=Update(0, message=message))


async def aside(context: BotContext, work: Coroutine[Any, Any, None]) -> None:
    """Do ``work`` beside everything else; at once where the bot is being stopped, which waits for no more."""
    if context.application.running:
        context.application.create_task(work)
    else:
        await work


def while_running(context: BotContext) -> Callable[[], bool]:
    """Whether such work may go on: until the bot is stopped."""
    application = context.application
    return lambda: application.running


def toast(text: str) -> str:
    """As much of ``text`` as Telegram shows over the chat when a button is pressed."""
    return text[: CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH]

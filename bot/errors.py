"""The edge where failures become words: calm for readers, precise for admins and the log."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import Chat, Update
from telegram.error import BadRequest, Conflict, NetworkError, TelegramError

from bot import admin_words, tracing
from bot.addressed import by_admin
from bot.bot_context import BotContext
from bot.logged import about, frames_of
from bot.render import notice
from bot.sending import acknowledge, offer, reply
from bot.words import Words
from corpus.errors import FootnoteError
from retrieval.errors import SnapshotError

_log = logging.getLogger(__name__)


class ServerError(FootnoteError):
    """The Bot API server cannot be reached, refuses us, or cannot reach us."""


ErrorHandler = Callable[[object, BotContext], Coroutine[Any, Any, None]]


def error_handler(admins: frozenset[int], words: Callable[[object], Awaitable[Words]]) -> ErrorHandler:
    """What python-telegram-bot calls with every exception that leaves a handler.

    Args:
        admins: Ids of the people who are told more.
        words: Finds those for whoever an update is from.
    """

    async def handle(update: object, context: BotContext) -> None:
        if context.error is None:
            return
        # The library makes another context for this, which does not know what the handler's knew.
        text = _told(await words(update), update, context.error, admins)
        if text is None or not isinstance(update, Update):
            return
        try:
            await _tell(update, text)
        except TelegramError as silent:
            _log.warning("The apology was not delivered: %s", silent)

    return handle


def log_poll_error(error: TelegramError) -> None:
    """One line for a failed poll; it is tried again by itself."""
    if isinstance(error, Conflict):
        _log.error("Another bot is running with this token: %s. Fix: stop one of the two", error)
    else:
        _log.warning("Telegram is not reached, trying again: %s", error)


def _told(say: Words, update: object, error: Exception, admins: frozenset[int]) -> str | None:
    """What to say of ``error``, None where nobody would hear it."""
    if isinstance(error, FootnoteError):
        _log.warning("An update was not worked on: %s", error, extra=about("failed"))
        return _problem(say, update, error, admins)
    if isinstance(error, TelegramError) and not isinstance(error, BadRequest):
        level = logging.WARNING if isinstance(error, NetworkError) else logging.INFO
        _log.log(level, "A message was not delivered: %s", error, extra=about("undelivered"))
        return None
    trace = tracing.current()
    error_id = trace.id if trace else secrets.token_hex(4)
    # Without its own words, which may be somebody's.
    _log.error("Error %s: %s\n%s", error_id, type(error).__name__, frames_of(error), extra=about("error"))
    return say("unexpected", id=error_id)


def _problem(say: Words, update: object, problem: FootnoteError, admins: frozenset[int]) -> str:
    message = update.message if isinstance(update, Update) else None
    # Not in a group, where everybody would read how this machine is set up.
    if message is not None and message.chat.type == Chat.PRIVATE and by_admin(message, admins):
        return admin_words.to_mend(say, problem)
    return say("not-ready") if isinstance(problem, SnapshotError) else say("not-available")


async def _tell(update: Update, text: str) -> None:
    message, press, query = update.effective_message, update.callback_query, update.inline_query
    if press is not None:
        await acknowledge(press, text)
    elif query is not None:
        await offer(query, (), cache_s=0, above=text)
    elif message is not None:
        await reply(message, notice(text))

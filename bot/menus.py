"""What Telegram shows of the bot before anybody writes: its commands and what it is, in every language."""

from __future__ import annotations

import logging
from collections.abc import Awaitable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot import admin_words, words
from bot.catalogue import FALLBACK, LOCALES
from bot.words import Words

_log = logging.getLogger(__name__)


async def publish(bot: Bot, admins: frozenset[int]) -> None:
    """Tell Telegram the commands of each scope and what the bot is.

    A server without menus, or an admin who never wrote, is no failure.

    Args:
        bot: Whose they are.
        admins: Ids of the people who see more commands.
    """
    scopes: list[tuple[BotCommandScope, tuple[str, ...]]] = [
        (BotCommandScopeDefault(), words.COMMANDS),
        (BotCommandScopeAllGroupChats(), tuple(name for name in words.COMMANDS if name != "settings")),
        # Only they can change anything there.
        (BotCommandScopeAllChatAdministrators(), words.COMMANDS),
    ]
    every = words.COMMANDS + admin_words.COMMANDS
    scopes += [(BotCommandScopeChat(chat_id), every) for chat_id in sorted(admins)]
    for language in LOCALES:
        say, code = Words(language), _code(language)
        for scope, names in scopes:
            menu = [BotCommand(name, say(f"menu-{name}")) for name in names]
            await _try(bot.set_my_commands(menu, scope=scope, language_code=code), f"menu for {scope.type}")
        await _try(bot.set_my_description(say("description"), code), "description")
        await _try(bot.set_my_short_description(say("short-description"), code), "short description")


def _code(language: str) -> str | None:
    """None for the language of everybody whose own we do not speak."""
    return None if language == FALLBACK else language


async def _try(call: Awaitable[bool], what: str) -> None:
    try:
        await call
    except TelegramError as error:
        _log.info("The %s is not set: %s", what, error)

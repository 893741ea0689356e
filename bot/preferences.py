"""What readers and groups chose, near at hand: every update needs it, and the disk is asked rarely."""

from __future__ import annotations

import time
from collections.abc import Callable

from telegram import Update

from bot.addressed import is_group
from bot.bot_context import words_for
from bot.catalogue import LOCALES
from bot.chat_settings import Chats, ChatSettings, Languages
from bot.recent import Recent
from bot.words import Words
from bot.workers import Workers

# How long another process, such as a command on this machine, may change something unnoticed.
KEEP_S = 300.0
# About 100 bytes each; beyond it those read longest ago are read again earlier.
_MAX_KEPT = 10_000
# Where no language was chosen. A missing value would look like one that is not read yet.
_NONE = ""


class Preferences:
    """Reads and changes them off the event loop. For one thread.

    Args:
        languages: What readers chose.
        chats: What groups chose.
        clock: Seconds that only grow.

    Attributes:
        languages: See above.
    """

    def __init__(
        self, languages: Languages, chats: Chats, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.languages = languages
        self._chats = chats
        # One after the other, so that what was read before a change never takes its place.
        self._clerk = Workers(1)
        self._chosen: Recent[str] = Recent(KEEP_S, _MAX_KEPT, clock)
        self._settings: Recent[ChatSettings] = Recent(KEEP_S, _MAX_KEPT, clock)

    async def words(self, update: object) -> Words:
        """The words to reply in: a group's choice, else the reader's, else their Telegram's language."""
        by_telegram = words_for(update)
        if not isinstance(update, Update):
            return by_telegram
        chat, reader = update.effective_chat, update.effective_user
        of_group = (await self.settings(chat.id)).language if chat and is_group(chat) else None
        of_reader = await self.language(reader.id) if reader and not of_group else None
        chosen = of_group or of_reader
        # What an older release stored may be no language any more.
        return Words(chosen) if chosen in LOCALES else by_telegram

    async def language(self, user_id: int) -> str | None:
        """The language a reader chose, None where none was."""
        known = self._chosen.get(user_id)
        if known is None:
            known = await self._clerk.run(self.languages.of, user_id) or _NONE
            self._chosen.put(user_id, known)
        return known or None

    async def choose(self, user_id: int, language: str | None) -> None:
        """Remember a reader's language, None for their Telegram's.

        Raises:
            ActivityError: It cannot be written.
        """
        await self._clerk.run(self.languages.choose, user_id, language)
        self._chosen.put(user_id, language or _NONE)

    async def settings(self, chat_id: int) -> ChatSettings:
        """What is set for a group."""
        known = self._settings.get(chat_id)
        if known is None:
            known = await self._clerk.run(self._chats.settings, chat_id)
            self._settings.put(chat_id, known)
        return known

    async def change(self, chat_id: int, change: Callable[[ChatSettings], ChatSettings]) -> ChatSettings:
        """Set something for a group; gives what is set then.

        Raises:
            ActivityError: It cannot be written.
        """
        changed = await self._clerk.run(self._chats.change, chat_id, change)
        self._settings.put(chat_id, changed)
        return changed

    async def move(self, old_id: int, new_id: int) -> None:
        """Let a group that became a supergroup keep its settings.

        Raises:
            ActivityError: It cannot be written.
        """
        await self._clerk.run(self._chats.move, old_id, new_id)
        self._settings.drop(old_id)
        self._settings.drop(new_id)

    async def drop(self, chat_id: int) -> None:
        """Forget a group.

        Raises:
            ActivityError: It cannot be written.
        """
        await self._clerk.run(self._chats.drop, chat_id)
        self._settings.drop(chat_id)

    def forget(self, user_id: int) -> None:
        """Forget what was read of a reader, whose rows in the file are gone."""
        self._chosen.drop(user_id)

"""What a group's admins have set for it, and the language a reader has chosen."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from bot.activity_file import ActivityFile
from corpus.errors import FootnoteError

_log = logging.getLogger(__name__)

MAX_EXCERPTS = 3


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """How the bot speaks in a group.

    Args:
        language: ISO 639-1 code, None for that of whoever asks.
        excerpts: How many to show, 1 to 3.
        quiet_not_found: Whether to put a reaction on a question without an answer instead of a reply.
    """

    language: str | None = None
    excerpts: int = 1
    quiet_not_found: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.excerpts <= MAX_EXCERPTS:
            raise ValueError(f"1 to {MAX_EXCERPTS} excerpts are shown, not {self.excerpts}")


class Chats:
    """The groups of a home. Any thread and process may call.

    Args:
        file: Where their settings are kept.
    """

    def __init__(self, file: ActivityFile) -> None:
        self._file = file

    def settings(self, chat_id: int) -> ChatSettings:
        """What is set for a group; the defaults where nothing is, or, with a word in the log, can be read."""
        try:
            if not self._file.exists():
                return ChatSettings()
            with self._file.reading(patient=False) as database:
                return _settings_in(database, chat_id)
        except FootnoteError as problem:  # no reason not to answer
            _log.error("A group's settings were not read: %s", problem)
            return ChatSettings()

    def change(self, chat_id: int, change: Callable[[ChatSettings], ChatSettings]) -> ChatSettings:
        """Set something for a group, whatever another admin sets at the same time; gives what is set then.

        Raises:
            ActivityError: It cannot be written.
        """
        if chat_id >= 0:
            raise ValueError("the id of a chat that is no group is its reader's")
        with self._file.writing() as database:
            changed = change(_settings_in(database, chat_id))
            database.execute(
                "INSERT OR REPLACE INTO chats (chat_id, language, excerpts, quiet_not_found)"
                " VALUES (?, ?, ?, ?)",
                (chat_id, changed.language, changed.excerpts, changed.quiet_not_found),
            )
        return changed

    def move(self, old_id: int, new_id: int) -> None:
        """Let a group that became a supergroup keep its settings, and its readers be told in the new chat.

        Telegram says it in both chats: what is set for the new one already stays.

        Raises:
            ActivityError: It cannot be written.
        """
        if not self._file.exists():
            return
        with self._file.writing() as database:
            database.execute("UPDATE OR IGNORE chats SET chat_id = ? WHERE chat_id = ?", (new_id, old_id))
            database.execute("DELETE FROM chats WHERE chat_id = ?", (old_id,))
            # Messages of the old chat have other numbers in the new one.
            database.execute(
                "UPDATE reporters SET chat_id = ?, message_id = NULL WHERE chat_id = ?", (new_id, old_id)
            )

    def drop(self, chat_id: int) -> None:
        """Forget a group that the bot is no longer in.

        Raises:
            ActivityError: It cannot be written.
        """
        if not self._file.exists():
            return
        with self._file.writing(erasing=True) as database:
            database.execute("DELETE FROM chats WHERE chat_id = ?", (chat_id,))


class Languages:
    """The languages that readers have chosen. Any thread and process may call.

    Args:
        file: Where they are kept.
    """

    def __init__(self, file: ActivityFile) -> None:
        self._file = file

    def of(self, user_id: int) -> str | None:
        """The language a reader chose; None where none was or, with a word in the log, can be read."""
        try:
            if not self._file.exists() or (person := self._file.people.known(user_id, "languages")) is None:
                return None
            with self._file.reading(patient=False) as database:
                row = database.execute(
                    "SELECT language FROM languages WHERE person = ?", (person,)
                ).fetchone()
        except FootnoteError as problem:  # no reason not to answer
            _log.error("A reader's language was not read: %s", problem)
            return None
        return None if row is None else str(row[0])

    def choose(self, user_id: int, language: str | None) -> None:
        """Remember a reader's language, None for what their Telegram says.

        Raises:
            ActivityError: It cannot be written.
        """
        with self._file.writing() as database:
            person = self._file.people.enter(database, user_id, "languages")
            database.execute("DELETE FROM languages WHERE person = ?", (person,))
            if language is not None:
                database.execute("INSERT INTO languages (person, language) VALUES (?, ?)", (person, language))


def _settings_in(database: sqlite3.Connection, chat_id: int) -> ChatSettings:
    row = database.execute(
        "SELECT language, excerpts, quiet_not_found FROM chats WHERE chat_id = ?", (chat_id,)
    ).fetchone()
    return ChatSettings() if row is None else ChatSettings(row[0], row[1], bool(row[2]))

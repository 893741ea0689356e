"""A reader as the bot remembers one: a keyed hash, from which nobody without the key can tell who it is."""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import re
import secrets
import sqlite3
from contextlib import suppress
from pathlib import Path

from bot.activity_error import ActivityError
from bot.activity_tables import PERSONAL, Personal
from bot.keeping import drop_empty_reports
from corpus.durable import sync

_log = logging.getLogger(__name__)

KEY_FILE = "people.key"
_KEY_BYTES = 32
_KEY_TEXT = re.compile(rb"[0-9a-f]{64}\n")
_MADE_WITH = "made with"  # the note that says by which key the people in the database are known


class People:
    """The people of a home, by a key in a file of its own, so that the database alone tells nobody.

    A person is somebody else in each table: an open report has to say in which chat its reader is told, and
    nothing else that they pressed shall be found by that.

    A key is made when the first person is written down. Where the key is not the one that the people in
    the database are known by, because it was lost or another one was put there, they are deleted: they
    could no longer have that done themselves. A damaged key is left alone, for it may be put back.

    Args:
        home: The folder that holds the key, or will.
    """

    def __init__(self, home: Path) -> None:
        self.path = home / KEY_FILE

    def known(self, user_id: int, table: Personal) -> str | None:
        """The person behind a user id in a table; None where no key was made yet, so nobody is known.

        Raises:
            ActivityError: The key cannot be read, or is damaged.
        """
        key = self._read()
        return None if key is None else _hash(key, f"{table} {user_id}")

    def enter(self, database: sqlite3.Connection, user_id: int, table: Personal) -> str:
        """The person behind a user id, to be written down in a table in the transaction that is open.

        Raises:
            ActivityError: The key cannot be read or made, or is damaged.
        """
        key = self._read() or self._make()
        self._bind(database, key)
        return _hash(key, f"{table} {user_id}")

    def _read(self) -> bytes | None:
        try:
            text = self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ActivityError(
                f"{self.path} cannot be read: {error.strerror}", f"chmod 600 {self.path}"
            ) from error
        if not _KEY_TEXT.fullmatch(text):
            raise ActivityError(
                f"{self.path} is damaged: it holds no key of {_KEY_BYTES} bytes",
                f"put {KEY_FILE} back from a backup, or delete it: what readers said is then forgotten",
            )
        return bytes.fromhex(text.decode())

    def _make(self) -> bytes:
        """A new key, whole or not there; the database's lock keeps all others from making one meanwhile."""
        key = secrets.token_bytes(_KEY_BYTES)
        part = self.path.with_suffix(".part")
        try:
            part.unlink(missing_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(key.hex().encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.path)
            # Without its key the people in the database would be strangers, and be deleted.
            sync(self.path.parent)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise ActivityError(
                f"{self.path} cannot be made: {error.strerror}",
                "make the home writable for this user, and free some disk space",
            ) from error
        return key

    def _bind(self, database: sqlite3.Connection, key: bytes) -> None:
        mark = _hash(key, _MADE_WITH)
        row = database.execute("SELECT value FROM notes WHERE name = ?", (_MADE_WITH,)).fetchone()
        if row == (mark,):
            return
        statements = (f"DELETE FROM {table}" for table in PERSONAL)  # noqa: S608 - names of ours
        n_rows = sum(database.execute(each).rowcount for each in statements)
        drop_empty_reports(database)
        database.execute("INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)", (_MADE_WITH, mark))
        if n_rows:
            _log.warning(
                "%s is another key than readers were known by; the %d rows of those were deleted",
                self.path,
                n_rows,
            )


def _hash(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

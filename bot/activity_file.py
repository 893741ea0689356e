"""The file that holds what the bot remembers: how it is opened, and what SQLite's errors mean to a person."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.activity_error import ActivityError
from bot.activity_tables import SCHEMA_VERSION, steps_from
from bot.keeping import tidy
from bot.people import People
from corpus.copying import copy_database
from corpus.durable import make_folder
from corpus.migrating import bring_up

_log = logging.getLogger(__name__)

FILE = "activity.db"
APPLICATION_ID = 0x464E4143  # "FNAC", so that another program's database is never taken for ours
_BUSY_TIMEOUT_S = 10.0
_HASTY_TIMEOUT_S = 0.5


class ActivityFile:
    """A home's `activity.db`. Each use opens it anew, so any thread and process may.

    Args:
        home: The folder that holds the file, or will.
        now: Tells the time, with its zone.

    Attributes:
        path: Where the file is, or will be.
        people: Who the readers are in it.
    """

    def __init__(self, home: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.path = home / FILE
        self.people = People(home)
        self._now = now

    def now(self) -> datetime:
        """The time, in UTC."""
        return self._now().astimezone(UTC)

    def today(self) -> str:
        """The day in UTC, as 2026-05-14."""
        return str(self.now().date())

    def exists(self) -> bool:
        """Whether anything was ever written; reading makes no file."""
        return self.path.exists()

    @contextmanager
    def reading(self, *, patient: bool = True) -> Iterator[sqlite3.Connection]:
        """The database, to be read.

        Args:
            patient: Whether to wait for whoever has it to himself; what every answer needs does not.

        Raises:
            ActivityError: It cannot be opened or read, or is not ours.
        """
        with self._open(_BUSY_TIMEOUT_S if patient else _HASTY_TIMEOUT_S) as database:
            yield database

    @contextmanager
    def writing(self, *, erasing: bool = False) -> Iterator[sqlite3.Connection]:
        """The database in a transaction: all that is done in it is there afterwards, or nothing.

        The first one of a day also deletes what has had its time.

        Args:
            erasing: What is deleted is to be gone from the file as well, not only from the tables; where that
                cannot be done now, it is with the next transaction.

        Raises:
            ActivityError: It cannot be opened or written, or is not ours.
        """
        with self._open() as database:
            with _transaction(database):
                is_new_day = self._begin_day(database)
                yield database
            if erasing or is_new_day:
                self._rewrite_or_later(database)

    def erase(self) -> None:
        """Write the file anew, so that nothing of what was deleted is in it.

        Raises:
            ActivityError: That cannot be done now.
        """
        with self._open() as database:
            _rewrite(database)

    def tidy(self) -> None:
        """Delete what has had its time; to be called once a day, as nobody may write anything for long.

        Raises:
            ActivityError: As for `writing`.
        """
        if self.exists():
            with self.writing():
                pass

    def check(self) -> None:
        """Read every page of the file, and the key.

        Raises:
            ActivityError: The file or the key is damaged, or cannot be read.
        """
        with self.reading() as database:
            [found] = database.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise sqlite3.DatabaseError(found)
        self.people.known(0, "votes")

    def copy_to(self, path: Path) -> None:
        """Copy all of it into a new file, as of now; see `copy_database`.

        Raises:
            ActivityError: It cannot be read, or the copy cannot be written.
        """
        with self.reading() as database:
            copy_database(database, path, lambda done, total: None)

    def _rewrite_or_later(self, database: sqlite3.Connection) -> None:
        try:
            _rewrite(database)
        except sqlite3.DatabaseError as error:  # what was to be written is
            _log.warning("%s is rewritten later: %s", self.path, error)
            # The next transaction takes itself for the first of the day, and rewrites the file.
            database.execute("DELETE FROM notes WHERE name = 'tidied'")

    def _begin_day(self, database: sqlite3.Connection) -> bool:
        today = self.today()
        row = database.execute("SELECT value FROM notes WHERE name = 'tidied'").fetchone()
        if row == (today,):
            return False
        tidy(database, self.now())
        database.execute("INSERT OR REPLACE INTO notes (name, value) VALUES ('tidied', ?)", (today,))
        return True

    @contextmanager
    def _open(self, timeout_s: float = _BUSY_TIMEOUT_S) -> Iterator[sqlite3.Connection]:
        try:
            if not self.path.exists():
                make_folder(self.path.parent)
                self.path.touch(mode=0o600)
            with closing(sqlite3.connect(self.path, timeout=timeout_s, isolation_level=None)) as database:
                self._prepare(database)
                # No copy of what is deleted goes to a file elsewhere.
                database.execute("PRAGMA temp_store = MEMORY")
                database.execute("PRAGMA secure_delete = ON")
                # With less, a transaction is taken back where the power is cut just after it: its journal
                # is deleted, but the name of that is not yet gone from the disk.
                database.execute("PRAGMA synchronous = EXTRA")
                yield database
        except (sqlite3.DatabaseError, OSError) as error:
            remedy = f"make it writable for this user and free some disk space, or move {FILE} away"
            raise ActivityError(f"{self.path} cannot be used: {error}", remedy) from error

    def _prepare(self, database: sqlite3.Connection) -> None:
        if _is_ours(database, SCHEMA_VERSION):
            return
        # All is looked at in one transaction, or tables that another thread makes meanwhile look like those
        # of another program. No WAL: to switch to it is refused at once while another has the file open,
        # and it would keep what was deleted in a file of its own.
        with _transaction(database):
            found = _pragma(database, "user_version")
            if found > SCHEMA_VERSION:
                raise ActivityError(
                    f"{self.path} was written by a later footnote", "pip install --upgrade footnote"
                )
            if not _is_ours(database, found) and _has_tables(database):
                raise ActivityError(f"{self.path} is a database of another program", f"move {FILE} away")
            bring_up(database, steps_from(found), application_id=APPLICATION_ID, version=SCHEMA_VERSION)


@contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:  # some errors have ended it already
            database.execute("ROLLBACK")
        raise


def _rewrite(database: sqlite3.Connection) -> None:
    """Write the file anew, without what was deleted.

    `secure_delete` alone leaves copies of rows that were moved between pages: of 200 files from which half
    of 120 rows were deleted, 105 still held some of their words, and none after this.
    """
    database.execute("VACUUM")


def _is_ours(database: sqlite3.Connection, version: int) -> bool:
    found = _pragma(database, "user_version"), _pragma(database, "application_id")
    return found == (version, APPLICATION_ID)


def _has_tables(database: sqlite3.Connection) -> bool:
    return bool(database.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])


def _pragma(database: sqlite3.Connection, name: str) -> int:
    return int(database.execute(f"PRAGMA {name}").fetchone()[0])

"""What the admins did: a line for each act, in a file apart from the library and from all questions."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.question import tidy
from corpus.errors import FootnoteError

_log = logging.getLogger(__name__)

FILE = "activity.db"
SCHEMA_VERSION = 1
APPLICATION_ID = 0x464E4143  # "FNAC", so that another program's database is never taken for ours
# Long enough to look back over a year, with a month to notice.
RETENTION = timedelta(days=400)
MAX_CHARS = 500
_BUSY_TIMEOUT_S = 10.0

_TABLES = """
CREATE TABLE acts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    moment_utc TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL,  -- the article's id, or the source; never a question
    outcome TEXT NOT NULL
) STRICT;
CREATE INDEX acts_by_moment ON acts (moment_utc);
"""


@dataclass(frozen=True, slots=True)
class Act:
    """Something an admin did in Telegram.

    Args:
        moment_utc: ISO 8601, when it was done.
        user_id: Who did it.
        what: The kind of act, one word: ``add``, ``remove``, ``reindex``.
        about: The id of the article, or the source; empty where it is about everything.
        outcome: How it ended, in a few words.
    """

    moment_utc: str
    user_id: int
    what: str
    about: str
    outcome: str


class Activity:
    """The acts of a home. Each call opens the file anew, so any thread and process may call.

    Args:
        home: The folder that holds the file, or will.
        now: Tells the time.
    """

    def __init__(self, home: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._path = home / FILE
        self._now = now

    def record(self, user_id: int, what: str, *, about: str = "", outcome: str) -> None:
        """Remember an act for good; one that cannot be written is in the log instead, as an error.

        Acts older than `RETENTION` are forgotten.
        """
        now = self._now()
        act = Act(_iso(now), user_id, what, about[:MAX_CHARS], outcome[:MAX_CHARS])
        try:
            with self._open() as database, database:
                database.execute("DELETE FROM acts WHERE moment_utc < ?", (_iso(now - RETENTION),))
                database.execute(
                    "INSERT INTO acts (moment_utc, user_id, what, about, outcome) VALUES (?, ?, ?, ?, ?)",
                    (act.moment_utc, act.user_id, act.what, act.about, act.outcome),
                )
        except FootnoteError as problem:
            _log.error("An act was not recorded: %s. It was %s", problem, act)

    def last(self, count: int) -> tuple[Act, ...]:
        """The last acts, the newest first; none where nothing was recorded yet.

        Raises:
            FootnoteError: The file cannot be read.
        """
        if not self._path.exists():
            return ()
        with self._open() as database:
            rows = database.execute(
                "SELECT moment_utc, user_id, what, about, outcome FROM acts WHERE moment_utc >= ?"
                " ORDER BY seq DESC LIMIT ?",
                (_iso(self._now() - RETENTION), count),
            ).fetchall()
        return tuple(Act(*row) for row in rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            if not self._path.exists():
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._path.touch(mode=0o600)
            with closing(sqlite3.connect(self._path, timeout=_BUSY_TIMEOUT_S)) as database:
                self._prepare(database)
                yield database
        except (sqlite3.DatabaseError, OSError) as error:
            remedy = f"make it writable for this user and free some disk space, or move {FILE} away"
            raise FootnoteError(f"{self._path} cannot be used: {error}", remedy) from error

    def _prepare(self, database: sqlite3.Connection) -> None:
        if _is_ours(database):
            return
        # All is looked at in one transaction, or tables that another thread makes meanwhile look like those
        # of another program. No WAL: to switch to it is refused at once while another has the file open.
        with database:
            database.execute("BEGIN IMMEDIATE")
            if _is_ours(database):
                return
            if _pragma(database, "user_version") > SCHEMA_VERSION:
                raise FootnoteError(
                    f"{self._path} was written by a later footnote", "pip install --upgrade footnote"
                )
            if database.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                raise FootnoteError(f"{self._path} is a database of another program", f"move {FILE} away")
            for statement in _TABLES.split(";\n"):
                database.execute(statement)
            database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def act_text(act: Act) -> str:
    """An act as one line: when, who, what, about what, and how it ended."""
    said = f"{act.what}  {tidy(act.about)}" if act.about else act.what
    return f"{act.moment_utc[:19].replace('T', ' ')} UTC  {act.user_id}  {said}: {tidy(act.outcome)}"


def _is_ours(database: sqlite3.Connection) -> bool:
    found = _pragma(database, "user_version"), _pragma(database, "application_id")
    return found == (SCHEMA_VERSION, APPLICATION_ID)


def _pragma(database: sqlite3.Connection, name: str) -> int:
    return int(database.execute(f"PRAGMA {name}").fetchone()[0])


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")

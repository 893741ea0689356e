"""What the admins did: a line for each act, in a file apart from the library."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.activity_file import ActivityFile
from bot.keeping import ACTS_KEPT, iso
from bot.question import tidy
from corpus.errors import FootnoteError

_log = logging.getLogger(__name__)

MAX_CHARS = 500


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
    """The acts of a home. Any thread and process may call.

    Args:
        home: The folder that holds the file, or will.
        now: Tells the time.
    """

    def __init__(self, home: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._file = ActivityFile(home, now)

    def record(self, user_id: int, what: str, *, about: str = "", outcome: str) -> None:
        """Remember an act for good; one that cannot be written is an error in the log."""
        act = Act(iso(self._file.now()), user_id, what, _kept(about), _kept(outcome))
        try:
            with self._file.writing() as database:
                database.execute(
                    "INSERT INTO acts (moment_utc, user_id, what, about, outcome) VALUES (?, ?, ?, ?, ?)",
                    (act.moment_utc, act.user_id, act.what, act.about, act.outcome),
                )
        except FootnoteError as problem:
            _log.error("An act was not recorded, %s: %s", act.what, problem)

    def last(self, count: int) -> tuple[Act, ...]:
        """The last acts, the newest first; none where nothing was recorded yet.

        Raises:
            FootnoteError: The file cannot be read.
        """
        if not self._file.exists():
            return ()
        with self._file.reading() as database:
            rows = database.execute(
                "SELECT moment_utc, user_id, what, about, outcome FROM acts WHERE moment_utc >= ?"
                " ORDER BY seq DESC LIMIT ?",
                (iso(self._file.now() - ACTS_KEPT), count),
            ).fetchall()
        return tuple(Act(*row) for row in rows)


def act_text(act: Act) -> str:
    """An act as one line: when, who, what, about what, and how it ended."""
    said = f"{act.what}  {tidy(act.about)}" if act.about else act.what
    return f"{act.moment_utc[:19].replace('T', ' ')} UTC  {act.user_id}  {said}: {tidy(act.outcome)}"


def _kept(text: str) -> str:
    """As much of a text as is kept; a file's name may hold half a character, which nothing can store."""
    return text[:MAX_CHARS].encode(errors="replace").decode()

"""How often what happened on which day, and how many people asked; nobody is remembered past the day."""

from __future__ import annotations

import logging
import sqlite3
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.activity_file import ActivityFile
from bot.keeping import PEOPLE
from corpus.errors import FootnoteError

_log = logging.getLogger(__name__)

# What is counted: questions, what became of them, and what readers did with the answers.
Kind = Literal[
    "asked",
    "answer",
    "related",
    "not_found",
    "inline_asked",
    "inline_chosen",
    "up",
    "down",
    "told_editors",
    "reported",
]


@dataclass(frozen=True, slots=True)
class Day:
    """A day in numbers.

    Args:
        day: Of UTC, as 2026-05-14.
        people: How many asked.
        counts: How often each kind of thing happened; what never did is left out.
    """

    day: str
    people: int
    counts: Mapping[str, int]


class Counts:
    """The counters of a home. Any thread and process may call.

    Args:
        file: Where they are kept.
    """

    def __init__(self, file: ActivityFile) -> None:
        self._file = file

    def note(self, *kinds: Kind, by: int | None = None) -> None:
        """Count one more of each kind today, and who asked, if somebody did; see `add`."""
        self.add(Counter(kinds), set() if by is None else {by})

    def add(self, kinds: Mapping[Kind, int], people: Collection[int]) -> None:
        """Count more of each kind today; what cannot be counted is in the log, and nothing else fails.

        Args:
            kinds: How often what happened.
            people: The user ids of those who asked, to count each person once a day.
        """
        try:
            with self._file.writing() as database:
                today = self._file.today()
                for kind, n in kinds.items():
                    add_count(database, today, kind, n)
                for user_id in people:
                    person = self._file.people.enter(database, user_id, "seen")
                    database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (today, person))
        except FootnoteError as problem:
            _log.error("Not counted: %s. %s", ", ".join(kinds), problem)

    def stats(self, days: int) -> tuple[Day, ...]:
        """The last days with today, the newest first; also those on which nothing happened.

        Raises:
            FootnoteError: The file cannot be read.
        """
        today = self._file.now().date()
        wanted = [str(today - timedelta(days=ago)) for ago in range(days)]
        found: dict[str, dict[str, int]] = {day: {} for day in wanted}
        for day, kind, n in self._rows(since=wanted[-1]) if wanted and self._file.exists() else ():
            if day in found:  # a clock that was ahead has left days to come
                found[day][kind] = found[day].get(kind, 0) + n
        return tuple(Day(day, counts.pop(PEOPLE, 0), counts) for day, counts in found.items())

    def _rows(self, since: str) -> list[tuple[str, str, int]]:
        with self._file.reading() as database:
            return database.execute(
                "SELECT day, kind, n FROM counts WHERE day >= ?1 AND n != 0"
                " UNION ALL SELECT day, ?2, count(*) FROM seen WHERE day >= ?1 GROUP BY day ORDER BY 1, 2",
                (since, PEOPLE),
            ).fetchall()


def add_count(database: sqlite3.Connection, day: str, kind: Kind, n: int = 1) -> None:
    """Count ``n`` more of a kind in the transaction that is open; less than none is none."""
    database.execute(
        "INSERT INTO counts (day, kind, n) VALUES (?, ?, max(0, ?))"
        " ON CONFLICT DO UPDATE SET n = max(0, n + ?)",
        (day, kind, n, n),
    )

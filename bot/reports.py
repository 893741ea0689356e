"""Excerpts that readers report as faulty, until an admin has decided and the readers are told."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from bot.activity_file import ActivityFile
from bot.counts import add_count
from bot.gaps import TooMany
from bot.keeping import iso
from bot.votes import Reason

# Whoever has so many waits until one is decided.
MAX_OPEN_EACH = 5

Decision = Literal["hidden", "reindexed", "dismissed"]
State = Literal["open", "hidden", "reindexed", "dismissed"]


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a reader says of an excerpt.

    Args:
        receipt: The excerpt's.
        article_id: What it is from.
        reason: What is the matter.
    """

    receipt: str
    article_id: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a reader is told what was decided.

    Args:
        chat_id: The chat.
        message_id: What to reply to; None where it is no longer there.
        language: ISO 639-1 code of the language to say it in.
    """

    chat_id: int
    message_id: int | None
    language: str


@dataclass(frozen=True, slots=True)
class Filed:
    """A report as it was taken.

    Args:
        report_id: Its number, never used again.
        is_new: Whether nobody has an open report of this excerpt yet, so that admins are to be told.
        reporters: How many people have.
    """

    report_id: int
    is_new: bool
    reporters: int


@dataclass(frozen=True, slots=True)
class Report:
    """A report as admins see it; nothing says who it is from.

    Args:
        report_id: Its number.
        receipt: The excerpt's.
        article_id: What it is from.
        state: ``open``, or what was decided.
        opened_day: When it was first reported, a day of UTC.
        decided_day: When it was decided; None while it is open.
        reporters: How many people reported it.
        reasons: Theirs, each once; none when it is decided.
    """

    report_id: int
    receipt: str
    article_id: str
    state: State
    opened_day: str
    decided_day: str | None
    reporters: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Untold:
    """A reader who is still to be told what was decided.

    Args:
        reporter_id: What `Reports.told` takes.
        receipt: The excerpt's.
        decision: What was decided.
        reach: Where to say it.
    """

    reporter_id: int
    receipt: str
    decision: Decision
    reach: Reach


class Reports:
    """The reports of a home. Any thread and process may call; `ActivityError` is raised where it cannot be.

    Args:
        file: Where they are kept.
    """

    def __init__(self, file: ActivityFile) -> None:
        self._file = file

    def take(self, user_id: int, complaint: Complaint, reach: Reach) -> Filed | TooMany:
        """Keep a reader's report; all of one excerpt are one, and a reader's new one replaces the old."""
        today = self._file.today()
        with self._file.writing() as database:
            person = self._file.people.enter(database, user_id, "reporters")
            report_id = _open_report(database, complaint.receipt)
            if _open_of(database, person, other_than=report_id) >= MAX_OPEN_EACH:
                return TooMany(MAX_OPEN_EACH)
            is_new = report_id is None
            if report_id is None:
                [report_id] = database.execute(
                    "INSERT INTO reports (receipt, article_id, state, opened_day) VALUES (?, ?, 'open', ?)"
                    " RETURNING id",
                    (complaint.receipt, complaint.article_id, today),
                ).fetchone()
            n_before = _reporters(database, report_id)
            database.execute(
                "INSERT INTO reporters"
                " (report_id, person, reason, chat_id, message_id, language, moment_utc)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET reason = excluded.reason,"
                " chat_id = excluded.chat_id, message_id = excluded.message_id,"
                " language = excluded.language, moment_utc = excluded.moment_utc",
                (
                    *(report_id, person, complaint.reason),
                    *(reach.chat_id, reach.message_id, reach.language, iso(self._file.now())),
                ),
            )
            n_reporters = _reporters(database, report_id)
            if n_reporters > n_before:
                add_count(database, today, "reported")
        return Filed(report_id, is_new, n_reporters)

    def find(self, report_id: int) -> Report | None:
        """The report of a number; None for one that was never there, or has had its time."""
        return next(iter(self._reports("id = ?", report_id)), None)

    def open(self) -> tuple[Report, ...]:
        """What is to be decided, the first first."""
        return self._reports("state = ?", "open")

    def decide(self, report_id: int, decision: Decision) -> bool:
        """Decide an open report; False where it is not open, as when another admin was faster.

        Its reporters are deleted, each, when they are told.
        """
        if not self._file.exists():
            return False
        with self._file.writing() as database:
            n_decided = database.execute(
                "UPDATE reports SET state = ?, decided_day = ?,"
                " n_reporters = (SELECT count(*) FROM reporters WHERE report_id = reports.id)"
                " WHERE id = ? AND state = 'open'",
                (decision, self._file.today(), report_id),
            ).rowcount
        return n_decided > 0

    def untold(self) -> tuple[Untold, ...]:
        """Who is to be told of a decision, the first first; after a restart, too."""
        if not self._file.exists():
            return ()
        with self._file.reading() as database:
            rows = database.execute(
                "SELECT who.id, receipt, state, chat_id, message_id, language FROM reporters AS who"
                " JOIN reports ON reports.id = report_id WHERE state != 'open' ORDER BY who.id"
            ).fetchall()
        return tuple(Untold(row, receipt, decision, Reach(*reach)) for row, receipt, decision, *reach in rows)

    def told(self, reporter_id: int) -> None:
        """Delete who was told, or cannot be: nothing of them is left in the file."""
        with self._file.writing(erasing=True) as database:
            database.execute(
                "DELETE FROM reporters WHERE id = ?"
                " AND report_id IN (SELECT id FROM reports WHERE state != 'open')",
                (reporter_id,),
            )

    def hidden(self) -> frozenset[str]:
        """The receipts of the excerpts that are not to be shown."""
        if not self._file.exists():
            return frozenset()
        with self._file.reading(patient=False) as database:
            rows = database.execute("SELECT receipt FROM reports WHERE state = 'hidden'").fetchall()
        return frozenset(receipt for (receipt,) in rows)

    def show_again(self, receipt: str) -> bool:
        """Hide an excerpt no longer; False where it was not hidden."""
        if not self._file.exists():
            return False
        with self._file.writing() as database:
            return (
                database.execute(
                    "UPDATE reports SET state = 'dismissed', decided_day = ?"
                    " WHERE receipt = ? AND state = 'hidden'",
                    (self._file.today(), receipt),
                ).rowcount
                > 0
            )

    def _reports(self, which: str, value: int | str) -> tuple[Report, ...]:
        if not self._file.exists():
            return ()
        with self._file.reading() as database:
            # One transaction: between two looks another process may decide.
            database.execute("BEGIN")
            rows = database.execute(
                "SELECT id, receipt, article_id, state, opened_day, decided_day, n_reporters FROM reports"  # noqa: S608 - which: ours
                f" WHERE {which} ORDER BY id",
                (value,),
            ).fetchall()
            return tuple(_report(database, row) for row in rows)


def _report(database: sqlite3.Connection, row: tuple[int, str, str, State, str, str | None, int]) -> Report:
    report_id, receipt, article_id, state, opened_day, decided_day, n_reporters = row
    said: list[tuple[Reason]] = []
    if n_reporters is None:
        said = database.execute(
            "SELECT reason FROM reporters WHERE report_id = ? ORDER BY id", (report_id,)
        ).fetchall()
    return Report(
        report_id=report_id,
        receipt=receipt,
        article_id=article_id,
        state=state,
        opened_day=opened_day,
        decided_day=decided_day,
        reporters=len(said) if n_reporters is None else n_reporters,
        reasons=tuple(dict.fromkeys(reason for (reason,) in said)),
    )


def _open_report(database: sqlite3.Connection, receipt: str) -> int | None:
    row = database.execute(
        "SELECT id FROM reports WHERE receipt = ? AND state = 'open'", (receipt,)
    ).fetchone()
    return None if row is None else int(row[0])


def _open_of(database: sqlite3.Connection, person: str, *, other_than: int | None) -> int:
    [n_open] = database.execute(
        "SELECT count(*) FROM reporters JOIN reports ON reports.id = report_id"
        " WHERE person = ? AND state = 'open' AND report_id IS NOT ?",
        (person, other_than),
    ).fetchone()
    return int(n_open)


def _reporters(database: sqlite3.Connection, report_id: int) -> int:
    [n_reporters] = database.execute(
        "SELECT count(*) FROM reporters WHERE report_id = ?", (report_id,)
    ).fetchone()
    return int(n_reporters)

"""Deletes all that is kept of a reader."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from bot.activity_file import ActivityFile
from bot.activity_tables import PERSONAL, Personal
from bot.keeping import drop_empty_reports


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much of a reader was deleted, or would be.

    Args:
        votes: On how many answers they had voted.
        gaps: How many questions they had told the editors.
        reports: How many of their reports were not decided, or they not told yet.
        language: Whether they had chosen one.
        seen: Whether they had asked something today.
    """

    votes: int = 0
    gaps: int = 0
    reports: int = 0
    language: bool = False
    seen: bool = False


def kept_of(file: ActivityFile, user_id: int) -> Forgotten:
    """How much `forget` would delete now.

    Raises:
        ActivityError: The file cannot be read.
    """
    people = _people(file, user_id) if file.exists() else {}
    if not people:
        return Forgotten()
    with file.reading() as database:
        n_rows = {
            table: _count(database, f"SELECT count(*) FROM {table}", person)  # noqa: S608 - a name of ours
            for table, person in people.items()
        }
        n_answers = _answers(database, people["votes"])
    return _forgotten(n_answers, n_rows)


def forget(file: ActivityFile, user_id: int) -> Forgotten:
    """Delete all that is kept of a reader, from the file as well as from its tables.

    Daily counts, which hold nobody, stay; so does what admins decided of a report. What is deleted is not
    searched for in what the file system keeps of files that are no more.

    Raises:
        ActivityError: It cannot be deleted now, or not all of it.
    """
    if not file.exists():
        return Forgotten()
    with file.writing() as database:
        people = {table: file.people.enter(database, user_id, table) for table in PERSONAL}
        n_answers = _answers(database, people["votes"])
        n_rows = {
            table: database.execute(
                f"DELETE FROM {table} WHERE person = ?",  # noqa: S608 - a name of ours
                (person,),
            ).rowcount
            for table, person in people.items()
        }
        drop_empty_reports(database)
    file.erase()
    return _forgotten(n_answers, n_rows)


def _people(file: ActivityFile, user_id: int) -> dict[Personal, str]:
    """Who somebody is in each table; nobody where no key was made yet."""
    known = {table: file.people.known(user_id, table) for table in PERSONAL}
    return {table: person for table, person in known.items() if person is not None}


def _forgotten(n_answers: int, n_rows: Mapping[Personal, int]) -> Forgotten:
    return Forgotten(
        votes=n_answers,
        gaps=n_rows["gaps"],
        reports=n_rows["reporters"],
        language=n_rows["languages"] > 0,
        seen=n_rows["seen"] > 0,
    )


def _answers(database: sqlite3.Connection, person: str) -> int:
    return _count(database, "SELECT count(DISTINCT answer) FROM votes", person)


def _count(database: sqlite3.Connection, counted: str, person: str) -> int:
    [n] = database.execute(f"{counted} WHERE person = ?", (person,)).fetchone()
    return int(n)

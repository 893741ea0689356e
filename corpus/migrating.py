"""How a database of an earlier footnote is brought up to this one's tables: all of the way, or not at all."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

_COLUMN = re.compile(r"^ALTER TABLE (\w+) (ADD|DROP) COLUMN (\w+)", re.MULTILINE)


def bring_up(
    database: sqlite3.Connection, statements: Iterable[str], *, application_id: int, version: int
) -> None:
    """Take all steps in the transaction that is open, and say in the file what it is now.

    Killed on the way, the file is as it was. Before the first release columns came and went without a
    schema version of their own; one that is there is not added again, and one that is not there not dropped.

    Args:
        database: The file, in a transaction.
        statements: The steps, in order.
        application_id: Whose file it is.
        version: The schema that the steps lead to.
    """
    for statement in statements:
        if not _is_done(database, statement):
            database.execute(statement)
    database.execute(f"PRAGMA application_id = {application_id}")
    database.execute(f"PRAGMA user_version = {version}")


def _is_done(database: sqlite3.Connection, statement: str) -> bool:
    found = _COLUMN.search(statement)
    if found is None:
        return False
    table, how, column = found.groups()
    columns = {name for _, name, *_ in database.execute(f"PRAGMA table_info({table})")}
    return (column in columns) == (how == "ADD")


def shape(database: sqlite3.Connection) -> frozenset[tuple[object, ...]]:
    """What a file is made of, to compare with another: every column of its tables, and all else by name."""
    named = database.execute(
        "SELECT type, name, tbl_name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    ).fetchall()
    columns = (
        (name, *column[1:])  # not its place: columns that were added later come last
        for kind, name, _ in named
        if kind == "table"
        for column in database.execute("SELECT * FROM pragma_table_xinfo(?)", (name,))
    )
    return frozenset([*named, *columns])


def shape_at(path: Path) -> frozenset[tuple[object, ...]]:
    """The shape of the file at a path."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
        return shape(database)


def shape_of(statements: Iterable[str]) -> frozenset[tuple[object, ...]]:
    """The shape of a file that these statements make."""
    with closing(sqlite3.connect(":memory:")) as database:
        for statement in statements:
            if not _is_done(database, statement):
                database.execute(statement)
        return shape(database)

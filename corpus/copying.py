"""A database copied as it is at one moment, while others write to it; and a copy from elsewhere checked."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

# So many pages are copied between two reports, about 8 MB.
_PAGES_AT_ONCE = 2048


def copy_database(source: sqlite3.Connection, path: Path, on_pages: Callable[[int, int], None]) -> None:
    """Copy a database into a new file that only its owner can read.

    It is as of one commit: a read transaction is held, so nobody is kept from writing to a database in WAL
    mode, and no write makes the copying begin again.

    Args:
        source: The database; no transaction is open.
        path: The new file, which needs no other beside it.
        on_pages: Told how many pages are copied, and how many there are.

    Raises:
        sqlite3.DatabaseError: It cannot be read, or the copy cannot be written.
        FileExistsError: There is such a file.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous = OFF")  # whoever takes it further sees to it that it is on the disk
        source.execute("BEGIN")
        try:
            source.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # from here on nothing changes
            source.backup(
                copy,
                pages=_PAGES_AT_ONCE,
                progress=lambda _, left, total: on_pages(total - left, total),
            )
        finally:
            source.rollback()
        copy.execute("PRAGMA journal_mode = DELETE")


def problem_of(path: Path, application_id: int, newest: int) -> str | None:
    """What is wrong with a database that came from elsewhere, None if nothing is; every page is read.

    Nothing of it is run: with a trigger or a view it is refused before anything is written to it.

    Args:
        path: The file.
        application_id: What it says of itself where it is ours.
        newest: The latest schema that can be read.
    """
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        ) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA cell_size_check = ON")
            return _problem(database, application_id, newest)
    except sqlite3.DatabaseError as error:
        return f"is damaged ({error})"


def _problem(database: sqlite3.Connection, application_id: int, newest: int) -> str | None:
    [found], [version] = (
        database.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
    )
    if found != application_id:
        return "is a database of another program"
    if version > newest:
        return f"was written by a later footnote (schema {version}, this one reads {newest})"
    [n_odd] = database.execute(
        "SELECT count(*) FROM sqlite_schema"
        " WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'"
    ).fetchone()
    if n_odd:
        return "holds triggers or views, which footnote never makes"
    [said] = database.execute("PRAGMA integrity_check(1)").fetchone()
    return None if said == "ok" else f"is damaged ({said.splitlines()[-1]})"

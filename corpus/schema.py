"""The library's file: its tables, how it is opened, and what SQLite's errors mean to a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.durable import make_folder
from corpus.errors import LibraryError
from corpus.migrating import bring_up
from corpus.tables import SCHEMA_VERSION, steps_from

APPLICATION_ID = 0x464E4F54  # "FNOT", so that another program's database is never taken for ours
BUSY_TIMEOUT_S = 10.0
_MAX_TOLD = 200


def open_database(path: Path) -> sqlite3.Connection:
    """A connection to the library at ``path``, its tables made when the file is new.

    Raises:
        LibraryError: It cannot be opened, is damaged, is something else, or is of a later version.
    """
    with translated(path):
        try:
            make_folder(path.parent)
        except OSError as error:
            raise LibraryError(
                f"cannot make the folder {path.parent}: {error.strerror}", "choose another folder with --home"
            ) from error
        if not path.exists():
            path.touch(mode=0o600)  # what people add is nobody else's, whoever made the folder
        database = sqlite3.connect(
            path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
        try:
            _prepare(database, path)
        except BaseException:
            database.close()
            raise
    return database


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection to the library at ``path`` through which nothing is made or changed.

    Raises:
        LibraryError: There is none, or as for `open_database`.
    """
    if not path.exists():
        raise LibraryError(f"there is no library in {path.parent}", "footnote add FOLDER")
    with translated(path):
        try:
            return _connect_to_read(path, "mode=rw")
        except _OlderTables:
            open_database(path).close()
            return _connect_to_read(path, "mode=rw")
        except sqlite3.OperationalError as error:
            if _code(error) not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR):
                raise
            # Where this user may not write, or the disk is full, SQLite cannot make the files by which
            # readers and a writer meet.
            log = path.with_name(f"{path.name}-wal")
            if _code(error) == sqlite3.SQLITE_IOERR and log.exists() and log.stat().st_size:
                # What was committed last stands in the log only, and may stand half in the file.
                return _connect_to_read(path, "mode=rw", alone=True)
            return _connect_to_read(path, "mode=ro&immutable=1")


def _connect_to_read(path: Path, how: str, *, alone: bool = False) -> sqlite3.Connection:
    """A connection for reading; one that is ``alone`` keeps others out, and needs no file to meet them by."""
    database = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}",
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        if alone:
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
        found = _checked_version(database, path)
        if found == 0:
            raise LibraryError(f"{path} holds no library yet", "footnote add FOLDER")
        if found < SCHEMA_VERSION:
            raise _OlderTables
        database.execute("PRAGMA query_only = ON")
    except BaseException:
        database.close()
        raise
    return database


class _OlderTables(Exception):
    """The library was written by an earlier footnote."""


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    """Check that the file is a library of ours, and bring its tables up to this version."""
    version = _checked_version(database, path)
    database.execute("PRAGMA journal_mode = WAL")
    # FULL: a commit is on the disk before it is reported. The library is the only copy of the articles,
    # and batches make the cost one fsync for hundreds of them.
    database.execute("PRAGMA synchronous = FULL")
    database.execute("PRAGMA foreign_keys = ON")
    if version < SCHEMA_VERSION:
        _bring_up(database)


def _checked_version(database: sqlite3.Connection, path: Path) -> int:
    """The version of a library's tables, 0 for a new file.

    Raises:
        LibraryError: It is of a later version, or of another program.
    """
    version = _pragma(database, "user_version")
    if version > SCHEMA_VERSION:
        raise LibraryError(
            f"{path} was written by a later footnote (schema {version}, this one reads {SCHEMA_VERSION})",
            "pip install --upgrade footnote",
        )
    n_tables = database.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if n_tables and _pragma(database, "application_id") != APPLICATION_ID:
        raise LibraryError(
            f"{path} is a database of another program",
            "restore a backup: footnote restore FILE --force, or choose another folder with --home",
        )
    return version


def _bring_up(database: sqlite3.Connection) -> None:
    """Take every step from the tables that are there to those of this version, in one transaction.

    Killed on the way, the file is as it was; another process that does the same waits and finds it done.
    """
    database.execute("BEGIN IMMEDIATE")
    try:
        steps = steps_from(_pragma(database, "user_version"))
        bring_up(database, steps, application_id=APPLICATION_ID, version=SCHEMA_VERSION)
        database.execute("COMMIT")
    except BaseException:
        database.rollback()
        raise


def _pragma(database: sqlite3.Connection, name: str) -> int:
    return int(database.execute(f"PRAGMA {name}").fetchone()[0])


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into a LibraryError that says what to do; bugs of ours pass through."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError, sqlite3.InterfaceError):
        raise
    except sqlite3.DatabaseError as error:
        # What cannot be decoded is quoted whole by SQLite, be it a book.
        told = str(error)[:_MAX_TOLD]
        raise LibraryError(f"{path} {_problem(error)} ({told})", _remedy(error)) from error


# By SQLite's primary result code; anything else is told as it came.
_PROBLEMS = {
    sqlite3.SQLITE_CORRUPT: (
        "is damaged",
        "restore a backup: footnote restore FILE --force; the damaged file was left alone",
    ),
    sqlite3.SQLITE_NOTADB: (
        "is damaged or not a library",
        "restore a backup: footnote restore FILE --force; the damaged file was left alone",
    ),
    sqlite3.SQLITE_BUSY: ("is being written by another process", "try again when it has finished"),
    sqlite3.SQLITE_FULL: ("cannot grow: the disk is full", "free some disk space and run the command again"),
    sqlite3.SQLITE_IOERR: (
        "cannot be read or written",
        "look whether the disk is full or failing; if the file is damaged, footnote restore FILE --force",
    ),
    sqlite3.SQLITE_READONLY: ("cannot be written", "make library.db and its folder writable for this user"),
    sqlite3.SQLITE_CANTOPEN: (
        "cannot be opened",
        "check that library.db is a file and that this user may read and write it and its folder",
    ),
}


def _problem(error: sqlite3.DatabaseError) -> str:
    return _PROBLEMS.get(_code(error), ("cannot be used", ""))[0]


def _remedy(error: sqlite3.DatabaseError) -> str:
    return _PROBLEMS.get(
        _code(error), ("", "check the disk, or restore a backup: footnote restore FILE --force")
    )[1]


def _code(error: sqlite3.DatabaseError) -> int:
    """The primary result code: the low byte of the extended one."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF

"""How a home becomes another one: what is to be in it stands aside, one rename decides, then all is moved.

`.restoring` holds what is being made ready, and means nothing. Renamed to `.restored` it is decided: from
then on nobody may write to the home, and the next command moves what is not moved yet before it does
anything else. So a process that is killed at any moment leaves the old home, or one that becomes the new
one before anything is read from it. What stood there before is kept in `before-restore`.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from bot.backup_manifest import ACTIVITY, LIBRARY, PEOPLE, SETTINGS
from corpus.durable import sync
from corpus.errors import Busy
from corpus.lock import RESTORED, writing

SNAPSHOTS = "snapshots"
BEFORE = "before-restore"
_STAGING = ".restoring"
_NEW, _BEFORE, _HELD = "new", "before", "held.json"

# What SQLite keeps beside a database that was not closed: it belongs to the old one, and goes with it.
_BESIDE = tuple(f"{name}{end}" for name in (LIBRARY, ACTIVITY) for end in ("-wal", "-shm", "-journal"))
# Whatever the new home lacks of these it is to lack; settings stay where it brings none.
_PARTS = (*_BESIDE, LIBRARY, ACTIVITY, PEOPLE, SNAPSHOTS)
_QUIET_WITHIN_S = 10.0


@contextmanager
def staging(home: Path) -> Iterator[Path]:
    """An empty folder in which a home is made ready for `swap`, gone afterwards unless it was swapped in.

    Whoever calls holds the right to write to the home.
    """
    folder = home / _STAGING
    shutil.rmtree(folder, ignore_errors=True)  # of a process that was killed
    try:
        (folder / _NEW).mkdir(mode=0o700, parents=True)
        yield folder / _NEW
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def swap(home: Path) -> bool:
    """Put what was made ready in the place of what is there; all of it is on the disk already.

    Whoever calls holds the right to write to the home.

    Returns:
        Whether anything stood there before.

    Raises:
        Busy: Somebody holds on to a database for too long; nothing was changed.
    """
    folder = home / _STAGING
    held = folder / _HELD
    held.write_text(json.dumps([path.name for path in (folder / _NEW).iterdir()]), "utf-8")
    sync(held)
    sync(folder)
    with _quiet(home):
        folder.rename(home / RESTORED)
        sync(home)
        return _move(home)


def finish_swap(home: Path) -> bool:
    """Move what a killed process had decided to, but not moved; False where there is nothing of the kind.

    Raises:
        Busy: Somebody is at it, or holds on to a database.
    """
    if not (home / RESTORED).exists():
        return False
    with writing(home, finishing=True):
        if not (home / RESTORED).exists():
            return False
        with _quiet(home):
            _move(home)
    return True


def left_over(home: Path) -> Path | None:
    """What a process that was killed left and that means nothing; the next restore deletes it."""
    return home / _STAGING if (home / _STAGING).exists() else None


def _move(home: Path) -> bool:
    """Move everything that is not moved yet; done again after a kill, it goes on where that was.

    Returns:
        Whether anything stood there before.
    """
    decided = home / RESTORED
    held, before = json.loads((decided / _HELD).read_text("utf-8")), decided / _BEFORE
    before.mkdir(mode=0o700, exist_ok=True)
    for name in (*_PARTS, SETTINGS):
        new, place, aside = decided / _NEW / name, home / name, before / name
        is_new = new.exists()
        if (is_new or (name not in held and name != SETTINGS)) and not os.path.lexists(aside):
            _put_aside(place, aside, stays=is_new)
        if is_new:
            if place.is_dir() and os.path.lexists(aside):
                shutil.rmtree(place)  # kept aside already: a power cut may leave both names of what was moved
            new.replace(place)
    for folder in (before, home):
        sync(folder)
    was_there = any(before.iterdir())
    if was_there:
        shutil.rmtree(home / BEFORE, ignore_errors=True)
        before.rename(home / BEFORE)
        sync(home)
    decided.rename(home / _STAGING)
    sync(home)
    shutil.rmtree(home / _STAGING, ignore_errors=True)
    return was_there


def _put_aside(place: Path, aside: Path, *, stays: bool) -> None:
    """Keep what stands in a place; a file that is about to be replaced is there all the while."""
    if not os.path.lexists(place):
        return
    if stays and not place.is_dir():
        with suppress(OSError):  # not every file system knows a file by two names
            os.link(place, aside, follow_symlinks=False)
            return
    place.rename(aside)


@contextmanager
def _quiet(home: Path) -> Iterator[None]:
    """The databases of a home with nobody writing to them, and nothing of them in other files.

    A process that has one open goes on reading the old one; SQLite refuses what it would write to a file
    that was moved.
    """
    with ExitStack() as stack:
        for name in (LIBRARY, ACTIVITY):
            if (home / name).is_file():
                database = sqlite3.connect(home / name, timeout=_QUIET_WITHIN_S, isolation_level=None)
                stack.callback(database.close)
                _hold(database, home / name)
        yield


def _hold(database: sqlite3.Connection, path: Path) -> None:
    until = time.monotonic() + _QUIET_WITHIN_S
    while True:
        try:
            database.execute("PRAGMA journal_mode = DELETE")
            database.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                return  # so damaged that nobody can open it
            if time.monotonic() > until:
                raise Busy(
                    f"another process is reading {path}", "stop it, then run footnote restore again"
                ) from error
            time.sleep(0.005)  # readers come and go; SQLite does not wait for them here
        else:
            return

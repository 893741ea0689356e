"""One writer a home: an operating system's lock, and a word on who holds it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.durable import make_folder
from corpus.errors import Busy, FootnoteError

LOCK_NAME = "writer.lock"
HOLDER_NAME = "writer.json"
# There while a restore is decided upon and not finished: nothing may be written to what will be replaced.
RESTORED = ".restored"


@contextmanager
def writing(home: Path, *, finishing: bool = False) -> Iterator[None]:
    """Hold the right to change what is in ``home``; it is freed when the process dies, however it dies.

    Args:
        home: The folder.
        finishing: Whether it is to finish a restore that was killed; nothing else may come before that.

    Raises:
        Busy: Another process, or another part of this one, holds it; or a restore was killed.
        FootnoteError: The folder cannot be made or written.
    """
    holder = home / HOLDER_NAME
    try:
        make_folder(home)
        # Not bound to a thread: a reindex may be begun on one and finished on another.
        lock = FileLock(home / LOCK_NAME, timeout=0, thread_local=False)
        lock.acquire()
    except Timeout as error:
        raise Busy(
            f"{_told(holder)} is writing to {home}", "wait until it has finished, then try again"
        ) from error
    except OSError as error:
        raise FootnoteError(
            f"cannot write to {home}: {error.strerror}",
            "make the folder writable, or choose another with --home",
        ) from error
    try:
        if not finishing and (home / RESTORED).exists():
            raise Busy(f"a restore of {home} was cut short", "footnote doctor finishes it")
        with suppress(OSError):  # a full disk: what is to be written will say so itself
            holder.write_text(json.dumps({"pid": os.getpid(), "command": _command()}), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _command() -> str:
    """What this process was started as; a token is never among the arguments."""
    return " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200]


def _told(holder: Path) -> str:
    """Who holds the lock, as far as it has said so."""
    try:
        said = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {said['pid']} ({said['command']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"

"""Which updates were handled, in a file: who was answered just before a restart is not answered again."""

from __future__ import annotations

import logging
import os
import time
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from corpus.durable import make_folder

_log = logging.getLogger(__name__)

FILE = "updates.handled"
# Of these Telegram may bring one again: it brings at most 100 at once, from the oldest not confirmed on.
KEPT = 1_000
# Telegram keeps no update longer, and may give its number to another one a week later.
FORGET_AFTER_S = 24 * 3600.0
_MAX_LINES = 10 * KEPT


class Handled:
    """The numbers of the updates that were handled last, and nothing else of them.

    What cannot be written is remembered until the process ends: the worst to come of it is a second answer.

    Args:
        path: The file; None to remember in memory only.
        bot_id: Whose updates they are: another bot's have other numbers.
    """

    def __init__(self, path: Path | None = None, bot_id: int = 0) -> None:
        self._path = path
        self._head = b"bot %d\n" % bot_id
        self._numbers = OrderedDict.fromkeys(self._read())
        self._file: int | None = None
        self._n_lines = _MAX_LINES  # so that the first is written to a file without what is too old

    def __contains__(self, number: int) -> bool:
        return number in self._numbers

    def add(self, number: int) -> None:
        """Remember an update."""
        self._numbers[number] = None
        while len(self._numbers) > KEPT:
            self._numbers.popitem(last=False)
        if self._path is None:
            return
        try:
            if self._n_lines >= _MAX_LINES:
                self._begin_anew(self._path)
            elif self._file is not None:
                os.write(self._file, b"%d\n" % number)
            self._n_lines += 1
        except OSError as error:
            _log.warning("Which updates are handled is not written down any more: %s", error)
            self.close()
            self._path = None

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _begin_anew(self, path: Path) -> None:
        """Replace the file by one that holds what is remembered, and go on in that."""
        self.close()
        make_folder(path.parent)
        part = path.with_name(f"{path.name}.part")
        with suppress(FileNotFoundError):
            part.unlink()
        self._file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        os.write(self._file, self._head + b"".join(b"%d\n" % each for each in self._numbers))
        part.replace(path)
        self._n_lines = len(self._numbers)

    def _read(self) -> Iterable[int]:
        if self._path is None:
            return ()
        try:
            if time.time() - self._path.stat().st_mtime > FORGET_AFTER_S:
                return ()
            head, *lines = self._path.read_bytes().split(b"\n")[:-1]  # what has no end was not written whole
        except (OSError, ValueError):
            return ()
        if head + b"\n" != self._head:
            return ()
        return [int(line) for line in lines[-KEPT:] if line.isdigit() and len(line) < 20]

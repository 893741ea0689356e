"""Remembers the SHA-256 of files, so that what has not changed since is not read again.

A file is taken for unchanged as long as it has the inode, size and time of change that it had when it was
read; whoever writes to it changes at least one of them. Bits that rot on the disk change none: that is found
by whoever reads everything, as `footnote doctor` does, and cannot mislead a reader, since every quotation is
compared with the library before it is shown.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


class Digests:
    """SHA-256 of files by what tells that they have not changed.

    Args:
        path: Where they are remembered; what cannot be read there is not known. None remembers nothing.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._known = _read(path) if path else {}
        self._read: dict[str, str] = {}

    def knows(self, file: Path) -> bool:
        """Whether a file was read before and has not changed since."""
        return _identity(file) in self._known

    def of(self, file: Path, *, expected: str | None = None, anew: bool = False) -> str | None:
        """The hex SHA-256 of a file; None for one that cannot be read.

        Args:
            file: The file.
            expected: What it should be: where something else is remembered, the file is read.
            anew: Read it, whatever is remembered.
        """
        identity = _identity(file)
        known = self._known.get(identity or "")
        if identity is None or (known and not anew and expected in (None, known)):
            return known
        try:
            with file.open("rb") as opened:
                found = hashlib.file_digest(opened, "sha256").hexdigest()
        except OSError:
            return None
        self._read[identity] = found
        return found

    def save(self, files: Iterable[Path] | None = None) -> None:
        """Remember what was read, where that can be written.

        Args:
            files: All there are, what is known of others is forgotten; None to forget nothing.
        """
        known = self._known | self._read
        if files is not None:
            known = {found: known[found] for found in map(_identity, files) if found in known}
        if self._path is None or known == self._known:
            return
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        with suppress(OSError):  # they are read again, then
            beside.write_text(json.dumps(known, indent=0), "utf-8")
            beside.replace(self._path)
        self._known, self._read = known, {}


def _identity(file: Path) -> str | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return f"{found.st_dev}:{found.st_ino}:{found.st_size}:{found.st_mtime_ns}"


def _read(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    is_whole = isinstance(found, dict) and all(isinstance(each, str) for each in found.values())
    return found if is_whole else {}

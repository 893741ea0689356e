"""The file that a backup is: a plain tar of regular files, written and read in one pass.

It is not compressed, so it is never larger than it looks. What `tar` can do beside holding regular files
(links, devices, extended headers) is not read: each is refused.
"""

from __future__ import annotations

import hashlib
import os
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.errors import FootnoteError

_BLOCK = 512
_END = bytes(2 * _BLOCK)
_PIECE = 1 << 20
# What mends a file that is no whole backup.
TAKE_ANOTHER = "take another backup; nothing was changed"

_SNAPSHOT_FILE = re.compile(
    r"snapshots/(?P<id>\d{6}-\d{8}T\d{6})/(?:\.?\w[\w.-]*/){0,2}\.?\w[\w.-]*", re.ASCII
)


class BackupError(FootnoteError):
    """A backup that cannot be made, or cannot be restored."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a backup.

    Args:
        name: Where it stands, relative to the home.
        n_bytes: How long it is.
        sha256: Of its content, in hex.
    """

    name: str
    n_bytes: int
    sha256: str


def snapshot_in(name: str) -> str | None:
    """The id of the snapshot that a member of this name belongs to, None for any other name."""
    found = _SNAPSHOT_FILE.fullmatch(name)
    return found["id"] if found else None


class ArchiveWriter:
    """Writes members one after another.

    Args:
        file: Empty, and open for writing.
        mtime: Unix seconds, the same for every member.
    """

    def __init__(self, file: BinaryIO, mtime: int) -> None:
        self._file = file
        self._mtime = mtime

    def add(self, name: str, source: BinaryIO, on_bytes: Callable[[int], None]) -> Member:
        """Write what a file holds from its beginning on.

        Args:
            name: What it is called in the backup.
            source: The file; it does not change meanwhile.
            on_bytes: Told how many bytes were written since it was last told.

        Raises:
            BackupError: It became shorter.
        """
        n_bytes, digest = os.fstat(source.fileno()).st_size, hashlib.sha256()
        self._file.write(self._header(name, n_bytes))
        left = n_bytes
        while left:
            piece = source.read(min(left, _PIECE))
            if not piece:
                raise BackupError(f"{name} became shorter while it was read", "footnote doctor")
            digest.update(piece)
            self._file.write(piece)
            on_bytes(len(piece))
            left -= len(piece)
        self._file.write(bytes(-n_bytes % _BLOCK))
        return Member(name, n_bytes, digest.hexdigest())

    def end(self) -> None:
        """Write what shows that nothing is missing."""
        self._file.write(_END)

    def _header(self, name: str, n_bytes: int) -> bytes:
        header = tarfile.TarInfo(name)
        header.size, header.mtime, header.mode = n_bytes, self._mtime, 0o600
        written = header.tobuf(tarfile.GNU_FORMAT)  # which has sizes of more than 8 GB
        assert len(written) == _BLOCK, name  # a longer name would need a header of its own
        return written


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as it stands in a file that nobody has looked through yet."""

    name: str
    n_bytes: int
    pieces: Iterator[bytes]


def entries_of(path: Path, file: BinaryIO) -> Iterator[Entry]:
    """The members of a backup, each to be read whole before the next.

    Args:
        path: What to call it where it is wrong.
        file: The backup, at its beginning; it can be sought in.

    Raises:
        BackupError: It is no tar, holds something else than regular files, or is cut short.
    """
    total = os.fstat(file.fileno()).st_size
    while (block := file.read(_BLOCK)) != bytes(_BLOCK):
        header = _read_header(path, block)
        begin = file.tell()
        if begin + header.size > total:
            raise BackupError(f"{path} is cut short", TAKE_ANOTHER)
        yield Entry(header.name, header.size, _pieces(path, file, header.size))
        file.seek(begin + header.size)
        if any(file.read(-header.size % _BLOCK)):
            raise BackupError(f"{path} is damaged after {header.name[:100]!r}", TAKE_ANOTHER)
    if total - file.tell() != _BLOCK or file.read() != bytes(_BLOCK):
        raise BackupError(f"{path} does not end where a backup does", TAKE_ANOTHER)


def _read_header(path: Path, block: bytes) -> tarfile.TarInfo:
    if len(block) < _BLOCK:
        raise BackupError(f"{path} is cut short, or no backup", TAKE_ANOTHER)
    try:
        header = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    except (tarfile.HeaderError, ValueError) as error:
        raise BackupError(f"{path} is damaged, or no backup", TAKE_ANOTHER) from error
    if header.type != tarfile.REGTYPE or header.size < 0:
        raise BackupError(f"{path} holds {header.name[:100]!r}, which is no regular file", TAKE_ANOTHER)
    return header


def _pieces(path: Path, file: BinaryIO, n_bytes: int) -> Iterator[bytes]:
    while n_bytes:
        piece = file.read(min(n_bytes, _PIECE))
        if not piece:
            raise BackupError(f"{path} became shorter while it was read", TAKE_ANOTHER)
        n_bytes -= len(piece)
        yield piece

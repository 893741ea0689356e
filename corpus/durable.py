"""Files that are on the disk, and nobody else's, once they are said to be written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO


def created(path: Path) -> BinaryIO:
    """A new file, which from its first byte on only its owner can read, open for writing.

    Raises:
        FileExistsError: There is one.
    """
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def fsync(path: Path) -> None:
    """See to it that a file, or which names a folder holds, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""Files and folders that are on the disk with their names, and nobody else's, once they are said to be."""

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


def sync(path: Path) -> None:
    """Wait until a file's bytes, or a folder's names, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(path: Path) -> None:
    """Make a folder for its owner only, and those around it, where they are not there; their names last.

    A file that is on the disk is lost all the same where the name of a folder around it is not.
    """
    missing = [each for each in (path, *path.parents) if not each.exists()]
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    for made in missing:
        sync(made.parent)

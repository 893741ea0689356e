"""A model in the form that a library made of it, kept because reading that takes less time than making it.

Libraries do not look whether what they read is whole, and one ends the process where it is not. So it is read
only where it is what was written, of the same model, by the same release, with the same options.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from pathlib import Path

from filelock import FileLock

from corpus.durable import created, sync
from retrieval.digests import Digests

_log = logging.getLogger(__name__)


class KeptModel:
    """The file, and beside it a stamp that says what it was made of.

    Args:
        path: Of the file; its folder, and the one around that, are made where they are needed.
        made_for: What it depends on, as JSON has it: the model, the library's release, and so on.
        digests: Knows files that have not changed since they were read.
    """

    def __init__(self, path: Path, made_for: Mapping[str, object], digests: Digests) -> None:
        self.path = path
        self._made_for = made_for
        self._digests = digests
        self._stamp = path.with_suffix(".json")

    def is_whole(self) -> bool:
        """Whether it is there, as it was written, made of what this one is made of."""
        try:
            stated = json.loads(self._stamp.read_text("utf-8"))
        except (OSError, ValueError):
            return False
        found = self._stated()
        return bool(found["sha256"] and stated == found)  # what cannot be read is not whole, whatever is said

    def make(self, write: Callable[[Path], object]) -> bool:
        """Have it written, and say whether it was; where it cannot be, it is made again the next time.

        Args:
            write: Fills the file of that name, which is there and empty.
        """
        try:
            for folder in (self.path.parent.parent, self.path.parent):
                folder.mkdir(mode=0o700, exist_ok=True)
            # One process at a time: what another was killed over is then nobody's, and written over.
            with FileLock(self.path.with_name(f".{self.path.name}.lock"), timeout=0):
                _replace(self.path, write)
                stated = json.dumps(self._stated())
                _replace(self._stamp, lambda path: path.write_text(stated, "utf-8"))
        except Exception as problem:  # noqa: BLE001 - libraries' own errors share no other base
            _log.info("%s is not kept: %s", self.path, problem)
            return False
        return True

    def _stated(self) -> dict[str, object]:
        return {**self._made_for, "sha256": self._digests.of(self.path)}


def _replace(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file beside ``path``, and put it in its place once it is on the disk."""
    beside = path.with_name(f".{path.name}")
    beside.unlink(missing_ok=True)
    created(beside).close()
    try:
        write(beside)
        sync(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)

"""A model in the form that a library made of it, kept because reading that takes less time than making it.

Libraries do not look whether what they read is whole, and one ends the process where it is not. So it is read
only where it is what was written, of this model, by this release, for such a processor.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from corpus.durable import created
from retrieval.digests import Digests


class KeptModel:
    """The file, and beside it a stamp that says what it was made of.

    Args:
        path: Of the file.
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
        return bool(stated == self._stated())

    def keep(self, content: bytes | memoryview) -> None:
        """Write it, where that can be done; otherwise it is made again the next time."""
        with suppress(OSError):
            _write(self.path, content)
            _write(self._stamp, json.dumps(self._stated()).encode())

    def _stated(self) -> dict[str, object]:
        return {**self._made_for, "sha256": self._digests.of(self.path)}


def _write(path: Path, content: bytes | memoryview) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with created(beside) as file:
            file.write(content)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise

"""Where each passage of a layer stands: arrays in one file that is mapped, so that opening it reads nothing.

A place is a row of the layer's vectors, and the number of the passage in its SQLite file. The file holds
four rows of int64: the passage's id and the number of its version, by place; then the ids in ascending
order, and the place of each.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.errors import SnapshotError

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_ROWS = 4


class PlacesWriter:
    """Writes the places of a new layer, in the order in which its passages come; 16 bytes each until then."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ids, self._seqs = array("q"), array("q")

    def add(self, ids: Sequence[int], seq: int) -> None:
        """Add the passages of one version."""
        self._ids.extend(ids)
        self._seqs.extend([seq] * len(ids))

    def finish(self) -> None:
        """Write everything out."""
        ids, seqs = np.array(self._ids, dtype=np.int64), np.array(self._seqs, dtype=np.int64)
        order = np.argsort(ids, kind="stable")
        self._path.write_bytes(np.stack([ids, seqs, ids[order], order]).data)


class Places:
    """The places of a layer's passages, as far as they are still shown. Thread-safe: it does not change.

    Args:
        path: Of the file.
        dead: The versions of which nothing is shown any more.

    Attributes:
        ids: The id of each passage, by place, int64, shape (n,).
        alive: Which places are shown, shape (n,); None where all are.

    Raises:
        SnapshotError: The file is missing or no such file.
    """

    def __init__(self, path: Path, dead: Collection[int] = ()) -> None:
        rows = _mapped(path)
        self.ids, self._seqs, self._ascending, self._order = rows
        self.alive: Flags | None = None
        self._length = len(self.ids)
        if dead:
            self.alive = ~np.isin(self._seqs, np.array(sorted(dead), dtype=np.int64))
            self._length = int(self.alive.sum())

    def of(self, ids: Numbers) -> Numbers:
        """The place of each passage; -1 for those that are not here, or not shown any more."""
        if len(self.ids) == 0:
            return np.full(len(ids), -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self._ascending, ids), len(self.ids) - 1)
        places = np.where(self._ascending[at] == ids, self._order[at], -1)
        return places if self.alive is None else np.where(self.alive[places], places, -1)

    def of_versions(self, seqs: Collection[int]) -> Numbers:
        """The ids of the passages of some versions that are shown."""
        if not seqs:
            return np.zeros(0, dtype=np.int64)
        theirs = np.isin(self._seqs, np.array(sorted(seqs), dtype=np.int64))
        return np.asarray(self.ids[theirs if self.alive is None else theirs & self.alive])

    def shown(self) -> tuple[Numbers, Numbers]:
        """The ids of all passages that are shown, and the numbers of their versions."""
        if self.alive is None:
            return self.ids, self._seqs
        return self.ids[self.alive], self._seqs[self.alive]

    def __len__(self) -> int:
        """How many passages are shown."""
        return self._length


def _mapped(path: Path) -> Numbers:
    try:
        n_bytes = path.stat().st_size
        if n_bytes == 0:  # nothing can be mapped from an empty file
            return np.zeros((_ROWS, 0), dtype=np.int64)
        return np.memmap(path, dtype=np.int64, mode="r").reshape(_ROWS, -1)
    except (OSError, ValueError) as error:
        raise SnapshotError(f"{path} holds no places of passages", "footnote reindex") from error

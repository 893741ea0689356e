"""Rows of half-precision numbers in a file, read as they are asked for.

They are read and not mapped: where a page of a mapped file is touched the kernel brings those around it
along, and all of them count as the process's memory. Of a million passages, 230 questions touched 2 GB so.
"""

from __future__ import annotations

import os
import weakref
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.errors import SnapshotError

Rows = npt.NDArray[np.float16]

_BYTES = 2


class RowFile:
    """All rows of one file; open as long as it is used. Thread-safe.

    Args:
        path: The file.
        dims: Length of a row.

    Raises:
        SnapshotError: It cannot be opened, or holds no such rows.
    """

    def __init__(self, path: Path, dims: int) -> None:
        self._path, self._dims = path, dims
        try:
            self._descriptor = os.open(path, os.O_RDONLY)
        except OSError as error:
            raise self._problem() from error
        weakref.finalize(self, os.close, self._descriptor)
        n_bytes = os.fstat(self._descriptor).st_size
        self._length, rest = divmod(n_bytes, _BYTES * dims)
        if rest:
            raise self._problem()

    def __getitem__(self, rows: slice) -> Rows:
        """Rows ``start`` to ``stop``, as far as there are any, in order, shape (m, d).

        Raises:
            SnapshotError: The disk does not give them.
        """
        start, stop, _ = rows.indices(self._length)
        n_bytes = max(0, stop - start) * _BYTES * self._dims
        try:
            content = os.pread(self._descriptor, n_bytes, start * _BYTES * self._dims)
        except OSError as error:
            raise self._problem() from error
        if len(content) < n_bytes:  # the file was cut while it is open
            raise self._problem()
        return np.frombuffer(content, dtype=np.float16).reshape(-1, self._dims)

    def __len__(self) -> int:
        return self._length

    def _problem(self) -> SnapshotError:
        return SnapshotError(f"{self._path} holds no sentence vectors", "footnote reindex")

"""Vectors already paid for, by encoder and text, so that a reindex embeds only what is new."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import numpy as np

from retrieval.encoder import Encoder, Vectors

_log = logging.getLogger(__name__)

_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
_KEYS_A_QUERY = 500

# Of a unit vector rounded to fp16; one that a failing disk has changed is further off, or not a number.
_NORM_TOLERANCE = 0.01
_NONE = np.zeros(0, dtype=np.float16)

_HalfVectors = dict[bytes, np.ndarray[tuple[int], np.dtype[np.float16]]]


class CachedEncoder:
    """Encodes passages through a disposable SQLite file of fp16 vectors; one writer at a time."""

    def __init__(self, encoder: Encoder, path: Path) -> None:
        self._encoder = encoder
        self._path = path
        self._connection = _open(path)
        self.embedded = 0
        self.reused = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages or sentences: float32, shape (n, d), rows of unit norm within fp16."""
        keys = [self._key(text) for text in texts]
        try:
            known = self._complete(keys, texts)
        except sqlite3.DatabaseError as error:  # met only where the damaged place is read
            self._connection.close()
            _remove_damaged(self._path, error)
            self._connection = _connect(self._path)
            known = self._complete(keys, texts)
        vectors = np.zeros((len(texts), self._encoder.dims), dtype=np.float32)
        for row, key in enumerate(keys):
            vectors[row] = known[key]
        return vectors

    def _complete(self, keys: list[bytes], texts: Sequence[str]) -> _HalfVectors:
        """The vector of every key, what was missing embedded and stored."""
        known = self._read(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            fresh = self._encoder.encode(list(missing.values()), "passage").astype(np.float16)
            with self._connection:
                self._connection.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                    ((key, row.tobytes()) for key, row in zip(missing, fresh, strict=True)),
                )
            known.update(zip(missing, fresh, strict=True))
        self.embedded += len(missing)
        self.reused += len(texts) - len(missing)
        return known

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self._encoder.fingerprint}\n{text}".encode()).digest()[:16]

    def _read(self, keys: list[bytes]) -> _HalfVectors:
        known = {}
        for at in range(0, len(keys), _KEYS_A_QUERY):
            some = keys[at : at + _KEYS_A_QUERY]
            marks = ",".join("?" * len(some))
            rows = self._connection.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", some)
            for key, vector in rows:
                found = np.frombuffer(vector, dtype=np.float16) if len(vector) % 2 == 0 else _NONE
                if len(found) == self._encoder.dims and _is_unit(found):
                    known[key] = found
        return known

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> CachedEncoder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _is_unit(vector: np.ndarray[tuple[int], np.dtype[np.float16]]) -> bool:
    exact = vector.astype(np.float32)
    return bool(abs(float(exact @ exact) - 1.0) < _NORM_TOLERANCE)


def _open(path: Path) -> sqlite3.Connection:
    """The cache at ``path``; one that is damaged is started anew, for everything in it can be made again."""
    try:
        return _connect(path)
    except sqlite3.DatabaseError as error:
        _remove_damaged(path, error)
        return _connect(path)


def _remove_damaged(path: Path, error: sqlite3.DatabaseError) -> None:
    """Make room for a new cache; an error that is not damage, as of a full disk, is raised again."""
    if isinstance(error, sqlite3.OperationalError):
        raise error
    _log.warning("%s is damaged and is started anew: %s", path, error)
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # losing the newest entries costs only time
        connection.execute(_SCHEMA)
        connection.execute("SELECT count(*) FROM (SELECT key FROM vectors LIMIT 1)").fetchone()
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection

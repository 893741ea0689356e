"""Vectors already paid for, by encoder and passage, so that a reindex embeds only what is new."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import zlib
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt

from retrieval.encoder import Encoder, PassageText, Vectors

_log = logging.getLogger(__name__)

# A passage's vector and those of its sentences, one after the other, behind a checksum.
_SCHEMA = "CREATE TABLE IF NOT EXISTS passages (key BLOB PRIMARY KEY, vectors BLOB NOT NULL) WITHOUT ROWID"
_KEYS_A_QUERY = 500
_CHECKSUM_BYTES = 4

_HalfVectors = dict[bytes, npt.NDArray[np.float16]]


class CachedEncoder:
    """Encodes passages through a disposable SQLite file of fp16 vectors; one writer at a time."""

    def __init__(self, encoder: Encoder, path: Path) -> None:
        self._encoder = encoder
        self._path = path
        self._connection = _open(path)
        self.embedded = 0
        self.reused = 0

    @property
    def dims(self) -> int:
        """Length of a vector."""
        return self._encoder.dims

    def encode(self, passages: Sequence[PassageText]) -> list[Vectors]:
        """The vectors of passages and their sentences as `Encoder` has them, of unit norm within fp16."""
        keys = [self._key(passage) for passage in passages]
        try:
            known = self._complete(keys, passages)
        except sqlite3.DatabaseError as error:  # met only where the damaged place is read
            self._connection.close()
            _remove_damaged(self._path, error)
            self._connection = _connect(self._path)
            known = self._complete(keys, passages)
        return [known[key].astype(np.float32) for key in keys]

    def _complete(self, keys: list[bytes], passages: Sequence[PassageText]) -> _HalfVectors:
        """The vectors of every key, what was missing embedded and stored."""
        known = self._read(keys)
        missing = {key: passage for key, passage in zip(keys, passages, strict=True) if key not in known}
        if missing:
            vectors = self._encoder.encode_passages(list(missing.values()))
            fresh = {key: rows.astype(np.float16) for key, rows in zip(missing, vectors, strict=True)}
            with self._connection:
                self._connection.executemany(
                    "INSERT OR REPLACE INTO passages VALUES (?, ?)",
                    ((key, _packed(rows)) for key, rows in fresh.items()),
                )
            known.update(fresh)
        self.embedded += len(missing)
        self.reused += len(passages) - len(missing)
        return known

    def _key(self, passage: PassageText) -> bytes:
        spans = " ".join(f"{span.start}-{span.end}" for span in passage.sentences)
        return hashlib.sha256(f"{self._encoder.fingerprint}\n{spans}\n{passage.text}".encode()).digest()[:16]

    def _read(self, keys: list[bytes]) -> _HalfVectors:
        known = {}
        for at in range(0, len(keys), _KEYS_A_QUERY):
            some = keys[at : at + _KEYS_A_QUERY]
            marks = ",".join("?" * len(some))
            statement = f"SELECT key, vectors FROM passages WHERE key IN ({marks})"  # noqa: S608 - "?,?"
            rows = self._connection.execute(statement, some)
            for key, packed in rows:
                vectors = _unpacked(packed, self._encoder.dims)
                if vectors is not None:
                    known[key] = vectors
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


def _packed(vectors: npt.NDArray[np.float16]) -> bytes:
    """Vectors with a checksum before them: SQLite notices no damage within what it stores."""
    halves = vectors.tobytes()
    return zlib.crc32(halves).to_bytes(_CHECKSUM_BYTES, "big") + halves


def _unpacked(packed: bytes, dims: int) -> npt.NDArray[np.float16] | None:
    """The vectors, shape (n, dims); None where they are not what was stored."""
    stated, halves = packed[:_CHECKSUM_BYTES], packed[_CHECKSUM_BYTES:]
    if zlib.crc32(halves).to_bytes(_CHECKSUM_BYTES, "big") != stated or len(halves) % (2 * dims):
        return None
    return np.frombuffer(halves, dtype=np.float16).reshape(-1, dims)


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
    path.touch(mode=0o600)  # SQLite would make it as the umask says
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # losing the newest entries costs only time
        connection.execute(_SCHEMA)
        connection.execute("SELECT count(*) FROM (SELECT key FROM passages LIMIT 1)").fetchone()
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection

"""Snapshots: immutable, checksummed folders, one of which is current by one atomic replace."""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.durable import fsync
from retrieval.errors import SnapshotError
from retrieval.lexical import LexicalIndex
from retrieval.passages import PassageStore
from retrieval.types import SnapshotInfo
from retrieval.vectors import VectorIndex

FORMAT = 2
KEPT = 3  # the current one and two to roll back to

MANIFEST = "manifest.json"
VECTORS = "passages.faiss"
SENTENCES = "sentences.f16"
PASSAGES = "passages.db"
LEXICAL = "lexical"
_CURRENT = "CURRENT"
_BUILDING = ".building-"
_HELD = ".held-"
_ID = re.compile(r"\d{6}-\d{8}T\d{6}")

_log = logging.getLogger(__name__)

SentenceVectors = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot is made of, and the SHA-256 of each of its files.

    Args:
        format: Version of the layout; others are refused.
        info: What readers are told.
        encoder: Fingerprint of the encoder that made its vectors.
        dims: Length of a vector.
        max_passage_chars: The longest passage that splitting allowed.
        languages: ISO 639-1 codes of its articles.
        library_revision: The library's state it was built from.
        files: Relative path to hex SHA-256.
    """

    format: int
    info: SnapshotInfo
    encoder: str
    dims: int
    max_passage_chars: int
    languages: tuple[str, ...]
    library_revision: int
    files: dict[str, str]

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of the snapshot in ``folder``.

        Raises:
            SnapshotError: It is missing, unreadable, or of another format.
        """
        try:
            fields = json.loads((folder / MANIFEST).read_text("utf-8"))
            found, stated = fields["format"], fields.pop("sha256", None)
            if found == FORMAT and stated == _digest(fields):
                info, languages = SnapshotInfo(**fields["info"]), tuple(fields["languages"])
                return cls(**{**fields, "info": info, "languages": languages})
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise _damaged(folder, MANIFEST) from error
        if found == FORMAT:
            raise _damaged(folder, MANIFEST)
        raise SnapshotError(
            f"snapshot {folder.name} has format {found}, this version reads {FORMAT}", "footnote reindex"
        )

    def write(self, folder: Path) -> None:
        """Write it to ``folder``, with a checksum of its own."""
        fields = asdict(self)
        (folder / MANIFEST).write_text(json.dumps({**fields, "sha256": _digest(fields)}, indent=1), "utf-8")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An opened snapshot; its files do not change while it is in use.

    Args:
        manifest: What it is made of.
        vectors: Passage vectors.
        sentences: Sentence vectors, fp16, shape (n, d), unit rows, mapped from disk.
        lexical: BM25 over the same passages.
        passages: The passages and their texts.
    """

    manifest: Manifest
    vectors: VectorIndex
    sentences: SentenceVectors
    lexical: LexicalIndex
    passages: PassageStore


def open_snapshot(folder: Path, *, encoder: str) -> Snapshot:
    """Open one snapshot after checking every file.

    Raises:
        SnapshotError: A file is missing or changed, or the encoder is not the one it was built with.
    """
    manifest = Manifest.read(folder)
    if manifest.encoder != encoder:
        raise SnapshotError(
            f"snapshot {folder.name} was built with encoder {manifest.encoder[:12]},"
            f" the settings name {encoder[:12]}",
            "footnote reindex, or set encoder back",
        )
    for name, expected in manifest.files.items():
        if _sha256(folder / name) != expected:
            raise _damaged(folder, name)
    return Snapshot(
        manifest=manifest,
        vectors=VectorIndex.open(folder / VECTORS),
        sentences=_map_sentences(folder / SENTENCES, manifest.dims),
        lexical=LexicalIndex(folder / LEXICAL, manifest.languages),
        passages=PassageStore(folder / PASSAGES),
    )


def _map_sentences(path: Path, dims: int) -> SentenceVectors:
    if path.stat().st_size == 0:  # nothing can be mapped from an empty file
        return np.zeros((0, dims), dtype=np.float16)
    return np.memmap(path, dtype=np.float16, mode="r").reshape(-1, dims)


class SnapshotStore:
    """The snapshots of one home, and which of them is current."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def current_id(self) -> str | None:
        """The id of the current snapshot, None before the first reindex."""
        try:
            return (self._folder / _CURRENT).read_text("utf-8", errors="replace").strip() or None
        except FileNotFoundError:
            return None

    def ids(self) -> list[str]:
        """Every snapshot, whole or damaged, newest first; ids sort in the order of building."""
        names = (path.name for path in self._folder.glob("[0-9]*"))
        return sorted(filter(_ID.fullmatch, names), reverse=True)

    def open_current(self, *, encoder: str) -> tuple[Snapshot, SnapshotError | None]:
        """The current snapshot, or the newest one before it that is whole, with what was wrong.

        Raises:
            SnapshotError: None can be opened; nothing is deleted for that.
        """
        problem: SnapshotError | None = None
        for candidate in self._to_try():
            try:
                return open_snapshot(self._folder / candidate, encoder=encoder), problem
            except SnapshotError as error:
                _log.info("%s", error)  # the caller tells it, with what goes on answering
                problem = problem or error
        raise problem or SnapshotError(
            "there is no snapshot yet", "footnote add FOLDER, then footnote reindex"
        )

    def _to_try(self) -> list[str]:
        """The current snapshot and those before it; any where it is not said or not there which that is."""
        current, ids = self.current_id(), self.ids()
        if current in ids:
            return ids[ids.index(current) :]
        return [current, *ids] if current else ids

    def next_id(self, moment: datetime) -> str:
        """An id that sorts after every other, whatever the clock says: a number, then the moment in UTC."""
        numbers = [int(snapshot_id.split("-")[0]) for snapshot_id in self.ids()]
        return f"{max(numbers, default=0) + 1:06d}-{moment:%Y%m%dT%H%M%S}"

    def folder(self, snapshot_id: str) -> Path:
        """Where a snapshot stands, or would."""
        return self._folder / snapshot_id

    def manifest(self, snapshot_id: str) -> Manifest:
        """What a snapshot says it is made of.

        Raises:
            SnapshotError: It cannot be read.
        """
        return Manifest.read(self._folder / snapshot_id)

    def indexed(self) -> dict[str, str]:
        """Article id to version hash of the current snapshot; empty where there is none to read."""
        current = self.current_id()
        try:
            return PassageStore(self._folder / current / PASSAGES).hashes() if current else {}
        except SnapshotError:
            return {}

    @contextmanager
    def building(self, snapshot_id: str) -> Iterator[Path]:
        """A folder to build a snapshot in, gone afterwards unless it was published.

        What a killed build left behind is removed first: it has no manifest, so nothing read it.

        Raises:
            SnapshotError: The disk is full; what was being built is gone, the snapshots are as they were.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for leftover in self._folder.glob(f"{_BUILDING}*"):
            shutil.rmtree(leftover)
        folder = self._folder / f"{_BUILDING}{snapshot_id}"
        folder.mkdir()
        try:
            yield folder
        except (OSError, sqlite3.OperationalError) as error:
            if not _is_full(error):
                raise
            remedy = "free some disk space, then footnote reindex"
            raise SnapshotError("the snapshot cannot be written: the disk is full", remedy) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def seal(self, building: Path, manifest: Manifest) -> None:
        """Finish a built folder: its manifest is written, and all of it is on disk."""
        files = {path.relative_to(building).as_posix(): _sha256(path) or "" for path in _files(building)}
        replace(manifest, files=files).write(building)
        for path in [*_files(building), *(path for path in building.rglob("*") if path.is_dir()), building]:
            fsync(path)

    def publish(self, sealed: Path, snapshot_id: str) -> None:
        """Make a sealed folder the current snapshot, by one atomic replace once it stands in its place."""
        sealed.rename(self._folder / snapshot_id)
        fsync(self._folder)
        self.switch(snapshot_id)
        self._drop_held()
        self._prune()

    def hold(self, sealed: Path, snapshot_id: str) -> None:
        """Keep a sealed folder aside, where nothing answers from it, instead of the one held before."""
        self._drop_held()
        sealed.rename(self._folder / f"{_HELD}{snapshot_id}")
        fsync(self._folder)

    def release(self, snapshot_id: str, *, encoder: str) -> None:
        """Make the snapshot that is held the current one.

        Raises:
            SnapshotError: It is not held any more, or damaged, or of another encoder.
        """
        held = self._held(snapshot_id)
        open_snapshot(held, encoder=encoder)
        self.publish(held, snapshot_id)

    def drop(self, snapshot_id: str) -> None:
        """Delete the snapshot that is held.

        Raises:
            SnapshotError: It is not held any more.
        """
        shutil.rmtree(self._held(snapshot_id))

    def switch(self, snapshot_id: str) -> None:
        """Make ``snapshot_id`` current."""
        beside = self._folder / f".{_CURRENT}"
        beside.write_text(snapshot_id, "utf-8")
        fsync(beside)
        beside.replace(self._folder / _CURRENT)
        fsync(self._folder)

    def rollback(self, *, encoder: str) -> str:
        """Make the newest whole snapshot before the current one current, and say which.

        Raises:
            SnapshotError: There is none.
        """
        current = self.current_id() or ""
        for older in self.ids():
            if older >= current:
                continue
            try:
                open_snapshot(self._folder / older, encoder=encoder)
            except SnapshotError as error:
                _log.error("%s", error)
                continue
            self.switch(older)
            return older
        raise SnapshotError(f"there is no whole snapshot before {current or 'the first'}", "footnote reindex")

    def _held(self, snapshot_id: str) -> Path:
        held = self._folder / f"{_HELD}{snapshot_id}"
        if not held.is_dir():
            raise SnapshotError(f"snapshot {snapshot_id} is not kept any more", "footnote reindex")
        return held

    def _drop_held(self) -> None:
        for held in self._folder.glob(f"{_HELD}*"):
            shutil.rmtree(held)

    def _prune(self) -> None:
        for snapshot_id in self.ids()[KEPT:]:
            if snapshot_id != self.current_id():
                shutil.rmtree(self._folder / snapshot_id)


def _files(folder: Path) -> Iterator[Path]:
    """Every file below ``folder`` but the lock files that tantivy leaves, in order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".lock")


def _is_full(error: OSError | sqlite3.OperationalError) -> bool:
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    # A full disk is met as an I/O error where SQLite maps the file by which its readers and writer meet.
    return error.sqlite_errorcode in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)


def _damaged(folder: Path, name: str) -> SnapshotError:
    return SnapshotError(
        f"snapshot {folder.name} is damaged: {name} is missing or changed", "footnote reindex"
    )


def _digest(fields: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None

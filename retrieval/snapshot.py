"""Snapshots: immutable, checksummed folders, one of which is current by one atomic replace.

A snapshot is a few layers (`retrieval.layer`), one word index over all of them, and a manifest. Opening one
checks every file against its checksum, but does not read again what has not changed since it was last read
(`retrieval.digests`): a million passages are open in less than a second.
"""

from __future__ import annotations

import errno
import logging
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from corpus.durable import make_folder, sync
from retrieval.dense import DenseIndex
from retrieval.digests import Digests
from retrieval.errors import SnapshotError
from retrieval.layer import LAYERS, PASSAGES, PLACES, Layer, SentenceVectors
from retrieval.lexical import LexicalIndex
from retrieval.manifest import MANIFEST, Manifest, damaged
from retrieval.passages import PassageFile, PassageStore
from retrieval.places import Places

KEPT = 3  # the current one and two to roll back to

LEXICAL = "lexical"
_CURRENT = "CURRENT"
_BUILDING = ".building-"
_HELD = ".held-"
_ID = re.compile(r"\d{6}-\d{8}T\d{6}")
# Some 400 passages, which are copied in the time of a few fsyncs.
_SHARED_FROM_BYTES = 2_000_000
# Digests are forgotten once so many are known for each file of a snapshot: most are of files that are gone.
_REMEMBERED = 10
# fsync waits for the disk, which takes several at the same time in one turn.
_AT_ONCE = 8

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An opened snapshot; its files do not change while it is in use.

    Args:
        folder: Where it stands, or stood when it was opened.
        manifest: What it is made of.
        layers: The oldest first.
        vectors: Passage vectors.
        sentences: Sentence vectors.
        lexical: BM25 over the same passages.
        passages: The passages and their texts.
    """

    folder: Path
    manifest: Manifest
    layers: tuple[Layer, ...]
    vectors: DenseIndex
    sentences: SentenceVectors
    lexical: LexicalIndex
    passages: PassageStore


def open_snapshot(
    folder: Path, *, encoder: str, digests: Digests | None = None, anew: bool = True
) -> Snapshot:
    """Open one snapshot after checking every file.

    Args:
        folder: Where it stands.
        encoder: Fingerprint of the encoder that it must have been built with.
        digests: Remembers what files hold; None where nothing does.
        anew: Read every file, though it seems not to have changed since it was last read.

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
    digests = Digests() if digests is None else digests
    for name, expected in manifest.files.items():
        if digests.of(folder / name, expected=expected, anew=anew) != expected:
            raise damaged(folder, name)
    return _opened(folder, manifest)


def _opened(folder: Path, manifest: Manifest) -> Snapshot:
    layers: list[Layer] = []
    first_row = 0
    for info in manifest.layers:
        layers.append(Layer.open(folder / LAYERS / info.name, info, dims=manifest.dims, first_row=first_row))
        first_row += info.sentences
    return Snapshot(
        folder=folder,
        manifest=manifest,
        layers=tuple(layers),
        vectors=DenseIndex([layer.vectors for layer in layers], manifest.dims),
        sentences=SentenceVectors([layer.sentences for layer in layers], manifest.dims),
        lexical=LexicalIndex(folder / LEXICAL, manifest.languages),
        passages=PassageStore([layer.passages for layer in layers]),
    )


def take_over(base: Path, folders: Iterable[str], target: Path) -> None:
    """Put the files in some folders of a snapshot into ``target``: links to the same, copies of a small one.

    What is shared is damaged in every snapshot that shares it, and then only a reindex mends it; but
    copying a large library for every article that is added would take minutes.
    """
    is_shared = sum(path.stat().st_size for path in _files(base)) >= _SHARED_FROM_BYTES
    for path in (path for folder in folders for path in _files(base / folder)):
        beside = target / path.relative_to(base)
        beside.parent.mkdir(parents=True, exist_ok=True)
        if not (is_shared and _linked(path, beside)):
            shutil.copyfile(path, beside)


def _linked(path: Path, beside: Path) -> bool:
    """Whether a file has a second name now; not every file system can give one."""
    try:
        beside.hardlink_to(path)
    except OSError as error:
        if _is_full(error):
            raise
        return False
    return True


class SnapshotStore:
    """The snapshots of one home, and which of them is current."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._digests = folder.with_name(f"{folder.name}.digests")

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

    def open_current(self, *, encoder: str, anew: bool = False) -> tuple[Snapshot, SnapshotError | None]:
        """The current snapshot, or the newest one before it that is whole, with what was wrong.

        Args:
            encoder: Fingerprint of the encoder that it must have been built with.
            anew: Read every file, though it seems not to have changed since it was last read.

        Raises:
            SnapshotError: None can be opened; nothing is deleted for that.
        """
        problem: SnapshotError | None = None
        for candidate in self._to_try():
            try:
                return self._open(self._folder / candidate, encoder=encoder, anew=anew), problem
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
        folder = self._folder / (current or "")
        try:
            layers = Manifest.read(folder).layers if current else ()
            files = [
                PassageFile(at / PASSAGES, Places(at / PLACES, info.dead), dead=info.dead)
                for info in layers
                for at in [folder / LAYERS / info.name]
            ]
            return PassageStore(files).hashes()
        except SnapshotError:
            return {}

    @contextmanager
    def building(self, snapshot_id: str) -> Iterator[Path]:
        """A folder to build a snapshot in, gone afterwards unless it was published.

        What a killed build left behind is removed first: it has no manifest, so nothing read it.

        Raises:
            SnapshotError: The disk is full or fails; what was being built is gone, the snapshots are as they
                were.
        """
        make_folder(self._folder)
        for leftover in self._folder.glob(f"{_BUILDING}*"):
            shutil.rmtree(leftover)
        folder = self._folder / f"{_BUILDING}{snapshot_id}"
        folder.mkdir()
        try:
            yield folder
        except (OSError, sqlite3.OperationalError) as error:
            if _is_full(error):
                problem, remedy = "the disk is full", "free some disk space"
            else:
                problem = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
                remedy = "look whether the disk is failing"
            raise SnapshotError(
                f"the snapshot cannot be written: {problem}", f"{remedy}, then footnote reindex"
            ) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def seal(self, building: Path, manifest: Manifest) -> None:
        """Finish a built folder: its manifest is written, and all of it is on disk.

        What it has in common with another snapshot was read and written out for that.

        Raises:
            SnapshotError: The disk does not give back what was written.
        """
        digests = Digests(self._digests)
        paths = list(_files(building))
        fresh = [path for path in paths if not digests.knows(path)]
        files = {}
        for path in paths:
            found, name = digests.of(path), path.relative_to(building).as_posix()
            if found is None:
                raise SnapshotError(
                    f"the snapshot cannot be read back: {name}",
                    "look whether the disk is failing, then footnote reindex",
                )
            files[name] = found
        replace(manifest, files=files).write(building)
        folders = [path for path in building.rglob("*") if path.is_dir()]
        # What files hold, then what they are called.
        _sync_all([*fresh, building / MANIFEST])
        _sync_all([*folders, building])
        if len(digests) > _REMEMBERED * len(paths):
            digests.forget_but(
                [*paths, *(path for each in self.ids() for path in _files(self._folder / each))]
            )
        digests.save()

    def publish(self, sealed: Path, snapshot_id: str) -> None:
        """Make a sealed folder the current snapshot, by one atomic replace once it stands in its place."""
        sealed.rename(self._folder / snapshot_id)
        sync(self._folder)
        self.switch(snapshot_id)
        self._drop_held()
        self._prune()

    def hold(self, sealed: Path, snapshot_id: str) -> None:
        """Keep a sealed folder aside, where nothing answers from it, instead of the one held before."""
        self._drop_held()
        sealed.rename(self._folder / f"{_HELD}{snapshot_id}")
        sync(self._folder)

    def release(self, snapshot_id: str, *, encoder: str) -> None:
        """Make the snapshot that is held the current one.

        Raises:
            SnapshotError: It is not held any more, or damaged, or of another encoder.
        """
        held = self._held(snapshot_id)
        self._open(held, encoder=encoder)
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
        sync(beside)
        beside.replace(self._folder / _CURRENT)
        sync(self._folder)

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
                self._open(self._folder / older, encoder=encoder)
            except SnapshotError as error:
                _log.error("%s", error)
                continue
            self.switch(older)
            return older
        raise SnapshotError(f"there is no whole snapshot before {current or 'the first'}", "footnote reindex")

    def open_sealed(self, sealed: Path, *, encoder: str) -> Snapshot:
        """A sealed folder that is not published yet; raises as `open_snapshot`."""
        return self._open(sealed, encoder=encoder)

    def _open(self, folder: Path, *, encoder: str, anew: bool = False) -> Snapshot:
        digests = Digests(self._digests)
        try:
            return open_snapshot(folder, encoder=encoder, digests=digests, anew=anew)
        finally:
            digests.save()

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


def _sync_all(paths: Iterable[Path]) -> None:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(sync, paths))

"""`footnote restore`: a home as a backup holds it, every byte checked before anything is touched."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot import activity_file, activity_tables
from bot.activity_file import ActivityFile
from bot.archive import TAKE_ANOTHER, BackupError, Entry, Member, entries_of
from bot.backup_manifest import (
    ACTIVITY,
    LIBRARY,
    MAX_BYTES,
    NAME,
    BackupManifest,
    is_known,
    read_manifest,
)
from bot.swap import BEFORE, SNAPSHOTS, staging, swap
from corpus import schema, tables
from corpus.copying import problem_of
from corpus.durable import created, sync
from corpus.errors import FootnoteError
from corpus.library import Library
from corpus.lock import LOCK_NAME, writing
from corpus.migrating import shape_at, shape_of
from corpus.schema import translated
from retrieval.build_types import Progress
from retrieval.snapshot import SnapshotStore

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Restored:
    """A home that was restored.

    Args:
        home: The folder.
        made_utc: ISO 8601, the moment of the backup's library.
        articles: How many articles readers are shown of it.
        snapshot: What questions are answered from; None where a reindex is needed first.
        before: Where what stood there before is kept; None where there was nothing.
    """

    home: str
    made_utc: str
    articles: int
    snapshot: str | None
    before: str | None


def restore(
    home: Path,
    file: Path,
    on_progress: Callable[[Progress], None] = lambda progress: None,
    *,
    force: bool = False,
) -> Restored:
    """Make a home what it was when a backup was taken.

    What stands there is kept in its folder `before-restore`, until the next restore. Killed at any moment,
    the home is the old one or the new one: see `bot.swap`.

    Args:
        home: The folder; made where there is none.
        file: The backup.
        on_progress: Told after every step.
        force: Replace a library that is there.

    Raises:
        BackupError: The backup is damaged, is none, or is of a later footnote, or there is a library.
        Busy: Somebody is writing to the home, or holds on to its databases.
    """
    if not file.is_file():
        raise BackupError(f"{file} is no file", "name a file that footnote backup made")
    with file.open("rb") as opened, _nothing_left(home), writing(home):
        if _is_used(home / LIBRARY) and not force:
            raise BackupError(
                f"{home} holds a library already",
                f"footnote restore FILE --force; what is there is then kept in {BEFORE}",
            )
        _check_room(home, file)
        with staging(home) as folder:
            manifest = _unpack(file, opened, folder, on_progress)
            articles = _bring_up(file, folder, on_progress)
            if manifest.snapshot is not None:
                SnapshotStore(folder / SNAPSHOTS).switch(manifest.snapshot)
            for path in (*folder.rglob("*"), folder):
                sync(path)
            before = str(home / BEFORE) if swap(home) else None
    return Restored(str(home), manifest.made_utc, articles, manifest.snapshot, before)


def _unpack(
    file: Path, opened: BinaryIO, folder: Path, on_progress: Callable[[Progress], None]
) -> BackupManifest:
    """Write every member to a folder, and compare all of them with the manifest."""
    total, found, last = os.fstat(opened.fileno()).st_size, list[Member](), b""
    for entry in entries_of(file, opened):
        if not is_known(entry.name) or entry.name in {each.name for each in found} or last:
            raise BackupError(f"{file} holds {entry.name[:100]!r}, which no backup does there", TAKE_ANOTHER)
        if entry.name == NAME:
            last = _content(file, entry)
            continue
        found.append(_written(entry, folder))
        on_progress(Progress("reading, in MB", opened.tell() // _MB, total // _MB))
    manifest = read_manifest(str(file), last)
    if sorted(found, key=_name) != sorted(manifest.members, key=_name):
        stated = {member.name: member for member in manifest.members}
        wrong = next(
            (each.name for each in found if stated.get(each.name) != each), "a file that is not there"
        )
        raise BackupError(f"{file} is damaged: {wrong} is not as it was written", TAKE_ANOTHER)
    return manifest


def _content(file: Path, entry: Entry) -> bytes:
    if entry.n_bytes > MAX_BYTES:
        raise BackupError(f"{file} is damaged: its manifest has {entry.n_bytes:,} bytes", TAKE_ANOTHER)
    return b"".join(entry.pieces)


def _written(entry: Entry, folder: Path) -> Member:
    path, digest = folder / entry.name, hashlib.sha256()
    for missing in reversed([each for each in path.parents if not each.exists()]):
        missing.mkdir(mode=0o700)
    with created(path) as out:
        for piece in entry.pieces:
            digest.update(piece)
            out.write(piece)
    return Member(entry.name, entry.n_bytes, digest.hexdigest())


def _bring_up(file: Path, folder: Path, on_progress: Callable[[Progress], None]) -> int:
    """Check the databases, and bring them up to this footnote; how many articles there are."""
    on_progress(Progress("checking the library", 0, 0))
    _check(file, folder / LIBRARY, schema.APPLICATION_ID, tables.SCHEMA_VERSION)
    if (folder / ACTIVITY).exists():
        _check(file, folder / ACTIVITY, activity_file.APPLICATION_ID, activity_tables.SCHEMA_VERSION)
    try:
        with Library.open(folder / LIBRARY) as library:
            articles = library.count()
            library.be_one_file()
        if (folder / ACTIVITY).exists():
            ActivityFile(folder).check()
        kinds = {LIBRARY: shape_of(tables.steps_from(0)), ACTIVITY: shape_of(activity_tables.steps_from(0))}
        other = [name for name, ours in kinds.items() if _shape(folder / name) not in (None, ours)]
    except FootnoteError as problem:
        raise BackupError(f"{file} cannot be used: {problem.message}", TAKE_ANOTHER) from problem
    if other:
        raise BackupError(f"{file} is damaged: {other[0]} has other tables than footnote makes", TAKE_ANOTHER)
    return articles


def _shape(path: Path) -> frozenset[tuple[object, ...]] | None:
    if not path.exists():
        return None
    with translated(path):
        return shape_at(path)


def _check(file: Path, path: Path, application_id: int, newest: int) -> None:
    problem = problem_of(path, application_id, newest)
    if problem is not None:
        is_later = "later footnote" in problem
        remedy = "pip install --upgrade footnote" if is_later else TAKE_ANOTHER
        raise BackupError(f"{path.name} in {file} {problem}", remedy)


def _check_room(home: Path, file: Path) -> None:
    needed, free = file.stat().st_size, shutil.disk_usage(home).free
    if needed > free:
        raise BackupError(
            f"{file} needs {needed // _MB + 1:,} MB in {home}, {free // _MB:,} are free",
            "free some disk space",
        )


@contextmanager
def _nothing_left(home: Path) -> Iterator[None]:
    """Take back the folder of a home that was made for nothing."""
    was_there = home.exists()
    try:
        yield
    except BaseException:
        if not was_there:
            with suppress(OSError):  # somebody has put something there meanwhile
                (home / LOCK_NAME).unlink(missing_ok=True)
                home.rmdir()
        raise


def _name(member: Member) -> str:
    return member.name


def _is_used(library: Path) -> bool:
    """Whether there is a library; a failing disk may leave an empty file where one was."""
    return library.exists() and library.stat().st_size > 0

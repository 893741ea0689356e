"""`footnote backup`: a home in one file, as it is at one moment, while others go on using it.

Nothing is locked. What is in the current snapshot, and what readers and admins did, leads to versions in
the library, and the library never loses one; so it is copied last, and holds all that the others lead to.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from bot.activity_file import ActivityFile
from bot.archive import ArchiveWriter, BackupError, Member
from bot.backup_manifest import ACTIVITY, LIBRARY, NAME, PEOPLE, SETTINGS, manifest_of
from bot.config import Config
from bot.home_index import HomeIndex
from corpus.copying import problem_of
from corpus.durable import created, sync
from corpus.errors import LibraryError
from corpus.library import Library
from corpus.schema import APPLICATION_ID
from corpus.tables import SCHEMA_VERSION
from retrieval.build_types import Progress
from retrieval.errors import SnapshotError
from retrieval.manifest import MANIFEST
from retrieval.snapshot import SnapshotStore

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made.

    Args:
        file: Where it is.
        n_bytes: How long it is.
        made_utc: ISO 8601, the moment of its library.
        articles: How many articles it holds.
        snapshot: The snapshot that is in it; None for none.
        problem: Why there is none, where there should be one.
        members: The names of what it holds.
    """

    file: str
    n_bytes: int
    made_utc: str
    articles: int
    snapshot: str | None
    problem: str | None
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pinned:
    """A snapshot whose files are open, so that nobody can take them away.

    Args:
        id: Which it is.
        files: By name within it.
        expected: SHA-256 of each but the manifest.
    """

    id: str
    files: Mapping[str, BinaryIO]
    expected: dict[str, str]


def back_up(
    config: Config,
    file: Path,
    on_progress: Callable[[Progress], None] = lambda progress: None,
    *,
    force: bool = False,
    with_snapshot: bool = True,
) -> BackedUp:
    """Write library, activity, settings and the current snapshot of a home into one file.

    It is written beside and renamed: the file is there whole, or not at all.

    Args:
        config: Names the home.
        file: The backup to make; its folder exists.
        on_progress: Told after every step.
        force: Write over a file that is there.
        with_snapshot: Take the snapshot along, so that a restored home answers at once.

    Raises:
        BackupError: The file is there, or it cannot be written.
        LibraryError: There is no library, or it is damaged.
    """
    if file.exists() and not force:
        raise BackupError(f"{file} is there already", "name another file, or write over it with --force")
    index = HomeIndex(config)
    index.library().close()  # where there is none, that is what is wrong
    with ExitStack() as stack:
        stack.enter_context(_told_if_full(file))
        made = tempfile.TemporaryDirectory(prefix=f"{file.name}.part-", dir=file.parent)
        beside = Path(stack.enter_context(made))
        pinned, problem = _pin(index.snapshots, stack) if with_snapshot else (None, None)
        _check_room(config.home, file.parent, pinned)
        moment = datetime.now(UTC)  # whatever was stored until now is in it
        files = {
            name: stack.enter_context(path.open("rb")) for name, path in _copy(index, beside, on_progress)
        }
        with Library.open_to_read(beside / LIBRARY) as library:
            articles = library.count()
        with created(beside / "backup") as out:
            writing = _Writing(out, moment, on_progress)
            members, missed = writing.write(files, pinned)
            held = None if pinned is None or missed else pinned.id
            manifest = manifest_of(moment.isoformat(timespec="seconds"), articles, held, members)
            (beside / NAME).write_bytes(manifest.to_bytes())
            writing.end(beside / NAME)
        (beside / "backup").replace(file)
        sync(file.parent)
    return BackedUp(
        file=str(file),
        n_bytes=file.stat().st_size,
        made_utc=manifest.made_utc,
        articles=articles,
        snapshot=held,
        problem=missed or problem,
        members=tuple(member.name for member in members),
    )


class _Writing:
    """Writes the members of one backup, and tells how far that has come."""

    def __init__(self, out: BinaryIO, moment: datetime, on_progress: Callable[[Progress], None]) -> None:
        self._out = out
        self._archive = ArchiveWriter(out, int(moment.timestamp()))
        self._on_progress = on_progress
        self._done = self._total = 0

    def write(
        self, files: Mapping[str, BinaryIO], pinned: _Pinned | None
    ) -> tuple[tuple[Member, ...], str | None]:
        """Write all files, and the snapshot where that is whole.

        Returns:
            What was written, and what is wrong with the snapshot, None if nothing is.
        """
        held = pinned.files.values() if pinned else ()
        self._total = sum(os.fstat(each.fileno()).st_size for each in (*files.values(), *held))
        members = tuple(self._add(name, file) for name, file in files.items())
        if pinned is None:
            return members, None
        end = self._out.tell()
        written = {
            name: self._add(f"snapshots/{pinned.id}/{name}", file) for name, file in pinned.files.items()
        }
        for name, expected in pinned.expected.items():
            if written[name].sha256 != expected:
                self._out.seek(end)
                self._out.truncate()
                return members, f"snapshot {pinned.id} is damaged: {name} is changed"
        return (*members, *written.values()), None

    def end(self, manifest: Path) -> None:
        """Write the manifest as the last member, and all of it to the disk."""
        with manifest.open("rb") as file:
            self._archive.add(NAME, file, lambda n_bytes: None)
        self._archive.end()
        self._out.flush()
        os.fsync(self._out.fileno())

    def _add(self, name: str, file: BinaryIO) -> Member:
        return self._archive.add(name, file, self._count)

    def _count(self, n_bytes: int) -> None:
        self._done += n_bytes
        self._on_progress(Progress("writing, in MB", self._done // _MB, self._total // _MB))


def _copy(
    index: HomeIndex, beside: Path, on_progress: Callable[[Progress], None]
) -> Iterator[tuple[str, Path]]:
    """Every file that is not a snapshot's, by its name, as it is now; the library comes last."""
    activity = ActivityFile(index.home)
    if activity.exists():
        activity.copy_to(beside / ACTIVITY)
        yield ACTIVITY, beside / ACTIVITY
    # After the activity: whoever stands in that was written down with a key that was there before.
    for name in (PEOPLE, SETTINGS):
        if (index.home / name).exists():
            yield name, index.home / name
    with index.library() as library:
        library.copy_to(
            beside / LIBRARY,
            lambda done, total: on_progress(Progress("copying the library, in pages", done, total)),
        )
    on_progress(Progress("checking the copy", 0, 0))
    problem = problem_of(beside / LIBRARY, APPLICATION_ID, SCHEMA_VERSION)
    if problem is not None:
        raise LibraryError(
            f"{index.home / LIBRARY} {problem}", "footnote restore FILE, from a backup that was taken before"
        )
    yield LIBRARY, beside / LIBRARY


def _pin(snapshots: SnapshotStore, stack: ExitStack) -> tuple[_Pinned | None, str | None]:
    """The current snapshot with its files open, or why it is left out."""
    current = snapshots.current_id()
    if current is None:
        return None, None
    try:
        expected = snapshots.manifest(current).files
        files = {
            name: stack.enter_context((snapshots.folder(current) / name).open("rb"))
            for name in (*expected, MANIFEST)
        }
    except (SnapshotError, OSError) as problem:
        return None, str(problem)
    return _Pinned(current, files, expected), None


def _check_room(home: Path, folder: Path, pinned: _Pinned | None) -> None:
    """Say before anything is copied that it will not fit: what is copied is there twice for a while."""
    sizes = [path.stat().st_size for path in (home / LIBRARY, home / ACTIVITY) if path.exists()]
    held = [os.fstat(file.fileno()).st_size for file in pinned.files.values()] if pinned else []
    needed, free = 2 * sum(sizes) + sum(held), shutil.disk_usage(folder).free
    if needed > free:
        raise BackupError(
            f"a backup needs about {needed // _MB + 1:,} MB in {folder}; {free // _MB:,} are free",
            "free some disk space, or name a file on another disk",
        )


@contextmanager
def _told_if_full(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            remedy = "free some disk space, or name a file on another disk"
            raise BackupError(f"{file} cannot be written: {error.strerror}", remedy) from error
        if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
            remedy = "make its folder writable for this user, or name a file elsewhere"
            raise BackupError(f"{file} cannot be written: {error.strerror}", remedy) from error
        raise

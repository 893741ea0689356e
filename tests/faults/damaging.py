"""Files in which something is not as it was written."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from corpus.errors import FootnoteError
from faults.looking import Onlooker
from faults.mending import SUFFIX, mend
from faults.scenes import LIVED_IN
from faults.state import State, state_of
from faults.trial import Trial
from retrieval.snapshot import SnapshotStore

_PAGE = 4096


def damage(trial: Trial) -> None:
    """Damage one file of a home that is not in use, and look what is made of it."""
    stage, chance = trial.stage, trial.chance
    stage.set(LIVED_IN)
    backup = stage.trial / "backup"
    shutil.copytree(stage.home, backup, symlinks=True)
    stage.done("backup", backup.with_suffix(SUFFIX))
    before = state_of(stage.home)
    path = _chosen(stage.home, chance)
    how = chance.choice(list(_WAYS))
    was = path.read_bytes()
    _WAYS[how](path, chance)
    if path.exists() and path.read_bytes() == was:
        trial.counts["changed nothing"] += 1
        return
    during = f"{path.relative_to(stage.home)} {how}"
    trial.counts[f"damaged {path.name if path.parent == stage.home else 'snapshots'}"] += 1
    trial.counts["corruptions"] += 1
    trial.wounds += [f"{during}: {each}" for each in _answers(trial.onlooker, before)]
    says = trial.onlooker.failed()
    trial.counts["noticed by doctor" if says else "harmless, says doctor"] += 1
    ways, unmended = mend(stage, trial.onlooker, backup)
    trial.counts.update(f"mended by {way}" for way in ways.elements())
    trial.wounds += [f"{during}: {each}" for each in unmended]
    _look_mended(trial, before, during)


def _answers(onlooker: Onlooker, before: State) -> list[str]:
    """What is wrong with what readers are answered from a damaged home; a clear word is nothing wrong."""
    try:
        return onlooker.misquoted_to_readers(before)
    except FootnoteError as problem:
        return [] if problem.remedy else [f"names no remedy: {problem}"]


def _look_mended(trial: Trial, before: State, during: str) -> None:
    """After what the doctor says was done, all is as it was before the damage."""
    now = state_of(trial.stage.home)
    if (now.heads, now.versions) != (before.heads, before.versions):
        trial.wounds.append(f"{during}, mended: the library is not as it was")
    if now.indexed != before.indexed and now.indexed:
        trial.stage.done("reindex")
        if state_of(trial.stage.home).indexed != before.indexed:
            trial.wounds.append(f"{during}, mended: the snapshot is not of the library")
    trial.wounds += [f"{during}, mended: {each}" for each in trial.onlooker.misquoted(now)]


def _chosen(home: Path, chance: random.Random) -> Path:
    """A file of a home: half of the time of a snapshot, mostly of the current one."""
    store = SnapshotStore(home / "snapshots")
    if chance.random() < 0.5:
        current = store.current_id() or ""
        snapshot = current if chance.random() < 0.8 else chance.choice(store.ids())
        files = [path for path in (home / "snapshots" / snapshot).rglob("*") if path.is_file()]
        return chance.choice(sorted(path for path in files if path.suffix != ".lock"))
    names = ("library.db", "library.db", "library.db", "activity.db", "people.key", "vectors.cache")
    names = (*names, "snapshots/CURRENT")
    return chance.choice([home / name for name in names if (home / name).exists()])


def _flip(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    if content:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def _scramble(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    at = chance.randrange(max(1, len(content)))
    length = min(chance.randrange(1, 200), len(content) - at)
    content[at : at + length] = chance.randbytes(length)
    path.write_bytes(content)


def _zero(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    at = chance.randrange(max(1, len(content))) // _PAGE * _PAGE
    length = min(_PAGE, len(content) - at)
    content[at : at + length] = bytes(length)
    path.write_bytes(content)


def _truncate(path: Path, chance: random.Random) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: chance.randrange(max(1, len(content)))])


def _lengthen(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes() + chance.randbytes(chance.choice((1, 100, _PAGE))))


def _empty(path: Path, chance: random.Random) -> None:
    path.write_bytes(b"")


def _delete(path: Path, chance: random.Random) -> None:
    path.unlink()


def _swap(path: Path, chance: random.Random) -> None:
    """Put another file in its place: the same one of another snapshot, or any other of the same folder."""
    snapshots = next((each for each in path.parents if each.parent.name == "snapshots"), None)
    others = [
        each / path.relative_to(snapshots)
        for each in (snapshots.parent.iterdir() if snapshots else ())
        if each != snapshots and (each / path.relative_to(snapshots)).is_file()
    ] or [each for each in path.parent.parent.rglob("*") if each.is_file() and each != path]
    path.write_bytes(chance.choice(sorted(others)).read_bytes())


_WAYS: dict[str, Callable[[Path, random.Random], None]] = {
    "with a bit flipped": _flip,
    "with bytes scrambled": _scramble,
    "with a page of zeros": _zero,
    "cut short": _truncate,
    "with more at its end": _lengthen,
    "emptied": _empty,
    "deleted": _delete,
    "swapped with another": _swap,
}

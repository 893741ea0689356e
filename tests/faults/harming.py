"""Disks that are full, fail, or write less than they are given."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from faults.faulty_disk import ALWAYS, CHANGES, GROWING, TOUCHING_BYTES, Action, Call, Fault
from faults.scenes import Scene
from faults.trial import Trial, acknowledged
from faults.zygote import Ran

_MIB = 1024 * 1024
_BLOCK = 4096


def fail(trial: Trial) -> None:
    """Let a call fail, or all from one on, or let them write less than they are given."""
    scene = trial.chance.choice(list(trial.scenes.values()))
    trial.stage.set(scene.name)
    first = trial.chance.randint(1, scene.n_calls)
    last = trial.chance.choice((first, first, first + 3, ALWAYS))
    fault = trial.chance.choice(
        (
            Fault(Action.FAIL, GROWING, first, last, errno.ENOSPC),
            Fault(Action.FAIL, CHANGES, first, last, errno.EIO),
            Fault(Action.FAIL, TOUCHING_BYTES, first, last, errno.EIO),
            Fault(Action.FAIL, Call.READ, first, last, errno.EIO),
            Fault(Action.SHORTEN, Call.WRITE, first, last),
        )
    )
    during = f"{scene.name}, {fault}"
    ran = trial.stage.run(*scene.command, fault=fault)
    trial.counts[f"{fault.action.name} {errno.errorcode.get(fault.error, '')}".strip()] += 1
    _look(trial, scene, ran, during)


def fill(trial: Trial) -> None:
    """Run a command on a disk on which little is left."""
    scene = trial.chance.choice(list(trial.scenes.values()))
    trial.stage.set(scene.name)
    needed = sum(path.stat().st_blocks * 512 for path in trial.stage.trial.rglob("*"))
    with _small_disk(trial.stage.trial, needed + 8 * _MIB):
        left = trial.chance.choice((0, trial.chance.randrange(24), trial.chance.randrange(400)))
        filler = trial.stage.trial / "filler"
        _fill(filler, left)
        ran = trial.stage.run(*scene.command)
        during = f"{scene.name}, {left} blocks left"
        trial.counts["disks filled"] += 1
        trial.counts["commands that met a full disk"] += ran.code != 0
        trial.wounds += [
            f"{during}, still full: {each}" for each in trial.onlooker.losses(scene, acknowledged(ran))
        ]
        filler.unlink()
        _look(trial, scene, ran, during)


def _look(trial: Trial, scene: Scene, ran: Ran, during: str) -> None:
    """A fault that a command has lived through is told in words, and nothing is lost by it."""
    if ran.code is None:
        trial.wounds.append(f"{during}: did not end")
    elif ran.code not in (0, 1, 2):
        trial.wounds.append(f"{during}: ended with {ran.code}")
    if "Traceback" in ran.err:
        trial.wounds.append(f"{during}: {ran.err[-300:]}")
    if ran.code == 2 and "to mend it" not in ran.err:
        trial.wounds.append(f"{during}: names no remedy: {ran.err[-300:]}")
    trial.look(scene, acknowledged(ran), during)
    trial.expect_health(during)
    if ran.code == 0 and scene.name != "remove":
        trial.wounds += [f"{during}, called done: {each}" for each in trial.onlooker.unlike(scene)]
    elif trial.chance.random() < 0.5:
        trial.complete(scene, during)


def can_mount() -> bool:
    """Whether this process may have disks of its own."""
    return os.geteuid() == 0 and all(map(shutil.which, ("mount", "unshare")))


@contextmanager
def _small_disk(folder: Path, n_bytes: int) -> Iterator[None]:
    """A disk of so many bytes where a folder was, with all that is in it."""
    aside = folder.with_name(f"{folder.name}-aside")
    folder.rename(aside)
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={n_bytes}", "faults", str(folder)], check=True)
    try:
        shutil.copytree(aside, folder, symlinks=True, dirs_exist_ok=True)
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()
        shutil.rmtree(aside)


def _fill(path: Path, n_left: int) -> None:
    """Write until a disk is full, and leave so many blocks."""
    with path.open("wb", buffering=0) as file:
        n_free = os.statvfs(path).f_bavail
        file.truncate(0)
        block = bytes(_BLOCK)
        try:
            for _ in range(max(0, n_free - n_left)):
                file.write(block)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise

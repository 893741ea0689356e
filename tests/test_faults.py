"""A small run of `make faults`; and the pieces of it that could be wrong themselves."""

import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from faults.frail_disk import Event, FrailDisk

TESTS = Path(__file__).parent
SCENES = ("first add", "reindex")


@pytest.mark.skipif(
    not (sys.platform == "linux" and shutil.which("cc")), reason="needs Linux and a C compiler"
)
def test_nothing_is_lost():
    """Commands that are killed, that fail, whose files are damaged or whose power is cut lose nothing."""
    trials = {"kills": 5, "serves": 1, "failures": 4, "corruptions": 8, "cuts": 1}
    wanted = ["--seed=7", "--jobs=1", *(f"--{kind}={count}" for kind, count in trials.items())]
    ran = subprocess.run(
        [sys.executable, "-m", "faults", *wanted, *(f"--scene={name}" for name in SCENES)],
        cwd=TESTS.parent,
        env={"PYTHONPATH": f"{TESTS.parent}:{TESTS}", "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"},
        capture_output=True,
        text=True,
    )

    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
    assert re.search(r"19  trials\n +0  wrong", ran.stdout)


@pytest.fixture
def disk(tmp_path):
    """A disk that holds a file, and where its folder is."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "old").write_bytes(b"old")
    return FrailDisk(folder, folder), folder


def after_cut(disk, folder, how="nothing"):
    """What is there once the power was cut."""
    cut = folder.with_name(how)
    disk.cut(cut, how, random.Random(1))
    return {path.name: path.read_bytes() for path in cut.iterdir()}


def wrote(disk, folder, inode, *events):
    """Let a file be made and written, and then more happen."""
    disk.replay(Event("c", inode, 0, 0, str(folder / "new"), b""))
    disk.replay(Event("w", inode, 0, 3, "", b"new"))
    for what, name in events:
        disk.replay(Event(what, inode if name.endswith("new") else 0, 0, 0, name, b""))


def test_power_cut_before_anything_is_synced(disk):
    """What nobody has synced may be gone, and may be there."""
    wrote(*disk, 99)

    assert after_cut(*disk) == {"old": b"old"}
    assert after_cut(*disk, "everything") == {"old": b"old", "new": b"new"}


def test_a_synced_file_is_lost_without_its_name(disk):
    """A file is there after a power cut once its bytes and its folder's names are synced, not before."""
    folder = disk[1]
    wrote(*disk, 99, ("s", str(folder / "new")))
    assert after_cut(*disk) == {"old": b"old"}

    disk[0].replay(Event("s", 0, 0, 0, str(folder), b""))
    assert after_cut(*disk, "in order") == {"old": b"old", "new": b"new"}


def test_an_unsynced_rename_is_whole_or_nothing(disk):
    """Before the folder is synced the old file stands under the name or the new one, never neither."""
    folder = disk[1]
    wrote(*disk, 99, ("s", str(folder / "new")), ("s", str(folder)))
    disk[0].replay(Event("r", 0, 0, 0, f"{folder / 'new'}\n{folder / 'old'}", b""))

    assert after_cut(*disk) == {"old": b"old", "new": b"new"}
    assert after_cut(*disk, "everything") == {"old": b"new"}

"""Compiles `faulty_disk.c`, and says what it is to do to the process that it was loaded into."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import subprocess
from dataclasses import asdict, dataclass
from enum import IntEnum, IntFlag
from pathlib import Path

SOURCE = Path(__file__).with_suffix(".c")
LIBRARY = "FAULTS_LIBRARY"  # the variable that says where the compiled library is
ALWAYS = 2**40


class Action(IntEnum):
    """What happens to a call; the numbers are those of the C file."""

    NOTHING = 0
    KILL_BEFORE = 1
    KILL_AFTER = 2
    KILL_TORN = 3
    FAIL = 4
    SHORTEN = 5


class Call(IntFlag):
    """A kind of call that is counted."""

    WRITE = 1
    CREATE = 2
    SYNC = 4
    RESIZE = 8
    RENAME = 16
    READ = 32


CHANGES = Call.WRITE | Call.CREATE | Call.SYNC | Call.RESIZE | Call.RENAME
GROWING = Call.WRITE | Call.CREATE | Call.RESIZE
TOUCHING_BYTES = Call.WRITE | Call.SYNC | Call.RESIZE


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to a process at some of its calls below its folder.

    Args:
        action: What happens.
        calls: Which kinds of calls are counted.
        first: The number of the first call that it happens to, from 1.
        last: The number of the last one.
        error: What a call fails with.
    """

    action: Action = Action.NOTHING
    calls: Call = CHANGES
    first: int = 0
    last: int = 0
    error: int = 0

    def __str__(self) -> str:
        named = f" {errno.errorcode[self.error]}" if self.error else ""
        on = "" if self.last == self.first else " and on" if self.last == ALWAYS else f" to {self.last}"
        return f"{self.action.name}{named} at {self.calls!r} {self.first}{on}"


COUNTED = Fault()


def compiler() -> str | None:
    """The C compiler of this machine."""
    return shutil.which("cc")


def compile_into(folder: Path) -> Path:
    """The compiled library, in a folder."""
    path = folder / "faulty_disk.so"
    made = [str(compiler()), "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"]
    subprocess.run([*made, "-o", str(path), str(SOURCE), "-ldl", "-pthread"], check=True)
    return path


def loaded_with(library: Path) -> dict[str, str]:
    """The environment of a process that has the library between itself and the system."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    return {**ours, "LD_PRELOAD": str(library), LIBRARY: str(library)}


class FaultyDisk:
    """The library in this process, which was started with `loaded_with`."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(os.environ[LIBRARY])

    def arm(self, folder: str, fault: Fault) -> None:
        """Begin to count calls below a folder."""
        told = asdict(fault)
        numbers = [ctypes.c_long(told[name]) for name in ("first", "last")]
        self._library.faulty_disk_arm(
            os.fsencode(folder), int(fault.action), int(fault.calls), *numbers, int(fault.error)
        )

    def log(self, path: str) -> None:
        """Begin to log what happens below the folder."""
        self._library.faulty_disk_log(os.fsencode(path))

    def shift(self, seconds: int) -> None:
        """Move the clock."""
        self._library.faulty_disk_shift(ctypes.c_int64(seconds))

    def counted(self) -> int:
        """How many calls were counted."""
        counted = self._library.faulty_disk_counted
        counted.restype = ctypes.c_long
        return int(counted())

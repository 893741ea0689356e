"""Runs `footnote` as an admin does, in this process or in one of its own."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from secrets_kept import Overheard

from bot.cli import run

SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"
COMMAND = [sys.executable, "-m", "bot.cli"]
# Ctrl-C is ignored by what is started from a process that ignores it, as in some CI; here it is not.
STOPPABLE = [
    *(sys.executable, "-c"),
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from bot.cli import main; main()",
]


@dataclass(frozen=True)
class Ran:
    """How a command ended: its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        """The one JSON value it printed."""
        return json.loads(self.out)

    @property
    def json_lines(self):
        """The JSON values it printed, a line each."""
        return [json.loads(line) for line in self.out.splitlines()]


class Footnote:
    """Runs commands in this process on one home."""

    def __init__(self, home: Path, capsys) -> None:
        self.home = home
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Ran:
        """Run one command."""
        self._capsys.readouterr()
        with logging_as_before():
            code = run(["--home", str(self.home), *map(str, arguments)])
        return Ran(code, *self._capsys.readouterr())

    def files(self) -> set[str]:
        """The names of what stands in the home; empty where there is none."""
        return {path.name for path in self.home.iterdir()} if self.home.exists() else set()


def spawn(home: Path, *arguments: object, **options: object) -> subprocess.Popen:
    """The command in a process of its own, without this machine's settings; the caller reads its output."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    return Overheard(
        [
            *_without_privilege(options.pop("unprivileged", False)),
            *options.pop("command", COMMAND),
            *("--home", home),
            *arguments,
        ],
        **{
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "encoding": "utf-8",
            "env": environ,
            **options,
        },
    )


def spawned(home: Path, *arguments: object, **options: object) -> Ran:
    """What the command said in a process of its own."""
    with spawn(home, *arguments, **options) as process:
        out, err = process.communicate(timeout=60)
    return Ran(process.returncode, out, err)


@contextmanager
def logging_as_before() -> Iterator[None]:
    """Undo afterwards what a command does to this process's logging."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:], root.level = handlers, level


def can_drop_privilege() -> bool:
    """Whether a process can be started for which permissions of files count."""
    return os.name == "posix" and (os.geteuid() != 0 or shutil.which("setpriv") is not None)


def _without_privilege(wanted: bool) -> list[str]:
    if not wanted or os.geteuid() != 0:
        return []
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]

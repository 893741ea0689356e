"""Nothing the suite prints, logs, sends or writes may hold the bots' token or the webhooks' secret.

All tests use the same two, which have a part in common, so that one search finds either. What a test printed
and logged, what it read from a command and from processes of its own, what its bots sent, and every file
under its temporary folder is searched when it ends; the folders that tests share, when the last one did.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.simulator import Simulator

TOKEN = Simulator.token
MARK = "SIMULATOR-not-a-real"
WEBHOOK_SECRET = f"{MARK}-secret"
MARKER = "holds_secret(where, why): the place, of those that are searched, where a test's secret may stand"

_MARK_BYTES = MARK.encode()
_PIECE_BYTES = 1 << 20
# Larger files are models, vectors, or made to be too large for somebody.
_MAX_BYTES = 8 << 20
_heard: list[str] = []
_tests_folders: set[Path] = set()


def hear(*said: object) -> None:
    """Take note of what a test got to see in another way than by what it prints."""
    _heard.extend(each for each in map(str, said) if MARK in each)


class Overheard(subprocess.Popen):
    """A process of which is noted what it says, where it is asked for by `communicate`."""

    def communicate(self, *arguments, **options):
        """See `subprocess.Popen`."""
        said = super().communicate(*arguments, **options)
        hear(*(each.decode(errors="replace") if isinstance(each, bytes) else each for each in said))
        return said


class OverheardCapture:
    """A capture of pytest's of which is noted what a test takes out of it."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture
        self.disabled = capture.disabled

    def readouterr(self):
        """See `pytest.CaptureFixture`."""
        taken = self._capture.readouterr()
        hear(*taken)
        return taken


def search(item: pytest.Item, report: pytest.TestReport) -> None:
    """Make a test fail that left a secret somewhere, once it has ended."""
    if report.when == "setup" and "tmp_path" in item.funcargs:
        _tests_folders.add(item.funcargs["tmp_path"])
    if report.when == "teardown" and (where := leaks(item, report)):
        report.outcome, report.longrepr = "failed", f"A token or secret stands in: {where}"


def leaks(item: pytest.Item, report: pytest.TestReport) -> str:
    """Where a test that has ended left a secret; empty where nowhere."""
    found = [name for name, said in report.sections if MARK in said]
    found += ["its name"] if MARK in item.nodeid else []
    found += ["what it was told"] if _heard else []
    _heard.clear()
    folder = item.funcargs.get("tmp_path")
    found += [str(path.relative_to(folder)) for path in files_with(folder)] if folder else []
    allowed = [marker.args[0] for marker in item.iter_markers("holds_secret")]
    return ", ".join(each for each in found if each not in allowed)


def shared_leaks(base: Path, worker_id: str) -> list[Path]:
    """The files with a secret in the folders that tests share, of this worker and of all of them."""
    beside = [] if worker_id == "master" else base.parent.iterdir()
    shared = [base, *(path for path in beside if "popen-" not in path.name)]
    return [path for folder in shared for path in files_with(folder, but=frozenset(_tests_folders))]


def files_with(folder: Path, but: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """The files with a secret in a folder, whose links are not followed; ``but`` the folders in it."""
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if Path(where, name) not in but]
        for path in (Path(where, name) for name in names):
            is_plain = path.is_file() and not path.is_symlink()
            if is_plain and (MARK in path.name or _holds_mark(path)):
                yield path


def _holds_mark(path: Path) -> bool:
    end = b""
    try:
        if path.stat().st_size > _MAX_BYTES:
            return False
        with path.open("rb") as file:
            while piece := file.read(_PIECE_BYTES):
                if _MARK_BYTES in end + piece:
                    return True
                end = piece[-len(_MARK_BYTES) :]
    except OSError:  # gone meanwhile, or not to be read by this user
        return False
    return False

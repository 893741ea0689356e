"""Does exactly what the doctor says, as a person would who knows nothing else."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections import Counter
from pathlib import Path

from bot.doctor import Finding
from faults.looking import Onlooker
from faults.scenes import Stage

# A home may have more than one thing wrong, and mending one may show another.
_MOST_ROUNDS = 5
SUFFIX = ".footnote"
_COMMAND = re.compile(r"footnote ([a-z]+(?: --?[a-z-]+| [A-Z]+(?![a-z]))*)")


def mend(stage: Stage, onlooker: Onlooker, backup: Path | None = None) -> tuple[Counter[str], list[str]]:
    """Run the commands that the doctor names until it finds nothing wrong.

    Args:
        stage: Where the home is.
        onlooker: Looks at it.
        backup: A folder that holds a copy of the home; beside it lies a backup of that name with `SUFFIX`.
            None where none was made.

    Returns:
        How often each was run, and what could not be mended so, in words.
    """
    done: Counter[str] = Counter()
    for _ in range(_MOST_ROUNDS):
        failed = onlooker.failed()
        if not failed:
            return done, []
        for finding in failed:
            ways = _ways(finding, stage, backup)
            if not ways:
                return done, [f"the doctor names nothing that can be run: {finding}"]
            for name in ways:
                done[name] += 1
    return done, [f"still wrong after mending: {finding}" for finding in failed]


def _ways(finding: Finding, stage: Stage, backup: Path | None) -> list[str]:
    """Do what mends a finding; gives what was done."""
    remedy = finding.remedy or ""
    put_back = re.search(r"put ([a-z.]+) back from a backup", remedy)
    if put_back and backup is not None:
        _put_back(put_back[1], stage.home, backup)
        return [put_back[0]]
    moved = re.search(r"move ([a-z.]+) away", remedy)
    if moved:
        _remove(stage.home, moved[1])
        return [moved[0]]
    if remedy.startswith("chmod "):
        subprocess.run(shlex.split(remedy), check=True)
        return ["chmod"]
    found = _COMMAND.findall(remedy)
    if backup is not None:  # whoever has one need not do what else is named
        found = [each for each in found if each.startswith("restore")] or found
    else:
        found = [each for each in found if not each.startswith("restore")]
    file = str(backup and backup.with_suffix(SUFFIX))
    commands = [each.replace("FOLDER", str(stage.sources)).replace("FILE", file) for each in found]
    for command in commands:
        stage.run(*command.split())
    return [f"footnote {command.split()[0]}" for command in commands]


def _put_back(name: str, home: Path, backup: Path) -> None:
    _remove(home, name)
    shutil.copy(backup / name, home / name)


def _remove(home: Path, name: str) -> None:
    for path in home.glob(f"{name}*"):
        path.unlink()

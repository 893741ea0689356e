"""Does exactly what the doctor says, as a person would who knows nothing else."""

from __future__ import annotations

import re
import shlex
import shutil
from collections import Counter
from pathlib import Path

from bot.doctor import Finding
from faults.looking import Onlooker
from faults.scenes import Stage

# A home may have more than one thing wrong, and mending one may show another.
_MOST_ROUNDS = 5
_COMMAND = re.compile(r"footnote ([a-z]+(?: --?[a-z-]+| [A-Z]+(?![a-z]))*)")


def mend(stage: Stage, onlooker: Onlooker, backup: Path | None = None) -> tuple[Counter[str], list[str]]:
    """Run the commands that the doctor names until it finds nothing wrong.

    Args:
        stage: Where the home is.
        onlooker: Looks at it.
        backup: A folder that holds a backup of the home; None where none was made.

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
    restored = re.search(r"([a-z.]+) (?:back )?from a backup", remedy)
    if restored and backup is not None:
        _put_back(restored[1] if "." in restored[1] else "library.db", stage.home, backup)
        return [f"{restored[0]}"]
    moved = re.search(r"move ([a-z.]+) away", remedy)
    if moved:
        _remove(stage.home, moved[1])
        return [moved[0]]
    if remedy.startswith("chmod "):
        _, mode, path = shlex.split(remedy)
        Path(path).chmod(int(mode, 8))
        return ["chmod"]
    commands = [found.replace("FOLDER", str(stage.sources)) for found in _COMMAND.findall(remedy)]
    for command in commands:
        stage.run(*command.split())
    return [f"footnote {command.split()[0]}" for command in commands]


def _put_back(name: str, home: Path, backup: Path) -> None:
    _remove(home, name)
    shutil.copy(backup / name, home / name)


def _remove(home: Path, name: str) -> None:
    for path in home.glob(f"{name}*"):
        path.unlink()

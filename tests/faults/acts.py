"""What a serving bot writes down of people, done again and again: it is told as done once it is."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.activity import Activity
from bot.activity_file import ActivityFile
from bot.counts import Counts

N_ACTS = 6
_READER = 7


def run(arguments: Sequence[str]) -> int:
    """Record acts, and who asked, in the home that the arguments name after ``--home``."""
    home = Path(arguments[1])
    for number in range(N_ACTS):
        Counts(ActivityFile(home)).note("asked", by=_READER + number)
        Activity(home).record(1, "add", about=str(number), outcome="added")
        sys.stdout.write(json.dumps({"act": str(number)}) + "\n")
    return 0


def recorded(home: Path) -> set[str]:
    """Which acts are there.

    Raises:
        ActivityError: The file or the key is damaged.
    """
    file = ActivityFile(home)
    if not file.exists():
        return set()
    file.check()
    return {act.about for act in Activity(home).last(100)}


def key_is_lost(home: Path) -> bool:
    """Whether people are remembered whom nobody can find again."""
    file = ActivityFile(home)
    if not file.exists() or file.people.path.exists():
        return False
    with file.reading() as database:
        return bool(database.execute("SELECT count(*) FROM notes WHERE name = 'made with'").fetchone()[0])

"""Small articles that each have a name of their own, in files, and what a night does to them."""

from __future__ import annotations

import random
from pathlib import Path

_SYLLABLES = ("ba", "cor", "del", "fen", "gri", "hul", "jas", "kem", "lom", "mur", "nop", "pir", "quo", "ras")
_MONTHS = ("January", "March", "April", "June", "August", "October", "November")


def name_of(number: int) -> str:
    """What the bridge of a story is called; no other story has the name."""
    base = len(_SYLLABLES)
    parts = [_SYLLABLES[(number // base**place) % base] for place in range(3)]
    return "".join(parts).capitalize()


def question_about(name: str) -> str:
    """A question that the story of that bridge answers."""
    return f"When was the {name} bridge mended?"


def name_in(text: str) -> str:
    """The name of the bridge that a story is about."""
    return text.split(" ", 2)[1]


def story(number: int, version: int) -> str:
    """A text file with a title, and what version ``version`` says of it."""
    name, month = name_of(number), _MONTHS[(number + version) % len(_MONTHS)]
    workers, cost = 10 + number * 7 % 90, 1_000 + number * 131 + version
    return (
        f"The {name} bridge\n\n"
        f"The {name} bridge was mended in {month} by {workers} workers from {name}side. "
        f"It cost {cost} crowns, says report {version} of the {name} council.\n\n"
        f"Over the {name} water {cost} people walked on the first day of {month}, and {workers} danced.\n"
    )


def write_stories(folder: Path, numbers: range) -> None:
    """Write the first version of some."""
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number:04}.txt").write_text(story(number, 0))


def change_stories(folder: Path, chance: random.Random, *, version: int, n_new: int, n_gone: int = 0) -> None:
    """Let a night pass: some are new, a third are changed, some are gone or renamed."""
    there = sorted(folder.glob("*.txt"))
    chance.shuffle(there)
    for path in there[:n_gone]:
        path.unlink()
    if n_gone:
        for path in there[n_gone : n_gone + 2]:
            path.rename(path.with_name(f"{path.stem}-again.txt"))
    for path in there[n_gone + 2 : n_gone + 2 + len(there) // 3]:
        path.write_text(story(int(path.stem[:4]), version))
    first = 1 + max(int(path.stem[:4]) for path in there)
    for number in range(first, first + n_new):
        (folder / f"{number:04}.txt").write_text(story(number, version))

"""What the buttons that only admins may press carry: everything needed to act on it later."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

# No payload of a reader's button matches one of these.
_SENT = re.compile(r"i([+*-])([0-9a-f]{12})", re.ASCII)
_VERSION = re.compile(r"([du]):([1-9][0-9]{0,17})", re.ASCII)
_LISTED = re.compile(r"l:([0-9]{1,9}):(.*)", re.DOTALL)
_REINDEX = re.compile(r"x([!.-]?)")
_SNAPSHOT = re.compile(r"y([!<-])([0-9]{6}-[0-9]{8}T[0-9]{6})", re.ASCII)

Choice = Literal["add", "add apart", "cancel"]
_CHOICES: dict[str, Choice] = {"+": "add", "*": "add apart", "-": "cancel"}
_CHOICE_SIGNS = {choice: sign for sign, choice in _CHOICES.items()}
Step = Literal["start", "force", "stop", "cancel"]
_STEPS: dict[str, Step] = {"": "start", "!": "force", ".": "stop", "-": "cancel"}
_STEP_SIGNS = {step: sign for sign, step in _STEPS.items()}


@dataclass(frozen=True, slots=True)
class Decide:
    """Decide about what was sent: add it, add it as an article of its own, or drop it."""

    choice: Choice
    sent_id: str


@dataclass(frozen=True, slots=True)
class Remove:
    """Take out the article that version ``seq`` is shown of."""

    seq: int


@dataclass(frozen=True, slots=True)
class PutBack:
    """Show version ``seq`` of a removed article again."""

    seq: int


@dataclass(frozen=True, slots=True)
class ListTitled:
    """Show the articles with these words in their titles from ``offset`` on."""

    offset: int
    words: str


@dataclass(frozen=True, slots=True)
class Reindex:
    """Start a reindex, start it though it loses many articles, stop the one that runs, or leave it."""

    step: Step


@dataclass(frozen=True, slots=True)
class SwitchTo:
    """Answer from a snapshot that failed its smoke questions."""

    snapshot_id: str


@dataclass(frozen=True, slots=True)
class Leave:
    """Drop a snapshot that failed its smoke questions."""

    snapshot_id: str


@dataclass(frozen=True, slots=True)
class RollBack:
    """Go back from this snapshot to the one before it."""

    snapshot_id: str


SnapshotPress = SwitchTo | Leave | RollBack
AdminPress = Decide | Remove | PutBack | ListTitled | Reindex | SnapshotPress

_SNAPSHOT_PRESSES: dict[str, type[SwitchTo] | type[Leave] | type[RollBack]] = {
    "!": SwitchTo,
    "-": Leave,
    "<": RollBack,
}
_SNAPSHOT_SIGNS = {press: sign for sign, press in _SNAPSHOT_PRESSES.items()}


def write_admin_press(press: AdminPress) -> str:
    """What Telegram keeps with the button."""
    match press:
        case Decide(choice, sent_id):
            return f"i{_CHOICE_SIGNS[choice]}{sent_id}"
        case Remove(seq):
            return f"d:{seq}"
        case PutBack(seq):
            return f"u:{seq}"
        case ListTitled(offset, words):
            return f"l:{offset}:{words}"
        case Reindex(step):
            return f"x{_STEP_SIGNS[step]}"
        case SwitchTo(snapshot_id) | Leave(snapshot_id) | RollBack(snapshot_id):
            return f"y{_SNAPSHOT_SIGNS[type(press)]}{snapshot_id}"


def read_admin_press(payload: object) -> AdminPress | None:
    """What a button that only admins may press asks for, None where none of ours carries that."""
    text = payload if isinstance(payload, str) else ""
    if sent := _SENT.fullmatch(text):
        return Decide(_CHOICES[sent[1]], sent[2])
    if version := _VERSION.fullmatch(text):
        return Remove(int(version[2])) if version[1] == "d" else PutBack(int(version[2]))
    if listed := _LISTED.fullmatch(text):
        return ListTitled(int(listed[1]), listed[2])
    if step := _REINDEX.fullmatch(text):
        return Reindex(_STEPS[step[1]])
    if snapshot := _SNAPSHOT.fullmatch(text):
        return _SNAPSHOT_PRESSES[snapshot[1]](snapshot[2])
    return None

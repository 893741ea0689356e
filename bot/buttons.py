"""What a button carries: everything needed to act on it later, so that it survives a restart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from telegram.constants import InlineKeyboardButtonLimit

Verdict = Literal["answer", "related"]

_LETTERS: dict[Verdict, str] = {"answer": "a", "related": "r"}
_VERDICTS: dict[str, Verdict] = {letter: verdict for verdict, letter in _LETTERS.items()}
# `1aR1.R2.R3`: show what stands around the first excerpt (0: show the excerpts again), the verdict,
# and the receipts of all excerpts of the message.
_QUOTED = re.compile(r"([0-3])([ar])([0-9A-Z]+(?:\.[0-9A-Z]+){0,2})", re.ASCII)
_PAGE = re.compile(r"s:([0-9]{1,9})", re.ASCII)
# The admins' buttons; no other payload begins with one of their letters.
_SENT = re.compile(r"i([+*-])([0-9a-f]{12})", re.ASCII)
_VERSION = re.compile(r"([du]):([1-9][0-9]{0,17})", re.ASCII)
_LISTED = re.compile(r"l:([0-9]{1,9}):(.*)", re.DOTALL)
_REINDEX = re.compile(r"x([!-]?)")

Choice = Literal["add", "add apart", "cancel"]
_CHOICES: dict[str, Choice] = {"+": "add", "*": "add apart", "-": "cancel"}
_CHOICE_SIGNS = {choice: sign for sign, choice in _CHOICES.items()}
Step = Literal["start", "force", "cancel"]
_STEPS: dict[str, Step] = {"": "start", "!": "force", "-": "cancel"}
_STEP_SIGNS = {step: sign for sign, step in _STEPS.items()}


@dataclass(frozen=True, slots=True)
class Quoted:
    """The excerpts of one message.

    Args:
        verdict: What the message said of them.
        receipts: One an excerpt, in the order shown.
    """

    verdict: Verdict
    receipts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShowAround:
    """Show what stands around excerpt ``number``, counted from 1."""

    quoted: Quoted
    number: int


@dataclass(frozen=True, slots=True)
class ShowExcerpts:
    """Show the excerpts again."""

    quoted: Quoted


@dataclass(frozen=True, slots=True)
class ShowArticles:
    """Show the list of articles from ``offset`` on."""

    offset: int


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
    """Start a reindex, start it though it loses many articles, or leave it."""

    step: Step


AdminPress = Decide | Remove | PutBack | ListTitled | Reindex
ReaderPress = ShowAround | ShowExcerpts | ShowArticles
Press = ReaderPress | AdminPress


def write_press(press: Press) -> str | None:
    """What Telegram keeps with the button, None where it would keep no more than a part of it."""
    match press:
        case ShowArticles(offset):
            payload = f"s:{offset}"
        case ShowAround(quoted, number):
            payload = f"{number}{_quoted(quoted)}"
        case ShowExcerpts(quoted):
            payload = f"0{_quoted(quoted)}"
        case _:
            payload = _write_admin(press)
    return payload if len(payload.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA else None


def _write_admin(press: AdminPress) -> str:
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


def read_press(payload: str | None) -> ReaderPress | None:
    """What a button that anybody may press asks for, None where no button of ours carries that."""
    if page := _PAGE.fullmatch(payload or ""):
        return ShowArticles(int(page[1]))
    if not (found := _QUOTED.fullmatch(payload or "")):
        return None
    quoted = Quoted(_VERDICTS[found[2]], tuple(found[3].split(".")))
    number = int(found[1])
    if number > len(quoted.receipts):
        return None
    return ShowAround(quoted, number) if number else ShowExcerpts(quoted)


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
    return None


def _quoted(quoted: Quoted) -> str:
    return _LETTERS[quoted.verdict] + ".".join(quoted.receipts)

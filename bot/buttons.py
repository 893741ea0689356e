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


Press = ShowAround | ShowExcerpts | ShowArticles


def write_press(press: Press) -> str | None:
    """What Telegram keeps with the button, None where it would keep no more than a part of it."""
    match press:
        case ShowArticles(offset):
            payload = f"s:{offset}"
        case ShowAround(quoted, number):
            payload = f"{number}{_quoted(quoted)}"
        case ShowExcerpts(quoted):
            payload = f"0{_quoted(quoted)}"
    return payload if len(payload.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA else None


def read_press(payload: str | None) -> Press | None:
    """What a pressed button asks for, None where no button of ours carries that."""
    if page := _PAGE.fullmatch(payload or ""):
        return ShowArticles(int(page[1]))
    if not (found := _QUOTED.fullmatch(payload or "")):
        return None
    quoted = Quoted(_VERDICTS[found[2]], tuple(found[3].split(".")))
    number = int(found[1])
    if number > len(quoted.receipts):
        return None
    return ShowAround(quoted, number) if number else ShowExcerpts(quoted)


def _quoted(quoted: Quoted) -> str:
    return _LETTERS[quoted.verdict] + ".".join(quoted.receipts)

"""What a button carries: everything needed to act on it later, so that it survives a restart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Literal

from telegram.constants import InlineKeyboardButtonLimit

from bot.admin_buttons import (
    AdminPress,
    Decide,
    Leave,
    ListTitled,
    PutBack,
    Reindex,
    Remove,
    RollBack,
    SwitchTo,
    write_admin_press,
)
from bot.catalogue import LOCALES
from bot.chat_settings import MAX_EXCERPTS
from bot.editor_buttons import (
    EditorPress,
    ExportGaps,
    ExportStats,
    Settle,
    ShowGaps,
    write_editor_press,
)
from bot.forget_buttons import Forget, write_forget
from bot.votes import Reason
from retrieval.examples import ExampleKind
from retrieval.filters import MAX_NAMES

QuotedVerdict = Literal["answer", "related"]
Fault = Literal["wrong", "outdated"]

# A letter for each filter that a question can have: sources, authors, and the days it is between.
FILTER_LETTERS = ascii_lowercase[: 2 * MAX_NAMES + 2]
VERDICT_LETTERS: dict[QuotedVerdict, str] = {"answer": "a", "related": "r"}
VERDICTS: dict[str, QuotedVerdict] = {letter: verdict for verdict, letter in VERDICT_LETTERS.items()}
_REASONS: dict[str, Reason] = {"w": "wrong", "o": "outdated", "n": "not_mine"}
_REASON_LETTERS = {reason: letter for letter, reason in _REASONS.items()}
# A letter for what to do, one for the verdict, those of dropped filters, and the receipts of all excerpts:
# `1aR1.R2.R3`
# shows what stands around the first (0: the excerpts again; m: others; s, t: the articles, by page; +, -: a
# vote; w, o, n: why not; e, f, h: report the first, second, third as wrong; j, k, l: as outdated).
_QUOTED = re.compile(
    rf"([0-{MAX_EXCERPTS}mst+wonefhjkl-])([ar])([{FILTER_LETTERS}]*)"
    rf"([0-9A-Z]+(?:\.[0-9A-Z]+){{0,{MAX_EXCERPTS - 1}}})",
    re.ASCII,
)
_PAGES = "st"
_REPORTS: dict[Fault, str] = {"wrong": "efh", "outdated": "jkl"}
_PAGE = re.compile(r"s:([0-9]{1,9})", re.ASCII)
_EXAMPLE = re.compile(rf"g(who|about):({'|'.join(LOCALES)}):([0-9A-Z]+)", re.ASCII)
_UNANSWERED = re.compile(r"n:([cdt])", re.ASCII)
_DROPPED = re.compile(rf"f:([{FILTER_LETTERS}]{{1,{len(FILTER_LETTERS)}}})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Quoted:
    """The excerpts of one message.

    Args:
        verdict: What the message said of them.
        receipts: One an excerpt, in the order shown.
        dropped: The filters of the question that were taken away, see `DropFilter`.
    """

    verdict: QuotedVerdict
    receipts: tuple[str, ...]
    dropped: str = ""


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
class ShowMore:
    """Show what else comes near, instead of the excerpts."""

    quoted: Quoted


@dataclass(frozen=True, slots=True)
class ShowFound:
    """Show the articles that were found for the question, page 0 or 1 of them."""

    quoted: Quoted
    page: int


@dataclass(frozen=True, slots=True)
class CastVote:
    """Say whether the excerpts helped."""

    quoted: Quoted
    is_up: bool


@dataclass(frozen=True, slots=True)
class GiveReason:
    """Say why they did not."""

    quoted: Quoted
    reason: Reason


@dataclass(frozen=True, slots=True)
class ReportExcerpt:
    """Tell the editors what is the matter with excerpt ``number``, counted from 1."""

    quoted: Quoted
    number: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class ShowArticles:
    """Show the list of articles from ``offset`` on."""

    offset: int


@dataclass(frozen=True, slots=True)
class AskExample:
    """Ask about the name that a receipt stands for, in a language."""

    kind: ExampleKind
    language: str
    receipt: str


@dataclass(frozen=True, slots=True)
class ShowClosest:
    """Show what comes closest to a question that was not answered."""


@dataclass(frozen=True, slots=True)
class AskDifferently:
    """Ask for other words for it."""


@dataclass(frozen=True, slots=True)
class TellEditors:
    """Tell the editors that it was not answered."""


@dataclass(frozen=True, slots=True)
class DropFilter:
    """Ask again without some of the question's filters.

    Args:
        dropped: A letter for each, ``a`` for the first of them.
    """

    dropped: str


QuotedPress = ShowAround | ShowExcerpts | ShowMore | ShowFound | CastVote | GiveReason | ReportExcerpt
UnansweredPress = ShowClosest | AskDifferently | TellEditors
ReaderPress = QuotedPress | UnansweredPress | ShowArticles | AskExample | DropFilter
Press = ReaderPress | AdminPress | EditorPress | Forget

_UNANSWERED_PRESSES: dict[str, UnansweredPress] = {
    "c": ShowClosest(),
    "d": AskDifferently(),
    "t": TellEditors(),
}
_UNANSWERED_LETTERS = {type(press): letter for letter, press in _UNANSWERED_PRESSES.items()}


def write_press(press: Press) -> str | None:
    """What Telegram keeps with the button, None where it would keep no more than a part of it."""
    match press:
        case ShowArticles(offset):
            payload = f"s:{offset}"
        case AskExample(kind, language, receipt):
            payload = f"g{kind}:{language}:{receipt}"
        case DropFilter(dropped):
            payload = f"f:{dropped}"
        case ShowClosest() | AskDifferently() | TellEditors():
            payload = f"n:{_UNANSWERED_LETTERS[type(press)]}"
        case Decide() | Remove() | PutBack() | ListTitled() | Reindex() | SwitchTo() | Leave() | RollBack():
            payload = write_admin_press(press)
        case Settle() | ShowGaps() | ExportGaps() | ExportStats():
            payload = write_editor_press(press)
        case Forget():
            payload = write_forget(press)
        case _:
            quoted = press.quoted
            payload = _letter(press) + VERDICT_LETTERS[quoted.verdict] + quoted.dropped
            payload += ".".join(quoted.receipts)
    return payload if len(payload.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA else None


def read_press(payload: str | None) -> ReaderPress | None:
    """What a button that anybody may press asks for, None where no button of ours carries that."""
    text = payload or ""
    if page := _PAGE.fullmatch(text):
        return ShowArticles(int(page[1]))
    if example := _EXAMPLE.fullmatch(text):
        kind: ExampleKind = "who" if example[1] == "who" else "about"
        return AskExample(kind, example[2], example[3])
    if unanswered := _UNANSWERED.fullmatch(text):
        return _UNANSWERED_PRESSES[unanswered[1]]
    if dropped := _DROPPED.fullmatch(text):
        return DropFilter(dropped[1])
    if not (found := _QUOTED.fullmatch(text)):
        return None
    return _read_quoted(found[1], Quoted(VERDICTS[found[2]], tuple(found[4].split(".")), found[3]))


def _letter(press: QuotedPress) -> str:
    match press:
        case ShowExcerpts():
            return "0"
        case ShowAround(_, number):
            return str(number)
        case ShowMore():
            return "m"
        case ShowFound(_, page):
            return _PAGES[page]
        case CastVote(_, is_up):
            return "+" if is_up else "-"
        case GiveReason(_, reason):
            return _REASON_LETTERS[reason]
        case ReportExcerpt(_, number, fault):
            return _REPORTS[fault][number - 1]


def _read_quoted(letter: str, quoted: Quoted) -> ReaderPress | None:
    if letter.isdigit():
        number = int(letter)
        if number > len(quoted.receipts):
            return None
        return ShowAround(quoted, number) if number else ShowExcerpts(quoted)
    if letter in _REASONS:
        return GiveReason(quoted, _REASONS[letter])
    for fault, letters in _REPORTS.items():
        if 0 <= (index := letters.find(letter)) < len(quoted.receipts):
            return ReportExcerpt(quoted, index + 1, fault)
    others: dict[str, ReaderPress] = {
        "m": ShowMore(quoted),
        "s": ShowFound(quoted, 0),
        "t": ShowFound(quoted, 1),
        "+": CastVote(quoted, is_up=True),
        "-": CastVote(quoted, is_up=False),
    }
    return others.get(letter)

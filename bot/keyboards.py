"""The buttons under what readers see, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.buttons import (
    FILTER_LETTERS,
    AskDifferently,
    AskExample,
    CastVote,
    DropFilter,
    Fault,
    GiveReason,
    Press,
    Quoted,
    ReportExcerpt,
    ShowAround,
    ShowClosest,
    ShowExcerpts,
    ShowFound,
    ShowMore,
    TellEditors,
    write_press,
)
from bot.desk import SampleQuestion
from bot.lines import one_line
from bot.narrowed import Offers, filter_text
from bot.sample_questions import question_text
from bot.votes import Reason
from bot.words import Words
from retrieval.filters import Filter, Filters


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: what comes back when it is pressed, or where it leads."""

    label: str
    payload: str = ""
    url: str = ""


Row = tuple[Button, ...]
Rows = tuple[Row, ...]

# How far a reader has come in saying whether an answer helped.
Voted = Literal["", "up", "down", "why"]
_CHIP_CHARS, _WIDEN_CHARS = 36, 40
_REASONS: tuple[Reason, ...] = ("wrong", "outdated", "not_mine")


def row_of(presses: dict[str, Press]) -> Row:
    """A button for each press, by its label; one that Telegram would not keep is left out."""
    written = ((label, write_press(press)) for label, press in presses.items())
    return tuple(Button(label, payload) for label, payload in written if payload is not None)


def rows_of(*rows: dict[str, Press]) -> Rows:
    """Rows of buttons, without those that would be empty."""
    return tuple(filter(None, map(row_of, rows)))


def answer_rows(
    say: Words, quoted: Quoted, *, is_asked: bool, voted: Voted = "", fault: Fault | None = None
) -> Rows:
    """Under an answer or what is related.

    Args:
        say: In the reader's language.
        quoted: What the message shows.
        is_asked: Whether the message replies to its question, so that it can be searched again.
        voted: What was said of it already.
        fault: What was said to be the matter, where that can be reported.
    """
    further: dict[str, Press] = {say("more"): ShowMore(quoted), say("found"): ShowFound(quoted, 0)}
    return around_row(say, quoted) + rows_of(
        further if is_asked else {}, _vote_rows(say, quoted, voted), _reports(say, quoted, fault)
    )


def filter_rows(say: Words, filters: Filters, dropped: str = "") -> Rows:
    """A button for each filter that takes it away, two in a row.

    Args:
        say: In the reader's language.
        filters: Those that were searched with.
        dropped: Letters of those that were taken away before.
    """
    chips = [
        (say("remove-filter", filter=one_line(filter_text(say, each), _CHIP_CHARS)), letter)
        for letter, each in _lettered(filters, dropped)
    ]
    presses: list[dict[str, Press]] = [
        {label: DropFilter(_joined(dropped, letter)) for label, letter in chips[at : at + 2]}
        for at in range(0, len(chips), 2)
    ]
    return rows_of(*presses)


def wider_rows(say: Words, filters: Filters, offered: Offers, dropped: str = "") -> Rows:
    """A row for each way in which the question, asked of more articles, finds something; see above."""
    presses: list[dict[str, Press]] = []
    for wider in offered.wider:
        gone = [(letter, each) for letter, each in _lettered(filters, dropped) if each.kind in wider.dropped]
        lost = say.listed(filter_text(say, each) for _, each in gone)
        message = "widen-answer" if wider.verdict == "answer" else "widen-related"
        label = say(message, filters=one_line(lost, _WIDEN_CHARS))
        presses.append({label: DropFilter(_joined(dropped, *(letter for letter, _ in gone)))})
    return rows_of(*presses)


def around_row(say: Words, quoted: Quoted) -> Rows:
    """A way to what stands around each excerpt."""
    if len(quoted.receipts) == 1:
        return rows_of({say("around"): ShowAround(quoted, 1)})
    numbers = range(1, len(quoted.receipts) + 1)
    return rows_of({say("around-number", number=number): ShowAround(quoted, number) for number in numbers})


def unanswered_rows(say: Words) -> Rows:
    """Under a question that was not answered."""
    return rows_of(
        {say("closest"): ShowClosest(), say("ask-differently"): AskDifferently()},
        {say("tell-editors"): TellEditors()},
    )


def closest_row(say: Words) -> Rows:
    """A way to what comes closest, and nothing else."""
    return rows_of({say("closest"): ShowClosest()})


def back_row(say: Words, quoted: Quoted) -> Rows:
    """The way back to the excerpts."""
    return rows_of({say("back"): ShowExcerpts(quoted)})


def found_rows(say: Words, quoted: Quoted, *, page: int, is_last: bool) -> Rows:
    """Under the articles that were found: the other page, and the way back."""
    other: dict[str, Press] = {}
    if page > 0:
        other[say("previous-page")] = ShowFound(quoted, page - 1)
    if not is_last:
        other[say("next-page")] = ShowFound(quoted, page + 1)
    return rows_of(other, {say("back"): ShowExcerpts(quoted)})


def example_rows(questions: tuple[SampleQuestion, ...]) -> Rows:
    """A question to begin with in each row."""
    presses: list[dict[str, Press]] = [
        {question_text(each): AskExample(each.kind, each.language, each.receipt)} for each in questions
    ]
    return rows_of(*presses)


def _reports(say: Words, quoted: Quoted, fault: Fault | None) -> dict[str, Press]:
    if fault is None:
        return {}
    if len(quoted.receipts) == 1:
        return {say("report"): ReportExcerpt(quoted, 1, fault)}
    numbers = range(1, len(quoted.receipts) + 1)
    return {say("report-number", number=number): ReportExcerpt(quoted, number, fault) for number in numbers}


def _vote_rows(say: Words, quoted: Quoted, voted: Voted) -> dict[str, Press]:
    up, down = CastVote(quoted, is_up=True), CastVote(quoted, is_up=False)
    match voted:
        case "why":
            return {say(f"reason-{reason}"): GiveReason(quoted, reason) for reason in _REASONS}
        case "up":
            return {say("helped-noted"): up, say("not-helped"): down}
        case "down":
            return {say("helped"): up, say("not-helped-noted"): down}
        case _:
            return {say("helped"): up, say("not-helped"): down}


def _lettered(filters: Filters, dropped: str) -> list[tuple[str, Filter]]:
    """Each filter with its letter in the question as it was asked."""
    left = [letter for letter in FILTER_LETTERS if letter not in dropped]
    return list(zip(left, filters, strict=False))


def _joined(*letters: str) -> str:
    return "".join(sorted("".join(letters)))

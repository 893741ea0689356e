"""What the buttons under reports and tables carry, which only admins may press."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

# No payload of another button matches one of these.
_SETTLE = re.compile(r"r([hxds])([1-9][0-9]{0,17})", re.ASCII)
_GAPS = re.compile(r"q:([0-9]{1,4})", re.ASCII)
_EXPORT = re.compile(r"e:(?:gaps|([1-9][0-9]{0,2}))", re.ASCII)

Settlement = Literal["hide", "reindex", "dismiss", "show"]
_CHOICES: dict[str, Settlement] = {"h": "hide", "x": "reindex", "d": "dismiss", "s": "show"}
_LETTERS = {choice: letter for letter, choice in _CHOICES.items()}


@dataclass(frozen=True, slots=True)
class Settle:
    """Decide a report, or show again what it hides."""

    choice: Settlement
    report_id: int


@dataclass(frozen=True, slots=True)
class ShowGaps:
    """Show a page, counted from 0, of what was asked in vain."""

    page: int


@dataclass(frozen=True, slots=True)
class ExportGaps:
    """Send what was asked in vain as a table."""


@dataclass(frozen=True, slots=True)
class ExportStats:
    """Send the numbers of so many days as a table."""

    days: int


TablePress = ShowGaps | ExportGaps | ExportStats
EditorPress = Settle | TablePress


def write_editor_press(press: EditorPress) -> str:
    """What Telegram keeps with the button."""
    match press:
        case Settle(choice, report_id):
            return f"r{_LETTERS[choice]}{report_id}"
        case ShowGaps(page):
            return f"q:{page}"
        case ExportGaps():
            return "e:gaps"
        case ExportStats(days):
            return f"e:{days}"


def read_settle(payload: object) -> Settle | None:
    """What a button under a report asks for, None where it is none."""
    found = _SETTLE.fullmatch(payload) if isinstance(payload, str) else None
    return Settle(_CHOICES[found[1]], int(found[2])) if found else None


def read_table_press(payload: object) -> TablePress | None:
    """What a button under gaps or numbers asks for, None where it is none."""
    text = payload if isinstance(payload, str) else ""
    if page := _GAPS.fullmatch(text):
        return ShowGaps(int(page[1]))
    if export := _EXPORT.fullmatch(text):
        return ExportStats(int(export[1])) if export[1] else ExportGaps()
    return None

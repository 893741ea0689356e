"""Tables of numbers and questions as CSV, for editors' spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import get_args

from bot.counts import Day, Kind
from bot.gaps import Gap

# What spreadsheets take for a formula: https://owasp.org/www-community/attacks/CSV_Injection. Some read the
# wide forms of East Asian keyboards as the narrow ones.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BLANKS = ("\t", "\r", "\n")


def gaps_csv(gaps: Iterable[Gap]) -> str:
    """A row a gap under a header; for Excel, encode it as ``utf-8-sig``."""
    rows = ((gap.question, gap.people, gap.last_day) for gap in gaps)
    return _csv(("question", "people", "last_day"), rows)


def stats_csv(days: Iterable[Day]) -> str:
    """A row a day under a header, with every kind that is counted."""
    return _csv(("day", "people", *get_args(Kind)), map(_day_row, days))


def _day_row(day: Day) -> tuple[str | int, ...]:
    return (day.day, day.people, *(day.counts.get(kind, 0) for kind in get_args(Kind)))


def _csv(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_defused(cell) for cell in row] for row in rows)
    return text.getvalue()


def _defused(cell: str | int) -> str | int:
    """The cell, as text to read where a spreadsheet would calculate or call something."""
    if isinstance(cell, str) and (cell.startswith(_BLANKS) or cell.lstrip().startswith(_FORMULA)):
        return f"'{cell}"
    return cell

"""What it costs to answer something, in questions of the usual kind (pure)."""

from __future__ import annotations

import re

from bot.buttons import (
    AskExample,
    DropFilter,
    ReaderPress,
    ShowClosest,
    ShowExcerpts,
    ShowFound,
    ShowMore,
)

# What is known is read and shown, which takes a few milliseconds.
LOOK = 0.2
SEARCH = 1.0
_SEARCHING = (AskExample, DropFilter, ShowClosest, ShowExcerpts, ShowFound, ShowMore)
# In processor time, of a question of 60 characters: 1.4 at 300, 2.1 at 600, 3.1 at 1,000.
_CHARS_A_SEARCH = 400
_FILTER = re.compile(r"(?<![\w:/.-])(?:source|author|after|since|before)[:：]", re.IGNORECASE)
# However many filters there are: where nothing is found behind them, it is looked for without some of them.
_WIDENED = 2.0  # measured: 2.3


def cost_of_question(text: str) -> float:
    """Of a question as it is written: more where it is long or has filters, for then it is searched again."""
    widened = _WIDENED if _FILTER.search(text) else 0.0
    return SEARCH + len(text) // _CHARS_A_SEARCH + widened


def cost_of_press(wanted: ReaderPress | None) -> float:
    """Of a button: little where it shows what is known."""
    return SEARCH if isinstance(wanted, _SEARCHING) else LOOK

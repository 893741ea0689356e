"""What others wrote as one short line of ours (pure)."""

from __future__ import annotations

import unicodedata

from bot.question import JOINERS, tidy

# First-strong isolate and its end: a right-to-left title keeps its own order and disturbs no other.
_ISOLATE, _POP = "\u2068", "\u2069"


def one_line(text: str, max_chars: int) -> str:
    """A title as one short line that cannot disturb the words beside it."""
    # An article's title may be a whole book; only its beginning is looked at.
    kept = tidy(text[: 8 * max_chars])
    if len(kept) > max_chars or len(text) > 8 * max_chars:
        kept = kept[: max_chars - 1].rstrip(JOINERS + " ") + "…"
    right_to_left = any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in kept)
    return f"{_ISOLATE}{kept}{_POP}" if right_to_left else kept

"""Whether words ask about another message, as “is this true?” does in reply to one (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from bot.pointing_words import FILLERS, PHRASES

_WORDS = re.compile(r"[^\W_]+")


def points(words: str) -> bool:
    """Whether ``words`` ask only whether, or what, something else says.

    Args:
        words: What was written, without the bot's name; empty words point too.
    """
    said = _said(words).split()
    if len(said) > _MOST_WORDS:
        return False
    starts = range(_n_fillers(said) + 1)
    ends = range(len(said) - _n_fillers(said[::-1]), len(said) + 1)
    return any(" ".join(said[start:end]) in _POINTING for start in starts for end in ends)


def _n_fillers(words: list[str]) -> int:
    """How many words from the first on are said out of habit."""
    return next((number for number, word in enumerate(words) if word not in _FILLERS), len(words))


def _said(words: str) -> str:
    """Small letters and single spaces, nothing else; as alike in spelling as people write it."""
    bare = unicodedata.normalize("NFKC", words).casefold().replace("ي", "ی").replace("ك", "ک")
    return " ".join(_WORDS.findall(bare.replace("what's", "what is").replace("what’s", "what is")))


def _all_said(blocks: Iterable[str]) -> frozenset[str]:
    return frozenset(
        _said(phrase) for block in blocks for line in block.splitlines() for phrase in line.split("|")
    )


_FILLERS = _all_said([FILLERS])
_POINTING = _all_said(PHRASES) | {""}
_MOST_WORDS = 12

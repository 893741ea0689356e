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
    said = _said(words)
    return said in _POINTING or " ".join(_core(said.split())) in _POINTING


def _core(words: list[str]) -> list[str]:
    """Without what is said before and after out of habit."""
    start, end = 0, len(words)
    while start < end and words[start] in _FILLERS:
        start += 1
    while end > start and words[end - 1] in _FILLERS:
        end -= 1
    return words[start:end]


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

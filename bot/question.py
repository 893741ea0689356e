"""A question as it can be asked, or why it cannot."""

from __future__ import annotations

import unicodedata

from bot.words import Words

# Longer than any question; it bounds what one message can make the encoder do.
MAX_QUESTION_CHARS = 1_000

# Zero width joiner and non-joiner are part of the spelling in Persian, Hindi and emoji.
JOINERS = "\u200c\u200d"


def tidy(text: str) -> str:
    """One line of words: no control or invisible characters, single spaces."""
    return " ".join("".join(map(_kept, text)).split())


def objection(say: Words, question: str) -> str | None:
    """What to reply instead of looking for an answer; None where the tidy question can be asked."""
    if not question:
        return say("empty-question")
    if len(question) > MAX_QUESTION_CHARS:
        return say("too-long", chars=len(question), most=MAX_QUESTION_CHARS)
    if not _has_word(question):
        return say("no-words")
    return None


def _has_word(question: str) -> bool:
    """Whether there is more than a lone letter or digit, which is found everywhere and asks nothing.

    A sign of Chinese or Japanese is a word by itself.
    """
    signs = [character for character in question if character.isalnum()]
    return len(signs) > 1 or any(unicodedata.category(character) == "Lo" for character in signs)


def _kept(character: str) -> str:
    if character in JOINERS:
        return character
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Cs") else character

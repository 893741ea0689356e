"""Whether letters that look alike stand beside each other (pure)."""

from __future__ import annotations

import unicodedata

# Alphabets with letters that look like those of ours.
_ALIKE = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")


def mixes_alphabets(host: str) -> bool:
    """Whether a host has letters of ours beside some of another alphabet that look like ours."""
    letters = [character for character in host if character.isalpha()]
    has_ours = any(unicodedata.name(each, "").startswith("LATIN") for each in letters)
    return has_ours and any(unicodedata.name(each, "").startswith(_ALIKE) for each in letters)

"""What the buttons of /settings carry (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.chat_settings import MAX_EXCERPTS
from bot.languages import NAMES

_PAYLOAD = re.compile(r"t(?:l:([a-z]{2})?|e:([1-9])|q:([01]))", re.ASCII)


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Speak ``language``, an ISO 639-1 code; None for what Telegram says of each reader."""

    language: str | None


@dataclass(frozen=True, slots=True)
class SetExcerpts:
    """Show so many excerpts in the group."""

    number: int


@dataclass(frozen=True, slots=True)
class SetQuiet:
    """Whether a question without an answer gets a reaction only."""

    is_quiet: bool


Setting = SetLanguage | SetExcerpts | SetQuiet


def write_setting(setting: Setting) -> str:
    """What Telegram keeps with the button."""
    match setting:
        case SetLanguage(language):
            return f"tl:{language or ''}"
        case SetExcerpts(number):
            return f"te:{number}"
        case SetQuiet(is_quiet):
            return f"tq:{int(is_quiet)}"


def read_setting(payload: object) -> Setting | None:
    """What a pressed button sets, None where it is none of these."""
    found = _PAYLOAD.fullmatch(payload) if isinstance(payload, str) else None
    if found is None:
        return None
    language, number, quiet = found.groups()
    if quiet is not None:
        return SetQuiet(quiet == "1")
    if number is not None:
        return SetExcerpts(int(number)) if int(number) <= MAX_EXCERPTS else None
    return SetLanguage(language) if language is None or language in NAMES else None

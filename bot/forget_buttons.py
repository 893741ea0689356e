"""What the buttons carry by which somebody is forgotten, or not after all."""

from __future__ import annotations

import re
from dataclasses import dataclass

# No payload of another button matches it.
_FORGET = re.compile(r"p([!-])([1-9][0-9]{0,15})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete what is kept of a person, or leave it.

    Args:
        user_id: Who it is, and the only one who may press it.
        is_sure: Whether it is to be deleted.
    """

    user_id: int
    is_sure: bool


def write_forget(press: Forget) -> str:
    """What Telegram keeps with the button."""
    return f"p{'!' if press.is_sure else '-'}{press.user_id}"


def read_forget(payload: object) -> Forget | None:
    """What a button asks for, None where it is another's."""
    found = _FORGET.fullmatch(payload) if isinstance(payload, str) else None
    return Forget(int(found[2]), found[1] == "!") if found else None

"""Links that open the private chat at an answer: ``https://t.me/NAME?start=a-R1-R2`` (pure)."""

from __future__ import annotations

import re

from bot.buttons import VERDICT_LETTERS, VERDICTS, Quoted
from bot.chat_settings import MAX_EXCERPTS

# Telegram keeps 64 characters of A-Z, a-z, 0-9, _ and -.
_MAX_CHARS = 64
_PAYLOAD = re.compile(rf"([ar])-([0-9A-Z]+(?:-[0-9A-Z]+){{0,{MAX_EXCERPTS - 1}}})", re.ASCII)


def answer_link(username: str, quoted: Quoted) -> str | None:
    """The address that opens these excerpts in the bot's private chat; None where it would be cut."""
    payload = "-".join((VERDICT_LETTERS[quoted.verdict], *quoted.receipts))
    return f"https://t.me/{username}?start={payload}" if len(payload) <= _MAX_CHARS else None


def read_payload(payload: str) -> Quoted | None:
    """The excerpts that a link leads to, None where it is none of ours."""
    found = _PAYLOAD.fullmatch(payload.strip())
    return Quoted(VERDICTS[found[1]], tuple(found[2].split("-"))) if found else None

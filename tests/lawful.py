"""What no call of the bot may be, whatever a test was about: unlawful, or refused for what it says."""

from __future__ import annotations

from collections.abc import Sequence

from bot_api_schema import SPECIFICATION, problems

from bot.simulator.types import RecordedRequest

# What Telegram says to a message that is itself at fault: its HTML, its length, its buttons.
_AT_FAULT = (
    "can't parse",
    "message is too long",
    "text is too long",
    "text is empty",
    "BUTTON_",
    "too much entities",
    "caption is too long",
    "RESULT_",
)


def unlawful(requests: Sequence[RecordedRequest]) -> list[str]:
    """What is wrong with the calls, a line each; the specification is only asked where it is at hand."""
    found = []
    for each in requests:
        description = str(each.response.get("description", ""))
        if any(fault in description for fault in _AT_FAULT):
            found.append(f"{each.method} was refused: {description}: {each.params}")
        if SPECIFICATION.exists():
            found += problems(each.method, dict(each.params))
    return found

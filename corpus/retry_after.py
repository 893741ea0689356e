"""How long a server asks to be left alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LONGEST_S = 30 * 86_400.0


def retry_after_s(headers: Mapping[str, str]) -> float:
    """The seconds that a Retry-After header asks for, in either form; 0 where there is none or it is broken.

    A date counts from the server's own clock where the answer shows it.

    Args:
        headers: Names in small letters.
    """
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return min(float(value[:20]), _LONGEST_S)
    until = _moment(value)
    if until is None:
        return 0.0
    now = _moment(headers.get("date", "")) or datetime.now(UTC)
    return min(max((until - now).total_seconds(), 0.0), _LONGEST_S)


def _moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment

"""Dates that a file states: only those that can be, in one spelling."""

from __future__ import annotations

from datetime import date, datetime

# Nothing that calls itself an article in a file is older than the oldest newspaper.
EARLIEST = date(1605, 1, 1)

# What programs write where a moment was never set.
_NO_MOMENT = datetime(1970, 1, 1)


def plausible(stated: str, latest: datetime) -> str | None:
    """A date, or a date and time, as ISO 8601; None for what is none, or later than ``latest``."""
    stated = stated.strip()
    for kind in (date, datetime):
        try:
            moment = kind.fromisoformat(stated)
        except ValueError:
            continue
        day = moment.date() if isinstance(moment, datetime) else moment
        is_unset = isinstance(moment, datetime) and moment.replace(tzinfo=None) == _NO_MOMENT
        if is_unset or not EARLIEST <= day <= latest.date():
            return None
        return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()
    return None

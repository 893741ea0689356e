"""Lengths of time as people write them (pure)."""

from __future__ import annotations

import re

_UNITS_S = {"m": 60, "h": 3_600, "d": 86_400}
_WRITTEN = re.compile(r"([0-9]{1,5})\s*([mhd])", re.ASCII)


def interval_s(written: str) -> int | None:
    """Seconds of ``30m``, ``6h`` or ``1d``; None for anything else."""
    found = _WRITTEN.fullmatch(written.strip().lower())
    seconds = int(found[1]) * _UNITS_S[found[2]] if found else 0
    return seconds or None


def interval_words(seconds: int) -> str:
    """The same for reading: ``6 h``."""
    for unit in ("d", "h"):
        if seconds % _UNITS_S[unit] == 0:
            return f"{seconds // _UNITS_S[unit]} {unit}"
    return f"{seconds // 60} min"

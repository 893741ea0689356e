"""Regular expressions that are compiled when they are first used: a large one takes 2 to 17 ms.

Those of all languages together took a tenth of what a process does before it answers one question.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    """Has what the compiled pattern has, and compiles it when the first of that is asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # asked of everything there is, by copy for one
            raise AttributeError(name)
        found = getattr(re.compile(*self._source), name)
        setattr(self, name, found)  # the next time it is there
        return found


def lazy_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, later; a mistake in the pattern is found then, too."""
    return cast(re.Pattern[str], _Lazy(pattern, flags))

"""Whether Telegram was reached lately."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

# A shorter break is nothing that anybody has to look at: every call is tried again by itself.
BREAK_S = 60.0


@dataclass(slots=True)
class Reach:
    """How the last calls of the Bot API went.

    Args:
        clock: Seconds from some moment on.
    """

    clock: Callable[[], float] = monotonic
    _reached_at: float | None = field(default=None, init=False)
    _failing_since: float | None = field(default=None, init=False)
    _failure: str = field(default="", init=False)

    def reached(self) -> None:
        """A call was answered."""
        self._reached_at, self._failing_since = self.clock(), None

    def failed(self, kind: str) -> None:
        """A call was not answered, or refused for what the bot is."""
        self._failure = kind
        if self._failing_since is None:
            self._failing_since = self.clock()

    @property
    def seconds_ago(self) -> float | None:
        """How long ago a call was answered, None where none was."""
        return None if self._reached_at is None else self.clock() - self._reached_at

    @property
    def problem(self) -> str | None:
        """Why the bot cannot be reached through Telegram, None where it can."""
        if self._reached_at is None:
            return "Telegram was not reached yet"
        if self._failing_since is None or (since_s := self.clock() - self._failing_since) < BREAK_S:
            return None
        return f"Telegram is not reached for {since_s:.0f} s ({self._failure})"

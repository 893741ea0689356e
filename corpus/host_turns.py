"""One request at a time to each host, and a pause between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from corpus.refused import Passing

_MAX_IDLE_HOSTS = 1_000


class _Turn:
    """Where one host stands."""

    __slots__ = ("free_at", "lock", "n_users", "rests_until")

    def __init__(self) -> None:
        self.lock = Lock()
        self.n_users = 0
        self.free_at = 0.0
        self.rests_until = 0.0


class HostTurns:
    """Keeps threads from asking one host at the same time or too soon.

    Args:
        clock: Seconds that never go back.
        pause: Waits so many seconds.
    """

    def __init__(self, clock: Callable[[], float], pause: Callable[[float], None]) -> None:
        self._clock = clock
        self._pause = pause
        self._lock = Lock()
        self._turns: dict[str, _Turn] = {}

    @contextmanager
    def of(self, host: str, delay_s: float) -> Iterator[float]:
        """Have the host to oneself, once it is free; gives the seconds that this took.

        Args:
            host: Whose turn.
            delay_s: How long it is left alone afterwards.

        Raises:
            Passing: The host has asked to be left alone for longer (`rest`).
        """
        came = self._clock()
        turn = self._entered(host)
        try:
            with turn.lock:
                if (rests_s := turn.rests_until - self._clock()) > 0:
                    raise _resting(rests_s)
                if (early_s := turn.free_at - self._clock()) > 0:
                    self._pause(early_s)
                try:
                    yield self._clock() - came
                finally:
                    turn.free_at = self._clock() + delay_s
        finally:
            self._left(turn)

    def rest(self, host: str, seconds: float) -> None:
        """Refuse every turn of the host for so long."""
        turn = self._entered(host)
        turn.rests_until = max(turn.rests_until, self._clock() + seconds)
        self._left(turn)

    def _entered(self, host: str) -> _Turn:
        with self._lock:
            if len(self._turns) >= _MAX_IDLE_HOSTS:
                now = self._clock()
                self._turns = {
                    name: turn
                    for name, turn in self._turns.items()
                    if turn.n_users or max(turn.free_at, turn.rests_until) > now
                }
            turn = self._turns.setdefault(host, _Turn())
            turn.n_users += 1
            return turn

    def _left(self, turn: _Turn) -> None:
        with self._lock:
            turn.n_users -= 1


def in_words(seconds: float) -> str:
    """A length of time as people say it, rounded up."""
    for unit, length_s in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds > 2 * length_s:
            return f"{-(-seconds // length_s):.0f} {unit}s"
    return f"{-(-seconds // 1):.0f} seconds"


def _resting(seconds: float) -> Passing:
    return Passing(
        "was not asked for: its server wants to be left alone for now",
        f"try again in {in_words(seconds)}",
        retry_after_s=seconds,
    )

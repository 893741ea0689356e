"""One request at a time to each host, and a pause between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from corpus.refused import Passing

_MAX_IDLE_HOSTS = 1_000
_MANY_FAILURES = 3
_FAILURES_REST_S = 300.0


class _Turn:
    """Where one host stands."""

    __slots__ = ("free_at", "lock", "n_failures", "n_users", "rests_until")

    def __init__(self) -> None:
        self.lock = Lock()
        self.n_users = 0
        self.n_failures = 0
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
            Passing: The host is left alone for a while (`gave_up`).
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

    def worked(self, host: str) -> None:
        """Note that the host gave an answer."""
        self._note(host, failed=False)

    def gave_up(self, host: str, rest_s: float) -> None:
        """Note that the host gave none, however often it was asked.

        After a few pages in a row its turns are refused for some minutes, so that a list of a thousand pages
        on a dead host is not a thousand times the longest wait.

        Args:
            host: Whose turn it was.
            rest_s: Seconds for which it asks to be left alone.
        """
        self._note(host, failed=True, rest_s=rest_s)

    def _note(self, host: str, *, failed: bool, rest_s: float = 0.0) -> None:
        now = self._clock()
        with self._lock:
            turn = self._turns.get(host)
            if turn is None or turn.rests_until > now:
                return
            turn.n_failures = turn.n_failures + 1 if failed else 0
            if turn.n_failures >= _MANY_FAILURES:
                rest_s = max(rest_s, _FAILURES_REST_S)
            turn.rests_until = now + rest_s

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
    return f"{max(-(-seconds // 1), 2):.0f} seconds"


def _resting(seconds: float) -> Passing:
    return Passing(
        "was not asked for: its server is left alone for now",
        f"try again in {in_words(seconds)}",
        retry_after_s=seconds,
    )

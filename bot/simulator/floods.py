"""How fast the bot may speak, and how long it must wait when it spoke too fast."""

import math
from collections import deque
from dataclasses import dataclass, field

from bot.simulator.errors import too_many_requests
from bot.simulator.parties import Chat


@dataclass(frozen=True, slots=True)
class Pace:
    """At most so many messages in any stretch of so many seconds."""

    n_messages: int
    per_s: float


@dataclass(frozen=True, slots=True)
class FloodLimits:
    """The paces that together bound a bot.

    Telegram does not publish its figures. The defaults follow its advice: about one message a
    second in a chat with short bursts let through, 20 a minute in a group, 30 a second over all.
    """

    chat: Pace = Pace(5, 5.0)
    group: Pace = Pace(20, 60.0)
    overall: Pace = Pace(30, 1.0)


@dataclass(slots=True)
class Floods:
    """Counts what was sent and refuses what comes too soon."""

    limits: FloodLimits
    _sent: dict[tuple[str, int], deque[float]] = field(default_factory=dict)

    def check(self, chat: Chat, now: float) -> None:
        """Count one message or edit in a chat.

        Raises:
            ApiError: 429 with the seconds to wait; a refused message is not counted.
        """
        paces = [(("overall", 0), self.limits.overall), (("chat", chat.id), self.limits.chat)]
        if not chat.is_private:
            paces.append((("group", chat.id), self.limits.group))
        wait_s = max(self._wait(key, pace, now) for key, pace in paces)
        if wait_s > 0:
            raise too_many_requests(math.ceil(wait_s))
        for key, _ in paces:
            self._sent[key].append(now)

    def _wait(self, key: tuple[str, int], pace: Pace, now: float) -> float:
        sent = self._sent.setdefault(key, deque())
        while sent and sent[0] <= now - pace.per_s:
            sent.popleft()
        return sent[0] + pace.per_s - now if len(sent) >= pace.n_messages else 0.0

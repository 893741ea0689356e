"""Whether somebody may ask now: by what they, their group and all together have asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from bot.arrival import Arrival, Kind
from bot.group_rules import INLINE_TIMES, GroupRules
from bot.pace import Pace

_EVERYBODY = "everybody"
_SAID: dict[Kind, str] = {
    "question": "too-often",
    "press": "pressed-too-often",
    "inline": "inline-too-often",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not answered.

    Args:
        message: The name of what is said.
        told: Whoever that is said to, once a minute: a person, or a whole group.
        number: What was exceeded; in what is said.
    """

    message: str
    told: Hashable
    number: int = 0


class Limits:
    """Counts what is asked. For one thread.

    Args:
        rules: How often one may ask.
        clock: Seconds that only grow.
    """

    def __init__(self, rules: GroupRules, clock: Callable[[], float] = time.monotonic) -> None:
        private, member, inline = rules.private_per_minute, rules.per_minute, INLINE_TIMES * rules.per_minute
        # Whoever has asked a lot may still look closer at what they got.
        self._people = {
            ("question", False): Pace(private, clock),
            ("question", True): Pace(member, clock),
            ("press", False): Pace(private, clock),
            ("press", True): Pace(member, clock),
            ("inline", False): Pace(inline, clock),
        }
        self._groups = Pace(rules.group_per_minute, clock)
        self._everybody = Pace(rules.total_per_minute, clock)

    def refusal(self, arrival: Arrival) -> Refusal | None:
        """Count what arrived, None where it may be answered; what may not counts for nothing."""
        if arrival.kind == "event":
            return None
        is_asked = arrival.kind == "question" and arrival.group is not None
        own = self._people[arrival.kind, arrival.group is not None]
        if not arrival.by_admin:
            if not own.allows(arrival.person, arrival.cost):
                told = (arrival.group, arrival.person)
                return Refusal(_SAID[arrival.kind], told, int(own.per_minute))
            if not self._everybody.allows(_EVERYBODY, arrival.cost):
                return crowded(arrival)
        # Telegram limits how many messages a group gets, whoever they are for and whatever they cost.
        if is_asked and not self._groups.take(arrival.group, 1):
            return Refusal("too-often-group", arrival.group, int(self._groups.per_minute))
        if not arrival.by_admin:
            own.take(arrival.person, arrival.cost)
            self._everybody.take(_EVERYBODY, arrival.cost)
        return None


def crowded(arrival: Arrival) -> Refusal:
    """Because more is asked than can be answered; in a group nobody is told twice, whoever asks."""
    return Refusal("crowded", arrival.person if arrival.group is None else arrival.group)

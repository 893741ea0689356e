"""Where the bot may be asked, and how often (pure)."""

from __future__ import annotations

from dataclasses import dataclass

PER_MINUTE = 6
GROUP_PER_MINUTE = 15
PRIVATE_PER_MINUTE = 20
# Telegram lets a bot send 30 messages a second; these are 25.
TOTAL_PER_MINUTE = 1_500
# What waits or is being answered: at those 25 a second four seconds' worth; who waits behind another of their
# chat waits for as long again (`tests/rush.py` shows it). Two slow cores that also ran whoever asked answered
# 11 a second (`make soak`), and with 150 places the slowest hundredth waited 22 s.
MAX_WAITING = 100
# Typing one question inline asks for it several times.
INLINE_TIMES = 5


@dataclass(frozen=True, slots=True)
class GroupRules:
    """What whoever runs the bot set for everybody, most of it for groups.

    Args:
        allowed: Ids of the groups in which it stays; empty for any.
        per_minute: Questions of one person in groups, and `INLINE_TIMES` as many inline.
        group_per_minute: Questions of a group together.
        private_per_minute: Questions of one person in private.
        total_per_minute: Questions of everybody together.
    """

    allowed: frozenset[int] = frozenset()
    per_minute: int = PER_MINUTE
    group_per_minute: int = GROUP_PER_MINUTE
    private_per_minute: int = PRIVATE_PER_MINUTE
    total_per_minute: int = TOTAL_PER_MINUTE


ANYWHERE = GroupRules()

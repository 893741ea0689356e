"""A rush on a bot in virtual time: real places and limits, and a machine that takes so long a question.

It says what the order of work makes of a rush, whatever else runs on this machine:
`python tests/rush.py` prints the table.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field, replace

import click
from aiolimiter import AsyncLimiter
from virtual_time import run_virtually

from bot.arrival import Arrival
from bot.group_rules import MAX_WAITING, GroupRules
from bot.intake import Intake
from bot.limits import Limits

NOISY = 1
# Telegram's.
MESSAGES_A_SECOND = 30
WITHOUT_END = 10**9
UNLIMITED = GroupRules(
    per_minute=WITHOUT_END,
    group_per_minute=WITHOUT_END,
    private_per_minute=WITHOUT_END,
    total_per_minute=WITHOUT_END,
)


@dataclass(frozen=True)
class Rush:
    """Who asks how much, and what answers.

    Attributes:
        rate: Questions a second of everybody but one.
        noise: Questions a second of that one.
        service_s: How long one takes a worker.
        most: Places, and as many for one chat where there is no limit.
        most_in_line: Places of one chat.
    """

    rate: float = 50
    noise: float = 0
    service_s: float = 0.08
    seconds: float = 60
    n_chats: int = 500
    rules: GroupRules = field(default_factory=GroupRules)
    most: int = MAX_WAITING
    most_in_line: int = 10


@dataclass
class Rushed:
    """How long the answers took, to the others and to the noisy one, and what was refused."""

    others_s: list[float] = field(default_factory=list)
    noisy_s: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    most_inside: int = 0

    def percentile(self, share: float) -> float:
        """Of the others' answers."""
        found = sorted(self.others_s)
        return found[int(share * len(found))]


def rushed(rush: Rush) -> Rushed:
    """Let it happen."""
    return run_virtually(_rushed(rush))


async def _rushed(rush: Rush) -> Rushed:
    loop, chance, came = asyncio.get_running_loop(), random.Random(7), Rushed()
    intake, limits = Intake(rush.most, rush.most_in_line), Limits(rush.rules, loop.time)
    workers, sending = asyncio.Semaphore(2), AsyncLimiter(MESSAGES_A_SECOND, 1.0)

    async def ask(person: int) -> None:
        arrival, at = Arrival("question", person, person, cost=1.0), loop.time()
        if refusal := limits.refusal(arrival):
            came.refused[refusal.message] += 1
        elif not await intake.enter(person):
            came.refused["no place"] += 1
        else:
            came.most_inside = max(came.most_inside, intake.running + intake.waiting)
            async with workers:
                await asyncio.sleep(rush.service_s)
            async with sending:
                (came.noisy_s if person == NOISY else came.others_s).append(loop.time() - at)
            intake.leave(person)

    async def keep_asking(rate: float, who) -> None:
        while rate and loop.time() < rush.seconds:
            await asyncio.sleep(chance.expovariate(rate))
            asked.append(asyncio.create_task(ask(who())))

    asked: list[asyncio.Task[None]] = []
    others = keep_asking(rush.rate, lambda: chance.randrange(NOISY + 1, NOISY + rush.n_chats))
    await asyncio.gather(others, keep_asking(rush.noise, lambda: NOISY))
    await asyncio.gather(*asked)
    return came


def main() -> None:
    """Print what becomes of 50 questions a second, by places, limits and noise."""
    without = Rush(rules=UNLIMITED, most=WITHOUT_END, most_in_line=WITHOUT_END)
    for name, rush in (("unbounded", without), ("places", Rush(rules=UNLIMITED)), ("places, limits", Rush())):
        for service_s in (0.04, 0.08, 0.16):
            for noise in (0, 20):
                came = rushed(replace(rush, service_s=service_s, noise=noise))
                took = " ".join(
                    f"p{100 * share:.0f} {came.percentile(share):6.2f} s" for share in (0.5, 0.95, 0.99)
                )
                click.echo(
                    f"{name:>15}, {2 / service_s:4.1f}/s, noise {noise:2}/s: {took};"
                    f" others {len(came.others_s)}, noisy {len(came.noisy_s)}, refused {dict(came.refused)}"
                )


if __name__ == "__main__":
    main()

"""The real bot for half an hour under more than it can answer: bursts, floods, slow networks, reindexes.

`make soak`, or `python tests/soak.py MINUTES RATE P99_S`; on Linux, which tells what a process takes.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from crowd import Crowd, percentile
from served import Served, command, sample_home, served
from talk import text_of

from bot.config import Settings
from bot.group_rules import INLINE_TIMES
from bot.simulator import ADMIN, Simulator
from bot.simulator.errors import too_many_requests
from bot.simulator.floods import FloodLimits
from bot.words import ENGLISH

N_CHATS = 500
MAX_GROWTH = 0.05
# Connections come and go; a leak goes on.
MAX_MORE_DESCRIPTORS = 20
SAMPLE_EVERY_S, TOLD_EVERY_S, BURST_EVERY_S, SLOW_EVERY_S, FLOOD_EVERY_S, REINDEX_EVERY_S = (
    1,
    10,
    60,
    120,
    15,
    180,
)
BURST, SLOW_FOR_S, LAG_S = 100, 15, 0.7
PATIENCE_S = 300.0


@dataclass(frozen=True)
class Sample:
    """What the bot's process took at a moment."""

    at_s: float
    rss_mb: float
    n_descriptors: int


@dataclass
class Soak:
    """A bot under load.

    Attributes:
        samples: What it took, every second.
        n_reindexed: How many snapshots it switched to meanwhile.
    """

    telegram: Simulator
    crowd: Crowd
    bot: Served
    seconds: float
    rate: float
    samples: list[Sample] = field(default_factory=list)
    n_reindexed: int = 0

    async def run(self) -> None:
        """Ask, disturb and look until the time is over, then wait for the last replies."""
        began = time.monotonic()
        disturbing = [
            asyncio.create_task(each)
            for each in (
                self._look(began),
                _every(BURST_EVERY_S, lambda: self.crowd.burst(BURST)),
                _every(SLOW_EVERY_S, self._be_slow),
                _every(FLOOD_EVERY_S, self._flood),
                _every(REINDEX_EVERY_S, self._reindex),
            )
        ]
        await self.crowd.ask_for(self.seconds, self.rate)
        for each in disturbing[1:]:
            each.cancel()
        self.telegram.world.lag_s = 0.0
        await self._drain()
        disturbing[0].cancel()
        for ended in await asyncio.gather(*disturbing, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended

    def resident(self, began: float, ended: float) -> float:
        """The usual memory in MB between two shares of the time."""
        first, last = began * self.seconds, ended * self.seconds
        chosen = [each.rss_mb for each in self.samples if first <= each.at_s <= last]
        return statistics.median(chosen) if chosen else self.bot.rss_mb

    def descriptors(self, began: float, ended: float) -> int:
        """The most descriptors between two shares of the time."""
        first, last = began * self.seconds, ended * self.seconds
        return max((each.n_descriptors for each in self.samples if first <= each.at_s <= last), default=0)

    async def _look(self, began: float) -> None:
        told = 0.0
        while True:
            at_s = time.monotonic() - began
            self.samples.append(Sample(at_s, self.bot.rss_mb, self.bot.n_descriptors))
            self.crowd.tidy()
            if at_s >= told:
                told = at_s + TOLD_EVERY_S
                counted = ", ".join(f"{number:,} {what}" for what, number in self.crowd.counts().items())
                click.echo(f"{at_s:5.0f} s  {counted}; {self.bot.rss_mb:.0f} MB")
            await asyncio.sleep(SAMPLE_EVERY_S)

    async def _be_slow(self) -> None:
        self.telegram.world.lag_s = LAG_S
        await asyncio.sleep(SLOW_FOR_S)
        self.telegram.world.lag_s = 0.0

    async def _flood(self) -> None:
        for wait_s in (1, 2, 3):
            self.telegram.refuse("sendMessage", too_many_requests(wait_s))

    async def _reindex(self) -> None:
        article = self.bot.home.parent / f"added-{self.n_reindexed}.md"
        article.write_text(f"# Notice {self.n_reindexed}\n\nPier {self.n_reindexed} is closed for repairs.\n")
        await asyncio.to_thread(command, self.bot.home, "add", str(article))
        asked = await self.telegram.say("/reindex", chat=ADMIN.id)
        preview = await self.telegram.next_reply(ADMIN.id, after=asked, timeout_s=PATIENCE_S)
        await self.telegram.press(preview, "Reindex")
        await text_of(self.telegram, preview, "Done", timeout_s=PATIENCE_S)
        self.n_reindexed += 1

    async def _drain(self) -> None:
        for _ in range(int(PATIENCE_S / SAMPLE_EVERY_S)):
            if not self.crowd.waiting():
                break
            await asyncio.sleep(SAMPLE_EVERY_S)


async def _every(seconds: float, act) -> None:
    """Do something again and again, for the first time after half of that."""
    await asyncio.sleep(seconds / 2)
    while True:
        await act()
        await asyncio.sleep(seconds)


def notices() -> list[str]:
    """What the bot says instead of an answer, with the settings as they are by default."""
    usual = Settings()
    numbers = {
        "too-often": (usual.private_questions_per_minute, usual.questions_per_minute),
        "too-often-group": (usual.group_questions_per_minute,),
        "inline-too-often": (INLINE_TIMES * usual.questions_per_minute,),
        "crowded": (0,),
    }
    return [ENGLISH(name, number=number) for name, each in numbers.items() for number in each]


def closing_table(soak: Soak) -> list[tuple[str, str]]:
    """What was asked, what came of it, how long that took, and what it took of the machine."""
    counted, took = soak.crowd.counts(), soak.crowd.took_s()
    shares = ((0.5, "p50"), (0.95, "p95"), (0.99, "p99"))
    return [
        ("offered", f"{counted['asked']:,} ({counted['asked'] / soak.seconds:.0f} a second)"),
        ("answered", f"{counted['answered']:,} ({counted['answered'] / soak.seconds:.0f} a second)"),
        ("told to try again", f"{counted['told']:,}"),
        ("silence after that", f"{counted['passed over']:,}"),
        ("update to reply", ", ".join(f"{name} {percentile(took, share):.2f} s" for share, name in shares)),
        ("reindexed meanwhile", str(soak.n_reindexed)),
        (
            "memory, MB",
            f"{soak.samples[0].rss_mb:.0f} at first, {_warm(soak):.0f} warm, {_last(soak):.0f} at the end",
        ),
        (
            "descriptors",
            f"{soak.descriptors(0, 0.4)} at most while warming up, {soak.descriptors(0.8, 2)} later",
        ),
        ("errors logged", str(len(soak.bot.errors))),
    ]


def problems(soak: Soak, p99_s: float) -> list[str]:
    """What must not be, a line each."""
    took, growth = soak.crowd.took_s(), _last(soak) / _warm(soak) - 1
    more = soak.descriptors(0.8, 2) - soak.descriptors(0, 0.4)
    found = {
        f"{len(soak.crowd.waiting())} questions have no reply": bool(soak.crowd.waiting()),
        f"{len(soak.crowd.doubled())} questions have two replies": bool(soak.crowd.doubled()),
        f"p99 is {percentile(took, 0.99):.1f} s, over {p99_s:g}": percentile(took, 0.99) > p99_s,
        "nothing was answered": not took,
        f"memory grew by {growth:.1%} after it was warm": growth > MAX_GROWTH,
        f"{more} more descriptors are open than before": more > MAX_MORE_DESCRIPTORS,
    }
    return [said for said, is_so in found.items() if is_so] + soak.crowd.unlawful + soak.bot.errors


def _warm(soak: Soak) -> float:
    return soak.resident(0.3, 0.4)


def _last(soak: Soak) -> float:
    return soak.resident(0.9, 1.0)


@asynccontextmanager
async def soaking(home: Path, seconds: float, rate: float):
    """A soak of the sample library's bot, not yet begun."""
    await asyncio.to_thread(sample_home, home)
    async with Simulator(floods=FloodLimits()) as telegram:
        await telegram.say("/start", chat=ADMIN.id)
        async with served(telegram, home) as bot:
            yield Soak(telegram, Crowd(telegram, N_CHATS, notices=notices()), bot, seconds, rate)


async def main(minutes: float, rate: float, p99_s: float) -> int:
    """Soak and tell; 1 where something must not be."""
    with TemporaryDirectory() as folder:
        async with soaking(Path(folder) / "home", 60 * minutes, rate) as soak:
            await soak.run()
            found = problems(soak, p99_s)
            for name, told in closing_table(soak):
                click.echo(f"{name:>20}  {told}")
    click.echo("\n".join(found) or "every question was answered once, or its asker told to try again")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(*map(float, sys.argv[1:4]))))

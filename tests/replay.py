"""Thousands of updates from hundreds of chats, with floods, blocks and restarts in between.

Run as a program it takes minutes, because the bot keeps Telegram's 30 messages a second:
`python tests/replay.py 10000 500`.
"""

from __future__ import annotations

import asyncio
import logging
import random
import sys
import time
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from lawful import unlawful
from shelf_desk import ShelfDesk
from shelf_editor import ShelfEditor

from bot.app import at_work, build_application
from bot.group_rules import GroupRules
from bot.intake import Intake
from bot.parts import Parts
from bot.records import records_of
from bot.simulator import Simulator
from bot.simulator.errors import too_many_requests
from bot.simulator.floods import FloodLimits
from bot.simulator.types import Chat, Message, User
from bot.simulator.world import Event

# How often what happens. Chatter of a group is not for the bot.
ACTS = {
    "ask": 40,
    "ask in a group": 8,
    "chatter": 32,
    "press": 8,
    "edit": 5,
    "status": 5,
    "block": 1,
    "refuse": 1,
}
PATIENCE_S = 900.0


@dataclass(slots=True)
class Replayed:
    """What was asked, and what is wrong with how it was answered.

    Attributes:
        updates: How many updates were sent.
        asked: The questions that wait for one reply each, oldest first.
        waiting: Those that have no reply yet.
        edited: How often each was edited: where the bot restarts before it sees that, it does not know its
            first reply any more and replies to the new words as well.
        unsure: Questions of people who blocked the bot before they were answered.
        problems: What is wrong, a line each.
    """

    updates: int = 0
    asked: list[Message] = field(default_factory=list)
    waiting: set[tuple[int, int]] = field(default_factory=set)
    edited: Counter[tuple[int, int]] = field(default_factory=Counter)
    unsure: set[tuple[int, int]] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)


class Failures(logging.Handler):
    """Keeps the errors that are logged."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it, but for a poll that came back while the bot stopped: what it brought is pulled again."""
        if not record.getMessage().startswith("Updater stopped unexpectedly"):
            self.lines.append(self.format(record))


async def replay(
    n_updates: int, n_chats: int, *, seed: int, floods: FloodLimits, n_restarts: int = 3, told=lambda at: None
) -> Replayed:
    """Let people write at random, stop and start the bot meanwhile, and look at what came of it.

    Args:
        n_updates: How many updates.
        n_chats: From so many chats, a tenth of them groups.
        seed: Of the chance.
        floods: How fast Telegram lets the bot speak.
        n_restarts: The bot is stopped and started so many times.
        told: Is told how many updates were sent.
    """
    failures = Failures()
    logging.getLogger().addHandler(failures)
    chance, done = random.Random(seed), Replayed()
    try:
        with TemporaryDirectory() as home:
            async with Simulator(floods=floods) as telegram:
                telegram.world.privacy = False
                telegram.world.watchers.append(partial(_note, done))
                people = [Person(telegram, chance, done, number) for number in range(n_chats)]
                stage = -(-n_updates // (n_restarts + 1))
                while done.updates < n_updates:
                    async with _bot(telegram, Path(home)):
                        for _ in range(min(stage, n_updates - done.updates)):
                            done.updates += 1
                            await chance.choice(people).act()
                            told(done.updates)
                            await asyncio.sleep(0)
                        if done.updates == n_updates:
                            await telegram.wait_for(lambda: _all_answered(done), timeout_s=PATIENCE_S)
                done.problems += _wrong(telegram, done) + unlawful(telegram.requests)
    finally:
        logging.getLogger().removeHandler(failures)
    done.problems += failures.lines
    return done


class Person:
    """Somebody with a private chat to the bot, every tenth also with a group."""

    def __init__(self, telegram: Simulator, chance: random.Random, done: Replayed, number: int) -> None:
        self._telegram = telegram
        self._chance = chance
        self._done = done
        self._user = User(20_000 + number, f"Reader {number}")
        self._private = telegram.world.add_user(self._user)
        self._group = None
        if number % 10 == 0:
            self._group = telegram.world.add_chat(
                Chat(-1_002_000_000 - number, "supergroup", f"Group {number}")
            )
        self._mine: list[Message] = []

    async def act(self) -> None:
        """Do something."""
        acts = {
            "ask": lambda: self._ask("Which ferry carried oranges?", self._private),
            "ask in a group": lambda: self._ask("/ask Which bridge reopened in May?", self._group),
            "chatter": self._chatter,
            "status": lambda: self._ask("/status", self._private),
            "edit": self._edit,
            "press": self._press,
            "block": self._block,
            "refuse": self._refuse,
        }
        kinds = [kind for kind in acts if self._group or kind not in ("ask in a group", "chatter")]
        [kind] = self._chance.choices(kinds, [ACTS[each] for each in kinds])
        await acts[kind]()

    async def _chatter(self) -> None:
        await self._telegram.say("Did anybody see the ferry?", chat=self._group, user=self._user)

    async def _edit(self) -> None:
        if self._mine:
            self._done.edited[_name(self._mine[-1])] += 1
            await self._telegram.edit(self._mine[-1], "Which bakery opened beside the bridge?")

    async def _refuse(self) -> None:
        self._telegram.refuse("sendMessage", too_many_requests(1))

    async def _ask(self, text: str, chat: Chat) -> None:
        self._done.asked.append(await self._telegram.say(text, chat=chat, user=self._user))
        self._done.waiting.add(_name(self._done.asked[-1]))
        if chat is self._private and not text.startswith("/"):
            self._mine.append(self._done.asked[-1])

    async def _press(self) -> None:
        ours = [each for each in self._telegram.messages(self._private) if each.buttons]
        if ours and ours[-1].chat.id not in self._telegram.world.absent:
            await self._telegram.press(ours[-1], self._chance.choice(ours[-1].buttons).text)

    async def _block(self) -> None:
        """Block the bot for a moment: what was not answered by then may stay so."""
        self._done.unsure |= {each for each in self._done.waiting if each[0] == self._private.id}
        await self._telegram.block(self._user)


@asynccontextmanager
async def _bot(telegram: Simulator, home: Path):
    """The bot at work, stopped as a service is."""
    desk = ShelfDesk()
    parts = Parts(
        desk=desk,
        editor=ShelfEditor(desk),
        records=records_of(home),
        admins=frozenset(),
        edit_every_s=0.0,
        intake=Intake(100_000, 100_000),
        rules=GroupRules(
            per_minute=100_000,
            group_per_minute=100_000,
            private_per_minute=100_000,
            total_per_minute=1_000_000,
        ),
    )
    application = build_application(parts, token=telegram.token, api_url=telegram.url)
    async with at_work(application):
        yield


def _replies(telegram: Simulator) -> Counter[tuple[int, int]]:
    """How many messages of the bot reply to each message."""
    return Counter(
        _name(each.reply_to)
        for chat_id in telegram.world.chats
        for each in telegram.messages(chat_id)
        if each.sender == telegram.world.bot and each.reply_to
    )


def _all_answered(done: Replayed) -> bool:
    return done.waiting <= done.unsure


def _note(done: Replayed, event: Event) -> None:
    """Take what was replied to from those that wait."""
    replied = event.payload.get("reply_to_message") if event.kind == "message" else None
    if replied and event.payload["from"]["is_bot"]:
        done.waiting.discard((event.chat_id, replied["message_id"]))


def _wrong(telegram: Simulator, done: Replayed) -> list[str]:
    """Questions with no reply or two, and replies that stand in another order than their questions."""
    replies = _replies(telegram)
    found = []
    for each in done.asked:
        least, most = int(_name(each) not in done.unsure), 1 + done.edited[_name(each)]
        if not least <= replies[_name(each)] <= most:
            found.append(f"{replies[_name(each)]} replies to {each.text!r} in {each.chat.title}")
    asked = {_name(each) for each in done.asked} - done.edited.keys()
    for chat_id in telegram.world.chats:
        order = [
            each.reply_to.message_id
            for each in telegram.messages(chat_id)
            if each.sender == telegram.world.bot and each.reply_to and _name(each.reply_to) in asked
        ]
        if order != sorted(order):
            found.append(f"replies out of order in chat {chat_id}: {order}")
    return found


def _name(message: Message) -> tuple[int, int]:
    return message.chat.id, message.message_id


def main() -> None:
    """Replay as many updates from as many chats as the command line says."""
    n_updates, n_chats = (int(each) for each in sys.argv[1:3])
    started = time.monotonic()

    def told(at: int) -> None:
        if at % 500 == 0:
            click.echo(f"{at:,} updates, {time.monotonic() - started:.0f} s")

    done = asyncio.run(replay(n_updates, n_chats, seed=1, floods=FloodLimits(), told=told))
    click.echo(f"{done.updates:,} updates, {len(done.asked):,} for the bot")
    click.echo("\n".join(done.problems) or "every one has one reply, in order")
    sys.exit(1 if done.problems else 0)


if __name__ == "__main__":
    main()

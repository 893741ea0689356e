import asyncio
from contextlib import asynccontextmanager

import pytest
from shelf_desk import ShelfDesk
from shelf_editor import ShelfEditor
from talk import quotations, webhook_here
from telegram import Bot, Update

from bot.app import build_application, serve
from bot.handled import FILE, Handled
from bot.in_hand import InHand
from bot.parts import Parts
from bot.polling import confirm, polling
from bot.records import records_of
from bot.simulator import READER, Simulator

QUESTION = "Which ferry carried oranges?"


class SlowDesk(ShelfDesk):
    """Answers once it is let to."""

    def __init__(self):
        super().__init__()
        self.begun = asyncio.Event()
        self.loop = asyncio.get_running_loop()

    def answer(self, query):
        """See `Desk`."""
        self.loop.call_soon_threadsafe(self.begun.set)
        self.go_on.wait(60)
        return super().answer(query)


def application_of(desk, telegram, home):
    """The bot, as after a restart."""
    parts = Parts(
        desk=desk,
        editor=ShelfEditor(desk),
        records=records_of(home),
        admins=frozenset(),
        in_hand=InHand(Handled(home / FILE)),
    )
    return build_application(parts, token=telegram.token, api_url=telegram.url)


def n_replies(telegram):
    """How many messages of the bot quote something."""
    return len([each for each in telegram.messages(READER.id) if quotations(each)])


async def test_not_finished_in_time(tmp_path):
    """A question that takes longer than a stop may is answered once, by the bot that is started next."""
    desk = SlowDesk()
    desk.go_on.clear()
    async with Simulator() as telegram:
        stop = asyncio.Event()
        first = application_of(desk, telegram, tmp_path)
        serving = asyncio.create_task(serve(first, None, stop, finish_within_s=0.1))
        asked = await telegram.say(QUESTION)
        await desk.begun.wait()
        stop.set()
        await serving
        desk.go_on.set()
        before = n_replies(telegram)
        stop = asyncio.Event()
        second = asyncio.create_task(serve(application_of(ShelfDesk(), telegram, tmp_path), None, stop))
        await telegram.next_reply(READER.id, after=asked)
        stop.set()
        await second
        third_sees = list(telegram.world.updates.waiting)

    assert (before, n_replies(telegram)) == (0, 1)
    assert third_sees == []


@pytest.mark.parametrize("by", ["polling", "webhook"])
async def test_finished_in_time(tmp_path, by):
    """What is being answered when the bot is told to stop is answered first."""
    desk = SlowDesk()
    desk.go_on.clear()
    async with Simulator() as telegram:
        stop = asyncio.Event()
        webhook = webhook_here() if by == "webhook" else None
        serving = asyncio.create_task(serve(application_of(desk, telegram, tmp_path), webhook, stop))
        await telegram.say(QUESTION)
        await desk.begun.wait()
        stop.set()
        asyncio.get_running_loop().call_later(0.2, desk.go_on.set)
        await serving
        waiting = list(telegram.world.updates.waiting)

    assert n_replies(telegram) == 1
    assert waiting == []


@asynccontextmanager
async def fetching(telegram):
    """Updates fetched, and handled by nobody."""
    in_hand = InHand(Handled())
    async with Bot(telegram.token, base_url=f"{telegram.url}/bot") as bot:
        async with polling(bot, in_hand, ["message"]):
            yield in_hand
        await confirm(bot, in_hand)


async def test_kept_until_handled():
    """Telegram keeps an update until it and all before it are handled."""
    async with Simulator() as telegram:
        async with fetching(telegram) as in_hand:
            for _ in range(3):
                await telegram.say(QUESTION)
            first, second, third = [each["update_id"] for each in telegram.world.updates.waiting]
            await telegram.wait_for(lambda: in_hand.n_taken == 3)
            in_hand.done(Update(first))
            in_hand.done(Update(third))
        kept = [each["update_id"] for each in telegram.world.updates.waiting]

    assert kept == [second, third]


async def test_longer_line_than_a_poll():
    """Where more wait than a poll brings, Telegram forgets the oldest rather than hide the newest."""
    async with Simulator() as telegram:
        for _ in range(130):
            await telegram.say(QUESTION)
        async with fetching(telegram) as in_hand:
            await telegram.wait_for(lambda: in_hand.n_taken == 130)

    assert in_hand.number == 130
    assert len(telegram.world.updates.waiting) == 30

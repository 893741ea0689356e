import asyncio
import os
from collections import Counter
from contextlib import contextmanager

from command import COMMAND

from bot.simulator import Simulator
from bot.simulator.types import User

N_PEOPLE = 10
PATIENCE_S = 60.0


@contextmanager
def environment(telegram, **more):
    """What `footnote serve` is told beside its home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    yield {
        **kept,
        "FOOTNOTE_TELEGRAM_TOKEN": telegram.token,
        "FOOTNOTE_TELEGRAM_API_URL": telegram.url,
        "FOOTNOTE_CROSS_ENCODER": "off",
        "FOOTNOTE_LOG_FORMAT": "json",
        **more,
    }


async def start(home, telegram, **more):
    """The bot in a process of its own."""
    with environment(telegram, **more) as environ:
        return await asyncio.create_subprocess_exec(
            *COMMAND, "--home", str(home), "serve", env=environ, stderr=asyncio.subprocess.PIPE
        )


async def ask_all(telegram, n_questions):
    """Questions of several people at once."""
    people = [telegram.world.add_user(User(30_000 + n, f"Reader {n}")) for n in range(N_PEOPLE)]
    return [
        await telegram.say(f"How much is an adult day return to Orrey, {n}?", chat=people[n % N_PEOPLE])
        for n in range(n_questions)
    ]


def replies(telegram, asked):
    """How many messages of the bot reply to each question."""
    found = Counter(
        (each.chat.id, each.reply_to.message_id)
        for chat_id in telegram.world.chats
        for each in telegram.messages(chat_id)
        if each.sender == telegram.world.bot and each.reply_to
    )
    return [found[each.chat.id, each.message_id] for each in asked]


async def n_answered(telegram, asked, count):
    """Wait until so many have a reply."""
    await telegram.wait_for(lambda: sum(map(bool, replies(telegram, asked))) >= count, timeout_s=PATIENCE_S)


async def test_restart_in_the_middle(sampled):
    """Of fifty questions, in whose midst a bot is stopped and another started, each has one reply."""
    async with Simulator() as telegram:
        first = await start(sampled.home, telegram)
        asked = await ask_all(telegram, 25)
        await n_answered(telegram, asked, 3)
        first.terminate()
        asked += await ask_all(telegram, 25)
        await first.communicate()
        second = await start(sampled.home, telegram)
        await n_answered(telegram, asked, 50)
        second.terminate()
        await second.communicate()

    assert replies(telegram, asked) == [1] * 50
    assert (first.returncode, second.returncode) == (0, 0)


async def test_killed_in_the_middle(sampled):
    """A bot that is killed loses no question; one whose reply was on its way may get another."""
    async with Simulator() as telegram:
        first = await start(sampled.home, telegram)
        asked = await ask_all(telegram, 25)
        await n_answered(telegram, asked, 3)
        first.kill()
        await first.communicate()
        second = await start(sampled.home, telegram)
        await n_answered(telegram, asked, 25)
        second.terminate()
        await second.communicate()

    found = replies(telegram, asked)
    assert set(found) <= {1, 2}
    assert found.count(2) <= N_PEOPLE  # at most one question of each chat is worked on


async def test_second_signal(sampled):
    """Told to stop once more, the bot ends at once, whatever it is doing."""
    async with Simulator() as telegram:
        bot = await start(sampled.home, telegram)
        await ask_all(telegram, 25)
        await telegram.wait_for(lambda: telegram.sent("sendChatAction"), timeout_s=PATIENCE_S)
        bot.terminate()
        async for line in bot.stderr:
            if b"a second signal stops at once" in line:
                break
        bot.terminate()
        await bot.communicate()

    assert bot.returncode in (0, 128 + 15)

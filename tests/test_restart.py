import asyncio
import json
import os
import signal
from collections import Counter
from contextlib import contextmanager

import pytest
from command import COMMAND
from talk import free_port

from bot.simulator import Simulator
from bot.simulator.types import User

N_PEOPLE, N_QUESTIONS = 10, 50
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


async def ask_all(telegram):
    """Questions of several people at once."""
    people = [telegram.world.add_user(User(30_000 + n, f"Reader {n}")) for n in range(N_PEOPLE)]
    return [
        await telegram.say(f"How much is an adult day return to Orrey, {n}?", chat=people[n % N_PEOPLE])
        for n in range(N_QUESTIONS)
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
    await telegram.wait_for(
        lambda: sum(map(bool, replies(telegram, asked))) >= count, timeout_s=PATIENCE_S
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
async def test_restart_in_the_middle(sampled, number):
    """A bot that is stopped or killed in the midst of fifty questions answers each, and none twice."""
    async with Simulator() as telegram:
        first = await start(sampled.home, telegram)
        asked = await ask_all(telegram)
        await n_answered(telegram, asked, 5)
        first.send_signal(number)
        _, log = await first.communicate()
        early = sum(replies(telegram, asked))
        second = await start(sampled.home, telegram)
        await n_answered(telegram, asked, N_QUESTIONS)
        second.send_signal(signal.SIGTERM)
        _, later = await second.communicate()
        print(early, first.returncode, second.returncode)
        print(log.decode()[-1500:])

    assert replies(telegram, asked) == [1] * N_QUESTIONS

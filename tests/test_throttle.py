import asyncio

import pytest
from telegram.error import RetryAfter

from bot.throttle import Throttle


class Server:
    """Answers calls, the first ones with a flood."""

    def __init__(self, *waits):
        self.waits = list(waits)
        self.calls = []

    async def call(self, endpoint):
        """One call of the Bot API."""
        self.calls.append(endpoint)
        if self.waits:
            raise RetryAfter(self.waits.pop(0))
        return True


def send(throttle, server, endpoint="sendMessage", chat_id=1):
    """One call through the throttle."""
    return throttle.process_request(
        server.call, (endpoint,), {}, endpoint=endpoint, data={"chat_id": chat_id}, rate_limit_args=None
    )


@pytest.fixture(autouse=True)
def timedelta(monkeypatch):
    """As the application sets it."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


async def test_flood_in_one_chat():
    """While one chat waits out a flood another one is written to, and nothing is lost."""
    throttle, flooded, free = Throttle(), Server(0.2), Server()

    waiting = asyncio.create_task(send(throttle, flooded))
    await asyncio.sleep(0)
    await send(throttle, free, chat_id=2)
    was_waiting = not waiting.done()

    assert was_waiting
    assert await waiting
    assert flooded.calls == ["sendMessage"] * 2


async def test_flood_without_end():
    """After three waits the flood is the caller's to know."""
    server = Server(*[0.01] * 9)

    with pytest.raises(RetryAfter):
        await send(Throttle(), server)

    assert len(server.calls) == 4


async def test_flood_too_long_to_wait():
    """A wait that no reader would sit out is not begun."""
    server = Server(3600)

    with pytest.raises(RetryAfter):
        await send(Throttle(), server)

    assert len(server.calls) == 1


async def test_typing_is_not_repeated():
    """Typing is tried once, and in a group it takes no message's place."""
    server, throttle = Server(1), Throttle(group_max_rate=1, group_time_period=60)

    with pytest.raises(RetryAfter):
        await send(throttle, server, "sendChatAction", chat_id=-5)
    async with asyncio.timeout(1):
        for _ in range(5):
            await send(throttle, server, "sendChatAction", chat_id=-5)
        await send(throttle, server, "sendMessage", chat_id=-5)

    assert server.calls.count("sendMessage") == 1

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Chat, Message, Update

from bot.processor import ChatByChat


def update(chat_id, number=0):
    """A message in a chat."""
    chat = Chat(chat_id, Chat.PRIVATE)
    return Update(number, message=Message(number, None, chat, text="hi"))


async def settle():
    """Let every task run until it waits for something."""
    for _ in range(20):
        await asyncio.sleep(0)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 4)), max_size=30), st.integers(1, 3))
@settings(max_examples=50, deadline=None)
def test_order_in_each_chat(messages, places):
    """Whatever takes how long, the messages of a chat are worked on in order, one at a time."""

    async def run():
        processor, begun, ended, busy = ChatByChat(places), [], [], set()

        async def work(chat, number, n_waits):
            assert chat not in busy
            busy.add(chat)
            assert len(busy) <= places
            begun.append((chat, number))
            for _ in range(n_waits):
                await asyncio.sleep(0)
            busy.remove(chat)
            ended.append((chat, number))

        await asyncio.gather(
            *(
                processor.process_update(update(chat), work(chat, number, n_waits))
                for number, (chat, n_waits) in enumerate(messages)
            )
        )
        return begun, ended

    begun, ended = asyncio.run(run())

    for moments in (begun, ended):
        assert sorted(moments, key=lambda one: one[0]) == sorted(moments)
    assert len(ended) == len(messages)


async def test_chats_beside_each_other():
    """A chat with many waiting messages takes one place, and another chat is served meanwhile."""
    processor, gate, served = ChatByChat(2), asyncio.Event(), []

    async def wait():
        await gate.wait()

    async def serve():
        served.append(True)

    slow = [asyncio.create_task(processor.process_update(update(1), wait())) for _ in range(10)]
    await settle()
    await processor.process_update(update(2), serve())

    assert served
    gate.set()
    await asyncio.gather(*slow)


async def test_failure_frees_the_chat():
    """A failure ends its own update only."""
    processor, served = ChatByChat(), []

    async def fail():
        raise RuntimeError("no")

    async def serve():
        served.append(True)

    with pytest.raises(RuntimeError):
        await processor.process_update(update(1), fail())
    await processor.process_update(update(1), serve())

    assert served


async def test_update_without_chat():
    """An update of no chat is worked on all the same."""
    processor, served = ChatByChat(), []

    async def serve():
        served.append(True)

    async with processor:
        await processor.process_update(Update(1), serve())
        await processor.process_update("not an update", serve())

    assert len(served) == 2

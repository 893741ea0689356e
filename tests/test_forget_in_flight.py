import asyncio

from shelf_desk import ShelfDesk
from talk import ask, talking

from bot.memory import Memory
from bot.simulator import GROUP


class SlowDesk(ShelfDesk):
    """Answers once it may go on."""

    def answer(self, query):
        """See `Desk`."""
        self.working.set()
        self.go_on.wait(30)
        return super().answer(query)


async def test_forgotten_while_asking():
    """What is being answered while its reader is forgotten is answered, and then not remembered."""
    desk, memory = SlowDesk(), Memory()
    desk.go_on.clear()
    async with talking(desk, memory=memory) as telegram:
        asked = await telegram.say("/ask Which ferry carried oranges?", chat=GROUP)
        await asyncio.to_thread(desk.working.wait, 30)
        asking = await ask(telegram, "/forgetme")
        await telegram.press(asking, "Delete it all")
        await telegram.next_edit(asking)
        desk.go_on.set()
        reply = await telegram.next_reply(GROUP, after=asked)

    assert "forty passengers" in reply.text
    assert len(memory) == 0

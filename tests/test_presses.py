import pytest
from shelf_desk import FERRY, ShelfDesk, version
from talk import answered, ask, bolds, calls, quotations, talking

from bot.simulator import READER
from bot.simulator.errors import bad_request
from bot.simulator.people import press
from bot.simulator.sending import QUERY_TOO_OLD
from bot.simulator.types import Button
from bot.words import ENGLISH


def notices(telegram):
    """What pressed buttons were answered."""
    return [each.params.get("text") for each in telegram.sent("answerCallbackQuery")]


async def test_buttons(telegram):
    """A button shows what stands around an excerpt, in the same message, and Back restores it."""
    reply = await ask(telegram, "Which ferry carried oranges?")
    await telegram.press(reply, "Context 1")
    around = await telegram.next_edit(reply)
    await telegram.press(around, "Back")
    back = await telegram.next_edit(around)
    await calls(telegram, "answerCallbackQuery", 2)

    assert quotations(around) == [FERRY]
    assert bolds(around) == ["It carried forty passengers and a crate of oranges."]
    assert (back.text, back.entities, back.buttons) == (reply.text, reply.entities, reply.buttons)
    assert not any(notices(telegram))


async def test_buttons_after_restart(desk):
    """The buttons of a message work in a process that never sent it."""
    async with talking(desk) as telegram:
        reply = await ask(telegram, "Which ferry carried oranges?")
    async with talking(ShelfDesk()) as later:
        later.world.started.add(READER.id)
        kept = later.world.post(reply)
        await later.press(kept, "Context 1")

        around = await later.next_edit(kept)

    assert quotations(around) == [FERRY]


async def test_back_after_reindex(polled, desk):
    """Back restores the quoted excerpts even where the question would find others by now."""
    reply = await ask(polled, "Which ferry carried oranges?")
    await polled.press(reply, "Context 1")
    around = await polled.next_edit(reply)
    desk.shelf = (*desk.shelf, version(4, "Which ferry carried oranges? The big ferry carried oranges."))
    await polled.press(around, "Back")

    back = await polled.next_edit(around)

    assert quotations(back) == quotations(reply)
    assert back.buttons == reply.buttons


@pytest.mark.parametrize(
    ("payload", "word"), [("1aTAMPERED", "expired"), ("nonsense", "expired"), ("s:999", None)]
)
async def test_tampered_button(polled, payload, word):
    """A payload that somebody made up is told to have expired, or does what it says; it breaks nothing."""
    reply = await ask(polled, "Which ferry carried oranges?")
    forged = Button("Context 1", "callback_data", payload)
    query_id = press(polled.world, reply, forged, READER)

    notice = await answered(polled, query_id)
    after = await ask(polled, "/status")

    assert notice == (word and ENGLISH(word))
    assert "Ready." in after.text


async def test_expired_button(polled, desk):
    """A button whose excerpt is in no library any more says so and changes nothing."""
    reply = await ask(polled, "Which ferry carried oranges?")
    desk.shelf = ()
    await polled.press(reply, "Context 1")
    await calls(polled, "answerCallbackQuery")

    assert notices(polled) == [ENGLISH("expired")]
    assert not polled.sent("editMessageText")


async def test_button_pressed_twice(polled, desk):
    """Pressing twice is acknowledged twice and is no error."""
    reply = await ask(polled, "Which ferry carried oranges?")
    await polled.press(reply, "Context 1")
    await polled.press(reply, "Context 1")
    await calls(polled, "editMessageText", 2)
    after = await ask(polled, "/status")

    assert len(notices(polled)) == 2
    assert "Ready." in after.text


async def test_sources_pages():
    """The list of articles turns its pages in place, there and back."""
    shelf = tuple(version(seq, FERRY, title=f"Title {seq}") for seq in range(1, 21))
    async with talking(ShelfDesk(shelf)) as telegram:
        first = await ask(telegram, "/sources")
        await telegram.press(first, ENGLISH("older"))
        second = await telegram.next_edit(first)
        await telegram.press(second, ENGLISH("older"))
        third = await telegram.next_edit(second)
        await telegram.press(third, ENGLISH("newer"))
        back = await telegram.next_edit(third)

    assert first.text.startswith("Articles 1–8 of 20, newest first:\n• Title 1\n")
    assert third.text.startswith("Articles 17–20 of 20")
    assert [each.text for each in third.buttons] == [ENGLISH("newer")]
    assert back.text == second.text


async def test_press_without_snapshot(polled, desk):
    """A button that finds no snapshot to answer from says so where it was pressed."""
    reply = await ask(polled, "Which ferry carried oranges?")
    await polled.press(reply, "Context 1")
    around = await polled.next_edit(reply)
    desk.ready = False
    await polled.press(around, "Back")
    await calls(polled, "answerCallbackQuery", 2)

    assert notices(polled)[1] == ENGLISH("not-ready")


async def test_slow_press(polled):
    """A press that Telegram has given up waiting for still changes the message."""
    reply = await ask(polled, "Which ferry carried oranges?")
    polled.refuse("answerCallbackQuery", bad_request(QUERY_TOO_OLD))
    await polled.press(reply, "Context 1")

    around = await polled.next_edit(reply)

    assert quotations(around) == [FERRY]

"""Questions that lean on the ones before them, in a conversation with the bot."""

import pytest
from shelf_desk import ShelfDesk
from talk import ask, calls, quotations, talking

from bot.memory import FORGET_AFTER_S, Memory
from bot.simulator import GROUP, READER, SECOND_READER
from bot.simulator.types import Chat
from bot.simulator.world import ANONYMOUS
from bot.words import ENGLISH
from retrieval.types import Turn

FERRY = "Which ferry carried oranges?"
BRIDGE = "Which engineers replaced bolts?"
LEANING = "And when was that?"
TOGETHER = ENGLISH("searched-for", question=f"{FERRY} {LEANING}")


def notes(message):
    """What a message says was searched for."""
    said = [message.slice(each) for each in message.entities if each.kind == "italic"]
    return [text for text in said if text.startswith(ENGLISH("searched-for", question="").rstrip())]


async def test_going_on(telegram, desk):
    """A question that leans on the one before is answered with it, and the reply says what was searched."""
    first = await ask(telegram, FERRY)
    reply = await ask(telegram, LEANING)

    assert notes(first) == []
    assert notes(reply) == [TOGETHER]
    assert quotations(reply)[0] == quotations(first)[0]
    assert reply.reply_to.text == LEANING
    assert desk.histories == [(), (Turn("user", FERRY), Turn("agent", quotations(first)[0]))]


async def test_a_question_of_its_own(polled):
    """A question that can be understood alone is answered as if nothing had been said."""
    await ask(polled, FERRY)

    reply = await ask(polled, BRIDGE)

    assert notes(reply) == []
    assert quotations(reply)[0] == "Engineers replaced every bolt of the bridge."


async def test_nothing_found_says_what_was_searched(polled):
    """Where nothing is found, the reader learns that the question was read with the one before."""
    await ask(polled, "Who invented the telephone?")

    reply = await ask(polled, "Why?")

    assert reply.text.startswith("Not in these articles.")
    assert notes(reply) == [ENGLISH("searched-for", question="Who invented the telephone? Why?")]


async def test_markup_and_length(polled):
    """Earlier words are shown as they were written, and no more of them than a line or two."""
    await ask(polled, f"Which <b>ferry</i> &amp; carried {'oranges ' * 60}?")

    [note] = notes(await ask(polled, LEANING))

    assert note.startswith(ENGLISH("searched-for", question="Which <b>ferry</i> &amp; carried oranges"))
    assert len(note) < 280
    assert note.endswith(f"… {LEANING}")


async def test_forgotten(desk):
    """Ten minutes after the last question nothing of it is left."""

    class Clock:
        now = 0.0

        def __call__(self):
            return self.now

    clock = Clock()
    memory = Memory(clock)
    async with talking(desk, memory=memory) as telegram:
        await ask(telegram, FERRY)
        await ask(telegram, "/status")  # comes after the question is done with
        assert len(memory) == 2
        clock.now = FORGET_AFTER_S
        reply = await ask(telegram, LEANING)

    assert notes(reply) == []
    assert desk.histories == [(), ()]


@pytest.mark.parametrize(("command", "said"), [("/new", ENGLISH("new")), ("/start", "Hello. ")])
async def test_start_afresh(polled, desk, command, said):
    """/new and /start end what was talked about."""
    await ask(polled, FERRY)

    assert (await ask(polled, command)).text.startswith(said)
    assert notes(await ask(polled, LEANING)) == []
    assert desk.histories == [(), ()]


async def test_people_in_a_group(polled):
    """In a group each person's questions lean on their own, anonymous admins' too."""
    for user, question in ((READER, FERRY), (SECOND_READER, BRIDGE), (ANONYMOUS, "Is there a bakery?")):
        await ask(polled, f"/ask {question}", chat=GROUP, user=user)

    replies = [
        await ask(polled, f"/ask {LEANING}", chat=GROUP, user=user)
        for user in (READER, SECOND_READER, ANONYMOUS)
    ]

    assert [notes(reply) for reply in replies] == [
        [ENGLISH("searched-for", question=f"{question} {LEANING}")]
        for question in (FERRY, BRIDGE, "Is there a bakery?")
    ]


async def test_somebody_else_goes_on(polled):
    """Who replies to an answer goes on from the question that it answered, and from there."""
    first = await ask(polled, f"/ask {FERRY}", chat=GROUP)
    await ask(polled, f"/ask {BRIDGE}", chat=GROUP)
    await ask(polled, "/ask Is there a bakery?", chat=GROUP, user=SECOND_READER)

    reply = await ask(polled, LEANING, chat=GROUP, user=SECOND_READER, reply_to=first)
    further = await ask(polled, "/ask Why?", chat=GROUP, user=SECOND_READER)

    assert notes(reply) == [TOGETHER]
    assert notes(further) == [ENGLISH("searched-for", question=f"{FERRY} Why?")]


async def test_other_talk_in_a_group_is_not_remembered(polled, desk):
    """What is not addressed to the bot is nothing to go on from."""
    polled.world.privacy = False

    await polled.say(FERRY, chat=GROUP)
    reply = await ask(polled, f"/ask {LEANING}", chat=GROUP)

    assert notes(reply) == []
    assert desk.histories == [()]


async def test_topics_are_separate(polled):
    """In a forum each topic has its own conversation."""
    forum = polled.world.add_chat(Chat(-1009, "supergroup", "Forum", topics={5: "News", 6: "Sea"}))
    await ask(polled, f"/ask {FERRY}", chat=forum, thread=5)

    elsewhere = await ask(polled, f"/ask {LEANING}", chat=forum, thread=6)
    here = await ask(polled, f"/ask {LEANING}", chat=forum, thread=5)

    assert notes(elsewhere) == []
    assert notes(here) == [TOGETHER]


async def test_questions_in_quick_succession(polled, desk):
    """Questions sent before the first is answered lean on each other in the order they were sent."""
    for text in (FERRY, LEANING, BRIDGE, LEANING):
        await polled.say(text)

    await calls(polled, "sendMessage", 4)

    sent = [each for each in polled.messages() if each.sender == polled.world.bot]
    assert [notes(each) for each in sent] == [
        [],
        [TOGETHER],
        [],
        [ENGLISH("searched-for", question=f"{BRIDGE} {LEANING}")],
    ]


async def test_buttons_keep_what_was_searched(polled):
    """What was searched for stays in the message while its buttons are pressed."""
    await ask(polled, FERRY)
    reply = await ask(polled, LEANING)

    await polled.press(reply, "Context 1")
    around = await polled.next_edit(reply)
    await polled.press(around, "Back")
    back = await polled.next_edit(around)

    assert notes(around) == [TOGETHER]
    assert (back.text, back.entities, back.buttons) == (reply.text, reply.entities, reply.buttons)


async def test_buttons_after_a_restart(desk):
    """A process that knows nothing of the conversation keeps the line, and invents nothing else."""
    async with talking(desk) as telegram:
        await ask(telegram, FERRY)
        reply = await ask(telegram, LEANING)
    async with talking(ShelfDesk()) as later:
        later.world.started.add(READER.id)
        kept = later.world.post(reply)
        await later.press(kept, "Context 1")
        around = await later.next_edit(kept)
        await later.press(around, "Back")
        back = await later.next_edit(around)

    assert notes(around) == notes(back) == [TOGETHER]
    assert quotations(back) == quotations(reply)


async def test_a_failed_answer_is_not_gone_on_from(polled, desk):
    """A question that failed is asked again, not leant on."""
    desk.failure = RuntimeError("index 7")
    await ask(polled, FERRY)
    desk.failure = None

    await ask(polled, LEANING)

    assert desk.histories[-1] == ()


async def test_nothing_of_it_is_logged(desk, caplog):
    """Not even a debug log holds what is remembered."""
    caplog.set_level("DEBUG", logger="bot")
    async with talking(desk) as telegram:
        await ask(telegram, FERRY)
        await ask(telegram, LEANING)

    assert "oranges" not in caplog.text

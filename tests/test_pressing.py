from dataclasses import replace

from hashing_encoder import HashingEncoder
from talk import ask, bolds, calls, quotations, talking

from bot.records import records_of
from bot.simulator import ADMIN, GROUP, READER
from bot.simulator.people import press
from bot.simulator.types import Button
from bot.words import ENGLISH

ORANGES = "Which ferry carried oranges?"
NOWHERE = "Who won the cup?"


def labels(message):
    """What the buttons under a message say, row after row."""
    return [each.text for each in message.buttons]


def notices(telegram):
    """What pressed buttons were answered."""
    return [each.params.get("text") for each in telegram.sent("answerCallbackQuery")]


async def pressed(telegram, message, label):
    """The message after a button was pressed."""
    await telegram.press(message, label)
    return await telegram.next_edit(message)


async def test_more_and_back(telegram):
    """More shows what else comes close, numbered on and said to be no answer; Back restores the answer."""
    reply = await ask(telegram, "Who replaced every bolt?")
    more = await pressed(telegram, reply, "More")
    back = await pressed(telegram, more, "Back")

    assert bolds(more) == [ENGLISH("more-heading")]
    assert not set(quotations(more)) & set(quotations(reply))
    assert "[1]" not in more.text
    assert (back.text, back.buttons) == (reply.text, reply.buttons)


async def test_sources(telegram):
    """Sources lists the articles that were found, the closest first, with a way back."""
    reply = await ask(telegram, ORANGES)
    found = await pressed(telegram, reply, "Sources")

    assert found.text.startswith(ENGLISH("found-heading") + "\n1. Ferry <3 & oranges · The Coast")
    assert labels(found) == ["Back"]


async def test_question_that_is_gone(polled, desk):
    """Where the question was deleted, what needs it says that it has expired and the excerpts stay."""
    reply = await ask(polled, ORANGES)
    kept = polled.world.post(replace(reply, reply_to=None))
    await polled.press(kept, "More")
    await calls(polled, "answerCallbackQuery")

    assert notices(polled) == [ENGLISH("expired")]
    assert not polled.sent("editMessageText")


async def test_example(telegram, desk):
    """A question to begin with is asked in a message of its own, and answered under it."""
    hello = await ask(telegram, "/start")
    await telegram.press(hello, labels(hello)[0])
    asked = await telegram.next_reply(hello.chat, after=hello)
    answer = await telegram.next_reply(hello.chat, after=asked)

    assert asked.text == "What is known about ferry?"
    assert answer.reply_to.message_id == asked.message_id
    assert desk.asked == [asked.text]


async def test_votes(desk, tmp_path):
    """A vote is kept without a name, shown under the answer, and may be changed."""
    async with talking(desk, home=tmp_path) as telegram:
        reply = await ask(telegram, ORANGES)
        up = await pressed(telegram, reply, ENGLISH("helped"))
        why = await pressed(telegram, up, ENGLISH("not-helped"))
        down = await pressed(telegram, why, ENGLISH("reason-not_mine"))

    assert ENGLISH("helped-noted") in labels(up)
    assert labels(why)[-3:] == ["Wrong", "Outdated", "Not my question"]
    assert ENGLISH("not-helped-noted") in labels(down)
    assert quotations(down) == quotations(reply)
    assert notices(telegram) == [ENGLISH("thanks"), ENGLISH("why-not"), ENGLISH("reason-noted")]
    with records_of(tmp_path).file.reading() as database:
        assert database.execute("SELECT DISTINCT vote, reason FROM votes").fetchall() == [
            ("down", "not_mine")
        ]


async def test_report(desk, tmp_path):
    """Who finds an excerpt outdated can report it; which one is asked where there are several."""
    async with talking(desk, home=tmp_path) as telegram:
        reply = await ask(telegram, "What about the ferry and the bridge?")
        why = await pressed(telegram, reply, ENGLISH("not-helped"))
        down = await pressed(telegram, why, "Outdated")
        reported = await pressed(telegram, down, "Report 2")
        [report] = records_of(tmp_path).reports.open()

    assert [label for label in labels(down) if "Report" in label] == ["Report 1", "Report 2", "Report 3"]
    assert not [label for label in labels(reported) if "Report" in label]
    assert report.reasons == ("outdated",)
    assert notices(telegram)[-1] == ENGLISH("reported")


async def test_not_found(desk, tmp_path):
    """Where nothing answers, what comes closest is a press away, and so are other words and the editors."""
    async with talking(desk, home=tmp_path) as telegram:
        reply = await ask(telegram, NOWHERE)
        told = await pressed(telegram, reply, "Tell the editors")
        closest = await pressed(telegram, told, "Closest passages")
        gaps = records_of(tmp_path).gaps
        [kept] = gaps.clusters(HashingEncoder(), min_people=1)

    assert labels(reply) == ["Closest passages", "Ask differently", "Tell the editors"]
    assert notices(telegram)[0] == ENGLISH("editors-told")
    assert "Tell the editors" not in labels(told)
    assert bolds(closest) == [ENGLISH("related-heading")]
    assert quotations(closest)
    assert (kept.question, kept.people) == (NOWHERE, 1)


async def test_ask_differently(telegram):
    """Ask differently opens the input field, and what is written there is a question like any other."""
    reply = await ask(telegram, NOWHERE)
    await telegram.press(reply, "Ask differently")
    hint = await telegram.next_reply(reply.chat, after=reply)
    again = await ask(telegram, ORANGES, reply_to=hint)

    assert hint.text == ENGLISH("ask-differently-hint")
    assert quotations(again)


async def test_deep_link(telegram):
    """A link to an answer opens that very answer, without what would need its question."""
    reply = await ask(telegram, ORANGES)
    receipts = reply.buttons[0].callback_data[2:].split(".")
    opened = await ask(telegram, f"/start a-{'-'.join(receipts)}")
    strange = await ask(telegram, "/start a-TAMPERED")

    assert quotations(opened) == quotations(reply)
    assert "More" not in labels(opened)
    assert strange.text == ENGLISH("expired")


async def test_what_was_asked_is_counted(desk, tmp_path):
    """Questions and verdicts are counted, people once, and nothing is lost when the bot stops."""
    async with talking(desk, home=tmp_path) as telegram:
        await ask(telegram, ORANGES)
        await ask(telegram, NOWHERE)
        await ask(telegram, ORANGES, chat=ADMIN.id)
    [today] = records_of(tmp_path).counts.stats(1)

    assert (today.people, today.counts) == (2, {"asked": 3, "answer": 2, "not_found": 1})


async def test_go_on_from_an_example(telegram, desk):
    """What is asked by a button is the reader's own question: the next one may lean on it."""
    hello = await ask(telegram, "/start")
    await telegram.press(hello, labels(hello)[0])
    asked = await telegram.next_reply(hello.chat, after=hello)
    answer = await telegram.next_reply(hello.chat, after=asked)
    further = await telegram.say("And when was that?")
    await telegram.next_reply(hello.chat, after=further)

    assert answer.reply_to.message_id == asked.message_id
    assert desk.histories[-1][0].text == asked.text


async def test_receipts_of_another_message(polled):
    """A press that carries other receipts than its message shows changes nothing."""
    ours = await ask(polled, ORANGES)
    other = await ask(polled, "Who replaced every bolt?")
    forged = Button("Back", "callback_data", "0" + other.buttons[0].callback_data[1:])
    press(polled.world, ours, forged, READER)
    await calls(polled, "answerCallbackQuery")

    assert notices(polled) == [ENGLISH("expired")]
    assert not polled.sent("editMessageText")


async def test_private_buttons_in_a_group(polled, tmp_path):
    """What is one reader's own business is not done in a group, whoever makes up the button."""
    reply = await ask(polled, f"/ask {NOWHERE}", chat=GROUP)
    for payload in ("n:t", "n:d"):
        press(polled.world, reply, Button("x", "callback_data", payload), READER)
    await calls(polled, "answerCallbackQuery", 2)

    assert notices(polled) == [ENGLISH("expired")] * 2


async def test_edit_of_what_could_not_be_answered(polled):
    """Where a question could not be asked as it stood, its edit turns the objection into the answer."""
    said = await polled.say("/ask", chat=GROUP)
    objection = await polled.next_reply(GROUP, after=said)
    await polled.edit(said, f"/ask {ORANGES}")
    answer = await polled.next_edit(objection)

    assert objection.text == ENGLISH("ask-something")
    assert quotations(answer)

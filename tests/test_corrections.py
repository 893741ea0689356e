import logging

import pytest
from newsroom import ADMINS
from talk import ask, calls, quotations, talking, text_of

from bot.records import records_of
from bot.simulator import ADMIN, GROUP, READER, SECOND_READER
from bot.simulator.errors import ApiError
from bot.simulator.people import press
from bot.simulator.types import Button
from bot.words import ENGLISH

QUESTION = "Which ferry left Harbour Street?"
REPORTED = "Reported as wrong by 1 reader"


def at_work(room, **more):
    """The bot of the newsroom at work, with two admins."""
    desk = room.desk()
    return talking(desk, editor=room.editor(desk), admins=ADMINS, home=room.path, **more)


async def reported(telegram, *, chat=READER.id, user=None):
    """An answer whose first excerpt was reported as wrong, and the message that an admin gets."""
    for admin in (ADMIN.id, SECOND_READER.id):
        telegram.world.started.add(admin)
    asked = f"/ask {QUESTION}" if chat == GROUP else QUESTION
    answer = await ask(telegram, asked, chat=chat, user=user)
    for label in (ENGLISH("not-helped"), "Wrong", "Report"):
        shown = current(telegram, answer)
        await telegram.press(shown, next(each for each in labels(shown) if each.startswith(label)))
        await telegram.next_edit(shown)
    return answer, await telegram.next_reply(ADMIN.id)


def current(telegram, message):
    """A message as it stands now."""
    return telegram.world.message(message.chat.id, message.message_id)


def labels(message):
    """What the buttons under a message say."""
    return [each.text for each in message.buttons]


def toasts(telegram):
    """What the last presses were answered."""
    return [each.params.get("text") for each in telegram.sent("answerCallbackQuery")]


async def settled(telegram, message, label, wanted, **by):
    """The message once it says what is wanted after a press."""
    await telegram.press(message, label, **by)
    return await text_of(telegram, message, wanted)


@pytest.mark.parametrize("by", ["polling", "webhook"])
async def test_hide(room, by):
    """What an admin hides no answer shows any more; the reader hears of it, and the act is recorded."""
    async with at_work(room, by=by) as telegram:
        answer, report = await reported(telegram)
        other = await telegram.next_reply(SECOND_READER.id)
        hidden = await settled(telegram, report, "Hide", "hidden")
        told = await telegram.next_reply(after=answer)
        again = await ask(telegram, QUESTION)
        opened = await ask(telegram, f"/start a-{receipt_in(report)}")
        checked = await ask(telegram, f"/source {receipt_in(report)}")

    assert report.text.startswith(REPORTED)
    assert quotations(report) == [quotations(answer)[0]]
    assert other.text == report.text
    assert labels(report) == ["Hide", "Reindex", "Dismiss"]
    assert labels(hidden) == ["Show again"]
    assert told.text == ENGLISH("decision-hidden", title="The ferry to the islands")
    assert told.reply_to.message_id == answer.message_id
    assert quotations(answer)[0] not in quotations(again)
    assert opened.text == ENGLISH("expired")
    assert ENGLISH("receipt-hidden") in checked.text
    assert room.acts() == [("hide", f"hidden: report 1, receipt {receipt_in(report)}")]


def receipt_in(report):
    """The receipt that a report names."""
    [code] = [report.slice(each) for each in report.entities if each.kind == "code"]
    return code


async def test_show_again(room):
    """What was hidden by mistake can be shown again."""
    async with at_work(room) as telegram:
        answer, report = await reported(telegram)
        hidden = await settled(telegram, report, "Hide", "hidden")
        await telegram.next_reply(after=answer)  # the reader is told beside everything else
        shown = await settled(telegram, hidden, "Show again", "dismissed")
        again = await ask(telegram, QUESTION)

    assert labels(shown) == []
    assert quotations(again) == quotations(answer)
    assert [what for what, _ in room.acts()] == ["hide", "show"]


async def test_second_admin(room):
    """Who decides second, even after a restart, is shown what was decided first; the reader hears once."""
    async with at_work(room) as telegram:
        answer, report = await reported(telegram)
        other = await telegram.next_reply(SECOND_READER.id)
        await settled(telegram, report, "Dismiss", "dismissed")
        told = await telegram.next_reply(after=answer)
        await settled(telegram, other, "Hide", "dismissed", user=SECOND_READER)
    async with at_work(room) as later:
        later.world.started |= {ADMIN.id, READER.id}
        kept = later.world.post(report)
        await settled(later, kept, "Hide", "dismissed")
        late = toasts(later)
        messages = later.messages()

    assert told.text == ENGLISH("decision-dismissed", title="The ferry to the islands")
    assert toasts(telegram)[-2:] == [ENGLISH("settled-dismissed"), ENGLISH("stands-dismissed")]
    assert late == [ENGLISH("stands-dismissed")]
    assert messages == ()
    assert room.acts() == [("dismiss", f"dismissed: report 1, receipt {receipt_in(report)}")]


async def test_told_after_a_restart(room):
    """A reader who could not be told before the bot stopped is told when it starts."""
    async with at_work(room) as telegram:
        answer, report = await reported(telegram)
        await telegram.next_reply(SECOND_READER.id)
        telegram.refuse("sendMessage", ApiError(500, "Internal Server Error"))
        await settled(telegram, report, "Hide", "hidden")
        await telegram.wait_for(lambda: refused(telegram))
    async with at_work(room) as later:
        later.world.started.add(READER.id)
        told = await later.next_reply()

    assert telegram.messages()[-1].message_id == answer.message_id
    assert told.text == ENGLISH("decision-hidden", title="The ferry to the islands")
    assert records_of(room.path).reports.untold() == ()


def refused(telegram):
    """Whether a message to the reader was sent in vain."""
    sent = telegram.sent("sendMessage")
    return str(sent[-1].params["chat_id"]) == str(READER.id) and "reported" in sent[-1].params["text"]


async def test_blocked(room, caplog):
    """A reader who has blocked the bot since is one line in the log, and not tried again."""
    caplog.set_level(logging.INFO, "bot.decisions")
    async with at_work(room) as telegram:
        _, report = await reported(telegram)
        await telegram.block(READER)
        await settled(telegram, report, "Dismiss", "dismissed")

    [line] = [each.getMessage() for each in caplog.records if each.name == "bot.decisions"]
    assert "cannot be told" in line
    assert records_of(room.path).reports.untold() == ()
    assert QUESTION not in caplog.text


async def test_reindex(room):
    """Reindex leads to the usual reindex, which shows what it would change."""
    async with at_work(room) as telegram:
        _, report = await reported(telegram)
        await settled(telegram, report, "Reindex", "read again")
        asked = await telegram.next_reply(ADMIN.id, after=report)

    assert asked.text == ENGLISH("nothing-changed")
    assert room.acts()[0][0] == "reindex"


async def test_reindex_of_what_is_watched(room, tmp_path):
    """A watched article is read again first, and what is new can be reindexed from there."""
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "tram.txt").write_bytes(b"The tram\n\nThe red tram to the quarry was built in Leeds.")
    room.watch(str(folder))
    room.desk().reindex()
    async with at_work(room) as telegram:
        telegram.world.started.add(ADMIN.id)
        answer = await ask(telegram, "Which red tram was built for the quarry?")
        for label in (ENGLISH("not-helped"), "Outdated"):
            await telegram.press(answer, label)
            answer = await telegram.next_edit(answer)
        await telegram.press(answer, next(each for each in labels(answer) if each.startswith("Report")))
        report = await telegram.next_reply(ADMIN.id)
        (folder / "tram.txt").write_bytes(b"The tram\n\nThe red tram to the quarry was built in Hull.")
        await telegram.press(report, "Reindex")
        reading = await telegram.next_reply(ADMIN.id, after=report)
        read = await text_of(telegram, reading, "1 changed")

    assert report.text.startswith("Reported as outdated")
    assert labels(read) == ["Reindex"]


async def test_stranger(room):
    """Nobody else decides, whatever their button carries, and a report that is gone says so."""
    async with at_work(room) as telegram:
        answer, report = await reported(telegram)
        for payload in ("rh1", "rx1", "rd1", "rs1"):
            press(telegram.world, answer, Button("Hide", "callback_data", payload), READER)
        await calls(telegram, "answerCallbackQuery", 7)
        press(telegram.world, report, Button("Hide", "callback_data", "rh99"), ADMIN)
        await calls(telegram, "answerCallbackQuery", 8)

    assert set(toasts(telegram)[3:7]) == {ENGLISH("only-admins")}
    assert toasts(telegram)[7] == ENGLISH("report-expired")
    assert [each.state for each in records_of(room.path).reports.open()] == ["open"]
    assert room.acts() == []

import csv
import io

import pytest
from talk import ask, calls, talking

from bot.editor_render import GAPS_A_PAGE
from bot.records import records_of
from bot.simulator import ADMIN, GROUP, READER
from bot.simulator.people import press
from bot.simulator.types import Button
from bot.words import ENGLISH

TOWNS = [
    *("Alnmouth", "Berwick", "Craster", "Dunbar", "Eyemouth", "Filey"),
    *("Grimsby", "Hartlepool", "Inverness", "Jedburgh", "Kelso"),
]


def labels(message):
    """What the buttons under a message say."""
    return [each.text for each in message.buttons]


def fill(home):
    """What two readers asked in vain, once each in their own way, and one alone."""
    gaps = records_of(home).gaps
    for number, town in enumerate(TOWNS):
        for user_id in range(1, 4 if number == 5 else 3):
            gaps.tell(user_id, town * 3, language="en")
    gaps.tell(9, "Where does Nora Lind live?", language="en")


async def document(telegram):
    """The file that the bot sent last: its name and its rows."""
    sent = await telegram.wait_for(lambda: [each for each in telegram.messages(ADMIN.id) if each.attachment])
    name, content = telegram.world.files.content(sent[-1].attachment.file_id)
    return name.name, list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("by", ["polling", "webhook"])
async def test_gaps(desk, tmp_path, by):
    """Admins see what several readers asked in vain, the most asked first, page by page; nobody's alone."""
    fill(tmp_path)
    async with talking(desk, home=tmp_path, by=by) as telegram:
        first = await ask(telegram, "/gaps", chat=ADMIN.id)
        await telegram.press(first, ENGLISH("next-page"))
        second = await telegram.next_edit(first)
        await telegram.press(second, "Export as CSV")
        name, rows = await document(telegram)

    heading, *lines = first.text.splitlines()
    assert heading == ENGLISH("gaps-heading", first=1, last=GAPS_A_PAGE, total=len(TOWNS))
    assert lines[0].startswith(f"1. “{TOWNS[5] * 3}” · 3 people, last on ")
    assert len(lines) == GAPS_A_PAGE
    assert len(second.text.splitlines()) == 1 + len(TOWNS) - GAPS_A_PAGE
    assert "Nora" not in first.text + second.text + str(rows)
    assert labels(second) == [ENGLISH("previous-page"), "Export as CSV"]
    assert name.startswith("gaps-2")
    assert (rows[0][:3], len(rows)) == (["question", "people", "last_day"], len(TOWNS) + 1)


async def test_no_gaps(polled):
    """Where nothing was told by several readers, it is said how that comes about."""
    assert (await ask(polled, "/gaps", chat=ADMIN.id)).text == ENGLISH("no-gaps")


async def test_stats(telegram):
    """The numbers of the last days are a few lines to read, with the table behind a button."""
    for question in ("Which ferry carried oranges?", "Who won the cup?", "Who won the cup?"):
        await ask(telegram, question)
    shown = await ask(telegram, "/stats 2", chat=ADMIN.id)
    await telegram.press(shown, "Export as CSV")
    name, rows = await document(telegram)

    for line in ("Questions: 3", "Answered: 1 (33%)", "Not found: 2 (67%)"):
        assert line in shown.text.splitlines()
    assert "People a day: 0.5 on average, 1 at most" in shown.text
    assert name.startswith("stats-2")
    assert [len(rows), rows[0][:3], rows[1][1:3]] == [3, ["day", "people", "asked"], ["1", "3"]]


async def test_unhelpful(polled):
    """The articles that readers found unhelpful most often are named, with the number of votes."""
    reply = await ask(polled, "Which ferry carried oranges?")
    await polled.press(reply, ENGLISH("not-helped"))
    await polled.next_edit(reply)

    shown = await ask(polled, "/stats", chat=ADMIN.id)

    assert "Found unhelpful: “Ferry <3 & oranges” · 1" in shown.text.splitlines()


@pytest.mark.parametrize("days", ["0", "401", "-1", "many", "9" * 3_000, "²"])
async def test_how_many_days(polled, days):
    """Days that cannot be are answered with how they are written."""
    reply = await ask(polled, f"/stats {days}", chat=ADMIN.id)

    assert reply.text == ENGLISH("how-many-days", most=400)


async def test_no_numbers(polled):
    """Where nobody asked anything, that is said."""
    assert ENGLISH("stats-nothing") in (await ask(polled, "/stats", chat=ADMIN.id)).text


async def test_only_for_admins(desk, tmp_path):
    """Nobody else sees any of it, in a group nobody does, and a forged button does nothing."""
    fill(tmp_path)
    async with talking(desk, home=tmp_path) as telegram:
        told = [await ask(telegram, command) for command in ("/gaps", "/stats")]
        in_group = await ask(telegram, "/gaps", chat=GROUP, user=ADMIN)
        for payload in ("q:0", "e:gaps", "e:7"):
            press(telegram.world, told[0], Button("Next", "callback_data", payload), READER)
        answers = await calls(telegram, "answerCallbackQuery", 3)

    assert {each.text for each in told} == {ENGLISH("only-admins")}
    assert in_group.text == ENGLISH("in-private")
    assert {each.params["text"] for each in answers} == {ENGLISH("only-admins")}
    assert not telegram.sent("sendDocument")

"""Who is answered, who is told to wait, and who is not even told."""

import asyncio
import threading

import pytest
from shelf_desk import ShelfDesk
from talk import ADMINS, answered, ask, calls, quotations, talking

from bot.group_rules import GroupRules
from bot.hurry import BEHIND
from bot.intake import Intake
from bot.simulator import ADMIN, ANONYMOUS, GROUP, READER, SECOND_READER, Chat, User, people
from bot.words import ENGLISH
from bot.workers import Workers

ORANGES = "Which ferry carried oranges?"
ASKED = f"/ask {ORANGES}"


class HeldDesk(ShelfDesk):
    """Answers once it is let."""

    def __init__(self):
        super().__init__()
        self.let = threading.Event()
        self.begun = threading.Semaphore(0)

    def answer(self, query):
        """See `Desk`."""
        self.begun.release()
        self.let.wait(60)
        return super().answer(query)


@pytest.fixture
def desk():
    """A desk that holds its answers back."""
    held = HeldDesk()
    yield held
    held.let.set()


def say_as(telegram, channel):
    """A question in the group in the name of a channel."""
    said = telegram.world.post(people.write(GROUP, ANONYMOUS, ASKED))
    payload = said.to_json() | {"sender_chat": channel.to_json()}
    telegram.world.put_update("message", payload)
    return said


async def begun(desk, count=1):
    """Wait until so many answers are looked for."""
    for _ in range(count):
        await asyncio.to_thread(desk.begun.acquire)


async def until(is_so):
    """Let the others go on until it is so."""
    async with asyncio.timeout(60):
        for _ in iter(is_so, True):
            await asyncio.sleep(0)


class SlowDesk(ShelfDesk):
    """Notes which answers are wanted in a hurry, and gives each once there is a permit for it."""

    def __init__(self):
        super().__init__()
        self.hurried = []
        self.permits = threading.Semaphore(0)

    def answer(self, query):
        """See `Desk`."""
        self.hurried.append(query.hurried)
        assert self.permits.acquire(timeout=60)
        return super().answer(query)


async def test_hurry():
    """Where many wait each question takes less; with nobody behind it, all the time that it needs."""
    desk, workers = SlowDesk(), Workers(1)
    async with talking(desk, workers=workers) as telegram:
        readers = [telegram.world.add_user(User(70 + n, f"Reader {n}")) for n in range(BEHIND + 4)]
        asked = [await telegram.say(ORANGES, chat=each) for each in readers]
        await until(lambda: len(desk.hurried) == 1 and workers.waiting == BEHIND + 3)
        desk.permits.release()
        await until(lambda: len(desk.hurried) == 2 and workers.waiting == BEHIND + 2)
        desk.permits.release(len(readers))
        answers = [await telegram.next_reply(each.chat, after=each) for each in asked]
        await ask(telegram, ORANGES)

    assert all(map(quotations, answers))
    assert desk.hurried[2]
    assert not desk.hurried[-1]


async def test_busy(desk):
    """Where all places are taken whoever asks is told so once; those with a place get their answers."""
    async with talking(desk, intake=Intake(1)) as telegram:
        earlier = (await ask(telegram, "/help", chat=SECOND_READER.id)).reply_to
        first = await telegram.say(ORANGES)
        await begun(desk)
        await telegram.edit(earlier, ORANGES)
        told = await ask(telegram, ORANGES, chat=SECOND_READER.id)
        await telegram.say(ORANGES, chat=SECOND_READER.id)
        inline = await telegram.type_inline(ORANGES, user=User(77, "Ivo"))
        admin = asyncio.create_task(ask(telegram, ORANGES, chat=ADMIN.id))
        await begun(desk)
        desk.let.set()
        answer = await telegram.next_reply(READER.id, after=first)
        await admin

    assert told.text == inline.button.text == ENGLISH("crowded")
    assert quotations(answer)
    assert quotations(admin.result())
    assert len([each for each in telegram.messages(SECOND_READER.id) if each.sender.is_bot]) == 2


async def test_busy_in_a_group(desk):
    """A group is told once, whoever asks in it; a button says it over the chat, and later stops waiting."""
    async with talking(desk, intake=Intake(1)) as telegram:
        shown = await ask(telegram, "/start")
        await telegram.say(ORANGES, chat=SECOND_READER.id)
        await begun(desk)
        told = await ask(telegram, ASKED, chat=GROUP)
        await telegram.say(ASKED, chat=GROUP, user=SECOND_READER)
        presses = [await telegram.press(shown, shown.buttons[0].text) for _ in range(2)]
        words = [await answered(telegram, each) for each in presses]
        desk.let.set()
        await telegram.next_reply(SECOND_READER.id)

    assert told.text == ENGLISH("crowded")
    assert words == [ENGLISH("crowded"), None]
    assert len([each for each in telegram.messages(GROUP) if each.sender.is_bot]) == 1


async def test_one_noisy_person(desk):
    """Who asks one after the other loses places to whoever has none."""
    async with talking(desk, intake=Intake(4)) as telegram:
        said = [await telegram.say(ORANGES) for _ in range(4)]
        await begun(desk)
        others = [telegram.world.add_user(User(70 + number, f"Reader {number}")) for number in range(3)]
        asked = [await telegram.say(ORANGES, chat=each) for each in others]
        told = await telegram.next_reply(READER.id)
        desk.let.set()
        answers = [await telegram.next_reply(each.chat, after=each) for each in asked]
        await telegram.wait_for(lambda: len(telegram.sent("sendMessage")) >= 5)

    assert told.text == ENGLISH("crowded")
    assert told.reply_to.message_id == said[-1].message_id
    assert all(quotations(each) for each in answers)


async def test_too_often_in_private():
    """In private there is a limit too, of which admins are free."""
    rules = GroupRules(private_per_minute=2)
    async with talking(ShelfDesk(), rules=rules) as telegram:
        replies = [await ask(telegram, ORANGES) for _ in range(3)]
        await telegram.say(ORANGES)
        admins = [await ask(telegram, ORANGES, chat=ADMIN.id) for _ in range(4)]

    assert [bool(quotations(each)) for each in replies] == [True, True, False]
    assert replies[-1].text == ENGLISH("too-often", number=2)
    assert all(map(quotations, admins))
    assert len(telegram.messages(READER.id)) == 7
    assert ADMIN.id in ADMINS


async def test_in_the_name_of_channels():
    """Who writes in the name of ever other channels has no more questions than one person."""
    texts = []
    async with talking(ShelfDesk(), rules=GroupRules(per_minute=2)) as telegram:
        for number in range(3):
            channel = Chat(-1_001_000_000_100 - number, "channel", f"Channel {number}")
            said = say_as(telegram, channel)
            texts.append((await telegram.next_reply(GROUP, after=said)).text)
        person = await ask(telegram, ASKED, chat=GROUP, user=SECOND_READER)

    assert texts[-1] == ENGLISH("too-often", number=2)
    assert ENGLISH("too-often", number=2) not in texts[:-1]
    assert quotations(person)


async def test_events_are_never_refused(desk):
    """Being taken into a group is noticed while all places are taken."""
    async with talking(desk, intake=Intake(1)) as telegram:
        await telegram.say(ORANGES)
        await begun(desk)
        group = await telegram.add_bot(Chat(-1_001_000_000_009, "supergroup", "New"))
        hello = await telegram.next_reply(group)
        desk.let.set()
        await calls(telegram, "sendMessage", 2)

    assert hello.text.startswith(ENGLISH("group-hello", name=f"@{telegram.bot_username}")[:20])

import pytest
from talk import ADMINS, ask, calls, talking

from bot import keeping
from bot.activity_tables import PERSONAL
from bot.forget import Forgotten
from bot.memory import Memory
from bot.privacy_render import asked, forgotten, privacy
from bot.records import records_of
from bot.reports import Complaint, Reach
from bot.simulator import ADMIN, GROUP
from bot.simulator.html import parse_html
from bot.simulator.parties import User
from bot.simulator.people import press
from bot.simulator.types import Button
from bot.words import ENGLISH

# A number as long as those that Telegram gives now, so that it stands nowhere by chance.
IDA = User(5_234_567_891, "Ida", "Moss")
OTTO = User(5_345_678_902, "Otto", "Reed")
QUESTION = "Which zeppelin moored at Xanthe Quay?"


def at_work(room, **more):
    """The bot of the newsroom at work."""
    desk = room.desk()
    return talking(desk, editor=room.editor(desk), admins=ADMINS, home=room.path, **more)


def content(home):
    """The bytes of every file under a folder, and the names of all."""
    files = [path for path in sorted(home.rglob("*")) if path.is_file()]
    return b"".join(path.read_bytes() for path in files) + "".join(map(str, files)).encode()


def traces(home, user, *words):
    """What of somebody stands in any file: their hash, their id however written, and what they wrote."""
    people = [records_of(home).file.people.known(user.id, table) for table in PERSONAL]
    hashed = [form for each in people if each for form in (each.encode(), bytes.fromhex(each))]
    ids = (str(user.id).encode(), user.id.to_bytes(6, "big"), user.id.to_bytes(8, "little"))
    everything = content(home)
    return [each for each in (*hashed, *ids, *(word.encode() for word in words)) if each in everything]


def test_true_to_what_is_kept():
    """What /privacy says of how long things are kept is how long they are kept."""
    said = parse_html(privacy(ENGLISH).html)[0]

    for kept in (keeping.VOTES_KEPT, keeping.GAPS_KEPT, keeping.REPORTS_KEPT, keeping.COUNTS_KEPT):
        assert f"{kept.days} days" in said
    assert "/forgetme" in said


async def test_privacy(telegram):
    """Everybody is told what is kept, and the greeting says so too."""
    told, hello = await ask(telegram, "/privacy"), await ask(telegram, "/start")

    assert told.text == parse_html(privacy(ENGLISH).html)[0]
    assert "are not stored unless you tell the editors" in hello.text


@pytest.mark.parametrize("by", ["polling", "webhook"])
async def test_forgetme(room, by):
    """Who asks for it is shown what would be deleted, and after a press no file holds anything of them."""
    records, memory = records_of(room.path), Memory()
    async with at_work(room, by=by, memory=memory) as telegram:
        answer = await ask(telegram, QUESTION, chat=telegram.world.add_user(IDA))
        await telegram.press(answer, ENGLISH("not-helped"))
        await telegram.next_edit(answer)
        records.gaps.tell(IDA.id, QUESTION, language="en")
        records.gaps.tell(OTTO.id, "Why?", language="en")
        records.languages.choose(IDA.id, "en")
        complaint = Complaint("7F3K2M9Q", "ferry", "wrong")
        records.reports.take(IDA.id, complaint, Reach(IDA.id, 1, "en"))
        before = traces(room.path, IDA, "zeppelin", "Xanthe")
        asking = await ask(telegram, "/forgetme", chat=IDA.id)
        await telegram.press(asking, "Delete it all")
        done = await telegram.next_edit(asking)

    kept = Forgotten(votes=1, gaps=1, reports=1, language=True, seen=True)
    assert asking.text == parse_html(asked(ENGLISH, kept, IDA.id).html)[0]
    assert len(before) >= 3
    assert done.text == parse_html(forgotten(ENGLISH, kept).html)[0]
    assert not done.buttons
    assert traces(room.path, IDA, "zeppelin", "Xanthe") == []
    assert len(memory) == 0
    assert traces(room.path, OTTO) != []


async def test_kept_after_all(room):
    """Who thinks better of it keeps everything; who has nothing is told so."""
    async with at_work(room) as telegram:
        await ask(telegram, QUESTION, chat=telegram.world.add_user(IDA))
        asking = await ask(telegram, "/forgetme", chat=IDA.id)
        await telegram.press(asking, "Keep it")
        kept = await telegram.next_edit(asking)
        other = await ask(telegram, "/forgetme", chat=telegram.world.add_user(OTTO))
        await telegram.press(other, "Delete it all")
        gone = await telegram.next_edit(other)

    assert kept.text == ENGLISH("forget-kept")
    assert traces(room.path, IDA) != []
    assert other.text.startswith(ENGLISH("forget-nothing"))
    assert gone.text == ENGLISH("forgotten-nothing")


async def test_only_oneself(room):
    """Nobody can have somebody else forgotten, and in a group the bot asks for the private chat."""
    async with at_work(room) as telegram:
        await ask(telegram, QUESTION, chat=telegram.world.add_user(IDA))
        theirs = await ask(telegram, "/start", chat=ADMIN.id)
        press(telegram.world, theirs, Button("Delete", "callback_data", f"p!{IDA.id}"), ADMIN)
        [answer] = await calls(telegram, "answerCallbackQuery")
        in_group = await ask(telegram, "/forgetme", chat=GROUP)

    assert answer.params["text"] == ENGLISH("forget-others")
    assert traces(room.path, IDA) != []
    assert in_group.text == ENGLISH("in-private")


async def test_unaddressed(room, caplog):
    """Of a message in a group that is not for the bot nothing is written, wherever and however."""
    async with at_work(room) as telegram:
        telegram.world.privacy = False
        telegram.world.add_user(OTTO)
        await telegram.say("The zeppelin moored at Xanthe Quay.", chat=GROUP)
        said = await telegram.say("Is Xanthe Quay closed?", chat=GROUP, user=OTTO)
        await telegram.edit(said, "Is Xanthe Quay shut?")
        await telegram.send_file("xanthe.txt", b"Xanthe", caption="Xanthe Quay", chat=GROUP)
        await ask(telegram, "/ask Which ferry left Harbour Street?", chat=GROUP)

    assert b"xanthe" not in content(room.path).lower()
    assert b"zeppelin" not in content(room.path)
    assert "xanthe" not in caplog.text.lower()
    assert traces(room.path, OTTO) == []

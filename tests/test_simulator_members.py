import pytest
from bot_api_caller import Caller, buttons
from bot_api_schema import answer_problems
from telegram import Bot

from bot.simulator import ADMIN, BOT, GROUP, READER, SECOND_READER, Chat, Simulator

CLUB = Chat(-77, "group", "Small room")


@pytest.fixture
async def simulator():
    """A running simulator where time stands still."""
    async with Simulator(clock=lambda: 1_750_000_000.0) as running:
        yield running


@pytest.fixture
def call(simulator):
    """Calls methods of the simulator."""
    return Caller(simulator)


async def changes(call):
    """From and to what the bot changed, by whom and where, oldest first."""
    found = [each.get("my_chat_member") for each in (await call("getUpdates"))["result"]]
    return [
        (
            each["chat"]["id"],
            each["from"]["id"],
            *(each[f"{when}_chat_member"]["status"] for when in ("old", "new")),
        )
        for each in found
        if each
    ]


async def test_added(simulator, call):
    """A bot taken into a group is told so twice: by its membership and by the group itself."""
    await simulator.add_bot(CLUB, by=SECOND_READER)

    [_, told] = (await call("getUpdates"))["result"]

    assert await changes(call) == [(CLUB.id, SECOND_READER.id, "left", "member")]
    assert [each["id"] for each in told["message"]["new_chat_members"]] == [BOT.id]
    assert (await call("sendMessage", chat_id=CLUB.id, text="hello"))["ok"]


async def test_comes_and_goes(simulator, call):
    """Each change of what the bot is in a group names what it was before."""
    await simulator.promote(BOT)
    await simulator.demote(BOT)
    await simulator.kick(GROUP)
    await simulator.add_bot(GROUP)
    await call("leaveChat", chat_id=GROUP.id)

    assert await changes(call) == [
        (GROUP.id, ADMIN.id, "member", "administrator"),
        (GROUP.id, ADMIN.id, "administrator", "member"),
        (GROUP.id, ADMIN.id, "member", "kicked"),
        (GROUP.id, READER.id, "kicked", "member"),
        (GROUP.id, BOT.id, "member", "left"),
    ]
    own = await call("getChatMember", chat_id=GROUP.id, user_id=BOT.id)
    assert own["result"]["status"] == "left"


async def test_bot_as_admin_hears_everything(simulator, call):
    """A bot that is an admin of a group is given all that is said there."""
    await simulator.say("just talking", chat=GROUP)
    await simulator.promote(BOT)
    await simulator.say("talking on", chat=GROUP)

    heard = [each["message"]["text"] for each in (await call("getUpdates"))["result"] if "message" in each]

    assert heard == ["talking on"]


async def test_blocked_and_back(simulator, call):
    """A person who blocks the bot and writes to it again is told of both times, before the message."""
    await simulator.say("hello")
    await simulator.block(READER)
    refused = await call.refused("sendMessage", chat_id=READER.id, text="hello?")
    await simulator.say("/start")
    kinds = [
        next(kind for kind in each if kind != "update_id") for each in (await call("getUpdates"))["result"]
    ]

    assert refused == "Forbidden: bot was blocked by the user"
    assert kinds == ["message", "my_chat_member", "my_chat_member", "message"]
    assert await changes(call) == [
        (READER.id, READER.id, "member", "kicked"),
        (READER.id, READER.id, "kicked", "member"),
    ]


async def test_unblocked_without_a_word(simulator, call):
    """A person can let the bot write again without writing to it, and only if they had blocked it."""
    await simulator.say("hello")
    await simulator.block(READER)
    await simulator.unblock(READER)
    await simulator.unblock(READER)

    assert len(await changes(call)) == 2
    assert (await call("sendMessage", chat_id=READER.id, text="hello"))["ok"]


async def test_deleted_account(simulator, call):
    """A person who deleted their account can no longer be written to, and the bot was not told."""
    await simulator.say("hello")
    await simulator.deactivate(READER)

    refused = await call.refused("sendMessage", chat_id=READER.id, text="hello?")

    assert refused == "Forbidden: user is deactivated"
    assert await changes(call) == []


async def test_administrators(simulator, call):
    """Who runs a group is told: its owner and its admins, anonymous ones as such, the bot among them."""
    await simulator.promote(SECOND_READER, anonymous=True)
    await simulator.promote(BOT)

    found = (await call("getChatAdministrators", chat_id=GROUP.id))["result"]
    one = (await call("getChatMember", chat_id=GROUP.id, user_id=SECOND_READER.id))["result"]

    assert [(each["user"]["id"], each["status"], each["is_anonymous"]) for each in found] == [
        (ADMIN.id, "creator", False),
        (SECOND_READER.id, "administrator", True),
        (BOT.id, "administrator", False),
    ]
    assert one["status"] == "administrator"
    assert answer_problems("getChatAdministrators", found) == []
    assert answer_problems("getChatMember", one) == []
    await simulator.demote(SECOND_READER)
    assert len((await call("getChatAdministrators", chat_id=GROUP.id))["result"]) == 2


async def test_no_administrators_in_private(simulator, call):
    """A private chat has no administrators."""
    await simulator.say("hello")

    refused = await call.refused("getChatAdministrators", chat_id=READER.id)

    assert refused == "Bad Request: there are no administrators in the private chat"


async def test_moved(simulator, call):
    """A group that becomes a supergroup tells so in both, keeps its admins, and refuses the old id."""
    await simulator.add_bot(CLUB)
    await simulator.promote(SECOND_READER, chat=CLUB)
    new = await simulator.upgrade(CLUB, new_id=-10077)

    old_told, new_told = [each["message"] for each in (await call("getUpdates"))["result"][-2:]]
    refused = await call("sendMessage", chat_id=CLUB.id, text="hello?")
    member = await call("getChatMember", chat_id=new.id, user_id=SECOND_READER.id)

    assert (old_told["chat"]["id"], old_told["migrate_to_chat_id"]) == (CLUB.id, new.id)
    assert (new_told["chat"]["id"], new_told["migrate_from_chat_id"]) == (new.id, CLUB.id)
    assert new_told["chat"]["type"] == "supergroup"
    assert refused["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert refused["parameters"] == {"migrate_to_chat_id": new.id}
    assert member["result"]["status"] == "administrator"


async def test_deleted_message(simulator, call):
    """A message somebody deletes is gone for the bot's edits and replies, and no update tells so."""
    sent = await call.sent(reply_markup=buttons([{"callback_data": "a"}]))
    await simulator.delete(simulator.messages(GROUP)[-1])
    target = {"chat_id": GROUP.id, "message_id": sent["message_id"], "text": "x"}

    assert await call.refused("editMessageText", **target) == "Bad Request: message to edit not found"
    assert (await call("getUpdates"))["result"] == []


async def test_updates_are_read_by_a_client(simulator):
    """What happens to the bot and its groups is read as such by python-telegram-bot."""
    await simulator.add_bot(CLUB)
    await simulator.upgrade(CLUB, new_id=-10077)
    await simulator.block(READER)

    async with Bot(simulator.token, base_url=f"{simulator.url}/bot") as bot:
        added, joined, to, back, blocked = await bot.get_updates()

    assert added.my_chat_member.new_chat_member.status == "member"
    assert joined.message.new_chat_members[0].id == BOT.id
    assert (to.message.migrate_to_chat_id, back.message.migrate_from_chat_id) == (-10077, CLUB.id)
    assert blocked.my_chat_member.new_chat_member.status == "kicked"

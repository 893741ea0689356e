import pytest
from bot_api_caller import Caller, buttons

from bot.simulator import ADMIN, ANONYMOUS, BOT, GROUP, READER, SECOND_READER, Chat, Simulator

CLUB = Chat(-1002, "supergroup", "Book club", topics={7: "Reviews"})


@pytest.fixture
async def simulator():
    """A running simulator with a forum, where time stands still."""
    async with Simulator(clock=lambda: 1_750_000_000.0) as running:
        running.world.add_chat(CLUB)
        yield running


@pytest.fixture
def call(simulator):
    """Calls methods of the simulator."""
    return Caller(simulator)


async def test_topic(call, simulator):
    """A message to a topic stays in it, and so does a reply to it."""
    asked = await simulator.say("/ask who?", chat=CLUB, thread=7)

    sent = await call.sent(chat_id=CLUB.id, message_thread_id=7)
    reply = await call.sent(chat_id=CLUB.id, reply_parameters={"message_id": asked.message_id})

    assert sent["is_topic_message"]
    assert reply["message_thread_id"] == 7


async def test_delete(call, simulator):
    """The bot deletes its own messages, and others' only in private."""
    private, public = await simulator.say("a"), await simulator.say("b", chat=GROUP)

    assert (await call("deleteMessage", chat_id=READER.id, message_id=private.message_id))["ok"]
    assert await call.refused("deleteMessage", chat_id=GROUP.id, message_id=public.message_id) == (
        "Bad Request: message can't be deleted"
    )
    assert await call.refused("deleteMessage", chat_id=GROUP.id, message_id=99) == (
        "Bad Request: message to delete not found"
    )


async def test_press_is_answered_once(call, simulator):
    """A callback query is answered once, in at most 200 characters."""
    sent = await call.sent(reply_markup=buttons([{"callback_data": "a"}]))
    query = await simulator.press(simulator.messages(GROUP)[-1], "b", user=SECOND_READER)
    update = (await call("getUpdates"))["result"][-1]["callback_query"]

    assert (update["id"], update["data"], update["from"]["id"]) == (query, "a", SECOND_READER.id)
    assert update["message"]["message_id"] == sent["message_id"]
    too_long = await call.refused("answerCallbackQuery", callback_query_id=query, text="a" * 201)
    assert too_long == "Bad Request: MESSAGE_TOO_LONG"
    assert (await call("answerCallbackQuery", callback_query_id=query, text="a" * 200))["ok"]
    again = await call.refused("answerCallbackQuery", callback_query_id=query)
    assert again.startswith("Bad Request: query is too old and response timeout expired")


async def test_missing_button(call, simulator):
    """Pressing a button that is not there is the test's mistake, and says what is there."""
    await call.sent(reply_markup=buttons([{"callback_data": "a"}]))

    with pytest.raises(LookupError, match=r"no button 'c' on message 1; it has \['b'\]"):
        await simulator.press(simulator.messages(GROUP)[-1], "c")


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("just talking", False),
        ("/ask who?", True),
        ("/ask@footnote_demo_bot who?", True),
        ("/ask@other_bot who?", False),
        ("@Footnote_Demo_Bot who?", True),
        ("@footnote_demo_bots who?", False),
        ("mail footnote_demo_bot", False),
    ],
)
async def test_privacy_mode(call, simulator, text, heard):
    """In a group the bot hears what is meant for it, and nothing else."""
    await simulator.say(text, chat=GROUP)

    assert bool((await call("getUpdates"))["result"]) is heard


async def test_reply_and_text_mention_are_heard(call, simulator):
    """In a group the bot hears replies to it and mentions of it by name."""
    await call.sent()
    await simulator.say("why?", chat=GROUP, reply_to=simulator.messages(GROUP)[0], user=SECOND_READER)
    await simulator.say_naming_bot("🙂 Footnote, why?", "Footnote", chat=GROUP)

    replied, named = [each["message"] for each in (await call("getUpdates"))["result"]]

    assert replied["reply_to_message"]["from"]["id"] == BOT.id
    assert replied["from"]["id"] == SECOND_READER.id
    assert named["entities"][0] | {"user": named["entities"][0]["user"]["id"]} == {
        "type": "text_mention",
        "offset": 3,
        "length": 8,
        "user": BOT.id,
    }


async def test_privacy_off(call, simulator):
    """With privacy mode off the bot hears everything."""
    simulator.world.privacy = False
    await simulator.say("just talking", chat=GROUP)

    assert (await call("getMe"))["result"]["can_read_all_group_messages"]
    assert len((await call("getUpdates"))["result"]) == 1


async def test_anonymous_admin(call, simulator):
    """An admin who writes as the group arrives with the group as sender_chat."""
    await simulator.say("/reindex", chat=GROUP, user=ANONYMOUS)

    [update] = (await call("getUpdates"))["result"]

    assert update["message"]["sender_chat"]["id"] == GROUP.id
    assert update["message"]["from"]["id"] == ANONYMOUS.id


async def test_commands_are_kept_by_scope(call):
    """A menu is kept for its scope, and deleting it leaves the others."""
    scope = {"type": "chat", "chat_id": READER.id}
    for name, where in {"ask": {}, "reindex": {"scope": scope}}.items():
        await call("setMyCommands", commands=[{"command": name, "description": "x"}], **where)

    everyone = await call("getMyCommands")
    await call("deleteMyCommands")

    assert [each["command"] for each in everyone["result"]] == ["ask"]
    assert (await call("getMyCommands"))["result"] == []
    assert len((await call("getMyCommands", scope=scope))["result"]) == 1


async def test_page_menu_follows_scope(call, simulator):
    """A chat offers the menu made for it before the one for everybody."""
    scope = {"type": "chat", "chat_id": ADMIN.id}
    for name, where in {"ask": {}, "reindex": {"scope": scope}}.items():
        await call("setMyCommands", commands=[{"command": name, "description": "x"}], **where)

    menus = [simulator.world.menu(simulator.world.chats[user.id]) for user in (READER, ADMIN)]

    assert [[each["command"] for each in menu] for menu in menus] == [["ask"], ["reindex"]]


async def test_members(call):
    """The admin owns the group and a reader is a member."""
    statuses = [
        (await call("getChatMember", chat_id=GROUP.id, user_id=user.id))["result"]["status"]
        for user in (ADMIN, READER, BOT)
    ]

    assert statuses == ["creator", "member", "member"]

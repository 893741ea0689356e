import pytest
from bot_api_caller import Caller, buttons
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator import ADMIN, BOT, GROUP, READER, Simulator
from bot.simulator.links import start_payload

HERE = f"https://t.me/{BOT.username}"


@pytest.fixture
async def simulator():
    """A running simulator where time stands still."""
    async with Simulator(clock=lambda: 1_750_000_000.0) as running:
        yield running


@pytest.fixture
def call(simulator):
    """Calls methods of the simulator."""
    return Caller(simulator)


async def set_menu(call, name, **where):
    """Give a scope and language a menu of one command."""
    assert (await call("setMyCommands", commands=[{"command": name, "description": "x"}], **where))["ok"]


def menu(simulator, chat, user):
    """The names of the commands somebody is offered."""
    return [each["command"] for each in simulator.world.menu(simulator.world.chats[chat], user)]


async def test_person_has_a_language(simulator, call):
    """A person's language reaches the bot with all they do, and stays theirs."""
    await simulator.say("one")
    await simulator.set_language(READER, "fa")
    await simulator.say("two")
    await simulator.say("/ask", chat=GROUP)
    await simulator.set_language(READER, "")
    await simulator.say("three")

    people = [each["message"]["from"] for each in (await call("getUpdates"))["result"]]

    assert [each.get("language_code") for each in people] == ["en", "fa", "fa", None]
    assert (await call("getChatMember", chat_id=GROUP.id, user_id=READER.id))["ok"]


async def test_menu_by_scope_and_language(simulator, call):
    """A menu is the narrowest scope's, in the person's language before everybody's."""
    await simulator.set_language(READER, "ru")
    await set_menu(call, "all")
    await set_menu(call, "all_ru", language_code="ru")
    await set_menu(call, "groups", scope={"type": "all_group_chats"})
    await set_menu(call, "admins", scope={"type": "all_chat_administrators"})
    reader, admin = simulator.world.known(READER), ADMIN

    assert menu(simulator, READER.id, reader) == ["all_ru"]
    assert menu(simulator, ADMIN.id, admin) == ["all"]
    assert menu(simulator, GROUP.id, reader) == ["groups"]
    assert menu(simulator, GROUP.id, admin) == ["admins"]
    await set_menu(call, "this", scope={"type": "chat_administrators", "chat_id": GROUP.id})
    await set_menu(call, "hers", scope={"type": "chat_member", "chat_id": GROUP.id, "user_id": READER.id})
    assert menu(simulator, GROUP.id, admin) == ["this"]
    assert menu(simulator, GROUP.id, reader) == ["hers"]
    stored = await call("getMyCommands", language_code="ru")
    assert [each["command"] for each in stored["result"]] == ["all_ru"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [("Name", "name"), ("Description", "description"), ("ShortDescription", "short_description")],
)
async def test_texts_by_language(simulator, call, kind, name):
    """What the bot says of itself is kept for each language."""
    await call(f"setMy{kind}", **{name: "Hello"})
    await call(f"setMy{kind}", **{name: "سلام"}, language_code="fa")

    assert (await call(f"getMy{kind}"))["result"] == {name: "Hello"}
    assert (await call(f"getMy{kind}", language_code="fa"))["result"] == {name: "سلام"}
    assert [simulator.world.menus.text(name, code) for code in ("fa", "de")] == ["سلام", "Hello"]


async def test_name_of_old(call):
    """A bot that set no name has its own, and no descriptions."""
    assert (await call("getMyName"))["result"] == {"name": BOT.first_name}
    assert (await call("getMyDescription", language_code="de"))["result"] == {"description": ""}
    assert (await call("getMyShortDescription"))["result"] == {"short_description": ""}


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("setMyName", {"name": "a" * 65}, "name is too long"),
        ("setMyName", {"name": "a", "language_code": "eng"}, "invalid language code specified"),
        ("getMyDescription", {"language_code": "EN"}, "invalid language code specified"),
        ("setMyCommands", {"commands": [], "language_code": "e"}, "invalid language code specified"),
    ],
)
async def test_refused_texts(call, method, params, words):
    """A name that is too long and a language that is none are refused."""
    assert await call.refused(method, **params) == f"Bad Request: {words}"


async def test_deep_link_is_followed(simulator, call):
    """A clicked deep link, in the words or on a button, opens the private chat with its payload."""
    link = f"{HERE}?start=a_7-B"
    await call.sent(
        f'see <a href="{link}">more</a>', parse_mode="HTML", reply_markup=buttons([{"url": link}])
    )
    sent = simulator.messages(GROUP)[-1]

    by_words = await simulator.follow(sent, "more")
    by_button = await simulator.follow(sent, "b", user=ADMIN)

    assert (by_words.text, by_words.chat.id) == ("/start a_7-B", READER.id)
    assert (by_button.text, by_button.chat.id) == ("/start a_7-B", ADMIN.id)
    updates = [each["message"] for each in (await call("getUpdates"))["result"]]
    assert [each["entities"][0]["type"] for each in updates] == ["bot_command", "bot_command"]


async def test_answered_press_is_led_to_private(simulator, call):
    """The answer to a pressed button may lead to the private chat with a payload, and nowhere else."""
    await call.sent(reply_markup=buttons([{"callback_data": "a"}]))
    query = await simulator.press(simulator.messages(GROUP)[-1], "b")
    answer = {"callback_query_id": query}

    refused = await call.refused("answerCallbackQuery", **answer, url="https://example.org/")
    assert (await call("answerCallbackQuery", **answer, url=f"{HERE}?start=a"))["ok"]

    assert refused == "Bad Request: URL_INVALID"
    assert [each.text for each in simulator.messages(READER.id)] == ["/start a"]


async def test_bare_deep_link_is_found(simulator, call):
    """An address of Telegram's own is a link without its https too."""
    address = f"t.me/{BOT.username}?start=x"
    await call.sent(f"see {address} now")

    assert (await simulator.follow(simulator.messages(GROUP)[-1], address)).text == "/start x"


async def test_links_that_start_nothing(simulator, call):
    """A link that is not there, or that hands nothing over, is the test's mistake and says so."""
    await call.sent(f'<a href="{HERE}">bot</a>', parse_mode="HTML")
    sent = simulator.messages(GROUP)[-1]

    with pytest.raises(ValueError, match="does not start @footnote_demo_bot with a payload"):
        await simulator.follow(sent, "bot")
    with pytest.raises(LookupError, match="no link 'more' in message 1"):
        await simulator.follow(sent, "more")


@pytest.mark.parametrize(
    ("address", "payload"),
    [
        (f"{HERE}?start=abc", "abc"),
        (f"t.me/{BOT.username.upper()}/?start=abc", "abc"),
        (f"tg://resolve?domain={BOT.username}&start=abc", "abc"),
        (f"{HERE}?start={'a' * 64}", "a" * 64),
        (f"{HERE}?start={'a' * 65}", None),
        (f"{HERE}?start=a%20b", None),
        (f"{HERE}?start=", None),
        (f"{HERE}?startgroup=abc", None),
        ("https://t.me/other_bot?start=abc", None),
        (f"https://example.org/{BOT.username}?start=abc", None),
        (f"ftp://t.me/{BOT.username}?start=abc", None),
        ("https://[t.me/?start=abc", None),
    ],
)
def test_start_payload(address, payload):
    """A deep link is the bot's own and hands over 1 to 64 of the letters Telegram takes."""
    assert start_payload(address, BOT.username) == payload


@given(st.text())
def test_any_address_has_a_payload_or_none(address):
    """Whatever stands in a link, it is read without an error."""
    assert start_payload(address, BOT.username) is None

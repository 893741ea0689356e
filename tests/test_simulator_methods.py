import json

import pytest
from bot_api_caller import Caller, buttons
from tornado.httpclient import AsyncHTTPClient

from bot.simulator import GROUP, READER, SECOND_READER, Simulator

REPLY_WITHOUT_ID = 'can\'t parse reply parameters: field "message_id" must be of type Number'


@pytest.fixture
async def simulator():
    """A running simulator where time stands still."""
    async with Simulator(clock=lambda: 1_750_000_000.0) as running:
        yield running


@pytest.fixture
def call(simulator):
    """Calls methods of the simulator."""
    return Caller(simulator)


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "🏟" * 8193}, "text is too long"),
        (
            {"text": "<p>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "p" at byte offset 0',
        ),
        ({"parse_mode": "Html5"}, "unsupported parse_mode"),
        ({"chat_id": ""}, "chat_id is empty"),
        ({"chat_id": 5}, "chat not found"),
        ({"chat_id": "@nobody"}, "chat not found"),
        ({"message_thread_id": 7}, "message thread not found"),
        ({"message_thread_id": "x"}, 'field "message_thread_id" must be of type Number'),
        ({"text": ["a"]}, 'field "text" must be of type String'),
        ({"reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"reply_parameters": "7"}, "object expected as reply parameters"),
        ({"reply_parameters": "{"}, "can't parse reply parameters JSON object"),
        ({"reply_markup": buttons([{"callback_data": ""}])}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": buttons([{"callback_data": "é" * 33}])}, "BUTTON_DATA_INVALID"),
        (
            {"reply_markup": buttons([{"url": "no link"}])},
            "inline keyboard button URL 'no link' is invalid: Wrong HTTP URL",
        ),
        (
            {"reply_markup": buttons([{}])},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"reply_markup": buttons([{"text": " ", "callback_data": "a"}])},
            "inline keyboard button text must be non-empty",
        ),
        ({"reply_markup": buttons([{"callback_data": "a"}] * 9)}, "reply markup is too long"),
        ({"reply_markup": buttons(*[[{"callback_data": "a"}] * 8] * 13)}, "reply markup is too long"),
        (
            {"link_preview_options": {"disabled": True}},
            "can't parse link preview options: unknown field disabled",
        ),
        ({"text": "a\ud800"}, "strings must be encoded in UTF-8"),
        ({"reply_markup": {"inline_keyboard": 7}}, 'field "inline_keyboard" must be of type Array'),
        (
            {"reply_markup": {"inline_keyboard": [7]}},
            "can't parse inline keyboard: expected an Array of rows",
        ),
        (
            {"reply_markup": {"inline_keyboard": [[7]]}},
            "can't parse inline keyboard button: expected an Object",
        ),
        ({"reply_parameters": {"chat_id": 1}}, REPLY_WITHOUT_ID),
    ],
)
async def test_refused_message(call, params, words):
    """A message that Telegram would refuse is refused in its words."""
    described = await call.refused("sendMessage", **{"chat_id": GROUP.id, "text": "hello"} | params)

    assert described == f"Bad Request: {words}"


async def test_longest_message(call):
    """4096 characters after parsing are enough, however long the markup is."""
    sent = await call.sent("<b>" + "&amp;" * 4096 + "</b>", parse_mode="HTML")

    assert sent["text"] == "&" * 4096
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


async def test_entities_past_the_hundredth_are_dropped(call):
    """A message keeps its first hundred entities."""
    sent = await call.sent("<b>a</b> " * 150, parse_mode="HTML")

    assert len(sent["entities"]) == 100


async def test_spaces_around_are_trimmed(call):
    """Spaces around a message and control characters in it go, and entities stay on their words."""
    sent = await call.sent(" \n\u202e\r<b>a</b>\x07<i>b</i> \n", parse_mode="HTML")

    assert sent["text"] == "a b"
    assert [(each["offset"], each["length"]) for each in sent["entities"]] == [(0, 1), (2, 1)]


async def test_entities_given_without_markup(call):
    """Entities may be given instead of markup; those Telegram finds by itself are not taken from the bot."""
    given = [
        {"type": "bold", "offset": 0, "length": 2},
        {"type": "bot_command", "offset": 0, "length": 5},
        {"type": "text_link", "offset": 3, "length": 2, "url": "https://example.org/"},
    ]

    sent = await call.sent("🏟 ok", entities=given)

    assert sent["entities"] == [given[0], given[2]]


@pytest.mark.parametrize(
    "wrong",
    [
        "bold",
        [7],
        [{"type": "bold"}],
        [{"type": "bold", "offset": 0, "length": 0}],
        [{"type": "loud", "offset": 0, "length": 1}],
    ],
)
async def test_wrong_entities(call, wrong):
    """Entities that are none are refused."""
    assert "Bad Request" in await call.refused("sendMessage", chat_id=GROUP.id, text="hello", entities=wrong)


async def test_mention_of_a_stranger_is_dropped(call):
    """A link to a person the bot never met mentions nobody."""
    sent = await call.sent(
        '<a href="tg://user?id=1003">Tomas</a> <a href="tg://user?id=9">X</a>', parse_mode="HTML"
    )

    assert [each["user"]["id"] for each in sent["entities"]] == [SECOND_READER.id]


async def test_form_and_query_are_read(simulator):
    """Parameters travel as a form, in the address, or both."""
    response = await AsyncHTTPClient().fetch(
        f"{simulator.url}/bot{simulator.token}/SENDMESSAGE?chat_id={GROUP.id}",
        method="POST",
        body="text=a%26b",
    )

    assert json.loads(response.body)["result"]["text"] == "a&b"


async def test_multipart_is_read(simulator):
    """Parameters travel as multipart form data too."""
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {"chat_id": GROUP.id, "text": "a&b"}.items()
    )
    response = await AsyncHTTPClient().fetch(
        f"{simulator.url}/bot{simulator.token}/sendMessage",
        method="POST",
        headers={"Content-Type": "multipart/form-data; boundary=x"},
        body=body + "--x--\r\n",
    )

    assert json.loads(response.body)["result"]["text"] == "a&b"


async def test_unknown_method(call):
    """A method that does not exist is not found."""
    assert await call.refused("sendMassage") == "Not Found: method not found"


async def test_reply_may_lose_its_message(call):
    """A reply to a deleted message is sent without it, if the bot allows that."""
    gone = {"message_id": 99, "allow_sending_without_reply": True}

    assert "reply_to_message" not in await call.sent(reply_parameters=gone)


async def test_edit(call):
    """An edit that changes nothing is refused; one that changes the keyboard is not."""
    sent = await call.sent(reply_markup=buttons([{"callback_data": "a"}]))
    same = {"chat_id": GROUP.id, "message_id": sent["message_id"], "text": "hello"}

    assert (await call("editMessageText", **same))["ok"]
    assert (await call.refused("editMessageText", **same)).startswith(
        "Bad Request: message is not modified: "
    )
    assert (
        await call("editMessageReplyMarkup", **same | {"reply_markup": buttons([{"callback_data": "b"}])})
    )["ok"]


async def test_edit_what_is_not_there(call, simulator):
    """Only messages that exist and are the bot's own can be edited."""
    asked = await simulator.say("hello")
    target = {"chat_id": READER.id, "text": "x"}

    assert (
        await call.refused("editMessageText", **target, message_id=99)
        == "Bad Request: message to edit not found"
    )
    assert (
        await call.refused("editMessageText", **target) == "Bad Request: message identifier is not specified"
    )
    refused = await call.refused("editMessageText", **target, message_id=asked.message_id)
    assert refused == "Bad Request: message can't be edited"


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendChatAction", {"chat_id": GROUP.id, "action": "thinking"}, "wrong parameter action in request"),
        ("setMessageReaction", {"chat_id": GROUP.id, "message_id": 9}, "message to react not found"),
        ("setMyCommands", {"commands": [{"command": "Ask", "description": "a"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "ask"}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": "a"}] * 101},
            "BOT_COMMANDS_TOO_MUCH",
        ),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "mine"}},
            "can't parse BotCommandScope: unsupported type specified",
        ),
        ("setMyDescription", {"description": "a" * 513}, "description is too long"),
        ("setMyShortDescription", {"short_description": "a" * 121}, "short description is too long"),
        ("getChat", {"chat_id": 5}, "chat not found"),
        ("getChatMember", {"chat_id": GROUP.id, "user_id": 5}, "member not found"),
        (
            "setWebhook",
            {"url": "http://example.org/"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            "setWebhook",
            {"url": "https://example.org/"},
            "bad webhook: Failed to resolve host: Name or service not known",
        ),
        (
            "setWebhook",
            {"url": "http://127.0.0.1/", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
        ("setWebhook", {"url": "http://127.0.0.1/", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_refused_call(call, method, params, words):
    """Each other method refuses what Telegram refuses."""
    assert await call.refused(method, **params) == f"Bad Request: {words}"


async def test_body_that_is_no_object(simulator):
    """A JSON body that is not an object is refused."""
    response = await AsyncHTTPClient().fetch(
        f"{simulator.url}/bot{simulator.token}/getMe",
        method="POST",
        headers={"Content-Type": "application/json"},
        body="[]",
        raise_error=False,
    )

    assert json.loads(response.body)["description"] == "Bad Request: can't parse JSON object"


async def test_flag_must_be_a_flag(call):
    """A Boolean parameter that is none is refused."""
    described = await call.refused("deleteWebhook", drop_pending_updates="maybe")

    assert described == 'Bad Request: field "drop_pending_updates" must be of type Boolean'


async def test_dropped_updates(call, simulator):
    """Deleting the webhook can drop what waits."""
    await simulator.say("hello")

    await call("deleteWebhook", drop_pending_updates=True)

    assert (await call("getUpdates"))["result"] == []

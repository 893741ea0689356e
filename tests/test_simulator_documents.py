import json

import pytest
from bot_api_caller import Caller, buttons
from bot_api_schema import answer_problems, problems
from telegram import Bot, InputFile, ReplyParameters
from tornado.httpclient import AsyncHTTPClient

from bot.simulator import GROUP, READER, Simulator

GAPS = "question,asked\nWann fährt die Fähre?,7\n".encode()


@pytest.fixture
async def simulator():
    """A running simulator where time stands still."""
    async with Simulator(clock=lambda: 1_750_000_000.0) as running:
        yield running


@pytest.fixture
def call(simulator):
    """Calls methods of the simulator."""
    return Caller(simulator)


async def posted(simulator, *parts):
    """The answer to a sendDocument whose parts are given as headers and content."""
    body = b"".join(
        f"--x\r\nContent-Disposition: form-data; {headers}\r\n\r\n".encode() + content + b"\r\n"
        for headers, content in parts
    )
    response = await AsyncHTTPClient().fetch(
        f"{simulator.url}/bot{simulator.token}/sendDocument",
        method="POST",
        headers={"Content-Type": "multipart/form-data; boundary=x"},
        body=body + b"--x--\r\n",
        raise_error=False,
    )
    return json.loads(response.body)


async def test_document_is_sent(simulator):
    """A file that the bot uploads arrives with its name and caption, as a reply, fitting the Bot API."""
    asked = await simulator.say("/gaps")
    async with Bot(simulator.token, base_url=f"{simulator.url}/bot") as bot:
        await bot.send_document(
            READER.id,
            InputFile(GAPS, filename="gaps.csv"),
            caption="<b>Seven</b> questions",
            parse_mode="HTML",
            reply_parameters=ReplyParameters(asked.message_id),
        )
    sent = await simulator.next_reply(after=asked)
    [request] = simulator.sent("sendDocument")

    assert (sent.attachment.name, sent.attachment.size, sent.text) == (
        "gaps.csv",
        len(GAPS),
        "Seven questions",
    )
    assert [sent.slice(each) for each in sent.entities] == ["Seven"]
    assert sent.reply_to == asked
    assert request.params["document"].content == GAPS
    assert problems("sendDocument", request.params) == []
    assert answer_problems("sendDocument", request.response["result"]) == []


async def test_document_is_kept_for_the_person(simulator, call):
    """A sent file can be had from the page's own address, as a file to keep, whatever its name."""
    sent = await posted(
        simulator,
        ('name="chat_id"', str(GROUP.id).encode()),
        ('name="document"; filename="l\u00fccken; a.csv"', GAPS),
    )
    file_id = sent["result"]["document"]["file_id"]

    response = await AsyncHTTPClient().fetch(f"{simulator.url}/sent/{file_id}")
    missing = await AsyncHTTPClient().fetch(f"{simulator.url}/sent/nothing", raise_error=False)

    assert response.body == GAPS
    assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''l%C3%BCcken%3B%20a.csv"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert missing.code == 404


async def test_attached_by_name(simulator):
    """A file may stand in a part of its own that the parameter names."""
    sent = await posted(
        simulator,
        ('name="chat_id"', str(GROUP.id).encode()),
        ('name="document"', b"attach://part"),
        ('name="part"; filename="a.csv"', b"a"),
    )

    assert sent["result"]["document"]["file_name"] == "a.csv"
    assert set(simulator.sent("sendDocument")[0].params) == {"chat_id", "document"}


async def test_sent_again(simulator, call):
    """A file that is here is sent again by its id."""
    first = await simulator.send_file("a.txt", b"a")

    again = await call("sendDocument", chat_id=READER.id, document=first.attachment.file_id)

    assert again["result"]["document"]["file_name"] == "a.txt"


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({}, "there is no document in the request"),
        ({"document": "https://example.org/a.csv"}, "wrong file identifier/HTTP URL specified"),
        ({"document": "known", "caption": "a" * 1025}, "message caption is too long"),
        (
            {"document": "known", "caption": "<p>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "p" at byte offset 0',
        ),
        ({"document": "known", "reply_markup": buttons([{"callback_data": ""}])}, "BUTTON_DATA_INVALID"),
    ],
)
async def test_refused_documents(simulator, call, params, words):
    """A file that is none and a caption that is too long or malformed are refused."""
    known = (await simulator.send_file("a.txt", b"a")).attachment.file_id
    named = {name: known if value == "known" else value for name, value in params.items()}

    assert await call.refused("sendDocument", chat_id=READER.id, **named) == f"Bad Request: {words}"


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", 400, "Bad Request: file must be non-empty"),
        (bytes(50_000_001), 413, "Request Entity Too Large"),
    ],
)
async def test_size_of_documents(simulator, content, code, words):
    """A file is neither empty nor larger than 50 MB."""
    refused = await posted(
        simulator, ('name="chat_id"', str(GROUP.id).encode()), ('name="document"; filename="a"', content)
    )

    assert (refused["error_code"], refused["description"]) == (code, words)


async def test_document_has_no_text_to_edit(simulator, call):
    """The text of a message with a file cannot be edited, for it has none."""
    await posted(
        simulator, ('name="chat_id"', str(GROUP.id).encode()), ('name="document"; filename="a"', b"a")
    )
    target = {"chat_id": GROUP.id, "message_id": simulator.messages(GROUP)[-1].message_id, "text": "x"}

    refused = await call.refused("editMessageText", **target)

    assert refused == "Bad Request: there is no text in the message to edit"

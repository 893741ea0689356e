import json

import pytest
from bot_api_caller import Caller
from bot_api_schema import answer_problems
from browser import find_browser, open_page
from telegram import Bot
from tornado.httpclient import AsyncHTTPClient

from bot.simulator import ADMIN, CHANNEL, READER, ChannelPost, PersonsMessage, Simulator

POST = ChannelPost(CHANNEL, 42, 1_750_000_000, author="The editors")


@pytest.fixture
async def simulator():
    """A running simulator where time stands still."""
    async with Simulator(clock=lambda: 1_750_000_000.0) as running:
        yield running


@pytest.fixture
def call(simulator):
    """Calls methods of the simulator."""
    return Caller(simulator)


async def fetch(simulator, path, token=None):
    """What the server gives under a path of its files."""
    address = f"{simulator.url}/file/bot{token or simulator.token}/{path}"
    return await AsyncHTTPClient().fetch(address, raise_error=False)


async def test_file_is_downloaded(simulator, call):
    """A file that somebody sent comes with its name, kind, size and caption, and its bytes can be had."""
    sent = await simulator.send_file(
        "the ferry.pdf", b"%PDF-1.7", media_type="application/pdf", caption="new"
    )

    message = (await call("getUpdates"))["result"][0]["message"]
    file = (await call("getFile", file_id=message["document"]["file_id"]))["result"]
    async with Bot(
        simulator.token, base_url=f"{simulator.url}/bot", base_file_url=f"{simulator.url}/file/bot"
    ) as bot:
        content = await (await bot.get_file(sent.attachment.file_id)).download_as_bytearray()

    assert message["caption"] == "new"
    assert "text" not in message
    assert message["document"]["file_name"] == "the ferry.pdf"
    assert message["document"]["mime_type"] == "application/pdf"
    assert message["document"]["file_size"] == file["file_size"] == len(content)
    assert bytes(content) == (await fetch(simulator, file["file_path"])).body == b"%PDF-1.7"
    assert answer_problems("getFile", file) == []


@pytest.mark.parametrize(
    ("origin", "kind"),
    [(POST, "channel"), (PersonsMessage(READER, 1), "user"), (PersonsMessage("Somebody", 1), "hidden_user")],
)
async def test_forwarded_message(simulator, call, origin, kind):
    """A forwarded message says where it came from, as Telegram's own description has it."""
    await simulator.forward("The ferry sails. https://example.org/ferry", origin)
    await simulator.forward("", origin)

    words, picture = [each["message"] for each in (await call("getUpdates"))["result"]]

    assert words["forward_origin"]["type"] == kind
    assert words["text"].startswith("The ferry")
    assert "text" not in picture
    assert picture["photo"]
    assert answer_problems("sendMessage", words) == answer_problems("sendMessage", picture) == []


async def test_channel_post_is_named(simulator, call):
    """A post forwarded from a public channel names the channel, the post and its date."""
    await simulator.forward("The ferry sails.", POST)

    origin = (await call("getUpdates"))["result"][0]["message"]["forward_origin"]

    assert origin["chat"] == {
        "id": CHANNEL.id,
        "type": "channel",
        "title": "Harbour News",
        "username": "harbour_news",
    }
    assert (origin["message_id"], origin["date"], origin["author_signature"]) == (
        42,
        POST.date,
        "The editors",
    )


async def test_largest_file(simulator, call):
    """A bot may download 20 MB and no more."""
    largest = await simulator.send_file("a.pdf", bytes(20_000_000))
    larger = await simulator.send_file("b.pdf", bytes(20_000_001))

    assert (await call("getFile", file_id=largest.attachment.file_id))["ok"]
    refused = await call.refused("getFile", file_id=larger.attachment.file_id)
    assert refused == "Bad Request: file is too big"


@pytest.mark.parametrize(
    ("file_id", "words"), [("", "file_id not specified"), ("never-given", "invalid file_id")]
)
async def test_unknown_file(call, file_id, words):
    """A file that nobody sent is refused."""
    assert await call.refused("getFile", file_id=file_id) == f"Bad Request: {words}"


@pytest.mark.parametrize(
    ("token", "path", "code"),
    [
        (None, "documents/file_9.pdf", 404),
        ("1:other", "documents/file_1.txt", 401),
        ("x", "documents/file_1.txt", 404),
    ],
)
async def test_refused_download(simulator, token, path, code):
    """A path that was never given and a stranger's token get no bytes."""
    await simulator.send_file("a.txt", b"secret")

    response = await fetch(simulator, path, token)

    assert response.code == code
    assert json.loads(response.body)["error_code"] == code


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b.pdf", "x" * 300 + ".pdf", "\u202egpj.exe", ""])
async def test_strange_names(simulator, call, name):
    """Whatever a file is called, the path it is downloaded under is the server's own."""
    sent = await simulator.send_file(name, b"words")

    file = (await call("getFile", file_id=sent.attachment.file_id))["result"]

    assert file["file_path"].startswith("documents/file_1")
    assert len(file["file_path"]) < 320
    assert (await fetch(simulator, file["file_path"])).body == b"words"


async def test_page_sends_a_file(simulator, tmp_path):
    """A file chosen on the chat page reaches the bot with what was typed as its caption."""
    browser = find_browser()
    if browser is None:
        pytest.skip("no chromium on this machine; install Debian's package `chromium` to run this")
    async with open_page(browser, f"{simulator.url}/", tmp_path) as page:
        await page.see("document.querySelector('#chats button')")
        await page.click("#chats li:nth-child(2) button")
        await page.click("#text")
        await page.type("the new one")
        await page.run(
            "(() => { const files = new DataTransfer(); const input = document.getElementById('file');"
            "files.items.add(new File(['The ferry sails.'], 'ferry.txt', {type: 'text/plain'}));"
            "input.files = files.files; input.dispatchEvent(new Event('change')); })()"
        )
        await page.see("document.querySelector('.mine .file')")

        [sent] = simulator.messages(ADMIN.id)
        assert page.problems == []

    assert (sent.text, sent.attachment.name, sent.attachment.media_type) == (
        "the new one",
        "ferry.txt",
        "text/plain",
    )
    assert simulator.world.files.at("documents/file_1.txt") == b"The ferry sails."

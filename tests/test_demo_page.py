import asyncio
import json
from contextlib import closing

import pytest
from browser import find_browser, open_page
from echo_bot import polling_bot
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from bot.simulator import ADMIN, GROUP, Simulator


@pytest.fixture
async def simulator():
    """A simulator whose page suggests one question."""
    async with Simulator(examples=["What is a heron?"]) as running:
        yield running


@pytest.fixture
async def page(simulator, tmp_path):
    """The chat page in a real browser, with the echo bot behind it."""
    browser = find_browser()
    if browser is None:
        pytest.skip("no chromium on this machine; install Debian's package `chromium` to run this")
    async with polling_bot(simulator), open_page(browser, f"{simulator.url}/", tmp_path) as opened:
        await opened.see("document.querySelector('#chats button')")
        yield opened
        assert opened.problems == []


async def ask(page, text):
    """Type a message and send it."""
    await page.click("#text")
    await page.type(text)
    await page.click("#send")


async def test_conversation(page, simulator):
    """A question typed on the page gets its reply there, formatted, and a pressed button edits it."""
    await ask(page, "fish & <b>chips</b>")

    quoted = await page.see("document.querySelector('.theirs blockquote')?.textContent")
    await page.click(".inline")
    edited = await page.see("document.querySelector('.theirs .meta')?.textContent.startsWith('Replyedited')")

    assert quoted == "fish & <b>chips</b>"
    assert edited
    assert await page.run("document.querySelector('.theirs .words').textContent.startsWith('YOU SAID')")
    assert await page.run("document.querySelector('.quoted span').textContent") == "fish & <b>chips</b>"
    assert simulator.messages()[0].text == "fish & <b>chips</b>"


async def test_group(page, simulator):
    """In the group the bot is silent until it is mentioned, and a suggestion mentions it."""
    await page.click("#chats li:nth-child(3) button")
    await ask(page, "Nice weather")
    await page.see("document.querySelector('.mine')")
    await page.click(".chip")

    await page.see("document.querySelector('.theirs blockquote')")

    assert [each.text for each in simulator.messages(GROUP)] == [
        "Nice weather",
        "@footnote_demo_bot What is a heron?",
        "You said: @footnote_demo_bot What is a heron?",
    ]


async def test_unread_and_reload(page, simulator):
    """A message in another chat is counted there, and a reload shows the chat as it was."""
    await simulator.say("hello", chat=ADMIN.id)
    await page.see("document.querySelector('.badge')?.textContent === '1'")

    await page.call("Page.reload")
    await page.see("document.readyState === 'complete' && document.querySelector('#chats button')")
    await page.click("#chats li:nth-child(2) button")

    assert await page.see("document.querySelectorAll('.row').length === 2")


async def test_page_loads_nothing_from_elsewhere(simulator):
    """The page's policy lets it load from its own server and nowhere else."""
    client = AsyncHTTPClient()
    response = await client.fetch(f"{simulator.url}/")

    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert b"https://" not in response.body


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}])
async def test_strangers_are_refused(simulator, headers):
    """A name that was made to point here, and a page from elsewhere, get nothing."""
    client = AsyncHTTPClient()
    for path in ("/", "/ws", f"/bot{simulator.token}/getMe"):
        with pytest.raises(HTTPClientError) as caught:
            await client.fetch(HTTPRequest(simulator.url + path, headers=headers))
        assert caught.value.code == 403


async def test_nonsense_closes_the_socket(simulator):
    """A page that sends what makes no sense is closed, and the simulator goes on."""
    with closing(await websocket_connect(simulator.url.replace("http", "ws") + "/ws")) as socket:
        hello = json.loads(await socket.read_message())
        await socket.write_message('{"do": "say", "chat_id": 7, "text": "hello"}')

        assert hello["kind"] == "hello"
        assert await asyncio.wait_for(socket.read_message(), 5) is None
        assert socket.close_code == 1008

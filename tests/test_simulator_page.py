import json
from contextlib import asynccontextmanager

import pytest
from bot_api_caller import Caller, buttons
from browser import find_browser, open_page
from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import websocket_connect

from bot.simulator import BOT, GROUP, READER, Simulator

LINK = f"https://t.me/{BOT.username}?start=answer_7"


@pytest.fixture
async def simulator():
    """A running simulator with no bot behind it."""
    async with Simulator() as running:
        yield running


@pytest.fixture
def call(simulator):
    """Calls methods of the simulator."""
    return Caller(simulator)


@pytest.fixture
async def page(simulator, tmp_path):
    """The chat page in a real browser, the group open."""
    browser = find_browser()
    if browser is None:
        pytest.skip("no chromium on this machine; install Debian's package `chromium` to run this")
    async with open_page(browser, f"{simulator.url}/", tmp_path) as opened:
        await opened.see("document.querySelector('#chats button')")
        await opened.click("#chats li:nth-child(3) button")
        yield opened
        assert opened.problems == []


@asynccontextmanager
async def socket_of(simulator):
    """The page's socket without a page; its greeting has been read."""
    socket = await websocket_connect(simulator.url.replace("http", "ws") + "/ws")
    try:
        await socket.read_message()
        yield socket
    finally:
        socket.close()


async def offer(simulator, call, *titles, **more):
    """Answer the inline query that waits."""
    query = await simulator.wait_for(lambda: next(iter(simulator.world.inline.waiting), None))
    articles = [
        {
            "type": "article",
            "id": title,
            "title": title,
            "description": "A bird",
            "input_message_content": {"message_text": f"<b>{title}</b>", "parse_mode": "HTML"},
        }
        for title in titles
    ]
    assert (await call("answerInlineQuery", inline_query_id=query, results=articles, **more))["ok"]


async def test_inline(page, simulator, call):
    """What the bot offers shows while a query is typed, more of it on demand, and the chosen one is sent."""
    await page.click("#text")
    await page.type(f"@{BOT.username} herons")
    await offer(simulator, call, "Herons", next_offset="1")
    await page.see("document.querySelector('#menu .offer strong')?.textContent === 'Herons'")
    await page.click("#menu .more")
    await offer(simulator, call, "Egrets")
    offers = "document.querySelectorAll('#menu .offer:not(.more)')"
    shown = await page.see(f"{offers}.length === 2 && document.getElementById('menu').innerText")
    await page.click("#menu li:nth-child(2) button")

    await page.see("document.querySelector('.mine strong')?.textContent === 'Egrets'")

    assert shown.split("\n") == ["Herons", "A bird", "Egrets", "A bird"]
    assert await page.run("document.getElementById('text').value") == ""
    assert await page.run("document.querySelector('.mine .via').textContent") == f"via @{BOT.username}"
    assert simulator.messages(GROUP)[-1].text == "Egrets"


async def test_private_chat_is_opened(page, simulator, call):
    """A deep link in the words or on a button, and the button above the offers, start the private chat."""
    await call.sent(f'<a href="{LINK}">more</a>', parse_mode="HTML", reply_markup=buttons([{"url": LINK}]))
    await page.see("document.querySelector('.theirs .words a')")
    await page.click(".theirs .words a")
    await page.see("document.querySelector('.mine .words')?.textContent === '/start answer_7'")
    await page.click("#chats li:nth-child(3) button")
    await page.click(".inline")
    await page.see("document.querySelectorAll('.mine').length === 2")
    await page.click("#chats li:nth-child(3) button")
    await page.click("#text")
    await page.type(f"@{BOT.username} herons")
    await offer(simulator, call, button={"text": "Ask in private", "start_parameter": "ask"})
    await page.see("document.querySelector('#menu .start')")
    await page.click("#menu .start")

    await page.see("document.querySelectorAll('.mine').length === 3")

    said = [each.text for each in simulator.messages(READER.id)]
    assert said == ["/start answer_7", "/start answer_7", "/start ask"]


async def test_what_the_bot_sends(page, simulator, call):
    """A file, rows of buttons, a reaction, words from right to left and what happened show, reloaded too."""
    await simulator.kick(GROUP)
    await simulator.add_bot(GROUP)
    asked = await simulator.say("a question", chat=GROUP)
    reaction = [{"type": "emoji", "emoji": "👀"}]
    await call("setMessageReaction", chat_id=GROUP.id, message_id=asked.message_id, reaction=reaction)
    rows = buttons([{"callback_data": "a"}, {"callback_data": "b"}], [{"url": "https://example.org/"}])
    persian = "<blockquote expandable>" + "سلام دنیا " * 90 + "</blockquote>"
    await call.sent(persian, parse_mode="HTML", reply_markup=rows)
    known = simulator.world.files.document("gaps.csv", b"a,b", "text/csv")
    await call("sendDocument", chat_id=GROUP.id, document=known.file_id)

    for _ in range(2):
        await page.see("document.querySelector('a.file bdi')?.textContent === 'gaps.csv'")
        assert await page.run("document.querySelector('.service').textContent") == "Nora Lind added Footnote"
        assert await page.run("document.querySelector('.mine .reaction').textContent") == "👀"
        assert await page.run(
            "[...document.querySelectorAll('.line')].map((each) => each.children.length)"
        ) == [2, 1]
        assert await page.run("getComputedStyle(document.querySelector('.expandable')).direction") == "rtl"
        await page.see("document.querySelector('.expandable > button.more:not([hidden])')")
        await page.call("Page.reload")
        await page.see("document.readyState === 'complete' && document.querySelector('#chats button')")
        await page.click("#chats li:nth-child(3) button")
    address = await page.run("document.querySelector('a.file').href")
    assert (await AsyncHTTPClient().fetch(address)).body == b"a,b"


async def test_language(page, simulator, call):
    """The language chosen on the page becomes the person's, and the chat shows menus and texts in it."""
    await call("setMyDescription", description="پرسش خود را بنویسید", language_code="fa")
    await page.click("#chats li:nth-child(1) button")
    await page.run(
        "(() => { const picker = document.getElementById('language'); picker.value = 'fa';"
        "picker.dispatchEvent(new Event('change')); })()"
    )

    await page.see("document.getElementById('empty-hint').textContent === 'پرسش خود را بنویسید'")

    assert simulator.world.known(READER).language_code == "fa"
    assert await page.run("getComputedStyle(document.getElementById('empty-hint')).direction") == "rtl"


@pytest.mark.parametrize(
    "wish",
    [
        {"do": "choose", "query_id": "9", "article_id": "1"},
        {"do": "follow", "address": "https://example.org/"},
        {"do": "language", "code": "<b>"},
        {"do": "press", "message_id": 9, "button": "a"},
    ],
)
async def test_wishes_without_sense(simulator, wish):
    """A page that chooses, follows or speaks what there is not is closed, and the simulator goes on."""
    async with socket_of(simulator) as socket:
        await socket.write_message(json.dumps(wish | {"chat_id": READER.id}))

        assert await socket.read_message() is None
        assert socket.close_code == 1008

import asyncio
import json
from contextlib import asynccontextmanager, suppress

import httpx
import pytest
from secrets_kept import TOKEN, WEBHOOK_SECRET
from talk import webhook_here
from telegram import Bot

from bot.webhook import MAX_BODY_BYTES, SECRET_HEADER, listening

JSON = {"Content-Type": "application/json", SECRET_HEADER: WEBHOOK_SECRET}
MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}
UPDATE = json.dumps({"update_id": 7, "message": MESSAGE})


@pytest.fixture(scope="module")
def bot():
    """Whom updates are for; it makes a client for the network, which takes long."""
    return Bot(TOKEN)


@pytest.fixture
async def door(bot):
    """A webhook that waits, what came in by it, and a caller."""
    webhook, came = webhook_here(), asyncio.Queue()
    async with (
        listening(webhook, bot, came, secret=WEBHOOK_SECRET),
        httpx.AsyncClient(verify=False) as caller,
    ):

        async def call(method="POST", *, path="/hook/footnote", headers=JSON, content=UPDATE):
            address = f"http://127.0.0.1:{webhook.port}{path}"
            return await caller.request(method, address, headers=headers, content=content)

        yield call, came, webhook


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8"])
async def test_welcome(door, kind):
    """Whoever knows the secret brings an update in, and nothing is said but that it is taken."""
    call, came, _ = door

    answer = await call(headers={**JSON, "Content-Type": kind})

    assert (answer.status_code, answer.content) == (200, b"")
    assert came.get_nowait().update_id == 7
    assert "Server" not in answer.headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({SECRET_HEADER: ""}, 403),
        ({SECRET_HEADER: WEBHOOK_SECRET[:-1]}, 403),
        ({SECRET_HEADER: WEBHOOK_SECRET + "x"}, 403),
        ({SECRET_HEADER: WEBHOOK_SECRET.upper()}, 403),
        ({SECRET_HEADER: "ß" * 20}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": ""}, 415),
        ({"Content-Type": "application/jsonp"}, 415),
    ],
)
async def test_not_for_strangers(door, headers, status):
    """Without the very secret, or as something else than JSON, nothing comes in."""
    call, came, _ = door
    headers = {name: value.encode() for name, value in {**JSON, **headers}.items()}

    answer = await call(headers=headers)

    assert (answer.status_code, answer.content) == (status, b"")
    assert came.empty()


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"\xff\xfe", b"[]", b"null", b'"7"', b"{}"),
        *(b'{"update_id": "7"}', b'{"update_id": true}'),
        *(b"[" * 100_000, b'{"update_id":' * 5_000, b"1" * 50_000),
    ],
)
async def test_no_update(door, content):
    """What is no update is refused, in silence."""
    call, came, _ = door

    answer = await call(content=content)

    assert (answer.status_code, answer.content) == (400, b"")
    assert came.empty()


async def test_update_of_another_release(door, caplog):
    """An update that cannot be read is taken, or Telegram would bring it again for hours; nobody reads it."""
    call, came, _ = door
    nested = "{}"
    for _ in range(400):
        nested = f'{{"message_id": 1, "reply_to_message": {nested}}}'

    for message in ('"private words"', '{"text": "private words"}', nested):
        answer = await call(content=f'{{"update_id": 8, "message": {message}}}')
        assert answer.status_code == 200
        assert came.get_nowait().message is None

    assert "private words" not in caplog.text


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
async def test_other_methods(door, method):
    """Nothing but POST is taken."""
    call, came, _ = door

    answer = await call(method)

    assert answer.status_code == 405
    assert came.empty()


@pytest.mark.parametrize("path", ["/", "/hook", "/hook/footnote/x", "/hook.footnote"])
async def test_other_paths(door, path):
    """At no other path is there anything."""
    call, came, _ = door

    assert (await call(path=path)).status_code == 404
    assert came.empty()


async def _said(port, *pieces):
    """What the server says to these bytes before it closes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.transport.abort()  # what the server did not take is never sent
        with suppress(ConnectionError):
            await writer.wait_closed()


async def test_huge(door):
    """A body larger than any update is refused by its length, and one without a length where it grows so."""
    _, came, webhook = door
    head = b"POST /hook/footnote HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    megabyte = b"100000\r\n" + b"x" * MAX_BODY_BYTES + b"\r\n"

    declared = await _said(webhook.port, head + b"Content-Length: 1048577\r\n\r\n")
    grown = await _said(webhook.port, head + b"Transfer-Encoding: chunked\r\n\r\n", megabyte, megabyte)
    headed = await _said(webhook.port, head + b"X: " + b"x" * 70_000 + b"\r\n\r\n")

    assert b" 400 " in declared.partition(b"\r\n")[0]
    for said in (grown, headed):
        assert b" 200 " not in said.partition(b"\r\n")[0]
    assert came.empty()


@asynccontextmanager
async def _doors(bot, secret):
    webhook, came = webhook_here(), asyncio.Queue()
    async with listening(webhook, bot, came, secret=secret):
        yield webhook, came


async def test_only_this_machine(bot):
    """Where there is no secret, as between two programs of one machine, an update is taken without."""
    async with _doors(bot, None) as (webhook, came), httpx.AsyncClient(verify=False) as caller:
        address = f"http://127.0.0.1:{webhook.port}/hook/footnote"
        answer = await caller.post(address, headers=JSON, content=UPDATE)

    assert answer.status_code == 200
    assert came.get_nowait().update_id == 7

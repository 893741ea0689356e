import asyncio
from dataclasses import replace

import pytest
from secrets_kept import WEBHOOK_SECRET
from shelf_desk import ShelfDesk
from shelf_editor import ShelfEditor
from talk import free_port, webhook_here
from tornado.netutil import bind_sockets

from bot.app import build_application, serve
from bot.errors import ServerError
from bot.parts import Parts
from bot.records import records_of
from bot.simulator import READER, Simulator
from bot.simulator.errors import ApiError, bad_request
from bot.webhook import Webhook


@pytest.fixture
def application(tmp_path):
    """Makes the bot for a server, with three articles."""

    def made(api_url, token=Simulator.token):
        desk = ShelfDesk()
        parts = Parts(desk=desk, editor=ShelfEditor(desk), records=records_of(tmp_path), admins=frozenset())
        return build_application(parts, token=token, api_url=api_url)

    return made


async def refused(app, webhook=None):
    """The problem with which serving ends."""
    with pytest.raises(ServerError) as caught:
        await serve(app, webhook, asyncio.Event())
    return caught.value


async def test_unknown_token(application):
    """A token that the server does not know is said without showing it."""
    async with Simulator() as telegram:
        problem = await refused(application(telegram.url, token="12345:" + "wrong" * 8))

    assert problem.message == f"{telegram.url} does not know the bot's token"
    assert "FOOTNOTE_TELEGRAM_TOKEN" in problem.remedy
    assert "wrong" not in str(problem)


async def test_no_server(application):
    """A server that is not there is named, with the setting that points to it."""
    url = f"http://127.0.0.1:{free_port()}"

    problem = await refused(application(url))

    assert problem.message == f"{url} cannot be reached (NetworkError)"
    assert "FOOTNOTE_TELEGRAM_API_URL" in problem.remedy


async def test_webhook_refused(application):
    """A webhook that the server refuses is said in its words."""
    async with Simulator() as telegram:
        telegram.refuse("setWebhook", bad_request("bad webhook: An HTTPS URL must be provided"))
        problem = await refused(application(telegram.url), webhook_here())

    assert "an https url must be provided" in problem.message
    assert problem.remedy == "check FOOTNOTE_WEBHOOK_URL"


async def test_port_taken(application):
    """A port that something else listens on is named."""
    [taken] = bind_sockets(0, "127.0.0.1")
    port = taken.getsockname()[1]
    async with Simulator() as telegram:
        problem = await refused(
            application(telegram.url), Webhook("http://127.0.0.1/hook", "127.0.0.1", port)
        )
    taken.close()

    assert problem.message.startswith(f"Cannot listen on 127.0.0.1:{port}")
    assert "FOOTNOTE_WEBHOOK_LISTEN" in problem.remedy


@pytest.mark.parametrize("by", ["polling", "webhook"])
async def test_server_without_extras(by, application):
    """A server that knows neither menus nor typing gets its questions answered."""
    unknown = ApiError(404, "Not Found")
    async with Simulator() as telegram:
        for method in ["setMyCommands"] * 3 + ["sendChatAction"]:
            telegram.refuse(method, unknown)
        stop = asyncio.Event()
        webhook = webhook_here() if by == "webhook" else None
        serving = asyncio.create_task(serve(application(f"{telegram.url}/"), webhook, stop))
        asked = await telegram.say("Which ferry carried oranges?")
        reply = await telegram.next_reply(READER.id, after=asked)
        stop.set()
        await serving

    assert "forty passengers" in reply.text


async def test_proxy_of_the_environment(monkeypatch, application):
    """A proxy that the environment names is not asked for a server on this machine."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    async with Simulator() as telegram:
        stop = asyncio.Event()
        serving = asyncio.create_task(serve(application(telegram.url), None, stop))
        reply = await telegram.next_reply(READER.id, after=await telegram.say("/start"))
        stop.set()
        await serving

    assert reply.text.startswith("Hello.")


async def test_webhook_proves_itself(application):
    """Only the server that knows the secret can bring messages to the webhook."""
    webhook = replace(webhook_here(), secret=WEBHOOK_SECRET)
    async with Simulator() as telegram:
        stop = asyncio.Event()
        serving = asyncio.create_task(serve(application(telegram.url), webhook, stop))
        await telegram.next_reply(READER.id, after=await telegram.say("/start"))
        reader, writer = await asyncio.open_connection("127.0.0.1", webhook.port)
        writer.write(
            b"POST /hook/footnote HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
        )
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        stop.set()
        await serving

    assert b"403" in answer.splitlines()[0]

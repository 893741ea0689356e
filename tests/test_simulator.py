import asyncio
import socket

import pytest
from bot_api_schema import answer_problems, problems
from echo_bot import KINDS, build_bot, polling_bot
from telegram import Bot, BotCommand, LinkPreviewOptions
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter
from tornado.httpclient import AsyncHTTPClient

from bot.simulator import ADMIN, GROUP, READER, ApiError, Chat, FloodLimits, Simulator
from bot.simulator.floods import Pace


def bot_of(simulator, token=None):
    """A client of the simulator."""
    return Bot(token or simulator.token, base_url=f"{simulator.url}/bot")


@pytest.fixture
async def simulator():
    """A running simulator."""
    async with Simulator() as running:
        yield running


@pytest.fixture
async def bot(simulator):
    """A client that calls methods by itself."""
    async with bot_of(simulator) as client:
        yield client


@pytest.fixture
def unused_port():
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


async def test_polling_bot_replies(simulator):
    """A polling bot gets a private message and its reply lands in the same chat."""
    async with polling_bot(simulator):
        asked = await simulator.say("fish & chips")

        reply = await simulator.next_reply(after=asked)

    assert reply.text == "You said: fish & chips"
    assert [reply.slice(each) for each in reply.entities] == ["fish & chips"]
    assert reply.reply_to == asked
    assert simulator.sent("sendChatAction")


async def test_pressed_button_edits_message(simulator):
    """A pressed button reaches the bot, which answers it and edits its message."""
    async with polling_bot(simulator):
        reply = await simulator.next_reply(after=await simulator.say("quiet"))
        await simulator.press(reply, "Louder")

        edited = await simulator.next_edit(reply)

    assert edited.text == "YOU SAID: QUIET"
    assert edited.edit_date is not None
    assert not simulator.world.presses


async def test_edited_question(simulator):
    """A message that its author changes reaches the bot as an edited message."""
    async with polling_bot(simulator):
        asked = await simulator.say("first")
        first = await simulator.next_reply(after=asked)
        await simulator.edit(asked, "second")

        second = await simulator.next_reply(after=first)

    assert second.text == "You said: second"


@pytest.fixture
async def webhook_bot(simulator, unused_port):
    """The echo bot behind a webhook."""
    async with build_bot(simulator) as app:
        await app.updater.start_webhook(
            listen="127.0.0.1",
            port=unused_port,
            url_path="hook",
            webhook_url=f"http://127.0.0.1:{unused_port}/hook",
            secret_token="s3cret",
            allowed_updates=KINDS,
        )
        await app.start()
        yield app
        await app.updater.stop()
        await app.stop()


async def test_webhook_bot_replies(simulator, webhook_bot):
    """A bot behind a webhook gets updates in order, with the secret header it asked for."""
    texts = [f"question {n}" for n in range(5)]
    for text in texts:
        await simulator.say(text)

    await simulator.wait_for(lambda: len(simulator.messages()) == 10)

    replies = [each.text for each in simulator.messages() if each.sender.is_bot]
    assert replies == [f"You said: {text}" for text in texts]
    assert simulator.world.updates.waiting == []


async def test_polling_while_webhook_is_set(webhook_bot):
    """While a webhook is set, polling is refused."""
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await webhook_bot.bot.get_updates()


async def test_webhook_is_tried_again(simulator, bot, unused_port):
    """An update whose delivery fails is kept, the failure is told, and it is delivered later."""
    await bot.set_webhook(f"http://127.0.0.1:{unused_port}/hook", secret_token="other")
    await simulator.say("anybody?")
    await simulator.wait_for(lambda: simulator.world.webhook.last_error)
    info = await bot.get_webhook_info()
    async with build_bot(simulator) as app:
        await app.updater.start_webhook(
            "127.0.0.1", unused_port, "hook", webhook_url=f"http://127.0.0.1:{unused_port}/hook"
        )
        await app.start()

        reply = await simulator.next_reply()
        await app.updater.stop()
        await app.stop()

    assert info.pending_update_count == 1
    assert "Connection" in info.last_error_message
    assert reply.text == "You said: anybody?"


async def test_second_poller_ends_the_first(simulator, bot):
    """A newer poll ends the older one, which is told so."""
    older = asyncio.create_task(bot.get_updates(timeout=30))
    async with bot_of(simulator) as other:
        while not older.done():
            await other.get_updates()

    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        older.result()


async def test_updates_wait_until_confirmed(simulator, bot):
    """An update is given again until the bot asks for the one after it."""
    await simulator.say("one")
    await simulator.say("two")

    first = await bot.get_updates(limit=1)
    again = await bot.get_updates()
    rest = await bot.get_updates(offset=first[0].update_id + 1)

    assert [each.message.text for each in again] == ["one", "two"]
    assert [each.message.text for each in rest] == ["two"]
    assert await bot.get_updates(offset=-1) == (rest[-1],)


async def test_only_wanted_kinds(simulator, bot):
    """A bot that names the kinds of updates it wants gets no others."""
    await bot.get_updates(allowed_updates=["edited_message"])
    message = await simulator.say("one")
    await simulator.edit(message, "two")

    [update] = await bot.get_updates()

    assert update.edited_message.text == "two"


async def test_blocked(simulator, bot):
    """A person who blocked the bot gets nothing from it until they write again."""
    await simulator.say("hello")
    await simulator.block(READER)

    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(READER.id, "hello?")
    await simulator.say("hello again")
    assert await bot.send_message(READER.id, "welcome back")


async def test_bot_cannot_write_first(bot):
    """The bot cannot write to a person who never wrote to it."""
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(ADMIN.id, "hello?")


async def test_kicked(simulator, bot):
    """A bot thrown out of a group is told so when it writes there, and hears no more of it."""
    await simulator.kick(GROUP, by=ADMIN)
    await simulator.say(f"@{simulator.bot_username} hello?", chat=GROUP)

    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(GROUP.id, "hello?")
    assert [each.message for each in await bot.get_updates()] == [None]


async def test_left(bot):
    """A bot that left a group cannot write there."""
    await bot.leave_chat(GROUP.id)

    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(GROUP.id, "hello?")


async def test_upgraded_group(simulator, bot):
    """A group that became a supergroup answers with its new id."""
    simulator.world.add_chat(Chat(-5, "group", "Small room"))
    await simulator.upgrade(Chat(-5, "group", "Small room"), new_id=-1005)

    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(-5, "hello?")

    assert caught.value.new_chat_id == -1005
    assert await bot.send_message(-1005, "hello!")


async def test_flood(monkeypatch):
    """A bot that speaks too fast is told how long to wait, and may speak after that."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    now = [1_000_000.0]
    limits = FloodLimits(chat=Pace(2, 3.0))
    async with Simulator(floods=limits, clock=lambda: now[0]) as simulator, bot_of(simulator) as bot:
        await bot.send_message(GROUP.id, "one")
        now[0] += 1
        await bot.send_message(GROUP.id, "two")
        with pytest.raises(RetryAfter) as caught:
            await bot.send_message(GROUP.id, "three")
        now[0] += caught.value.retry_after.total_seconds()

        sent = await bot.send_message(GROUP.id, "three")

    assert caught.value.retry_after.total_seconds() == 2
    assert sent.date.timestamp() == 1_000_003


async def test_refusal_on_demand(simulator, bot):
    """A test can have the next call of a method refused."""
    simulator.refuse("sendMessage", ApiError(400, "Bad Request: out of luck"))

    with pytest.raises(BadRequest, match="Out of luck"):
        await bot.send_message(GROUP.id, "one")
    assert await bot.send_message(GROUP.id, "two")


async def test_wrong_token(simulator):
    """A token of another bot is refused as Telegram refuses it."""
    with pytest.raises(InvalidToken):
        await bot_of(simulator, "123:wrong").__aenter__()

    response = await AsyncHTTPClient().fetch(f"{simulator.url}/bot123:wrong/getMe", raise_error=False)
    assert (response.code, response.body) == (
        401,
        b'{"ok": false, "error_code": 401, "description": "Unauthorized"}',
    )


async def test_taken_port(simulator):
    """A port that is taken is told with what to do about it."""
    port = int(simulator.url.rpartition(":")[2])

    with pytest.raises(Exception, match=f"cannot listen on 127.0.0.1:{port} .*Fix: stop the program"):
        await Simulator(port=port).start()


async def test_silence_is_told(simulator):
    """Waiting in vain ends with what was said meanwhile."""
    await simulator.say("anybody?")

    with pytest.raises(TimeoutError, match=r"Nora: anybody\?"):
        await simulator.next_reply(timeout_s=0.01)


async def test_calls_fit_the_published_api(simulator):
    """What a bot of python-telegram-bot sends, and what it is answered, fit the published Bot API."""
    async with polling_bot(simulator) as app:
        reply = await simulator.next_reply(after=await simulator.say("hello https://example.org"))
        await simulator.press(reply, "Louder")
        await simulator.next_edit(reply)
        bot = app.bot
        await bot.set_my_commands([BotCommand("ask", "Ask the library")])
        await bot.get_my_commands()
        await bot.get_chat(GROUP.id)
        await bot.get_chat_member(GROUP.id, ADMIN.id)
        await bot.get_chat_member(GROUP.id, READER.id)
        await bot.set_message_reaction(READER.id, reply.message_id, "👍")
        await bot.send_message(READER.id, "hi", link_preview_options=LinkPreviewOptions(is_disabled=True))
        await bot.delete_message(READER.id, reply.message_id)
        await bot.get_webhook_info()

    for request in simulator.requests:
        assert request.ok, request
        assert problems(request.method, request.params) == []
        assert answer_problems(request.method, request.response["result"]) == []


def test_schema_finds_mistakes():
    """The check of calls notices missing, unknown and wrongly typed parameters."""
    assert problems("sendMessages", {}) == ["sendMessages: no such method"]
    found = problems("sendMessage", {"text": "a", "colour": "red", "message_thread_id": "x"})
    assert [each.split(":")[0] for each in found] == [
        "sendMessage.colour",
        "sendMessage.chat_id",
        "sendMessage.message_thread_id",
    ]
    keyboard = {"inline_keyboard": [[{"text": "a", "callback": "b"}]]}
    assert problems("sendMessage", {"chat_id": 1, "text": "a", "reply_markup": keyboard})

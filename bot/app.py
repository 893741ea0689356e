"""The bot put together, and run by polling or by webhook."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot, Update
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, BaseHandler, ContextTypes, ExtBot, TypeHandler

from bot import menus
from bot.admin import AdminConversation
from bot.asking import Asker
from bot.bot_context import BotContext
from bot.corrections import Corrections
from bot.decisions import Decisions
from bot.door import Door
from bot.errors import ErrorHandler, ServerError, error_handler
from bot.feedback import Feedback
from bot.following import Following
from bot.groups import Groups
from bot.handled import Handled
from bot.handlers import Conversation
from bot.in_hand import InHand
from bot.inline import Inline
from bot.insights import Insights
from bot.limits import Limits
from bot.logged import about
from bot.parts import Parts
from bot.polling import confirm, polling
from bot.preferences import Preferences
from bot.pressing import Pressing
from bot.privacy import Privacy
from bot.processor import Turns
from bot.reach import Reach
from bot.receipts import Receipts
from bot.records import Records
from bot.request import UpdatesRequest, WatchedRequest
from bot.setting import SettingConversation
from bot.throttle import Throttle
from bot.webhook import Webhook, listening
from bot.workers import Workers

_log = logging.getLogger(__name__)

# Naming what is handled keeps servers from sending, or refusing, kinds that they do not know.
ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "inline_query",
    "chosen_inline_result",
)
# What is being answered when the bot is told to stop has so long; whoever stops it has to wait a little more.
FINISH_WITHIN_S = 45.0
_CALL_TIMEOUT_S = 15.0
_CONNECTIONS = 256

BotApplication = Application[ExtBot[int], BotContext, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]


Handlers = dict[int, Sequence[BaseHandler[Any, BotContext, Any]]]


@dataclass(frozen=True, slots=True)
class Handling:
    """What is done with updates.

    Args:
        turns: Which of them, and when.
        handlers: By the number of the pass in which they are asked, the lowest first.
        on_error: Called with what they raise.
    """

    turns: Turns
    handlers: Handlers
    on_error: ErrorHandler


def build_application(parts: Parts, *, token: str, api_url: str) -> BotApplication:
    """The bot, ready for `serve`.

    Args:
        parts: What it is put together from.
        token: The bot's token.
        api_url: The Bot API server, without a path.
    """
    decisions = Decisions(parts.desk, parts.records.reports)
    return connect(
        all_handlers(parts, decisions),
        records=parts.records,
        token=token,
        api_url=api_url,
        admins=parts.admins,
        first=decisions.tell,
        in_hand=parts.in_hand,
        reach=parts.reach,
    )


def all_handlers(parts: Parts, decisions: Decisions) -> Handling:
    """Everything the bot does, in the order in which it is asked; ``decisions`` are told to readers."""
    desk, records, admins = parts.desk, parts.records, parts.admins
    preferences = Preferences(records.languages, records.chats)
    asker = Asker(desk, parts.workers, parts.memory, records.counting, preferences)
    corrections = Corrections(
        desk,
        parts.editor,
        records=records,
        decisions=decisions,
        admins=admins,
        edit_every_s=parts.edit_every_s,
    )
    # What is known and only shown never waits behind what is searched for.
    lookers = Workers(parts.workers.count)
    pressing = Pressing(desk, lookers, asker, Feedback(desk, records), corrections)
    door = Door(Limits(parts.rules), admins, preferences.words)
    groups = Groups(parts.rules, preferences, admins)

    async def choose_words(update: Update, context: BotContext) -> None:
        context.say = await preferences.words(update)

    conversations = (
        groups,
        AdminConversation(parts.editor, admins=admins, edit_every_s=parts.edit_every_s),
        Insights(desk, records, admins),
        corrections,
        SettingConversation(preferences),
        Inline(desk, parts.workers, records.counting, door),
        Receipts(desk, lookers),
        Privacy(records, asker, preferences),
        Conversation(desk, lookers, asker=asker, pressing=pressing, admins=admins),
        pressing,
    )
    handlers: Handlers = {
        # Of each number the first handler that takes an update is the only one.
        -2: [TypeHandler(Update, choose_words)],
        -1: groups.door(),
        0: [handler for each in conversations for handler in each.handlers()],
    }
    return Handling(Turns(door, parts.intake), handlers, error_handler(admins, preferences.words))


def connect(
    handling: Handling,
    *,
    records: Records,
    token: str,
    api_url: str,
    admins: frozenset[int],
    first: Callable[[Bot], Awaitable[None]],
    in_hand: InHand | None = None,
    reach: Reach | None = None,
) -> BotApplication:
    """An application that handles updates so, over a Bot API server; arguments as above.

    Args:
        handling: From `all_handlers`.
        records: What is written before the bot stops.
        token: See above.
        api_url: See above.
        admins: Who is offered more commands.
        first: Done when the bot begins.
        in_hand: Where updates go; one of its own where None.
        reach: Notes whether Telegram is reached.
    """
    _prepare_library()
    server = api_url.rstrip("/")
    in_hand, reach = in_hand or InHand(Handled()), reach or Reach()
    application: BotApplication = (
        ApplicationBuilder()
        .context_types(ContextTypes(context=BotContext))
        .token(token)
        .base_url(f"{server}/bot")
        .base_file_url(f"{server}/file/bot")
        .request(WatchedRequest(reach, **_wire(server, connections=_CONNECTIONS)))
        .get_updates_request(UpdatesRequest(reach, **_wire(server, connections=1)))
        .rate_limiter(Throttle())
        .updater(None)
        .update_queue(in_hand)
        .concurrent_updates(Following(handling.turns, in_hand))
        .job_queue(None)
        .post_init(partial(_begin, admins=admins, first=first))
        .post_stop(partial(_write_counts, records=records))
        .build()
    )
    application.add_handlers(handling.handlers)
    application.add_error_handler(handling.on_error)
    return application


async def serve(
    application: BotApplication,
    webhook: Webhook | None,
    stop: asyncio.Event,
    *,
    finish_within_s: float = FINISH_WITHIN_S,
) -> None:
    """Run the bot until ``stop`` is set, then finish the messages that are being answered.

    When it polls, what is not finished in time comes again once it is started again.

    Args:
        application: From `build_application`.
        webhook: Where to be called; None to poll.
        stop: Set it to end; a long poll that is under way is dropped.
        finish_within_s: How long it may take to finish.

    Raises:
        ServerError: The server cannot be reached, or does not know the token.
    """
    beginning: asyncio.Task[None] | None = None
    try:
        await _introduce(application)
        await application.start()
        async with _receiving(application, webhook):
            if application.post_init is not None:
                beginning = application.create_task(application.post_init(application), name="beginning")
            _log.info("@%s is answering by %s", application.bot.username, "webhook" if webhook else "polling")
            await stop.wait()
    except TelegramError as error:
        # The error's own words may hold the token, so it is not chained.
        raise _refusal(application.bot.base_url, error) from None
    except OSError as error:
        raise _not_listening(webhook, error) from error
    finally:
        await _shut_down(application, webhook, finish_within_s, beginning)


@asynccontextmanager
async def at_work(
    application: BotApplication, webhook: Webhook | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    """The bot served beside what is done meanwhile, and stopped cleanly at the end; for `serve`, see there.

    Yields:
        The serving, which ends by itself only where it fails.
    """
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(application, webhook, stop))
    try:
        yield serving
    finally:
        stop.set()
        await serving


async def _introduce(application: BotApplication) -> None:
    try:
        await application.initialize()
    except (KeyError, TypeError, ValueError) as error:
        # What the library raises where the server's getMe lacks what every bot has.
        raise ServerError(
            f"{_server(application.bot.base_url)} does not answer like a Bot API server",
            "check FOOTNOTE_TELEGRAM_API_URL",
        ) from error


@asynccontextmanager
async def _receiving(application: BotApplication, webhook: Webhook | None) -> AsyncIterator[None]:
    """Updates come in, one way or the other, until the block ends."""
    if webhook is None:
        async with polling(application.bot, _in_hand(application), ALLOWED_UPDATES):
            yield
        return
    secret = webhook.secret or _made_up_secret(webhook)
    # First, so that Telegram is told of no address on which nothing would listen.
    async with listening(webhook, application.bot, application.update_queue, secret=secret):
        await application.bot.set_webhook(webhook.url, allowed_updates=ALLOWED_UPDATES, secret_token=secret)
        yield


def _made_up_secret(webhook: Webhook) -> str | None:
    """A random secret where strangers could find the webhook; none where only this machine reaches it.

    Not every Bot API server on a developer's machine hands the secret back.
    """
    only_here = _is_local(webhook.url) and _is_local(f"//{webhook.listen_host}")
    return None if only_here else secrets.token_urlsafe(32)


async def _shut_down(
    application: BotApplication,
    webhook: Webhook | None,
    finish_within_s: float,
    beginning: asyncio.Task[None] | None,
) -> None:
    if application.running:
        await _finish(application, finish_within_s)
        if beginning is not None:
            beginning.cancel()  # of what is done it does nothing
            await asyncio.wait({beginning})  # it gives its connection back
        if webhook is None:
            await confirm(application.bot, _in_hand(application))
        if application.post_stop is not None:
            await application.post_stop(application)
    await application.shutdown()
    _in_hand(application).close()
    # Where the start failed half-way the application does not close what the bot opened.
    await application.bot.shutdown()


async def _finish(application: BotApplication, within_s: float) -> None:
    """Finish what is in hand, as far as there is time."""
    try:
        async with asyncio.timeout(within_s):
            await application.stop()
    except TimeoutError:
        following = application.update_processor
        assert isinstance(following, Following)
        n_given_up = await following.give_up()
        _log.warning("%d updates were not finished in time", n_given_up, extra=about("unfinished"))


def _in_hand(application: BotApplication) -> InHand:
    assert isinstance(application.update_queue, InHand)
    return application.update_queue


async def _begin(
    application: BotApplication, *, admins: frozenset[int], first: Callable[[Bot], Awaitable[None]]
) -> None:
    await first(application.bot)
    await menus.publish(application.bot, admins)


async def _write_counts(application: BotApplication, *, records: Records) -> None:
    await records.counting.close()


def _wire(server: str, *, connections: int) -> dict[str, Any]:
    """How to reach the server; a proxy of the environment never stands between two local processes."""
    return {
        "connection_pool_size": connections,
        "pool_timeout": _CALL_TIMEOUT_S,
        "connect_timeout": _CALL_TIMEOUT_S,
        "read_timeout": _CALL_TIMEOUT_S,
        "httpx_kwargs": {"trust_env": False} if _is_local(server) else {},
    }


def _is_local(server: str) -> bool:
    host = urlsplit(server).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _server(base_url: str) -> str:
    """The server's address without the path, which holds the token."""
    return "{0.scheme}://{0.netloc}".format(urlsplit(base_url))


def _refusal(base_url: str, error: TelegramError) -> ServerError:
    server = _server(base_url)
    if isinstance(error, InvalidToken):
        remedy = "set FOOTNOTE_TELEGRAM_TOKEN to the token that @BotFather shows"
        return ServerError(f"{server} does not know the bot's token", remedy)
    if isinstance(error, BadRequest):
        return ServerError(f"{server} refuses: {error.message}", "check FOOTNOTE_WEBHOOK_URL")
    remedy = "check the network, or FOOTNOTE_TELEGRAM_API_URL"
    return ServerError(f"{server} cannot be reached ({type(error).__name__})", remedy)


def _not_listening(webhook: Webhook | None, error: OSError) -> ServerError:
    address = f"{webhook.listen_host}:{webhook.port}" if webhook else "this machine"
    remedy = "set FOOTNOTE_WEBHOOK_LISTEN to a free host:port of this machine"
    return ServerError(f"Cannot listen on {address}: {error.strerror or error}", remedy)


def _prepare_library() -> None:
    """Keep the token and the questions out of the log, and have floods told as PTB will tell them."""
    for name, level in (
        ("httpx", logging.WARNING),
        ("httpcore", logging.WARNING),
        ("telegram", logging.INFO),
    ):
        logging.getLogger(name).setLevel(level)
    os.environ.setdefault("PTB_TIMEDELTA", "1")

"""`footnote serve`: the bot on Telegram until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from contextlib import AbstractAsyncContextManager, nullcontext

from bot.app import build_application, serve
from bot.config import Config, Settings, host_and_port
from bot.freed_memory import give_back_freed_memory
from bot.group_rules import GroupRules
from bot.handled import FILE, Handled
from bot.home_desk import HomeDesk
from bot.home_editor import editor_of
from bot.in_hand import InHand
from bot.intake import Intake
from bot.logs import failures_logged
from bot.parts import Parts
from bot.records import records_of
from bot.schedule import Alarm, Schedule
from bot.sending import tell_each
from bot.standing import Standing
from bot.webhook import Webhook
from bot.workers import Workers
from retrieval.errors import SnapshotError

_log = logging.getLogger(__name__)


def run_bot(config: Config) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is being answered.

    Raises:
        FootnoteError: There is no token, or the server refuses it.
    """
    token = config.settings.token()
    give_back_freed_memory()  # before the models are loaded
    desk = HomeDesk(config)
    with failures_logged():
        _warm_up(desk)
        asyncio.run(_serve(desk, config, token))
    _log.info("stopped")


async def _serve(desk: HomeDesk, config: Config, token: str) -> None:
    stop, settings, records = stop_on_signal(), config.settings, records_of(config.home)
    parts = Parts(
        desk=desk,
        editor=editor_of(desk, config),
        records=records,
        admins=frozenset(settings.admins),
        rules=rules_of(settings),
        workers=Workers(settings.workers),
        intake=Intake(settings.max_waiting),
        in_hand=InHand(Handled(config.home / FILE, _bot_id(token))),
    )
    application = build_application(parts, token=token, api_url=settings.telegram_api_url)

    async def tell_admins(alarm: Alarm) -> None:
        await tell_each(application.bot, settings.admins, records.languages, alarm)

    standing = Standing(desk, parts.workers, parts.intake, parts.in_hand, parts.reach)
    async with _monitored(settings, standing):
        refreshing = asyncio.create_task(Schedule(config, desk, tell_admins).run(stop))
        try:
            await serve(application, webhook_of(settings), stop)
        finally:
            stop.set()
            await refreshing


def _monitored(settings: Settings, standing: Standing) -> AbstractAsyncContextManager[None]:
    if settings.metrics_listen is None:
        return nullcontext()
    from bot.monitoring import monitored  # who wants no numbers waits for no library that makes them

    return monitored(*host_and_port(settings.metrics_listen), standing)


def rules_of(settings: Settings) -> GroupRules:
    """Where the bot may be asked, and how often."""
    return GroupRules(
        frozenset(settings.groups),
        settings.questions_per_minute,
        settings.group_questions_per_minute,
        settings.private_questions_per_minute,
        settings.total_questions_per_minute,
    )


def webhook_of(settings: Settings) -> Webhook | None:
    """Where updates are delivered, None for polling."""
    if settings.webhook_url is None:
        return None
    host, port = host_and_port(settings.webhook_listen)
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    return Webhook(settings.webhook_url, host, port, secret)


def stop_on_signal() -> asyncio.Event:
    """An event that SIGINT and SIGTERM set; a second one ends the process at once, as a crash would."""
    stop, loop, signals = asyncio.Event(), asyncio.get_running_loop(), (signal.SIGINT, signal.SIGTERM)

    def begin_to_stop() -> None:
        _log.info("stopping once what is in hand is finished; a second signal stops at once")
        for number in signals:
            loop.remove_signal_handler(number)
            signal.signal(number, _end_at_once)
        stop.set()

    for number in signals:
        loop.add_signal_handler(number, begin_to_stop)
    return stop


def _end_at_once(number: int, _: object) -> None:
    """End without a word, in a container too, where the first process is spared what ends any other."""
    os._exit(128 + number)


def _bot_id(token: str) -> int:
    """Which bot a token is of, as it says itself; 0 for none that Telegram gives."""
    number = token.partition(":")[0]
    return int(number) if number.isdecimal() and len(number) < 20 else 0


def _warm_up(desk: HomeDesk) -> None:
    """Load encoder and snapshot before the first question.

    Without a snapshot the bot still starts, so that an admin can reindex from the chat.
    """
    try:
        info = desk.info()
    except SnapshotError as problem:
        _log.warning("%s", problem)
    else:
        _log.info("snapshot %s with %s articles is open", info.id, f"{info.articles:,}")

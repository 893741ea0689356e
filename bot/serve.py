"""`footnote serve`: the bot on Telegram until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal

from bot.app import Webhook, build_application, serve
from bot.config import Config, Settings
from bot.group_rules import GroupRules
from bot.home_desk import HomeDesk
from bot.home_editor import editor_of
from bot.intake import Intake
from bot.parts import Parts
from bot.records import records_of
from bot.schedule import Alarm, Schedule
from bot.sending import tell_each
from bot.workers import Workers
from retrieval.errors import SnapshotError

_log = logging.getLogger(__name__)


def run_bot(config: Config) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is being answered.

    Raises:
        FootnoteError: There is no token, or the server refuses it.
    """
    token = config.settings.token()
    desk = HomeDesk(config)
    _warm_up(desk)
    asyncio.run(_serve(desk, config, token))
    _log.info("stopped")


async def _serve(desk: HomeDesk, config: Config, token: str) -> None:
    stop, settings, records = stop_on_signal(), config.settings, records_of(config.home)
    application = build_application(
        Parts(
            desk=desk,
            editor=editor_of(desk, config),
            records=records,
            admins=frozenset(settings.admins),
            rules=rules_of(settings),
            workers=Workers(settings.workers),
            intake=Intake(settings.max_waiting),
        ),
        token=token,
        api_url=settings.telegram_api_url,
    )

    async def tell_admins(alarm: Alarm) -> None:
        await tell_each(application.bot, settings.admins, records.languages, alarm)

    refreshing = asyncio.create_task(Schedule(config, desk, tell_admins).run(stop))
    try:
        await serve(application, webhook_of(settings), stop)
    finally:
        stop.set()
        await refreshing


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
    host, _, port = settings.webhook_listen.rpartition(":")
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    return Webhook(settings.webhook_url, host.strip("[]"), int(port), secret)


def stop_on_signal() -> asyncio.Event:
    """An event that SIGINT and SIGTERM set."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


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

"""`footnote serve`: the bot on Telegram until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal

import click

from bot.app import Webhook, build_application, serve
from bot.config import Config, Settings
from bot.home_desk import HomeDesk
from retrieval.errors import SnapshotError

_log = logging.getLogger(__name__)


async def run_bot(config: Config) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is being answered.

    Raises:
        FootnoteError: There is no token, or the server refuses it.
    """
    settings = config.settings
    desk = HomeDesk(config)
    application = build_application(
        token=settings.token(),
        api_url=settings.telegram_api_url,
        desk=desk,
        admins=frozenset(settings.admins),
        workers=settings.workers,
    )
    await asyncio.to_thread(_warm_up, desk)
    click.echo("Answering. Ctrl-C stops.", err=True)
    await serve(application, webhook_of(settings), stop_on_signal())


def webhook_of(settings: Settings) -> Webhook | None:
    """Where updates are delivered, None for polling."""
    if settings.webhook_url is None:
        return None
    host, _, port = settings.webhook_listen.rpartition(":")
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    return Webhook(settings.webhook_url, host, int(port), secret)


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
        desk.info()
    except SnapshotError as problem:
        _log.warning("%s", problem)

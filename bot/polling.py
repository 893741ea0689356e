"""Updates fetched from Telegram, which forgets them once they are handled and not before.

python-telegram-bot's own polling tells Telegram to forget what it has fetched, so a bot that is killed loses
the questions it was answering.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from telegram import Bot
from telegram.constants import PollingLimit
from telegram.error import RetryAfter, TelegramError

from bot.errors import log_poll_error
from bot.in_hand import InHand
from bot.logged import about

_log = logging.getLogger(__name__)

_POLL_TIMEOUT_S = 20
# While something is in hand Telegram answers at once, with that: so often it is asked whether there is more.
_ASK_EVERY_S = 0.2
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 30.0


@asynccontextmanager
async def polling(bot: Bot, in_hand: InHand, allowed: Sequence[str]) -> AsyncIterator[None]:
    """Fetch updates until the block ends; a poll that is under way is dropped then.

    Args:
        bot: Whose updates.
        in_hand: Where they go.
        allowed: The kinds that are wanted.

    Raises:
        TelegramError: The webhook that may be set cannot be taken away.
    """
    await bot.delete_webhook()
    going_on = asyncio.create_task(_poll(bot, in_hand, allowed), name="polling")
    try:
        yield
    finally:
        going_on.cancel()
        with suppress(asyncio.CancelledError):
            await going_on


async def confirm(bot: Bot, in_hand: InHand) -> None:
    """Let Telegram forget what was handled; what was not comes again."""
    if in_hand.ask_from is None:
        return
    try:
        await bot.get_updates(offset=in_hand.ask_from, limit=1, timeout=0)
    except TelegramError as error:
        # No harm: they come again, and are known.
        _log.info("Telegram is not told what was handled: %s", error)


async def _poll(bot: Bot, in_hand: InHand, allowed: Sequence[str]) -> None:
    pause_s = 0.0
    while True:
        try:
            await _fetch(bot, in_hand, allowed)
            pause_s = 0.0
        except TelegramError as error:
            log_poll_error(error)
            pause_s = _next_pause(pause_s, error)
        except Exception as error:  # noqa: BLE001 - whatever it is, a bot that polls no more is dead
            _log.error("Polling failed", exc_info=error, extra=about("polling_failed"))
            pause_s = _next_pause(pause_s, error)
        await asyncio.sleep(pause_s)


async def _fetch(bot: Bot, in_hand: InHand, allowed: Sequence[str]) -> None:
    before = in_hand.n_taken
    updates = await bot.get_updates(
        offset=in_hand.ask_from,
        timeout=_POLL_TIMEOUT_S,
        allowed_updates=allowed,
    )
    for update in updates:
        await in_hand.put(update)
    if len(updates) >= PollingLimit.MAX_LIMIT and in_hand.n_taken == before:
        # Nothing newer is shown before these are forgotten, and one chat's long line would hold up all.
        in_hand.let_telegram_forget()
        _log.warning("More than a poll's worth of updates waits", extra=about("backlog"))
    await in_hand.handled_all(_ASK_EVERY_S)


def _next_pause(pause_s: float, error: Exception) -> float:
    if isinstance(error, RetryAfter):
        return error._retry_after.total_seconds()
    return min(max(_FIRST_PAUSE_S, 1.5 * pause_s), _LONGEST_PAUSE_S)

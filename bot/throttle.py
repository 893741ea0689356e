"""Telegram's flood limits: spaced beforehand, and waited out when they are hit all the same."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import ChatMigrated, RetryAfter
from telegram.ext import AIORateLimiter

from bot.logged import about
from retrieval.timing import timed

_log = logging.getLogger(__name__)

_RETRIES = 3
# A reader who has to wait longer than this has gone; the reply is given up and the log says so.
_LONGEST_WAIT_S = 90.0
# Telegram counts in whole seconds.
_SLACK_S = 0.1

_Json = bool | dict[str, Any] | list[dict[str, Any]]


class Throttle(AIORateLimiter):
    """Spaces calls as its base does, but a flood in one chat holds up that chat only.

    The base stops every call of the bot while one chat is held back. Typing is neither spaced nor
    repeated: it is worth nothing when it is late. A call about a group that became a supergroup is
    repeated there.
    """

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, _Json]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> _Json:
        """Make the call, again after each flood that can be waited out, and where its group has moved to."""
        if endpoint == "sendChatAction":
            return await callback(*args, **kwargs)
        with timed("send"):
            for _ in range(_RETRIES):
                try:
                    return await self._spaced(callback, args, kwargs, data)
                except RetryAfter as flood:
                    await _wait_out(flood, endpoint)
                except ChatMigrated as moved:
                    # What was meant for the group is meant for the supergroup that it has become.
                    data = {**data, "chat_id": moved.new_chat_id}
                    args = (endpoint, data)
            return await self._spaced(callback, args, kwargs, data)

    async def _spaced(
        self,
        callback: Callable[..., Coroutine[Any, Any, _Json]],
        args: Any,
        kwargs: dict[str, Any],
        data: dict[str, Any],
    ) -> _Json:
        chat_id = data.get("chat_id")
        in_group = isinstance(chat_id, int) and chat_id < 0
        return await self._run_request(
            chat=chat_id is not None,
            group=chat_id if in_group and chat_id is not None else False,
            allow_paid_broadcast=False,
            callback=callback,
            args=args,
            kwargs=kwargs,
        )


async def _wait_out(flood: RetryAfter, endpoint: str) -> None:
    # The public attribute changes its type with an environment variable.
    wait_s = flood._retry_after.total_seconds() + _SLACK_S
    _log.info(
        "Telegram asks %s to wait %.1f s", endpoint, wait_s, extra=about("flood", wait_s=round(wait_s, 1))
    )
    if wait_s > _LONGEST_WAIT_S:
        raise flood
    await asyncio.sleep(wait_s)

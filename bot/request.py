"""How updates are fetched: one that cannot be read is passed over, not asked for forever."""

from __future__ import annotations

import logging
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.reach import Reach

_log = logging.getLogger(__name__)

# The token is not valid, or another bot polls with it.
_REFUSES_US = (401, 409)


class WatchedRequest(HTTPXRequest):
    """Calls the Bot API, and notes whether it was reached.

    Args:
        reach: Where.
        wire: See `HTTPXRequest`.
    """

    def __init__(self, reach: Reach, **wire: Any) -> None:
        super().__init__(**wire)
        self._reach = reach

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """See `HTTPXRequest`."""
        try:
            status, answer = await super().do_request(*args, **kwargs)
        except TelegramError as error:
            self._reach.failed(type(error).__name__)
            raise
        if status in _REFUSES_US or status >= 500:
            self._reach.failed(f"HTTP {status}")
        else:
            self._reach.reached()
        return status, answer


class UpdatesRequest(WatchedRequest):
    """Fetches updates; one that this release cannot read becomes an empty one.

    The library gives up the whole batch then, asks for it again at once and writes it to the log,
    questions and all, without end.
    """

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """The server's answer, with nothing in it that `Update` cannot read."""
        response = HTTPXRequest.parse_json_payload(payload)
        found = response.get("result") if isinstance(response, dict) else None
        if isinstance(found, list):
            response["result"] = [readable(update) for update in found]
        return response


def readable(update: dict[str, Any]) -> dict[str, Any]:
    """The same update, or an empty one of its number where this release cannot read it."""
    try:
        Update.de_json(update)
    # What it raises depends on what is missing or odd.
    except (AttributeError, KeyError, OverflowError, RecursionError, TypeError, ValueError) as error:
        number = update["update_id"]
        _log.warning("Update %s is passed over, it cannot be read: %s", number, type(error).__name__)
        return {"update_id": number}
    return update

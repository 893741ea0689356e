"""getUpdates: long polling with one poller at a time."""

import asyncio

from telegram.constants import PollingLimit

from bot.simulator.bell import Bell
from bot.simulator.errors import bad_request, conflict
from bot.simulator.params import Params
from bot.simulator.parties import Json
from bot.simulator.world import World

LONGEST_POLL_S = 50
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
SET_WEBHOOK = "terminated by setWebhook request"


class Polling:
    """Answers getUpdates; a newer call ends the older one."""

    def __init__(self, world: World, bell: Bell) -> None:
        self._world = world
        self._bell = bell
        self._newest = 0

    async def get_updates(self, params: Params) -> list[Json]:
        """Waiting updates, or those that come before the timeout.

        Raises:
            ApiError: 409 when a webhook is set or another poll takes over.
        """
        if self._world.webhook is not None:
            raise conflict(WEBHOOK_ACTIVE)
        limit = params.integer("limit", PollingLimit.MAX_LIMIT)
        limit = limit if PollingLimit.MIN_LIMIT <= limit <= PollingLimit.MAX_LIMIT else PollingLimit.MAX_LIMIT
        offset, timeout_s = params.integer("offset"), params.integer("timeout")
        if timeout_s < 0:
            raise bad_request("timeout must be non-negative")
        self._world.updates.allow(params.array("allowed_updates"))
        self._newest += 1
        self._bell.ring()
        return await self._wait(self._newest, (offset, limit), min(timeout_s, LONGEST_POLL_S))

    async def _wait(self, mine: int, wanted: tuple[int, int], timeout_s: float) -> list[Json]:
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout_s
        while not (updates := self._world.updates.take(*wanted)):
            left_s = end - loop.time()
            if left_s <= 0 or not await self._bell.rung(left_s):
                return []
            if self._world.webhook is not None:
                raise conflict(SET_WEBHOOK)
            if mine != self._newest:
                raise conflict(OTHER_POLL)
        return updates

"""The order of work: what is let in, messages of one chat one after the other, chats beside each other.

Nothing that was fetched waits anywhere else. Polling puts each update into the library's queue, and a
webhook does before it answers Telegram; the library takes it out at once and gives it to `Turns`. There
it is nothing to the bot, or turned away, and done with at once; or it has one of the places of `Intake`;
or it is a notice, of which there are so many (`bot.door.MOST_NOTICES`). Only what Telegram tells of
chats, and admins, are let in without counting. So the queue never holds more than one batch of a poll,
and what a stop has to wait for is as bounded: the library finishes all that it fetched before it ends.
"""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, cast

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.arrival import Arrival
from bot.door import Door
from bot.intake import Intake

# The base class lets this many updates in. It is out of reach on purpose: it would hold back the others
# behind one chat with many waiting messages, and could turn none away.
_MAX_WAITING = 1_000_000


class Turns(BaseUpdateProcessor):
    """Works on what the door lets in, in the places that there are.

    Args:
        door: Says what is answered.
        intake: The places.
    """

    def __init__(self, door: Door, intake: Intake) -> None:
        super().__init__(_MAX_WAITING)
        self._door = door
        self._intake = intake

    async def do_process_update(self, update: object, coroutine: Any) -> None:
        """Work on the update once its turn has come, or turn it away."""
        work = cast("Coroutine[Any, Any, None]", coroutine)
        try:
            if isinstance(update, Update) and (arrival := self._door.arrival(update)):
                await self._take(update, arrival, work)
        finally:
            work.close()  # of what was not begun; of what is done it does nothing

    async def _take(self, update: Update, arrival: Arrival, work: Coroutine[Any, Any, None]) -> None:
        refusal = self._door.refusal(arrival)
        is_certain = arrival.by_admin or arrival.kind == "event"
        in_order = arrival.kind != "inline"
        if refusal or not await self._intake.enter(arrival.line, is_certain=is_certain, in_order=in_order):
            await self._door.turn_away(update, arrival, refusal)
            return
        try:
            await work
        finally:
            self._intake.leave(arrival.line)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""

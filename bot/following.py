"""Every update followed from the moment it is worked on until it is handled."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable

from telegram import Message, Update
from telegram.ext import BaseUpdateProcessor

from bot.in_hand import InHand
from bot.tracing import tracing


class Following(BaseUpdateProcessor):
    """Works on updates as another processor does, under an id each; what is handled is no longer in hand.

    Args:
        processor: Decides on their order.
        in_hand: Where they came from.
    """

    def __init__(self, processor: BaseUpdateProcessor, in_hand: InHand) -> None:
        super().__init__(processor.max_concurrent_updates)
        self._processor = processor
        self._in_hand = in_hand
        self._working: set[asyncio.Task[object]] = set()

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Work on an update; one that is given up stays in hand, and comes again."""
        task = asyncio.current_task()
        assert task is not None
        self._working.add(task)
        try:
            with tracing(_kind(update), lag_s=_lag_s(update)):
                await self._processor.do_process_update(update, coroutine)
        finally:
            self._working.discard(task)
        if isinstance(update, Update):
            self._in_hand.done(update)

    async def give_up(self) -> int:
        """Stop working on everything; returns on how many updates."""
        working = list(self._working)
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)
        return len(working)

    async def initialize(self) -> None:
        """Prepare the other one."""
        await self._processor.initialize()

    async def shutdown(self) -> None:
        """Shut the other one down."""
        await self._processor.shutdown()


def _kind(update: object) -> str:
    """Its kind, in the words of the Bot API; never anything of what is in it."""
    if not isinstance(update, Update):
        return "other"
    return next((kind for kind in Update.ALL_TYPES if getattr(update, kind, None) is not None), "other")


def _lag_s(update: object) -> float | None:
    """How long ago a message was sent, as far as the two clocks agree; Telegram tells whole seconds."""
    message = update.message if isinstance(update, Update) else None
    return max(0.0, time.time() - message.date.timestamp()) if isinstance(message, Message) else None

"""The order of work: messages of one chat one after the other, chats beside each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from telegram import Update
from telegram.ext import BaseUpdateProcessor

# How many chats are served at the same moment; the encoder, not this number, is what they wait for.
MAX_CHATS = 256
# The base class lets this many updates in. It is out of reach on purpose: were it the real bound, one
# chat with many waiting messages would take all places and stop the others.
_MAX_WAITING = 1_000_000


@dataclass(slots=True)
class _Line:
    """The messages of one chat that are being worked on or wait."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    length: int = 0


class ChatByChat(BaseUpdateProcessor):
    """Keeps the order inside each chat and works on several chats at once.

    Args:
        max_chats: How many chats at once.
    """

    def __init__(self, max_chats: int = MAX_CHATS) -> None:
        super().__init__(_MAX_WAITING)
        self._places = asyncio.Semaphore(max_chats)
        self._lines: dict[int, _Line] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Wait for the update's turn in its chat, then for a free place, then work on it."""
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            await coroutine  # what is typed inline is mostly dropped, and takes nobody's place
            return
        async with self._turn(chat.id), self._places:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""

    @asynccontextmanager
    async def _turn(self, chat_id: int) -> AsyncIterator[None]:
        line = self._lines.setdefault(chat_id, _Line())
        line.length += 1
        try:
            async with line.turn:
                yield
        finally:
            line.length -= 1
            if not line.length:
                del self._lines[chat_id]

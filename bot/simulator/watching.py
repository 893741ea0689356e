"""What a test or the demo can see of a simulated Telegram, and how it waits for more."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.simulator.bell import Bell
from bot.simulator.errors import ApiError
from bot.simulator.parties import Chat
from bot.simulator.types import Message, RecordedRequest
from bot.simulator.world import READER, Event, World

WAIT_S = 10.0

T = TypeVar("T")


class Watching:
    """Looks at a world and waits for what happens in it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._bell = Bell()
        self.world.watchers.append(self._ring)

    @property
    def bot_username(self) -> str:
        """The bot's name without the @."""
        return self.world.bot.username

    @property
    def requests(self) -> Sequence[RecordedRequest]:
        """Every call the bot made, oldest first, getUpdates included."""
        return self.world.requests

    def sent(self, method: str) -> list[RecordedRequest]:
        """The calls of one method."""
        return [each for each in self.requests if each.method.lower() == method.lower()]

    def refuse(self, method: str, error: ApiError) -> None:
        """Answer the next call of a method with an error; several wait in line."""
        self.world.refusals[method.lower()].append(error)

    def messages(self, chat: Chat | int = READER.id) -> tuple[Message, ...]:
        """The messages of a chat as they stand now, oldest first."""
        return self.world.messages(self._chat(chat).id)

    async def next_reply(
        self, chat: Chat | int = READER.id, *, after: Message | None = None, timeout_s: float = WAIT_S
    ) -> Message:
        """The bot's first message in a chat, or its first one after another message.

        Raises:
            TimeoutError: It said nothing; the error shows the chat.
        """
        known = after.message_id if after else 0

        def find() -> Message | None:
            later = (each for each in self.messages(chat) if each.message_id > known)
            return next((each for each in later if each.sender == self.world.bot), None)

        return await self.wait_for(find, timeout_s=timeout_s)

    async def next_edit(self, message: Message, *, timeout_s: float = WAIT_S) -> Message:
        """A message once it differs from what is given.

        Raises:
            TimeoutError: It stayed the same.
        """

        def find() -> Message | None:
            current = self.world.message(message.chat.id, message.message_id)
            return current if current != message else None

        return await self.wait_for(find, timeout_s=timeout_s)

    async def wait_for(self, find: Callable[[], T | None], *, timeout_s: float = WAIT_S) -> T:
        """What `find` finds, looked for again after everything that happens.

        Raises:
            TimeoutError: It found nothing in time; the error shows every chat.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout_s
        while not (found := find()):
            if not await self._bell.rung(max(0.0, end - loop.time())):
                raise TimeoutError(f"nothing came in {timeout_s} s. {self._transcript()}")
        return found

    def _ring(self, event: Event) -> None:
        self._bell.ring()

    def _chat(self, chat: Chat | int) -> Chat:
        return self.world.chats[chat if isinstance(chat, int) else chat.id]

    def _transcript(self) -> str:
        lines = [
            f"[{chat.title}] {each.sender.first_name}: {each.text}"
            for chat in self.world.chats.values()
            for each in self.world.messages(chat.id)
        ]
        calls = [f"{each.method}: {each.response.get('description', 'ok')}" for each in self.requests[-5:]]
        return "Said: " + " | ".join(lines) + ". Last calls: " + " | ".join(calls)

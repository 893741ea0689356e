"""The simulator as one object: its server, and what a test or the demo can do and see."""

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self, TypeVar

from tornado.httpserver import HTTPServer
from tornado.web import Application

from bot.simulator import people
from bot.simulator.attachments import Origin
from bot.simulator.bell import Bell
from bot.simulator.chat_page import MAX_WISH_BYTES, ChatSocket, Hub, PageHandler
from bot.simulator.errors import ApiError
from bot.simulator.floods import FloodLimits
from bot.simulator.http import BotApi, BotApiHandler, FileHandler
from bot.simulator.parties import Chat, User
from bot.simulator.polling import Polling
from bot.simulator.types import Entity, Message, RecordedRequest
from bot.simulator.webhook import WebhookDelivery
from bot.simulator.world import READER, Event, World
from corpus.errors import FootnoteError

TOKEN = "7000000001:SIMULATOR-not-a-real-token-00000000"
WAIT_S = 10.0

T = TypeVar("T")


class Simulator:
    """A strict Bot API server with a chat page, on 127.0.0.1 only.

    Args:
        port: Where to listen; 0 takes any free port.
        examples: Questions the page offers to ask.
        floods: How fast the bot may speak; None never refuses for speed.
        clock: Seconds since 1970; message dates and flood limits follow it.
    """

    token = TOKEN

    def __init__(
        self,
        *,
        port: int = 0,
        examples: Sequence[str] = (),
        floods: FloodLimits | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.world = World.furnished(clock, floods)
        self._port = port
        self._bell = Bell()
        self._hub = Hub(self.world, examples)
        self._server: HTTPServer | None = None
        self._delivery: asyncio.Task[None] | None = None
        self.world.watchers += [self._ring, self._hub.watch]

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The page's address; the Bot API's base is this plus /bot."""
        return f"http://127.0.0.1:{self._port}"

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

    async def start(self) -> None:
        """Listen.

        Raises:
            FootnoteError: The port is taken.
        """
        try:
            listening = socket.create_server(("127.0.0.1", self._port))
        except OSError as error:
            message = f"cannot listen on 127.0.0.1:{self._port} ({error.strerror})"
            raise FootnoteError(message, "stop the program that uses this port, or choose another") from error
        listening.setblocking(False)
        self._port = listening.getsockname()[1]
        self._server = HTTPServer(self._application(), max_buffer_size=60 * 1024 * 1024)
        self._server.add_socket(listening)
        self._delivery = asyncio.create_task(WebhookDelivery(self.world, self._bell).run())

    async def stop(self) -> None:
        """Close every connection and stop listening."""
        if self._delivery is not None:
            self._delivery.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._delivery
            self._delivery = None
        if self._server is not None:
            self._server.stop()
            self._hub.close()
            await self._server.close_all_connections()
            self._server = None

    async def say(
        self,
        text: str,
        *,
        chat: Chat | int = READER.id,
        user: User | None = None,
        reply_to: Message | None = None,
        thread: int | None = None,
    ) -> Message:
        """Write to a chat; in a private chat as its person, in a group as the reader unless told.

        Commands, @mentions and addresses are found in the text as Telegram finds them.
        """
        message = people.replying(self._draft(text, chat, user), reply_to)
        return people.say(self.world, replace(message, thread_id=thread or message.thread_id))

    async def say_naming_bot(
        self, text: str, words: str, *, chat: Chat | int, user: User | None = None
    ) -> Message:
        """Write to a chat where some words of the text are a link to the bot (a text_mention)."""
        return people.say(self.world, self._draft(text, chat, user), [self._bot_link(text, words)])

    async def send_file(
        self,
        name: str,
        content: bytes,
        *,
        media_type: str = "",
        caption: str = "",
        chat: Chat | int = READER.id,
        user: User | None = None,
    ) -> Message:
        """Send a file to a chat; in a private chat as its person, in a group as the reader unless told."""
        message = self._draft(caption, chat, user)
        return people.say(self.world, people.sending_file(self.world, message, name, content, media_type))

    async def forward(
        self, text: str, origin: Origin, *, chat: Chat | int = READER.id, user: User | None = None
    ) -> Message:
        """Forward somebody's message to a chat; one without words is a picture."""
        return people.say(self.world, people.forwarding(self.world, self._draft(text, chat, user), origin))

    async def press(self, message: Message, button: str, *, user: User | None = None) -> str:
        """Press an inline button, named by its words or its callback_data; returns the query's id.

        Raises:
            LookupError: The message, as it stands now, has no such button.
        """
        current = self.world.message(message.chat.id, message.message_id) or message
        for each in current.buttons:
            if button in (each.text, each.callback_data):
                return people.press(self.world, current, each, user or self._person(message.chat))
        offered = [each.text for each in current.buttons]
        raise LookupError(f"no button {button!r} on message {message.message_id}; it has {offered}")

    async def edit(self, message: Message, text: str) -> Message:
        """Change a message as its author; the bot gets an edited_message."""
        return people.edit(self.world, message, text)

    async def block(self, user: User) -> None:
        """Block the bot; writing to it again unblocks it."""
        people.block(self.world, user)

    async def kick(self, chat: Chat, *, by: User) -> None:
        """Throw the bot out of a group."""
        people.kick(self.world, chat, by)

    async def upgrade(self, chat: Chat, *, new_id: int) -> Chat:
        """Turn a group into a supergroup with another id."""
        return people.upgrade(self.world, chat, new_id)

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

    def _application(self) -> Application:
        api = BotApi(self.world, Polling(self.world, self._bell), self.token)
        return Application(
            [
                (r"/bot([^/]+)/([^/]+)", BotApiHandler, {"api": api}),
                (r"/file/bot([^/]+)/(.+)", FileHandler, {"api": api}),
                (r"/ws", ChatSocket, {"hub": self._hub}),
                (r"/([a-z.]*)", PageHandler),
            ],
            log_function=lambda handler: None,
            websocket_max_message_size=MAX_WISH_BYTES,
        )

    def _ring(self, event: Event) -> None:
        self._bell.ring()

    def _chat(self, chat: Chat | int) -> Chat:
        return self.world.chats[chat if isinstance(chat, int) else chat.id]

    def _person(self, chat: Chat) -> User:
        return chat.user or READER

    def _draft(self, text: str, chat: Chat | int, user: User | None) -> Message:
        found = self._chat(chat)
        return people.write(found, user or self._person(found), text)

    def _bot_link(self, text: str, words: str) -> Entity:
        return people.name_bot(self.world, text, words)

    def _transcript(self) -> str:
        lines = [
            f"[{chat.title}] {each.sender.first_name}: {each.text}"
            for chat in self.world.chats.values()
            for each in self.world.messages(chat.id)
        ]
        calls = [f"{each.method}: {each.response.get('description', 'ok')}" for each in self.requests[-5:]]
        return "Said: " + " | ".join(lines) + ". Last calls: " + " | ".join(calls)

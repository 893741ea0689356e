"""The simulator as one object: its server, and what a test or the demo can do and see."""

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from tornado.httpserver import HTTPServer
from tornado.web import Application

from bot.simulator.chat_page import MAX_WISH_BYTES, ChatSocket, Hub, PageHandler, SentFileHandler
from bot.simulator.floods import FloodLimits
from bot.simulator.gestures import Gestures
from bot.simulator.http import BotApi, BotApiHandler, FileHandler
from bot.simulator.polling import Polling
from bot.simulator.webhook import WebhookDelivery
from bot.simulator.world import World
from corpus.errors import FootnoteError

TOKEN = "7000000001:SIMULATOR-not-a-real-token-00000000"  # noqa: S105 - it says so


class Simulator(Gestures):
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
        super().__init__(World.furnished(clock, floods))
        self._port = port
        self._hub = Hub(self.world, examples)
        self._server: HTTPServer | None = None
        self._delivery: asyncio.Task[None] | None = None
        self.world.watchers.append(self._hub.watch)

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

    def _application(self) -> Application:
        api = BotApi(self.world, Polling(self.world, self._bell), self.token)
        return Application(
            [
                (r"/bot([^/]+)/([^/]+)", BotApiHandler, {"api": api}),
                (r"/file/bot([^/]+)/(.+)", FileHandler, {"api": api}),
                (r"/sent/([^/]+)", SentFileHandler, {"world": self.world}),
                (r"/ws", ChatSocket, {"hub": self._hub}),
                (r"/([a-z.]*)", PageHandler),
            ],
            log_function=lambda handler: None,
            websocket_max_message_size=MAX_WISH_BYTES,
        )

"""The door that Telegram knocks at: updates come in by POST, and only from whoever knows the secret.

python-telegram-bot has a server for this, but it compares the secret letter by letter, lets a body of 100 MB
in before it looks at who sent it, and answers what is no JSON with a traceback.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from telegram import Bot, Update
from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler

from bot.request import readable

_log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a name
# A message of 4,096 letters that replies to another, with all their entities and buttons, is a tenth of it.
MAX_BODY_BYTES = 1 << 20
_MAX_HEADER_BYTES = 16_384
# For one body. Telegram's come at once; who dribbles one holds a connection no longer than this.
_BODY_S = 10.0
_IDLE_S = 120.0


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram delivers messages.

    Args:
        url: The public address; the local server listens on its path.
        listen_host: The local address to listen on.
        port: The local port to listen on.
        secret: What Telegram proves itself with in every call; a random one where empty, none where
            both addresses are this machine's own.
    """

    url: str
    listen_host: str
    port: int
    secret: str = ""


@asynccontextmanager
async def listening(
    webhook: Webhook, bot: Bot, updates: asyncio.Queue[object], *, secret: str | None
) -> AsyncIterator[None]:
    """A server that puts what Telegram delivers into ``updates``; closed at the end.

    Args:
        webhook: Where to listen.
        bot: The one that updates are for.
        updates: Where they go.
        secret: What every call has to bring; None where only this machine can call.

    Raises:
        OSError: It cannot listen there.
    """
    expected = None if secret is None else secret.encode()
    path = re.escape(urlsplit(webhook.url).path.rstrip("/"))
    door = {"bot": bot, "updates": updates, "expected": expected}
    server = HTTPServer(
        Application([(rf"{path}/?", _Door, door)], log_function=lambda handler: None),
        max_body_size=MAX_BODY_BYTES,
        max_header_size=_MAX_HEADER_BYTES,
        body_timeout=_BODY_S,
        idle_connection_timeout=_IDLE_S,
    )
    family = socket.AF_INET6 if ":" in webhook.listen_host else socket.AF_INET
    ear = socket.create_server((webhook.listen_host, webhook.port), family=family)
    ear.setblocking(False)
    server.add_socket(ear)
    try:
        yield
    finally:
        server.stop()
        await server.close_all_connections()


class _Door(RequestHandler):
    SUPPORTED_METHODS = ("POST",)

    def initialize(self, bot: Bot, updates: asyncio.Queue[object], expected: bytes | None) -> None:
        self._bot = bot
        self._updates = updates
        self._expected = expected

    def set_default_headers(self) -> None:
        self.clear_header("Server")  # whoever finds this address need not know what listens

    async def post(self) -> None:
        self._check_sender()
        await self._updates.put(self._update())

    def _check_sender(self) -> None:
        shown = self.request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        # In a time that does not tell how much of it was right.
        if self._expected is not None and not hmac.compare_digest(shown, self._expected):
            raise HTTPError(403)
        if self.request.headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
            raise HTTPError(415)

    def _update(self) -> Update:
        try:
            said = json.loads(self.request.body)
        except (ValueError, RecursionError):
            raise HTTPError(400) from None
        if not isinstance(said, dict) or type(said.get("update_id")) is not int:
            raise HTTPError(400)
        return Update.de_json(readable(said), self._bot)

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """The status says it all."""
        self.finish()

    def log_exception(self, typ: object, value: BaseException | None, tb: object) -> None:
        """A refusal is no event; an error of ours is, though not with what was sent."""
        if not isinstance(value, HTTPError):
            _log.error("The webhook failed (%s)", type(value).__name__)

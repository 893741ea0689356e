"""/metrics, /health and /ready, for the programs that watch over a bot; on loopback unless told otherwise."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.config import ConfigError
from bot.metrics import Metrics
from bot.standing import Standing

_MAX_HEADER_BYTES = 16_384
_IDLE_S = 60.0

# A status and a page, made in a thread.
_Page = Callable[[], tuple[int, str, bytes]]


@asynccontextmanager
async def monitored(host: str, port: int, standing: Standing) -> AsyncIterator[None]:
    """Serve how things stand until the block ends, and count what is logged meanwhile.

    Raises:
        ConfigError: It cannot listen there.
    """
    metrics = Metrics(standing)

    def numbers() -> tuple[int, str, bytes]:
        return 200, CONTENT_TYPE_PLAIN_0_0_4, metrics.page()

    def alive() -> tuple[int, str, bytes]:
        return _told(200, {"status": "alive"})

    def ready() -> tuple[int, str, bytes]:
        problems = standing.problems()
        status = {"status": "not ready" if problems else "ready", "problems": problems}
        return _told(503 if problems else 200, status)

    pages = (("/metrics", numbers), ("/health", alive), ("/ready", ready))
    server = HTTPServer(
        Application(
            [(path, _Watched, {"page": page}) for path, page in pages], log_function=lambda handler: None
        ),
        max_body_size=0,
        max_header_size=_MAX_HEADER_BYTES,
        idle_connection_timeout=_IDLE_S,
    )
    server.add_socket(_listening(host, port))
    root = logging.getLogger()
    root.addHandler(metrics)
    try:
        yield
    finally:
        root.removeHandler(metrics)
        server.stop()
        await server.close_all_connections()


class _Watched(RequestHandler):
    def initialize(self, page: _Page) -> None:
        self._page = page

    async def get(self) -> None:
        status, kind, content = await asyncio.to_thread(self._page)
        self.set_status(status)
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", "no-store")
        self.finish(content)

    def set_default_headers(self) -> None:
        self.clear_header("Server")


def _told(status: int, content: object) -> tuple[int, str, bytes]:
    return status, "application/json", json.dumps(content).encode() + b"\n"


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        ear = socket.create_server((host, port), family=family)
    except OSError as error:
        raise ConfigError(
            f"cannot listen on {host}:{port}: {error.strerror or error}",
            "set FOOTNOTE_METRICS_LISTEN to a free host:port of this machine",
        ) from error
    ear.setblocking(False)
    return ear

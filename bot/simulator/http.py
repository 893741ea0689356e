"""The HTTP face of the Bot API: /bot<token>/<method>."""

import asyncio
import contextlib
import json
import re
from dataclasses import dataclass

from tornado.iostream import StreamClosedError
from tornado.web import RequestHandler

from bot.simulator.errors import ApiError
from bot.simulator.methods import METHODS
from bot.simulator.params import Params, read_params
from bot.simulator.parties import Json
from bot.simulator.polling import Polling
from bot.simulator.types import RecordedRequest
from bot.simulator.world import World

_TOKEN = re.compile(r"\d+:[\w-]+")
_LOCAL_NAMES = {"127.0.0.1", "localhost"}


class LocalHandler(RequestHandler):
    """Serves this machine's own pages and programs only.

    A page from elsewhere can reach a loopback port in two ways, by a name that resolves to it and by
    a request across origins; both are refused.
    """

    def prepare(self) -> None:
        """Refuse strangers before anything is read."""
        origin = self.request.headers.get("Origin")
        is_own = origin is None or origin == f"http://{self.request.host}"
        if self.request.host_name not in _LOCAL_NAMES or not is_own:
            self.set_status(403)
            self.finish("This server answers only its own page and programs on this machine.\n")


@dataclass(frozen=True, slots=True)
class BotApi:
    """The Bot API of one bot: who may call it, and what answers."""

    world: World
    polling: Polling
    token: str

    async def call(self, token: str, method: str, given: dict[str, object]) -> object:
        """Run one method.

        Raises:
            ApiError: In Telegram's words.
        """
        self.check(token)
        # Telegram matches names without regard to case.
        name = method.lower()
        if refusals := self.world.refusals[name]:
            raise refusals.pop(0)
        if name == "getupdates":
            return await self.polling.get_updates(Params(given))
        if name not in METHODS:
            raise ApiError(404, "Not Found: method not found")
        return METHODS[name](self.world, Params(given))

    def file(self, token: str, path: str) -> bytes:
        """The content of a file that getFile named.

        Raises:
            ApiError: The token is not the bot's, or there is no such file.
        """
        self.check(token)
        content = self.world.files.at(path)
        if content is None:
            raise ApiError(404, "Not Found")
        return content

    def check(self, token: str) -> None:
        """Refuse whoever is not the bot.

        Raises:
            ApiError: In Telegram's words.
        """
        if not _TOKEN.fullmatch(token):
            raise ApiError(404, "Not Found")
        if token != self.token:
            raise ApiError(401, "Unauthorized")


class BotApiHandler(LocalHandler):
    """Answers one Bot API call and records it."""

    def initialize(self, api: BotApi) -> None:
        """Receive the API this handler speaks for."""
        self._api = api
        self._call: asyncio.Task[object] | None = None

    async def get(self, token: str, method: str) -> None:
        """Telegram takes calls by GET too."""
        await self._answer(token, method)

    async def post(self, token: str, method: str) -> None:
        """Answer a call."""
        await self._answer(token, method)

    def on_connection_close(self) -> None:
        """A poller that hung up must not be handed updates."""
        if self._call is not None:
            self._call.cancel()

    async def _answer(self, token: str, method: str) -> None:
        given: dict[str, object] = {}
        try:
            given = read_params(self.request)
            self._call = asyncio.create_task(self._api.call(token, method, given))
            body: Json = {"ok": True, "result": await self._call}
        except ApiError as error:
            self.set_status(error.code)
            body = error.to_json()
        except asyncio.CancelledError:
            return
        # No wait at all where there is no lag: whoever hung up meanwhile must not be answered a turn later.
        if self._api.world.lag_s:
            await asyncio.sleep(self._api.world.lag_s)
        self._api.world.record(RecordedRequest(method, given, body))
        self.set_header("Content-Type", "application/json")
        # Whoever hung up meanwhile, as a bot does that shows typing no more, wants no answer.
        with contextlib.suppress(StreamClosedError):
            await self.finish(json.dumps(body))


class FileHandler(LocalHandler):
    """Gives the bot what a person sent, under the path that getFile named."""

    def initialize(self, api: BotApi) -> None:
        """Receive the API this handler speaks for."""
        self._api = api

    def get(self, token: str, path: str) -> None:
        """One file, as it was sent."""
        try:
            content = self._api.file(token, path)
        except ApiError as error:
            self.set_status(error.code)
            self.set_header("Content-Type", "application/json")
            self.finish(json.dumps(error.to_json()))
            return
        self.set_header("Content-Type", "application/octet-stream")
        self.finish(content)

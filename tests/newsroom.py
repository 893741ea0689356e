"""A real home that admins change from the chat, and a small web of pages that it may read."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from uuid import uuid4

from hashing_encoder import HashingEncoder
from talk import ask, text_of
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.activity import Act, Activity
from bot.config import load_config
from bot.home_desk import HomeDesk
from bot.home_editor import HomeEditor
from bot.refreshing import refresh_home
from bot.simulator import ADMIN, CHANNEL, SECOND_READER, ChannelPost
from bot.words import ENGLISH
from corpus.errors import UnreadableSource
from corpus.fetched import Fetched, Gone, NotModified, Validators
from corpus.gather import Way
from corpus.ingest import add
from corpus.keys import url_key
from corpus.library import Library
from corpus.lock import writing
from corpus.reading import read
from corpus.sandbox import Sandbox
from corpus.source_file import SourceFile
from corpus.watch import Refreshed, watch
from corpus.web_address import canonical

SETTINGS = {"answer_threshold": 0.0, "related_threshold": 0.0, "cross_encoder": "off"}


class Newsroom:
    """A home, and who does what to it.

    Args:
        path: The home; made when something is put in.
        settings: Of it, beside `SETTINGS`.
    """

    def __init__(self, path: Path, **settings: object) -> None:
        self.path = path
        self._fetched = path.parent / "fetched"
        self.config = load_config(home=path, environ={}, flags={**SETTINGS, **settings})

    def desk(self) -> HomeDesk:
        """A desk, as another process has it."""
        return HomeDesk(self.config, HashingEncoder())

    def editor(self, desk: HomeDesk) -> HomeEditor:
        """An editor of the same home."""
        return HomeEditor(desk, self._way, max_passage_chars=700, max_loss=0.3)

    def add(self, *sources: str) -> None:
        """Take in files, as `footnote add` does."""
        with writing(self.path), Library.open(self.path / "library.db") as library:
            assert {told.status for told in add(library, sources)} <= {"added", "updated"}

    def watch(self, source: str, *, every_s: int = 3_600) -> None:
        """Watch a folder, and read it once."""
        with writing(self.path), Library.open(self.path / "library.db") as library:
            watch(library, source, every_s=every_s, policy="mark")
        told = [each.status for each in refresh_home(self.config) if isinstance(each, Refreshed)]
        assert told == ["refreshed"]

    def library(self) -> Library:
        """The library, for reading."""
        return Library.open_to_read(self.path / "library.db")

    def titles(self) -> set[str]:
        """Of the articles that are there."""
        if not (self.path / "library.db").exists():
            return set()
        with self.library() as library:
            return {each.metadata.title for each in library.current()}

    def ids(self) -> list[str]:
        """Of the articles that are there."""
        with self.library() as library:
            return sorted(library.heads())

    def texts(self) -> set[str]:
        """Of the articles that are there."""
        with self.library() as library:
            return {each.text for each in library.current()}

    def acts(self) -> list[tuple[str, str]]:
        """What was recorded, the oldest first: what was done and how it ended."""
        return [(act.what, act.outcome) for act in reversed(self.last_acts())]

    def last_acts(self) -> tuple[Act, ...]:
        """The same whole, the newest first."""
        return Activity(self.path).last(100)

    def snapshots(self) -> list[str]:
        """The names of what stands among the snapshots but the name of the current one."""
        return sorted(path.name for path in (self.path / "snapshots").iterdir() if path.name != "CURRENT")

    def inbox(self) -> list[str]:
        """The names of what is kept there."""
        folder = self.path / "inbox"
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []

    @contextmanager
    def _way(self) -> Iterator[Way]:
        self._fetched.mkdir(exist_ok=True)
        with Sandbox() as sandbox:
            yield Way(read=partial(read, sandbox=sandbox), fetch=self._fetch)

    def _fetch(self, url: str, validators: Validators) -> Fetched | NotModified | Gone:
        """What stands at an address of this machine, without the care that strangers need."""
        try:
            with urllib.request.urlopen(url, timeout=10) as response:
                path = self._fetched / uuid4().hex
                path.write_bytes(response.read())
                kind = response.headers["Content-Type"]
        except urllib.error.HTTPError as error:
            return Gone() if error.code in (404, 410) else self._refused(url, f"answers {error.code}")
        except OSError:
            return self._refused(url, "does not answer")
        name = url.rsplit("/", 1)[-1]
        return Fetched(SourceFile(path, url, url_key(canonical(url)), name, kind, url))

    def _refused(self, url: str, problem: str) -> Gone:
        raise UnreadableSource(f"{url} {problem}", "try again later", source=url)


@asynccontextmanager
async def web(pages: dict[str, tuple[str, str]]) -> AsyncIterator[str]:
    """A server of these pages: path to media type and words, read anew at every request."""

    class Page(RequestHandler):
        def get(self, path: str) -> None:
            if path not in pages:
                self.set_status(404)
                return
            kind, words = pages[path]
            self.set_header("Content-Type", kind)
            self.finish(words)

    [listening] = bind_sockets(0, "127.0.0.1")
    server = HTTPServer(Application([("/(.*)", Page)], log_function=lambda handler: None))
    server.add_socket(listening)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.stop()
        await server.close_all_connections()


FERRY = b"The ferry to the islands\n\nThe ferry left Harbour Street at dawn with a crate of oranges."
FERRY_LATER = b"The ferry to the islands\n\nThe ferry left Harbour Street at noon with two crates of oranges."
POST = ChannelPost(CHANNEL, 42, 1_778_749_200, author="The editors")
ADMINS = frozenset({ADMIN.id, SECOND_READER.id})


def labels(message):
    """What the buttons of a message say."""
    return [button.text for button in message.buttons]


async def send(telegram, name="ferry.txt", content=FERRY, chat=ADMIN.id, **more):
    """Send a file, and return the bot's reply."""
    sent = await telegram.send_file(name, content, chat=chat, **more)
    return await looked(telegram, await telegram.next_reply(sent.chat, after=sent))


async def forward(telegram, text, origin=POST, chat=ADMIN.id):
    """Forward a message, and return the bot's reply."""
    sent = await telegram.forward(text, origin, chat=chat)
    return await looked(telegram, await telegram.next_reply(sent.chat, after=sent))


async def link(telegram, url, chat=ADMIN.id):
    """Send a bare web address, and return what the bot made of it."""
    return await looked(telegram, await ask(telegram, url, chat=chat))


async def looked(telegram, message):
    """What the bot says once it has looked at what was sent."""
    return await telegram.next_edit(message) if message.text == ENGLISH("looking") else message


async def pressed(telegram, message, button, wanted):
    """Press a button, and return the message once it says what is wanted."""
    await telegram.press(message, button)
    return await text_of(telegram, message, wanted)


async def added(telegram, **sent):
    """Send a file and add it."""
    preview = await send(telegram, **sent)
    return await pressed(telegram, preview, preview.buttons[0].text, "after /reindex")

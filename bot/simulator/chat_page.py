"""The chat page: its files, and the WebSocket that carries what people and the bot do."""

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from telegram.constants import FileSizeLimit
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from bot.simulator import inline, people
from bot.simulator.http import LocalHandler
from bot.simulator.parties import Chat, Json, User
from bot.simulator.types import Message
from bot.simulator.world import ADMIN, GROUP, READER, Event, World

_FOLDER = Path(__file__).with_name("page")
_FILES = {
    "": ("index.html", "text/html"),
    "app.js": ("app.js", "text/javascript"),
    "menus.js": ("menus.js", "text/javascript"),
    "render.js": ("render.js", "text/javascript"),
    "style.css": ("style.css", "text/css"),
    "icon.svg": ("icon.svg", "image/svg+xml"),
}
# A file of the largest size a bot may download, in base64, and a little beside it.
MAX_WISH_BYTES = FileSizeLimit.FILESIZE_DOWNLOAD * 3 // 2
_SHOWN = {"message", "edited", "deleted", "action", "answered", "profile", "offers"}


class PageHandler(LocalHandler):
    """Serves the page's few files, which load nothing from anywhere else."""

    def get(self, name: str) -> None:
        """One file."""
        if name not in _FILES:
            raise HTTPError(404)
        file_name, kind = _FILES[name]
        socket = f"ws://{self.request.host}"
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.set_header(
            "Content-Security-Policy",
            f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src {socket}; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        )
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-store")
        self.finish((_FOLDER / file_name).read_bytes())


class SentFileHandler(LocalHandler):
    """Gives the person at the page a file that was sent, to keep and never to open here."""

    def initialize(self, world: World) -> None:
        """Receive the world whose files these are."""
        self._world = world

    def get(self, file_id: str) -> None:
        """One file."""
        found = self._world.files.content(file_id)
        if found is None:
            raise HTTPError(404)
        document, content = found
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header(
            "Content-Disposition", f"attachment; filename*=UTF-8''{quote(document.name, safe='')}"
        )
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-store")
        self.finish(content)


@dataclass(frozen=True, slots=True)
class Seat:
    """A chat as the page lists it, and who the person at the page is in it."""

    chat: Chat
    user: User
    title: str
    subtitle: str
    hint: str = ""
    is_admin: bool = False

    def to_json(self, world: World) -> Json:
        """What the page needs to show it."""
        return {
            "id": self.chat.id,
            "kind": self.chat.kind,
            "title": self.title,
            "subtitle": self.subtitle,
            "hint": self.hint,
            "is_admin": self.is_admin,
            "user_id": self.user.id,
            **self.profile(world),
            "messages": [message.shown_json() for message in world.messages(self.chat.id)],
        }

    def profile(self, world: World) -> Json:
        """What depends on the language of the person's app."""
        language = world.known(self.user).language_code
        return {
            "id": self.chat.id,
            "language": language,
            "commands": world.menu(self.chat, self.user),
            "description": world.menus.text("description", language),
        }


def seats(bot: User) -> tuple[Seat, ...]:
    """The chats of the demo, first one open."""
    hint = f"In a group the bot answers only when asked: @{bot.username}, a command, or a reply to it."
    return (
        Seat(_private(READER), READER, bot.first_name, "You are Nora, a reader"),
        Seat(_private(ADMIN), ADMIN, f"{bot.first_name} (as admin)", "You are Adam, an admin", is_admin=True),
        Seat(GROUP, READER, GROUP.title, "Group of four; you are Nora", hint=hint),
    )


def _private(user: User) -> Chat:
    return Chat(user.id, "private", user.name, user=user)


@dataclass(slots=True)
class Hub:
    """The open pages; each is told what happens in the chats it shows."""

    world: World
    examples: Sequence[str]
    _sockets: set["ChatSocket"] = field(default_factory=set)

    def join(self, socket: "ChatSocket") -> None:
        """Show a page everything so far, and all that follows."""
        self._sockets.add(socket)
        bot = self.world.bot
        hello: Json = {
            "kind": "hello",
            "bot": bot.to_json(),
            "chats": [seat.to_json(self.world) for seat in seats(bot)],
            "examples": list(self.examples),
        }
        socket.tell(hello)

    def leave(self, socket: "ChatSocket") -> None:
        """Forget a page that closed."""
        self._sockets.discard(socket)

    def close(self) -> None:
        """Say goodbye to every page."""
        for socket in tuple(self._sockets):
            socket.close(1001, "the simulator stops")

    def watch(self, event: Event) -> None:
        """Pass on what the pages show."""
        if event.kind not in _SHOWN:
            return
        news: Json = {"kind": event.kind, "chat_id": event.chat_id, "payload": event.payload}
        if event.kind == "profile":
            news["profiles"] = [seat.profile(self.world) for seat in seats(self.world.bot)]
        for socket in tuple(self._sockets):
            socket.tell(news)

    def act(self, wish: Json) -> None:
        """Do what somebody did at a page.

        Raises:
            ValueError: It makes no sense.
        """
        seat = next(seat for seat in seats(self.world.bot) if seat.chat.id == wish.get("chat_id"))
        deed = wish.get("do")
        if deed == "inline":
            self._ask_inline(seat, wish)
        elif deed in ("choose", "start"):
            self._take_offer(wish)
        elif deed == "follow":
            people.follow(self.world, str(wish.get("address", "")), seat.user)
        elif deed == "language":
            self._speak(seat, str(wish.get("code", "")))
        else:
            self._talk(seat, wish)

    def _talk(self, seat: Seat, wish: Json) -> None:
        if wish.get("do") == "say":
            self._say(seat, str(wish.get("text", "")).strip(), wish.get("reply_to"))
        elif wish.get("do") == "attach":
            self._attach(seat, wish)
        elif wish.get("do") == "press":
            message = self._message(seat, wish.get("message_id"))
            button = next(
                (each for each in message.buttons if each.callback_data == wish.get("button")), None
            )
            if button is not None:
                people.press(self.world, message, button, seat.user)

    def _ask_inline(self, seat: Seat, wish: Json) -> None:
        if self.world.inline.enabled:
            words, offset = str(wish.get("text", "")), str(wish.get("offset", ""))
            inline.ask(self.world, seat.chat, seat.user, words, offset=offset)

    def _take_offer(self, wish: Json) -> None:
        offers = self.world.inline.offered.get(str(wish.get("query_id")))
        if offers is None:
            raise ValueError(f"nothing was offered for query {wish.get('query_id')}")
        if wish.get("do") == "choose":
            found = next(each for each in offers.articles if each.id == wish.get("article_id"))
            inline.choose(self.world, offers, found)
        elif offers.button is not None:
            people.start(self.world, offers.button.payload, offers.query.user)

    def _speak(self, seat: Seat, code: str) -> None:
        if not re.fullmatch(r"[a-z]{2}", code):
            raise ValueError(f"{code!r} is no language of two letters")
        self.world.set_language(seat.user, code)

    def _say(self, seat: Seat, text: str, reply_to: object) -> None:
        if text:
            message = people.write(seat.chat, seat.user, text)
            reply = self._message(seat, reply_to) if reply_to is not None else None
            people.say(self.world, people.replying(message, reply))

    def _attach(self, seat: Seat, wish: Json) -> None:
        message = people.write(seat.chat, seat.user, str(wish.get("text", "")).strip())
        content = base64.b64decode(str(wish.get("content", "")), validate=True)
        name, media_type = str(wish.get("name", "")), str(wish.get("media_type", ""))
        people.say(self.world, people.sending_file(self.world, message, name, content, media_type))

    def _message(self, seat: Seat, message_id: object) -> Message:
        found = self.world.message(seat.chat.id, message_id) if isinstance(message_id, int) else None
        if found is None:
            raise ValueError(f"no message {message_id} in chat {seat.chat.id}")
        return found


class ChatSocket(LocalHandler, WebSocketHandler):
    """One open page. LocalHandler has refused other origins before the socket opens."""

    def initialize(self, hub: Hub) -> None:
        """Receive the hub to join."""
        self._hub = hub

    def open(self) -> None:
        """Join."""
        self._hub.join(self)

    def on_message(self, message: str | bytes) -> None:
        """Do what the page says; a wish that makes no sense closes it."""
        try:
            self._hub.act(json.loads(message))
        except (ValueError, AttributeError, StopIteration):
            self.close(1008, "not understood")

    def on_close(self) -> None:
        """Leave."""
        self._hub.leave(self)

    def tell(self, news: Json) -> None:
        """Send the page some news, unless it has just gone."""
        try:
            self.write_message(json.dumps(news))
        except WebSocketClosedError:
            self._hub.leave(self)

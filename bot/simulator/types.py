"""The messages of a simulated Telegram and their parts, each able to write itself as Bot API JSON."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.simulator.attachments import Attachment, Origin
from bot.simulator.parties import Chat, Json, User


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of a message with a meaning or a look; offset and length count UTF-16 units."""

    kind: str
    offset: int
    length: int
    url: str = ""
    user: User | None = None
    extra: tuple[tuple[str, str | int], ...] = ()

    @property
    def end(self) -> int:
        """The UTF-16 unit after the last one."""
        return self.offset + self.length

    def to_json(self) -> Json:
        """A Bot API MessageEntity."""
        entity: Json = {"type": self.kind, "offset": self.offset, "length": self.length, **dict(self.extra)}
        if self.url:
            entity["url"] = self.url
        if self.user is not None:
            entity["user"] = self.user.to_json()
        return entity


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: what it says and what it carries, such as callback_data or url."""

    text: str
    kind: str
    value: object

    @property
    def callback_data(self) -> str:
        """What the bot receives when it is pressed; empty for a button that sends nothing."""
        return str(self.value) if self.kind == "callback_data" else ""

    def to_json(self) -> Json:
        """A Bot API InlineKeyboardButton."""
        return {"text": self.text, self.kind: self.value}


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands now; an edit replaces it by a new value with the same id.

    Attributes:
        text: What is written; with an attachment, its caption.
        attachment: What was sent along.
        origin: Where it was forwarded from.
        via: The bot through whose inline mode it was sent.
        inline_id: By which that bot can change it; empty where it may not.
        service: What happened in the chat, as the field of a Bot API Message that tells it.
    """

    chat: Chat
    message_id: int
    sender: User
    date: int
    text: str
    entities: tuple[Entity, ...] = ()
    keyboard: Keyboard = ()
    reply_to: "Message | None" = None
    thread_id: int | None = None
    edit_date: int | None = None
    anonymous: bool = False
    reaction: str = ""
    attachment: Attachment | None = None
    origin: Origin | None = None
    via: User | None = None
    inline_id: str = ""
    service: Json | None = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every inline button, row by row."""
        return tuple(button for row in self.keyboard for button in row)

    def slice(self, entity: Entity) -> str:
        """The words an entity covers."""
        units = self.text.encode("utf-16-le")
        return units[2 * entity.offset : 2 * entity.end].decode("utf-16-le")

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """The words and address of every link, those of buttons last."""
        written = [
            (self.slice(each), each.url or self.slice(each))
            for each in self.entities
            if each.kind in ("text_link", "url")
        ]
        return (*written, *((each.text, str(each.value)) for each in self.buttons if each.kind == "url"))

    def to_json(self, *, with_reply: bool = True) -> Json:
        """A Bot API Message; the message it replies to is nested one level deep, as Telegram does."""
        message: Json = {
            "message_id": self.message_id,
            "from": self.sender.to_json(),
            "chat": self.chat.to_json(),
            "date": self.date,
        }
        if self.anonymous:
            message["sender_chat"] = self.chat.to_json()
        message |= self._content()
        if self.keyboard:
            message["reply_markup"] = keyboard_json(self.keyboard)
        if with_reply and self.reply_to is not None:
            message["reply_to_message"] = self.reply_to.to_json(with_reply=False)
        return message | self._marks()

    def shown_json(self) -> Json:
        """The same with what readers see and bots are not told: the reaction under it."""
        return self.to_json() | {"reaction": self.reaction}

    def _content(self) -> Json:
        content: Json = dict(self.service or {})
        if self.origin is not None:
            content["forward_origin"] = self.origin.to_json()
        name = "text"
        if self.attachment is not None:
            name = "caption"
            content |= self.attachment.to_json()
        if self.text:
            content[name] = self.text
        if self.entities:
            found = [entity.to_json() for entity in self.entities]
            content["entities" if name == "text" else "caption_entities"] = found
        return content

    def _marks(self) -> Json:
        marks: Json = {}
        if self.thread_id is not None:
            marks |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        if self.edit_date is not None:
            marks["edit_date"] = self.edit_date
        if self.via is not None:
            marks["via_bot"] = self.via.to_json()
        return marks


def keyboard_json(keyboard: Keyboard) -> Json:
    """A Bot API InlineKeyboardMarkup."""
    return {"inline_keyboard": [[button.to_json() for button in row] for row in keyboard]}


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """One call the bot made: its method, its parameters as they came, and the answer it got."""

    method: str
    params: Mapping[str, object]
    response: Mapping[str, object]

    @property
    def ok(self) -> bool:
        """Whether the server did what was asked."""
        return self.response.get("ok") is True

"""The people, chats and messages of a simulated Telegram, each able to write itself as Bot API JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Json = dict[str, object]
_NAMES = ("first_name", "last_name", "username")
ChatKind = Literal["private", "group", "supergroup", "channel"]


@dataclass(frozen=True, slots=True)
class User:
    """A person, or the bot itself."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    is_bot: bool = False

    @property
    def name(self) -> str:
        """First and last name as a reader sees them."""
        return f"{self.first_name} {self.last_name}".strip()

    def to_json(self) -> Json:
        """A Bot API User."""
        person: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.last_name:
            person["last_name"] = self.last_name
        if self.username:
            person["username"] = self.username
        if not self.is_bot:
            person["language_code"] = "en"
        return person


@dataclass(frozen=True, slots=True)
class Chat:
    """A private chat (its id is its user's id), or a group or channel (its id is negative).

    Attributes:
        topics: Thread id to title; a chat with topics is a forum.
        username: By which a public channel is found; a private one has none.
    """

    id: int
    kind: ChatKind
    title: str
    user: User | None = None
    topics: Mapping[int, str] | None = None
    username: str = ""

    @property
    def is_private(self) -> bool:
        """Whether the bot and one person are alone here."""
        return self.kind == "private"

    def to_json(self) -> Json:
        """A Bot API Chat."""
        if self.user is not None:
            names = self.user.to_json()
            return {"id": self.id, "type": "private"} | {key: names[key] for key in _NAMES if key in names}
        group: Json = {"id": self.id, "type": self.kind, "title": self.title}
        if self.topics is not None:
            group["is_forum"] = True
        if self.username:
            group["username"] = self.username
        return group


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
class Document:
    """A file sent with a message.

    Attributes:
        name: What its sender calls it; empty where they do not say.
        media_type: What its sender's app takes it for; empty likewise.
        size: In bytes.
    """

    file_id: str
    unique_id: str
    name: str
    media_type: str
    size: int

    def to_json(self) -> Json:
        """The fields of a Bot API Message that carry it."""
        document: Json = {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
        }
        if self.name:
            document["file_name"] = self.name
        if self.media_type:
            document["mime_type"] = self.media_type
        return {"document": document}


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture sent with a message."""

    file_id: str
    unique_id: str

    def to_json(self) -> Json:
        """The fields of a Bot API Message that carry it."""
        size: Json = {"file_id": self.file_id, "file_unique_id": self.unique_id, "width": 640, "height": 480}
        return {"photo": [size]}


@dataclass(frozen=True, slots=True)
class ChannelPost:
    """Where a message was forwarded from: a channel's post.

    Attributes:
        author: The signature, in channels that sign.
    """

    chat: Chat
    message_id: int
    date: int
    author: str = ""

    def to_json(self) -> Json:
        """A Bot API MessageOriginChannel."""
        origin: Json = {"type": "channel", "date": self.date, "chat": self.chat.to_json()}
        if self.author:
            origin["author_signature"] = self.author
        return origin | {"message_id": self.message_id}


@dataclass(frozen=True, slots=True)
class PersonsMessage:
    """Where a message was forwarded from: somebody's message.

    Attributes:
        sender: Who wrote it, or only a name where that person hides behind it.
    """

    sender: User | str
    date: int

    def to_json(self) -> Json:
        """A Bot API MessageOriginUser or MessageOriginHiddenUser."""
        if isinstance(self.sender, str):
            return {"type": "hidden_user", "date": self.date, "sender_user_name": self.sender}
        return {"type": "user", "date": self.date, "sender_user": self.sender.to_json()}


Attachment = Document | Photo
Origin = ChannelPost | PersonsMessage


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands now; an edit replaces it by a new value with the same id.

    Attributes:
        text: What is written; with an attachment, its caption.
        attachment: What was sent along.
        origin: Where it was forwarded from.
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

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every inline button, row by row."""
        return tuple(button for row in self.keyboard for button in row)

    def slice(self, entity: Entity) -> str:
        """The words an entity covers."""
        units = self.text.encode("utf-16-le")
        return units[2 * entity.offset : 2 * entity.end].decode("utf-16-le")

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

    def _content(self) -> Json:
        content: Json = {}
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

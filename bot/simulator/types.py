"""The people, chats and messages of a simulated Telegram, each able to write itself as Bot API JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Json = dict[str, object]
_NAMES = ("first_name", "last_name", "username")
ChatKind = Literal["private", "group", "supergroup"]


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
    """A private chat (its id is its user's id) or a group (its id is negative).

    Attributes:
        topics: Thread id to title; a chat with topics is a forum.
    """

    id: int
    kind: ChatKind
    title: str
    user: User | None = None
    topics: Mapping[int, str] | None = None

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
class Message:
    """One message as it stands now; an edit replaces it by a new value with the same id."""

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
            "text": self.text,
        }
        if self.anonymous:
            message["sender_chat"] = self.chat.to_json()
        if self.entities:
            message["entities"] = [entity.to_json() for entity in self.entities]
        if self.keyboard:
            message["reply_markup"] = keyboard_json(self.keyboard)
        if with_reply and self.reply_to is not None:
            message["reply_to_message"] = self.reply_to.to_json(with_reply=False)
        return message | self._marks()

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

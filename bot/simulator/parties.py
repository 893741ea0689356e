"""The people and chats of a simulated Telegram, each able to write itself as Bot API JSON."""

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

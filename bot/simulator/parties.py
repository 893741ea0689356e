"""The people and chats of a simulated Telegram, each able to write itself as Bot API JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Json = dict[str, object]
_NAMES = ("first_name", "last_name", "username")
ChatKind = Literal["private", "group", "supergroup", "channel"]


@dataclass(frozen=True, slots=True)
class User:
    """A person, or the bot itself.

    Attributes:
        language_code: Of the person's app; empty where it does not say. The same person in another
            language is still the same person.
    """

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    is_bot: bool = False
    language_code: str = field(default="en", compare=False)

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
        if self.language_code and not self.is_bot:
            person["language_code"] = self.language_code
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


Status = Literal["creator", "administrator", "member", "left", "kicked"]


@dataclass(frozen=True, slots=True)
class Member:
    """What somebody is in a chat.

    Attributes:
        is_anonymous: Whether an admin appears there as the group itself.
    """

    status: Status = "member"
    is_anonymous: bool = False

    @property
    def is_admin(self) -> bool:
        """Whether they run the chat."""
        return self.status in ("creator", "administrator")

    def to_json(self, user: User) -> Json:
        """A Bot API ChatMember."""
        member: Json = {"user": user.to_json(), "status": self.status}
        if self.status == "kicked":
            member["until_date"] = 0
        if self.is_admin:
            member["is_anonymous"] = self.is_anonymous
        if self.status == "administrator":
            member |= {"can_be_edited": False, **dict.fromkeys(_RIGHTS, True)}
        return member


_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)

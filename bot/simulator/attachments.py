"""What a message carries besides words, and where it was forwarded from."""

from dataclasses import dataclass

from bot.simulator.parties import Chat, Json, User


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

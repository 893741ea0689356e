"""The inline mode: what was typed after the bot's name, what it offered, and what is kept of that."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.simulator.parties import Chat, Json, User
from bot.simulator.types import Entity, Keyboard, Message

# tdlib gives no figure; Telegram's apps stop waiting after some seconds, and bots hear of it so.
ANSWER_WITHIN_S = 30.0


@dataclass(frozen=True, slots=True)
class InlineQuery:
    """What somebody typed after the bot's name, not yet sent.

    Attributes:
        offset: Empty at first; for more of the same, the next_offset of what was offered.
        asked_at: In seconds since 1970.
    """

    id: str
    user: User
    chat: Chat
    text: str
    offset: str
    asked_at: float

    def to_json(self) -> Json:
        """A Bot API InlineQuery."""
        kind = "sender" if self.chat.user == self.user else self.chat.kind
        query: Json = {"id": self.id, "from": self.user.to_json(), "query": self.text}
        return query | {"offset": self.offset, "chat_type": kind}


@dataclass(frozen=True, slots=True)
class InlineArticle:
    """One thing the bot offers (an InlineQueryResultArticle), and the message it becomes when chosen."""

    id: str
    title: str
    text: str
    entities: tuple[Entity, ...] = ()
    description: str = ""
    url: str = ""
    keyboard: Keyboard = ()

    def to_json(self) -> Json:
        """What a list of offers shows of it."""
        return {"id": self.id, "title": self.title, "description": self.description, "url": self.url}


@dataclass(frozen=True, slots=True)
class StartButton:
    """The button above the offers, which opens the private chat with a payload."""

    text: str
    payload: str


@dataclass(frozen=True, slots=True)
class Offers:
    """What the bot offered for a query, best first."""

    query: InlineQuery
    articles: tuple[InlineArticle, ...]
    next_offset: str = ""
    button: StartButton | None = None

    def to_json(self) -> Json:
        """What the page shows."""
        return {
            "query_id": self.query.id,
            "user_id": self.query.user.id,
            "query": self.query.text,
            "offset": self.query.offset,
            "articles": [article.to_json() for article in self.articles],
            "next_offset": self.next_offset,
            "button": {"text": self.button.text} if self.button else None,
        }


@dataclass(frozen=True, slots=True)
class Kept:
    """Offers that Telegram gives again without asking the bot, until a moment."""

    offers: Offers
    until: float


_Key = tuple[str, str, int]


@dataclass(slots=True)
class InlineDesk:
    """The state of the inline mode.

    Attributes:
        enabled: Whether the bot has an inline mode, which its owner asks BotFather for.
        feedback: Whether it hears what was chosen, which its owner asks BotFather for too.
        waiting: Queries the bot has not answered, by id.
        offered: What was offered, by the id of the query.
        posted: Messages it may change, by inline_message_id: chat id and message id.
    """

    enabled: bool = True
    feedback: bool = False
    waiting: dict[str, InlineQuery] = field(default_factory=dict)
    offered: dict[str, Offers] = field(default_factory=dict)
    posted: dict[str, tuple[int, int]] = field(default_factory=dict)
    _kept: dict[_Key, Kept] = field(default_factory=dict)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(5_000_001))

    def next_id(self) -> str:
        """An id nothing else has."""
        return str(next(self._ids))

    def recall(self, query: InlineQuery) -> Offers | None:
        """What was offered before for the same words, while that is kept for everybody or this person."""
        for user_id in (query.user.id, 0):
            kept = self._kept.get((query.text, query.offset, user_id))
            if kept is not None and query.asked_at < kept.until:
                return replace(kept.offers, query=query)
        return None

    def keep(self, offers: Offers, until: float, *, personal: bool) -> None:
        """Let the same words bring the same offers until a moment."""
        query = offers.query
        key = (query.text, query.offset, query.user.id if personal else 0)
        self._kept[key] = Kept(offers, until)

    def remember(self, message: Message) -> None:
        """Let the bot change a message by its inline_message_id."""
        if message.inline_id:
            self.posted[message.inline_id] = (message.chat.id, message.message_id)

"""Everything a simulated Telegram knows: people, chats, messages, and what waits for the bot."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from bot.simulator.errors import ApiError, bad_request, forbidden
from bot.simulator.files import FileShelf
from bot.simulator.floods import FloodLimits, Floods
from bot.simulator.inline_desk import InlineDesk
from bot.simulator.menus import Menus
from bot.simulator.parties import Chat, Json, Member, User
from bot.simulator.types import Message, RecordedRequest
from bot.simulator.updates import UpdateQueue, Webhook

BOT = User(7000000001, "Footnote", username="footnote_demo_bot", is_bot=True)
READER = User(1001, "Nora", "Lind", username="nora_lind")
ADMIN = User(1002, "Adam", "Okoro", username="adam_okoro")
SECOND_READER = User(1003, "Tomas", "Vega")
GROUP = Chat(-1001000000001, "supergroup", "Reading room")
CHANNEL = Chat(-1001000000002, "channel", "Harbour News", username="harbour_news")

# Telegram's own stand-in for an admin who writes as the group.
ANONYMOUS = User(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, for those who watch: the chat page and waiting tests."""

    kind: str
    chat_id: int
    payload: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button that the bot has not answered yet."""

    message: Message
    user: User


@dataclass(slots=True)
class World:
    """The state of the simulator; nothing here waits, and time and ids are the caller's to foresee.

    Attributes:
        privacy: Whether the bot is kept from group talk that is not for it.
        absent: Why the bot can no longer write to a chat, by chat id.
        refusals: Errors to answer to the next calls of a method, first one first.
        lag_s: How long each answer to a call is on its way.
        presses: Unanswered callback queries by id.
        members: What people and the bot are in a chat, where it is not the usual, by chat and user id.
    """

    clock: Callable[[], float]
    bot: User = BOT
    privacy: bool = True
    floods: Floods | None = None
    webhook: Webhook | None = None
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    started: set[int] = field(default_factory=set)
    absent: dict[int, ApiError] = field(default_factory=dict)
    files: FileShelf = field(default_factory=FileShelf)
    updates: UpdateQueue = field(default_factory=UpdateQueue)
    requests: list[RecordedRequest] = field(default_factory=list)
    refusals: dict[str, list[ApiError]] = field(default_factory=lambda: defaultdict(list))
    lag_s: float = 0.0
    presses: dict[str, Press] = field(default_factory=dict)
    menus: Menus = field(default_factory=Menus)
    members: dict[int, dict[int, Member]] = field(default_factory=lambda: defaultdict(dict))
    inline: InlineDesk = field(default_factory=InlineDesk)
    watchers: list[Callable[[Event], None]] = field(default_factory=list)
    _messages: dict[int, dict[int, Message]] = field(default_factory=lambda: defaultdict(dict))
    _counters: dict[int, Iterator[int]] = field(default_factory=dict)
    _press_ids: Iterator[int] = field(default_factory=lambda: itertools.count(4_000_001))

    @classmethod
    def furnished(cls, clock: Callable[[], float], limits: FloodLimits | None = None) -> "World":
        """A world with the bot, two readers, an admin, and their group."""
        world = cls(clock, floods=Floods(limits) if limits else None)
        for user in (READER, ADMIN, SECOND_READER):
            world.add_user(user)
        world.add_chat(GROUP)
        return world

    def add_user(self, user: User) -> Chat:
        """Let a person exist, with a private chat to the bot."""
        self.users[user.id] = user
        return self.add_chat(Chat(user.id, "private", user.name, user=user))

    def add_chat(self, chat: Chat) -> Chat:
        """Let a chat exist."""
        self.chats[chat.id] = chat
        return chat

    def find_user(self, user_id: int) -> User | None:
        """A person by id, or the bot."""
        return self.bot if user_id == self.bot.id else self.users.get(user_id)

    def chat(self, chat_id: int) -> Chat:
        """A chat by id.

        Raises:
            ApiError: There is none.
        """
        if chat_id not in self.chats:
            raise bad_request("chat not found")
        return self.chats[chat_id]

    def chat_to_write(self, chat_id: int) -> Chat:
        """A chat the bot may write to.

        Raises:
            ApiError: It does not exist, the bot is shut out, or its person never wrote first.
        """
        chat = self.chat(chat_id)
        if chat_id in self.absent:
            raise self.absent[chat_id]
        if chat.is_private and chat_id not in self.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def now(self) -> int:
        """The date a message gets now, in whole seconds."""
        return int(self.clock())

    def count_send(self, chat: Chat) -> None:
        """Count a message or an edit against the flood limits, where there are any."""
        if self.floods is not None:
            self.floods.check(chat, self.clock())

    def post(self, draft: Message) -> Message:
        """Put a message into its chat, with the next id and the date of now."""
        message = replace(draft, message_id=self._next_message_id(draft.chat), date=self.now())
        self._messages[message.chat.id][message.message_id] = message
        self.tell("message", message.chat.id, message.shown_json())
        return message

    def change(self, message: Message) -> Message:
        """Put a changed message in the place of the one with its id."""
        self._messages[message.chat.id][message.message_id] = message
        self.tell("edited", message.chat.id, message.shown_json())
        return message

    def forget(self, message: Message) -> None:
        """Delete a message."""
        del self._messages[message.chat.id][message.message_id]
        self.tell("deleted", message.chat.id, {"message_id": message.message_id})

    def message(self, chat_id: int, message_id: int) -> Message | None:
        """A message as it stands now."""
        return self._messages[chat_id].get(message_id)

    def messages(self, chat_id: int) -> tuple[Message, ...]:
        """The messages of a chat, oldest first."""
        return tuple(self._messages[chat_id].values())

    def menu(self, chat: Chat, user: User | None = None) -> list[Json]:
        """The commands somebody is offered in a chat; in a private chat its person unless told."""
        person = user or chat.user
        is_admin = person is not None and self.member(chat, person).is_admin
        return self.menus.menu(chat, person, is_admin=is_admin)

    def member(self, chat: Chat, user: User) -> Member:
        """What somebody is in a chat: unless told, the admin owns every group and others are members."""
        owner = Member("creator" if user == ADMIN and not chat.is_private else "member")
        return self.members[chat.id].get(user.id, owner)

    def known(self, user: User) -> User:
        """A person as they are now; whoever is not of this world stays as given."""
        return self.users.get(user.id, user)

    def set_language(self, user: User, language_code: str) -> None:
        """Let a person's app speak a language; empty for one that does not say which."""
        changed = replace(self.known(user), language_code=language_code)
        self.users[user.id] = changed
        self.chats[user.id] = replace(self.chats[user.id], user=changed)
        self.tell("profile", 0)

    def add_press(self, press: Press) -> str:
        """Remember a pressed button until the bot answers it; returns the callback query's id."""
        query_id = str(next(self._press_ids))
        self.presses[query_id] = press
        return query_id

    def record(self, request: RecordedRequest) -> None:
        """Keep a call the bot made, for those who want to look at it."""
        self.requests.append(request)
        self.tell("request", 0)

    def put_update(self, kind: str, payload: Json) -> None:
        """Queue an update for the bot and wake whoever delivers."""
        if self.updates.put(kind, payload):
            self.tell("update", 0)

    def tell(self, kind: str, chat_id: int, payload: Json | None = None) -> None:
        """Let every watcher know."""
        event = Event(kind, chat_id, payload or {})
        for watcher in tuple(self.watchers):
            watcher(event)

    def _next_message_id(self, chat: Chat) -> int:
        # Telegram counts private messages over all of a bot's chats, and each supergroup by itself.
        shelf = chat.id if chat.kind == "supergroup" else 0
        return next(self._counters.setdefault(shelf, itertools.count(1)))


def draft(chat: Chat, sender: User, text: str) -> Message:
    """A message not yet posted."""
    return Message(chat, 0, sender, 0, text)

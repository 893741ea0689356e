"""The updates waiting for the bot, and where it wants them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.simulator.parties import Json

# What a bot receives when it names no kinds itself.
DEFAULT_KINDS = frozenset(
    {"message", "edited_message", "callback_query", "my_chat_member", "inline_query", "chosen_inline_result"}
)
FIRST_ID = 1001


@dataclass(slots=True)
class UpdateQueue:
    """Updates in order, each kept until the bot confirms it."""

    allowed: frozenset[str] = DEFAULT_KINDS
    waiting: list[Json] = field(default_factory=list)
    _next_id: int = FIRST_ID

    def allow(self, kinds: Iterable[object] | None) -> None:
        """Take only these kinds from now on; none named means the default, None changes nothing."""
        if kinds is not None:
            self.allowed = frozenset(map(str, kinds)) or DEFAULT_KINDS

    def put(self, kind: str, payload: Json) -> bool:
        """Queue an update unless the bot does not want its kind."""
        if kind not in self.allowed:
            return False
        self.waiting.append({"update_id": self._next_id, kind: payload})
        self._next_id += 1
        return True

    def take(self, offset: int, limit: int) -> list[Json]:
        """The oldest updates from offset on; asking for them confirms all before offset.

        A negative offset counts from the end and forgets everything before it.
        """
        if offset < 0:
            del self.waiting[:offset]
        elif offset:
            self.waiting[:] = [each for each in self.waiting if _id(each) >= offset]
        return self.waiting[:limit]


def _id(update: Json) -> int:
    identifier = update["update_id"]
    assert isinstance(identifier, int)
    return identifier


@dataclass(slots=True)
class Webhook:
    """Where updates are posted, and how the last delivery went."""

    url: str
    secret: str = ""
    max_connections: int = 40
    last_error: str = ""
    last_error_date: int = 0

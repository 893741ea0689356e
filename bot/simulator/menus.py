"""What the bot says of itself: menus by scope, and its name and descriptions, each by language."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.simulator.parties import Chat, Json, User


def scope_key(scope: Mapping[str, object]) -> str:
    """A scope of commands as a key: equal for equal scopes, however they were written."""
    return json.dumps({name: str(value) for name, value in scope.items()}, sort_keys=True)


@dataclass(slots=True)
class Menus:
    """Every menu the bot has set, and every text about itself.

    Attributes:
        commands: The menu of a scope's key and a language; the empty language is everybody's.
        texts: What setMyName, setMyDescription and setMyShortDescription left, by kind and language.
    """

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)

    def menu(self, chat: Chat, user: User | None = None, *, is_admin: bool = False) -> list[Json]:
        """The commands somebody is offered in a chat, narrowest scope first, as Telegram decides it."""
        language = user.language_code if user else ""
        for scope in _scopes(chat, user, is_admin):
            for code in (language, ""):
                if commands := self.commands.get((scope_key(scope), code)):
                    return commands
        return []

    def text(self, kind: str, language: str) -> str:
        """A text about the bot as somebody of a language reads it."""
        return self.texts.get((kind, language)) or self.texts.get((kind, ""), "")


def _scopes(chat: Chat, user: User | None, is_admin: bool) -> Iterator[Json]:
    this: Json = {"chat_id": chat.id}
    if chat.is_private:
        yield {"type": "chat"} | this
        yield {"type": "all_private_chats"}
    else:
        if user is not None:
            yield {"type": "chat_member", "user_id": user.id} | this
        if is_admin:
            yield {"type": "chat_administrators"} | this
        yield {"type": "chat"} | this
        if is_admin:
            yield {"type": "all_chat_administrators"}
        yield {"type": "all_group_chats"}
    yield {"type": "default"}

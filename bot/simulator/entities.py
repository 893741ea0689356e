"""What Telegram finds in plain words by itself: commands, mentions, hashtags, addresses (pure)."""

import re
from collections.abc import Iterable

from bot.simulator.links import checked_link
from bot.simulator.types import Entity

_PATTERNS = {
    "bot_command": re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])"),
    "mention": re.compile(r"(?<![\w/@])@[a-zA-Z0-9_]{4,32}(?![\w@])"),
    "hashtag": re.compile(r"(?<![\w&/#])#(?=\w*[^\W\d_])\w{1,256}(?![\w#])"),
    "url": re.compile(r"(?<![\w@/.])(?:https?://|t\.me/)[^\s<>\"']*[^\s<>\"'.,;:!?)\]]", re.IGNORECASE),
}
# Telegram finds nothing inside these.
_OPAQUE = {"code", "pre", "text_link", "text_mention"}


def n_units(text: str) -> int:
    """Its length in UTF-16 units, which is how Telegram counts offsets."""
    return len(text) + sum(char > "\uffff" for char in text)


def find_entities(text: str) -> tuple[Entity, ...]:
    """The commands, mentions, hashtags and addresses in the text, in order, none overlapping."""
    found = []
    taken: list[tuple[int, int]] = []
    for kind in ("url", "bot_command", "mention", "hashtag"):
        for match in _PATTERNS[kind].finditer(text):
            if kind == "url" and not checked_link(match[0]):
                continue
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                found.append(Entity(kind, n_units(text[: match.start()]), n_units(match[0])))
    return tuple(sorted(found, key=lambda entity: entity.offset))


def add_found(text: str, given: Iterable[Entity]) -> list[Entity]:
    """The given entities and those found in the text outside code and links."""
    entities = list(given)
    opaque = [entity for entity in entities if entity.kind in _OPAQUE]
    for found in find_entities(text):
        if not any(each.offset < found.end and found.offset < each.end for each in opaque):
            entities.append(found)
    return entities

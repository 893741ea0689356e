"""From the text and parse_mode of a request to the text and entities of a message (pure)."""

from collections.abc import Callable
from dataclasses import replace

from telegram.constants import MessageLimit

from bot.simulator.entities import add_found, n_units
from bot.simulator.errors import bad_request
from bot.simulator.html import HtmlError, parse_html, sort_entities
from bot.simulator.parties import User
from bot.simulator.types import Entity

MAX_RAW_BYTES = 32_768
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32)], " ") | {13: None}
# Direction overrides are removed so that a name cannot turn the text around it.
_CONTROLS |= dict.fromkeys(range(0x202A, 0x202F))
_NAMED_KINDS = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
_LOOKS = {"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"}
_KNOWN_KINDS = (
    _NAMED_KINDS | _LOOKS | {"code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"}
)

FindUser = Callable[[int], User | None]


def word_message(
    text: str, parse_mode: str, given: object, find_user: FindUser
) -> tuple[str, tuple[Entity, ...]]:
    """The text and entities a reader will see.

    Args:
        text: As sent, markup included.
        parse_mode: Empty or HTML; the simulator speaks no Markdown.
        given: The decoded `entities` parameter, or None; used only without a parse_mode.
        find_user: Who a text mention means; a stranger's mention is dropped.

    Raises:
        ApiError: In Telegram's words.
    """
    worded, entities = _word(text, parse_mode, given, find_user)
    if not worded:
        raise bad_request("message text is empty")
    if len(worded) > MessageLimit.MAX_TEXT_LENGTH:
        raise bad_request("message is too long")
    return worded, entities


def word_caption(
    text: str, parse_mode: str, given: object, find_user: FindUser
) -> tuple[str, tuple[Entity, ...]]:
    """The same for what is written under a file, which may be nothing and is shorter.

    Raises:
        ApiError: In Telegram's words.
    """
    worded, entities = _word(text, parse_mode, given, find_user)
    if len(worded) > MessageLimit.CAPTION_LENGTH:
        raise bad_request("message caption is too long")
    return worded, entities


def _word(text: str, parse_mode: str, given: object, find_user: FindUser) -> tuple[str, tuple[Entity, ...]]:
    if len(text.encode()) > MAX_RAW_BYTES:
        raise bad_request("text is too long")
    entities = _given_entities(given) if not parse_mode else []
    if parse_mode:
        text, entities = _parse(text, parse_mode)
    text, entities = _tidy(text, entities)
    known = [named for each in entities if (named := _with_user(each, find_user))]
    return text, sort_entities(add_found(text, known))[: MessageLimit.MESSAGE_ENTITIES]


def _parse(text: str, parse_mode: str) -> tuple[str, list[Entity]]:
    if parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    try:
        plain, entities = parse_html(text)
    except HtmlError as error:
        raise bad_request(f"can't parse entities: {error}") from error
    return plain, list(entities)


def _tidy(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Control characters become spaces, and the spaces around the text go, entities following."""
    clean = text.translate(_CONTROLS)
    if n_units(clean) != n_units(text):
        kept = [len(char.translate(_CONTROLS)) for char in text for _ in range(n_units(char))]
        moved = [0]
        for count in kept:
            moved.append(moved[-1] + count)
        last = len(moved) - 1
        spans = [(moved[min(each.offset, last)], moved[min(each.end, last)]) for each in entities]
        entities = [
            replace(each, offset=start, length=end - start)
            for each, (start, end) in zip(entities, spans, strict=True)
        ]
    left = n_units(clean) - n_units(clean.lstrip())
    clean = clean.strip()
    return clean, [cut for each in entities if (cut := _cut(each, left, n_units(clean)))]


def _cut(entity: Entity, left: int, n_kept: int) -> Entity | None:
    start, end = max(0, entity.offset - left), min(n_kept, entity.end - left)
    return replace(entity, offset=start, length=end - start) if end > start else None


def _with_user(entity: Entity, find_user: FindUser) -> Entity | None:
    if entity.kind != "text_mention":
        return entity
    user = find_user(entity.user.id) if entity.user else None
    return replace(entity, user=user) if user else None


def _given_entities(given: object) -> list[Entity]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad_request("expected an Array of MessageEntity")
    return [entity for each in given if (entity := _given_entity(each)).kind not in _NAMED_KINDS]


def _given_entity(raw: object) -> Entity:
    if not isinstance(raw, dict):
        raise bad_request("expected an Object")
    kind, offset, length = raw.get("type"), raw.get("offset"), raw.get("length")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length <= 0:
        raise bad_request(f"can't parse MessageEntity: wrong offset or length in {raw}")
    if kind not in _KNOWN_KINDS:
        raise bad_request("can't parse MessageEntity: unsupported type specified")
    person = raw.get("user")
    user_id = person.get("id") if isinstance(person, dict) else None
    user = User(id=user_id, first_name="") if isinstance(user_id, int) else None
    return Entity(str(kind), offset, length, url=str(raw.get("url", "")), user=user)

"""Telegram's HTML, read with its rules and refused in its words (pure).

The offsets in errors count UTF-8 bytes of the markup; the offsets in entities count UTF-16 units
of the text. Two things that Telegram repairs quietly are errors here, because they are bugs of the
sender: a blockquote inside a blockquote, and formatting inside pre or code.
"""

from dataclasses import dataclass, replace

from bot.simulator.links import checked_link, linked_user_id
from bot.simulator.parties import User
from bot.simulator.types import Entity

_KINDS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {b"lt": 0x3C, b"gt": 0x3E, b"amp": 0x26, b"quot": 0x22}
_SPACES = b" \t\r\n\v\0"
_NAME_END = _SPACES + b"=>/\"'"
_LONGEST_NUMERIC = 10
# Where several entities cover the same words, the outer one comes first.
_RANKS = {"blockquote": 0, "expandable_blockquote": 0, "pre": 11, "code": 20, "text_link": 49, "bold": 90}
_RANKS |= {"italic": 91, "underline": 92, "strikethrough": 93, "spoiler": 94, "custom_emoji": 99}


class HtmlError(ValueError):
    """The markup is refused; the message is Telegram's, without its "can't parse entities" prefix."""


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    n_bytes: int


def parse_html(markup: str) -> tuple[str, tuple[Entity, ...]]:
    """The plain text of the markup and its entities, outermost first.

    Raises:
        HtmlError: In the words Telegram uses for the same markup.
    """
    return _Parser(markup.encode()).run()


def sort_entities(entities: list[Entity]) -> tuple[Entity, ...]:
    """By place, then longest first, then in Telegram's order of kinds; repeated ones once."""
    unique = dict.fromkeys(entities)
    return tuple(sorted(unique, key=lambda each: (each.offset, -each.length, _RANKS.get(each.kind, 50))))


class _Parser:
    def __init__(self, markup: bytes) -> None:
        self._markup = markup
        self._at = 0
        self._text = bytearray()
        self._n_units = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def run(self) -> tuple[str, tuple[Entity, ...]]:
        while self._at < len(self._markup):
            here = self._markup[self._at]
            if here == 0x3C:
                self._tag()
            elif here == 0x26 and (code := self._reference()):
                self._write(chr(code).encode("utf-8", "surrogatepass"))
            else:
                self._write(self._markup[self._at : self._at + 1])
                self._at += 1
        if self._open:
            raise HtmlError(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return self._decoded(), sort_entities([_without_language(each) for each in self._entities])

    def _decoded(self) -> str:
        try:
            return self._text.decode()
        except UnicodeDecodeError:
            raise HtmlError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ) from None

    def _write(self, piece: bytes) -> None:
        self._text += piece
        first = piece[0]
        if first & 0xC0 != 0x80:
            self._n_units += 1 + (first >= 0xF0)

    def _peek(self) -> int:
        return self._markup[self._at] if self._at < len(self._markup) else 0

    def _take_until(self, stops: bytes) -> bytes:
        start = self._at
        while self._at < len(self._markup) and self._markup[self._at] not in stops:
            self._at += 1
        return self._markup[start : self._at]

    def _skip_spaces(self) -> None:
        while self._at < len(self._markup) and self._markup[self._at] in _SPACES:
            self._at += 1

    def _reference(self) -> int:
        """The code point of the reference here, moving past it; 0 and no move when it is none."""
        end = self._at + 1
        if self._markup[end : end + 1] == b"#":
            is_hex = self._markup[end + 1 : end + 2] == b"x"
            start = end = end + 1 + is_hex
            digits = b"0123456789abcdefABCDEF" if is_hex else b"0123456789"
            while end < len(self._markup) and self._markup[end] in digits:
                end += 1
            code = int(self._markup[start:end] or b"0", 16 if is_hex else 10)
            if code >= 0x10FFFF or end - self._at >= _LONGEST_NUMERIC:
                return 0
        else:
            while end < len(self._markup) and self._markup[end : end + 1].isalpha():
                end += 1
            code = _NAMED.get(self._markup[self._at + 1 : end], 0)
        if code:
            self._at = end + (self._markup[end : end + 1] == b";")
        return code

    def _tag(self) -> None:
        begin = self._at
        self._at += 1
        if self._peek() == ord("/"):
            self._at += 1
            self._end_tag(begin)
        else:
            self._start_tag(begin)
        self._at += 1

    def _start_tag(self, begin: int) -> None:
        name = self._take_until(_SPACES + b">")
        if not self._peek():
            raise HtmlError(f"Unclosed start tag at byte offset {begin}")
        tag = name.decode("utf-8", "replace").lower()
        if tag not in _KINDS:
            raise HtmlError(f'Unsupported start tag "{tag}" at byte offset {begin}')
        attributes: dict[str, str] = {}
        while self._peek() != ord(">"):
            self._skip_spaces()
            if self._peek() == ord(">"):
                break
            self._attribute(tag, begin, attributes)
        self._check_tag(tag, attributes, begin)
        self._open.append(_Open(tag, attributes, self._n_units, len(self._text)))

    def _attribute(self, tag: str, begin: int, attributes: dict[str, str]) -> None:
        name = self._take_until(_NAME_END).decode("utf-8", "replace")
        if not name:
            raise HtmlError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self._skip_spaces()
        if self._peek() == ord("="):
            self._at += 1
            self._skip_spaces()
            if not self._peek():
                raise HtmlError(f'Unclosed start tag "{tag}" at byte offset {begin}')
            attributes[name] = self._value()
            if not self._peek():
                raise HtmlError(f"Unclosed start tag at byte offset {begin}")
        elif not self._peek():
            raise HtmlError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        else:
            attributes[name] = ""

    def _value(self) -> str:
        quote = self._peek()
        if quote not in b"\"'":
            return self._name_token()
        self._at += 1
        value = bytearray()
        while self._peek() not in (quote, 0):
            if self._peek() == 0x26 and (code := self._reference()):
                value += chr(code).encode("utf-8", "surrogatepass")
                continue
            value.append(self._peek())
            self._at += 1
        if self._peek():
            self._at += 1
        return value.decode("utf-8", "replace")

    def _name_token(self) -> str:
        begin = self._at
        while (here := self._markup[self._at : self._at + 1]) and (here.isalnum() or here in b".-"):
            self._at += 1
        if self._peek() not in _SPACES + b">":
            raise HtmlError(f"Unexpected end of name token at byte offset {begin}")
        return self._markup[begin : self._at].decode().lower()

    def _check_tag(self, tag: str, attributes: dict[str, str], begin: int) -> None:
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise HtmlError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        around = [opened.tag for opened in self._open]
        if tag == "blockquote" and "blockquote" in around:
            raise HtmlError(f"Nested blockquote at byte offset {begin}; Telegram's documentation forbids it")
        is_code_block = around == [*around[:-1], "pre"] and tag == "code"
        if ("pre" in around or "code" in around) and not is_code_block:
            raise HtmlError(
                f'Tag "{tag}" inside pre or code at byte offset {begin}; Telegram\'s documentation forbids it'
            )

    def _end_tag(self, begin: int) -> None:
        if not self._open:
            raise HtmlError(f"Unexpected end tag at byte offset {begin}")
        found = self._take_until(_SPACES + b">").decode("utf-8", "replace").lower()
        self._skip_spaces()
        if self._peek() != ord(">"):
            raise HtmlError(f"Unclosed end tag at byte offset {begin}")
        opened = self._open[-1]
        if found and found != opened.tag:
            raise HtmlError(
                f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{found}>"'
            )
        if self._n_units > opened.offset:
            self._close(opened)
        self._open.pop()

    def _close(self, opened: _Open) -> None:
        length = self._n_units - opened.offset
        if opened.tag == "a":
            self._close_link(opened, length)
            return
        kind, extra = _KINDS[opened.tag], _extra(opened)
        if opened.tag == "blockquote" and "expandable" in opened.attributes:
            kind = "expandable_blockquote"
        if opened.tag == "pre" and self._entities:
            inner = self._entities[-1]
            if (inner.kind, inner.offset, inner.length) == ("code", opened.offset, length) and inner.extra:
                self._entities.pop()
                extra = inner.extra
        self._entities.append(Entity(kind, opened.offset, length, extra=extra))

    def _close_link(self, opened: _Open, length: int) -> None:
        address = opened.attributes.get("href") or self._text[opened.n_bytes :].decode("utf-8", "replace")
        user_id = linked_user_id(address)
        if user_id is not None:
            mentioned = User(id=user_id, first_name="")
            self._entities.append(Entity("text_mention", opened.offset, length, user=mentioned))
        elif url := checked_link(address):
            self._entities.append(Entity("text_link", opened.offset, length, url=url))


def _extra(opened: _Open) -> tuple[tuple[str, str | int], ...]:
    language = opened.attributes.get("class", "")
    if opened.tag == "code" and language.startswith("language-") and language != "language-":
        return (("language", language.removeprefix("language-")),)
    if opened.tag == "tg-emoji":
        return (("custom_emoji_id", _emoji_id(opened.attributes.get("emoji-id", ""))),)
    if opened.tag == "tg-time":
        return (("unix_time", _unix_time(opened.attributes.get("unix", ""))),)
    return ()


def _unix_time(seconds: str) -> int:
    if not seconds.isdecimal():
        raise HtmlError("Invalid date specified")
    return int(seconds)


def _without_language(entity: Entity) -> Entity:
    """A language belongs to a pre as a whole; code that is only part of one loses it."""
    return replace(entity, extra=()) if entity.kind == "code" else entity


def _emoji_id(identifier: str) -> str:
    if not identifier.isdecimal() or int(identifier) == 0:
        raise HtmlError("Invalid custom emoji identifier specified")
    return identifier

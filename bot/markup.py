"""Text with Telegram's HTML around it, and its size as Telegram counts it."""

from __future__ import annotations

import html
from dataclasses import dataclass

from telegram.constants import MessageLimit

# Not in telegram.constants: the server refuses longer raw text before it parses it.
MAX_RAW_BYTES = 32_768


@dataclass(frozen=True, slots=True)
class Rich:
    """A piece of a message.

    Args:
        html: What is sent.
        units: UTF-16 units that are left of it once parsed.
        entities: How many tags it carries.
    """

    html: str = ""
    units: int = 0
    entities: int = 0

    def __add__(self, other: Rich) -> Rich:
        return Rich(self.html + other.html, self.units + other.units, self.entities + other.entities)

    def fits(self) -> bool:
        """Whether Telegram takes it as one message."""
        return (
            self.units <= MessageLimit.MAX_TEXT_LENGTH
            and self.entities <= MessageLimit.MESSAGE_ENTITIES
            and len(self.html.encode()) <= MAX_RAW_BYTES
        )


def plain(text: str) -> Rich:
    """Words as they are, with nothing in them that could be read as a tag."""
    return Rich(html.escape(text, quote=False), utf16_units(text))


def bold(inner: Rich) -> Rich:
    """``inner`` in bold."""
    return _tagged("b", inner)


def italic(inner: Rich) -> Rich:
    """``inner`` in italics."""
    return _tagged("i", inner)


def struck(inner: Rich) -> Rich:
    """``inner`` struck through."""
    return _tagged("s", inner)


def code(inner: Rich) -> Rich:
    """``inner`` as something to copy; a tap does."""
    return _tagged("code", inner)


def quotation(inner: Rich, *, folded: bool) -> Rich:
    """``inner`` as a quotation; a folded one shows its first lines until it is tapped."""
    opening = "<blockquote expandable>" if folded else "<blockquote>"
    return Rich(f"{opening}{inner.html}</blockquote>", inner.units, inner.entities + 1)


def linked(inner: Rich, url: str) -> Rich:
    """``inner`` leading to ``url``."""
    return Rich(f'<a href="{html.escape(url)}">{inner.html}</a>', inner.units, inner.entities + 1)


def joined(separator: str, pieces: list[Rich]) -> Rich:
    """``pieces`` one after the other with ``separator`` between them."""
    whole = Rich()
    for number, piece in enumerate(pieces):
        whole += plain(separator) + piece if number else piece
    return whole


def utf16_units(text: str) -> int:
    """The length of ``text`` as Telegram counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


def _tagged(tag: str, inner: Rich) -> Rich:
    return Rich(f"<{tag}>{inner.html}</{tag}>", inner.units, inner.entities + 1)

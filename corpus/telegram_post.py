"""A post of a Telegram channel, a forwarded message: which article it is, however it came here (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.keys import guid_key, url_key
from corpus.metadata import read_metadata
from corpus.types import RawArticle
from corpus.web_address import canonical

_MAX_TITLE_CHARS = 120


@dataclass(frozen=True, slots=True)
class Post:
    """A message with words.

    Args:
        text: The words.
        published: When it was posted, ISO 8601; None where that is not known.
        channel: What the channel, or whoever wrote it, is called; may be empty.
        name: By which the channel or author is known among others: for a channel ``telegram/`` and its id.
        number: By which the post is known there.
        username: Of a public channel; empty for others, whose posts have no address for everybody.
        author: Who signed it.
    """

    text: str
    published: str | None
    channel: str
    name: str
    number: str
    username: str = ""
    author: str = ""

    def article(self, origin: str = "") -> RawArticle:
        """The article that it is, the same one whether forwarded or read from the channel's export.

        Args:
            origin: What a person would call it; its address or its number in its channel when empty.
        """
        url = f"https://t.me/{self.username}/{self.number}" if self.username else None
        key, aliases = guid_key(self.name, self.number), tuple[str, ...]()
        if url is not None:
            key, aliases = url_key(canonical(url)), (key,)
        title, text = _titled(self.text.strip())
        fields = {
            "title": title,
            "url": url,
            "source": self.channel,
            "author": self.author,
            "published": self.published,
        }
        origin = origin or url or f"{self.channel}#{self.number}"
        return RawArticle(key, origin, read_metadata(fields), text, aliases=aliases)


def _titled(text: str) -> tuple[str, str]:
    """A first line that can be a headline is the title; else there is none."""
    first, _, rest = text.partition("\n")
    if rest.strip() and len(first) <= _MAX_TITLE_CHARS:
        return first.strip(), rest.strip()
    return "", text

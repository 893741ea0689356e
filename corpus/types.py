"""What an article is, from the raw source to the passages that are searched."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Literal

Markup = Literal["plain", "markdown"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range ``[start, end)`` in Unicode code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The slice of ``text`` that this span names."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article beside its words; unknown is None, never a guess.

    Args:
        title: The headline; may be empty.
        url: Where the article was published, http or https.
        source: The outlet that published it.
        author: Who wrote it, as one line.
        published: ISO 8601 date or date and time.
    """

    title: str
    url: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An article that a feed or a sitemap names without holding it: a page to fetch.

    Args:
        url: Where it is.
        metadata: What is said of it there; what the page says of itself is better where both speak.
        teaser: Its first words, where they are given.
        aliases: As in `RawArticle`.
        changed: When it was last changed, as it is written there; the page is read again when it differs.
    """

    url: str
    metadata: Metadata
    teaser: str = ""
    aliases: tuple[str, ...] = ()
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as a loader found it, before cleaning.

    Args:
        key: What makes it the same article next time: ``id:`` and a given id, ``url:`` and a canonical web
            address, ``guid:`` and a feed's address and name for it, or ``path:`` and a path.
        origin: The file it came from, for messages.
        metadata: What the source says of it.
        text: The words with whatever markup came along.
        markup: How to read ``text``.
        aliases: Further keys that it is known by: a feed's name for an article that has an address.
    """

    key: str
    origin: str
    metadata: Metadata
    text: str
    markup: Markup = "plain"
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """One article ready to be stored: plain text, and the language it is written in.

    Args:
        key: As in `RawArticle`.
        origin: As in `RawArticle`.
        metadata: As in `RawArticle`, tidied.
        text: Plain text, NFC, paragraphs separated by one empty line; never empty.
        language: ISO 639-1 code, or ``und`` where unsure.
        aliases: As in `RawArticle`.
    """

    key: str
    origin: str
    metadata: Metadata
    text: str
    language: str
    aliases: tuple[str, ...] = ()

    def content_hash(self) -> str:
        """Hex SHA-256 of the text and the metadata: equal hashes are the same version."""
        meta = self.metadata
        fields = [meta.title, meta.url, meta.source, meta.author, meta.published, self.text]
        return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """One stored state of one article; every version stays.

    Args:
        article_id: The article it is a version of.
        seq: Number of the version in its library, from 1, never reused.
        hash: Hex SHA-256 of its content (`CleanArticle.content_hash`).
        metadata: Title, link, outlet, author and date.
        text: The cleaned text that excerpts are slices of.
        language: ISO 639-1 code, or ``und``.
        seen_utc: ISO 8601 moment of the first sight.
        removed: The lines of its source that were left out because they repeat across its outlet.
        seal: What its receipts are checked with, which only its library can make; never shown.
    """

    article_id: str
    seq: int
    hash: str
    metadata: Metadata
    text: str
    language: str
    seen_utc: str
    removed: tuple[str, ...] = ()
    seal: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The lines that are left out of the articles of an outlet.

    Args:
        outlet: The host that they were published at, or the name they give of it.
        lines: One of each that repeats.
    """

    outlet: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """An exact slice of one article on sentence boundaries; the unit that is searched.

    Args:
        span: Where it stands in the article's text.
        sentences: Its sentences, in the article's coordinates, in order, inside ``span``.
    """

    span: Span
    sentences: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not self.sentences:
            raise ValueError(f"a passage needs at least one sentence, got none at {self.span}")
        if (self.sentences[0].start, self.sentences[-1].end) != (self.span.start, self.span.end):
            raise ValueError(f"the sentences of a passage fill it, got {self.sentences} in {self.span}")

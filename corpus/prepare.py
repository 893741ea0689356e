"""Make what a loader found ready to be stored: clean its words, tidy what is known of it."""

from __future__ import annotations

from dataclasses import replace

from corpus.clean import clean, clean_line
from corpus.errors import UnreadableSource
from corpus.language import UNSURE
from corpus.types import CleanArticle, Metadata, RawArticle

# A longer title or name is no title; it would fill the reader's screen.
MAX_METADATA_CHARS = 300


def prepared(raw: RawArticle) -> CleanArticle | UnreadableSource:
    """The article ready to be stored but for its language, which is not told yet; or why there is none."""
    text = clean(raw.text, raw.markup)
    if not text:
        message = f"{raw.origin} has no words left after cleaning"
        return UnreadableSource(message, "look whether it holds more than markup", source=raw.origin)
    meta = raw.metadata
    metadata = replace(
        meta, title=_line(meta.title) or "", source=_line(meta.source), author=_line(meta.author)
    )
    return CleanArticle(raw.key, raw.origin, metadata, text, UNSURE, raw.aliases)


def completed(own: Metadata, told: Metadata) -> Metadata:
    """What a page says of itself, and where it is silent what the feed that named it says."""
    return Metadata(
        title=own.title or told.title,
        url=own.url or told.url,
        source=own.source or told.source,
        author=own.author or told.author,
        published=own.published or told.published,
    )


def _line(words: str | None) -> str | None:
    """One clean line within the limit; None when nothing is left of it."""
    line = clean_line(words or "")
    return f"{line[:MAX_METADATA_CHARS].rstrip()}…" if len(line) > MAX_METADATA_CHARS else line or None

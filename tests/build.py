"""Builders of domain objects with defaults, so that a test shows only what matters to it."""

from __future__ import annotations

from corpus.keys import given_key
from corpus.types import CleanArticle, Metadata, RawArticle

TEXT = "The ferry left at dawn. It carried forty passengers and a crate of oranges."


def article(
    *, key: str | None = None, text: str = TEXT, language: str = "en", **metadata: str
) -> CleanArticle:
    """A cleaned article; `key` may be a bare id, `metadata` are the fields of `Metadata`."""
    title = metadata.pop("title", "The ferry")
    full_key = key if key and ":" in key else given_key(key or "ferry")
    return CleanArticle(full_key, full_key.split(":", 1)[1], Metadata(title, **metadata), text, language)


def raw(*, key: str = "id:ferry", text: str = TEXT, title: str = "The ferry") -> RawArticle:
    """An article as a loader finds it."""
    return RawArticle(key, key.split(":", 1)[1], Metadata(title), text)

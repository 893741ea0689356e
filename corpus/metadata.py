"""Read what a source says of an article: its title, link, outlet, author and date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from corpus.types import Metadata
from corpus.web_address import is_web_address


def read_metadata(fields: Mapping[str, object], title: str = "") -> Metadata:
    """The fields we know; one that makes no sense is unknown, the rest are ignored.

    Args:
        fields: Front matter or a JSON object: `title`, `url`, `source`, `author`, `published` (or `date`).
        title: Used when the fields name none.
    """
    return Metadata(
        title=_words(fields.get("title")) or title,
        url=_web_address(fields.get("url")),
        source=_words(fields.get("source")),
        author=_words(fields.get("author")),
        published=_moment(fields.get("published")) or _moment(fields.get("date")),
    )


def _words(value: object) -> str | None:
    """Text, a number as text, or a list of them as one line."""
    if isinstance(value, list):
        return (
            ", ".join(words for one in value if not isinstance(one, list) and (words := _words(one))) or None
        )
    if isinstance(value, int | float | date) and not isinstance(value, bool):
        return _spelt(value)
    return value.strip() or None if isinstance(value, str) else None


def _spelt(value: float | date) -> str | None:
    try:
        return str(value)
    except ValueError:  # a number of more digits than Python writes
        return None


def _web_address(value: object) -> str | None:
    """An http or https address with a host, and nothing that would break a link."""
    address = value.strip() if isinstance(value, str) else ""
    return address if is_web_address(address) else None


def _moment(value: object) -> str | None:
    """ISO 8601, in one spelling whatever the source's; YAML gives dates as such."""
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if not isinstance(value, str):
        return None
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(value.strip()).isoformat()
        except ValueError:
            continue
    return None

"""A file to read articles from: what every loader is given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that articles are read from, wherever it came from.

    Args:
        path: Where its bytes are now: the file itself, or the temporary file of something fetched or sent.
        origin: What a person would call it: its path, its web address, the name it was sent under.
        key: What makes it the same source next time, unless its content says better (`RawArticle`).
        name: Its name with its ending, such as ``report.pdf``; may be empty.
        media_type: What a server said it is, as in ``text/html; charset=utf-8``; None for a local file.
        url: Where it was fetched from, after redirects.
    """

    path: Path
    origin: str
    key: str
    name: str
    media_type: str | None = None
    url: str | None = None

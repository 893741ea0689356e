"""How this home finds, reads and fetches what articles come from, by its settings."""

from __future__ import annotations

from bot.config import Config
from corpus.gather import Way


def way_of(config: Config) -> Way:
    """The way to all sources that `footnote add` and `footnote refresh` take."""
    return Way()

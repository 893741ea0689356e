"""How this home finds, reads and fetches what articles come from, by its settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from bot.config import Config
from corpus.gather import Way
from corpus.reading import read
from corpus.sandbox import Sandbox


def way_of(config: Config) -> Way:
    """The way to all sources that `footnote add` and `footnote refresh` take."""
    return Way()


@contextmanager
def opened_way(config: Config) -> Iterator[Way]:
    """The same, for as long as it is needed."""
    with Sandbox() as sandbox:
        yield Way(read=partial(read, sandbox=sandbox))

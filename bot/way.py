"""How this home finds, reads and fetches what articles come from, by its settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING

from bot.config import Config
from corpus.fetched import Fetch, Fetched, FetchOptions, Gone, NotModified, Validators
from corpus.gather import Way
from corpus.reading import read
from corpus.sandbox import Sandbox

if TYPE_CHECKING:
    from corpus.fetch import Fetcher


@contextmanager
def opened_way(config: Config) -> Iterator[Way]:
    """The way to all sources, for as long as it is needed."""
    settings = config.settings
    options = FetchOptions(
        contact=settings.fetch_contact or "", allowed_hosts=frozenset(settings.fetch_allowed_hosts)
    )
    with Sandbox() as sandbox, _fetching(options) as fetch:
        yield Way(read=partial(read, sandbox=sandbox), fetch=fetch)


@contextmanager
def _fetching(options: FetchOptions) -> Iterator[Fetch]:
    """Fetches one page at a time: each lasts until the next is asked for."""
    with ExitStack() as fetchers, ExitStack() as page:

        def fetch(url: str, validators: Validators) -> Fetched | NotModified | Gone:
            page.close()
            return page.enter_context(fetcher().fetch(url, validators))

        @cache
        def fetcher() -> Fetcher:
            from corpus.fetch import Fetcher  # takes long to import, and most sources are files

            return fetchers.enter_context(Fetcher(options))

        yield fetch

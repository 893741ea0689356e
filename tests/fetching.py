"""Fetchers for tests: they may read from loopback, and nobody waits for them."""

import time
from contextlib import contextmanager

import pytest

from corpus.errors import UnreadableSource
from corpus.fetch import Fetcher
from corpus.fetched import FetchOptions


class Patience:
    """A clock that waiting turns forward, so that nobody has to wait."""

    def __init__(self):
        self.waited_s = []

    def pause(self, seconds):
        """Wait, in no time."""
        self.waited_s.append(seconds)

    def clock(self):
        """Seconds, as they go by and as they were waited."""
        return time.monotonic() + sum(self.waited_s)

    @contextmanager
    def fetching(self, resolve=None, **options):
        """A fetcher that waits so, with these options."""
        options = {"allowed_hosts": frozenset({"127.0.0.1"}), **options}
        seams = {"resolve": resolve} if resolve else {}
        with Fetcher(FetchOptions(**options), pause=self.pause, clock=self.clock, **seams) as fetcher:
            yield fetcher


def refusal(fetcher, url):
    """The error that fetching it ends with."""
    with pytest.raises(UnreadableSource) as caught, fetcher.fetch(url):
        pass
    return caught.value

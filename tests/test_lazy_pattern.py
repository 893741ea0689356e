"""Regular expressions that are compiled when they are first used."""

import re

import pytest

from corpus.lazy_pattern import lazy_pattern


def test_it_does_what_a_pattern_does():
    """Every way to use a pattern gives what it gives with one that is compiled at once."""
    lazy, now = lazy_pattern(r"(\d+) boats?", re.IGNORECASE), re.compile(r"(\d+) boats?", re.IGNORECASE)
    text = "One of 3 BOATS, and 1 boat."

    for _ in range(2):
        assert lazy.search(text).span() == now.search(text).span()
        assert lazy.findall(text) == now.findall(text)
        assert lazy.sub("ships", text) == now.sub("ships", text)
        assert (lazy.pattern, lazy.flags) == (now.pattern, now.flags)


def test_nothing_is_compiled_before_it_is_used():
    """A mistake in a pattern is found at its first use."""
    broken = lazy_pattern("(")

    with pytest.raises(re.error):
        broken.search("a")

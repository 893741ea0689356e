"""Compressed answers are taken apart in steps."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.inflate import decoded
from corpus.refused import Refused


def cut(content, lengths):
    """The content in pieces of these lengths, and the rest."""
    for length in lengths:
        yield content[:length]
        content = content[length:]
    yield content


@given(st.binary(max_size=2_000), st.lists(st.integers(0, 300), max_size=20), st.integers(1, 400))
def test_content_is_what_was_compressed(content, lengths, times):
    """However an answer is cut on its way, it is what was sent."""
    content *= times
    for wire, encoding in ((content, ""), (gzip.compress(content), " GZIP ")):
        steps = list(decoded(cut(wire, lengths), encoding, max_bytes=10**9))
        assert b"".join(steps) == content


@given(st.integers(1, 10**6), st.integers(1, 1_000))
def test_steps_are_bounded(n_bytes, max_bytes):
    """No step is longer than 64 KiB, and reading ends with the step that goes beyond the limit."""
    steps = list(decoded([gzip.compress(b"\0" * n_bytes)], "gzip", max_bytes))
    assert max(map(len, steps)) <= 65_536
    assert sum(map(len, steps[:-1])) <= max_bytes


@given(st.binary(max_size=300))
def test_broken_compression_is_refused(content):
    """What only claims to be compressed breaks nothing."""
    with pytest.raises(Refused):
        list(decoded([content], "gzip", 1_000_000))


@pytest.mark.parametrize("gap", [0, 1])
def test_second_part_is_not_missed(gap):
    """Several compressed parts in a row are refused, never read as the first alone; padding is ignored."""
    part = gzip.compress(b"words")
    with pytest.raises(Refused, match="several parts"):
        list(decoded([part, part] if gap else [part + part], "gzip", 1_000))
    assert b"".join(decoded([part, b"\0\0"] if gap else [part + b"\0\0"], "gzip", 1_000)) == b"words"

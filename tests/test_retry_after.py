"""How long a server asks to be left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.host_turns import in_words
from corpus.retry_after import retry_after_s

NOON = "Wed, 25 Nov 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("-5", 0),
        ("soon", 0),
        ("", 0),
        ("9" * 5_000, 30 * 86_400),
        ("Wed, 25 Nov 2026 12:01:30 GMT", 90),
        ("Wed, 25 Nov 2026 12:01:30", 90),
        ("Wed, 25 Nov 2026 11:00:00 GMT", 0),
        ("Wed, 25 Nov 9999 12:00:00 GMT", 30 * 86_400),
    ],
)
def test_wait_is_in_seconds(value, seconds):
    """Both forms are read, broken ones ask for nothing, and nobody asks for more than a month."""
    assert retry_after_s({"retry-after": value, "date": NOON}) == seconds


@given(st.text(max_size=50), st.text(max_size=50))
def test_any_header_is_read(value, date):
    """No header breaks the reading of it."""
    assert 0 <= retry_after_s({"retry-after": value, "date": date}) <= 30 * 86_400


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "2 seconds"), (90, "90 seconds"), (121, "3 minutes"), (7_201, "3 hours"), (200_000, "3 days")],
)
def test_time_is_said_as_people_do(seconds, words):
    """A wait is told in the largest unit of which there are more than two, rounded up."""
    assert in_words(seconds) == words

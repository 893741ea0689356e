import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interval import interval_s, interval_words


@given(st.integers(1, 99_999), st.sampled_from("mhd"))
def test_round_trip(number, unit):
    """What is written is read, and what is shown of it is read as the same."""
    seconds = interval_s(f"{number}{unit}")

    assert seconds == number * {"m": 60, "h": 3_600, "d": 86_400}[unit]
    assert interval_s(interval_words(seconds).replace("min", "m")[:7]) in (seconds, None)


@pytest.mark.parametrize(
    ("seconds", "words"), [(1_800, "30 min"), (21_600, "6 h"), (86_400, "1 d"), (5_400, "90 min")]
)
def test_shown(seconds, words):
    """The largest unit that fits is shown."""
    assert interval_words(seconds) == words


@pytest.mark.parametrize("written", ["", "6", "h", "0h", "-1h", "1.5h", "1w", "999999h", "٣h", "6 h h"])
def test_refused(written):
    """Anything else is no interval."""
    assert interval_s(written) is None

from hypothesis import given
from hypothesis import strategies as st

from bot.bucket import MINUTE_S, Bucket

COSTS = st.floats(0.01, 10)


@given(
    st.floats(1, 100),
    st.lists(st.tuples(st.floats(0, 30), COSTS), max_size=60),
)
def test_no_more_than_a_bucket_and_what_fills_it(per_minute, asked):
    """Whatever is asked when: no more is let through than is full at first and has come in since."""
    now, let_through, bucket = 0.0, 0.0, Bucket(per_minute, 0.0)

    for pause_s, cost in asked:
        now += pause_s
        bucket = bucket.filled(per_minute, now)
        assert 0 <= bucket.level <= per_minute
        if left := bucket.without(cost):
            bucket, let_through = left, let_through + cost
        assert let_through <= per_minute * (1 + now / MINUTE_S) + 1e-6


@given(st.floats(1, 100), COSTS, st.integers(1, 50))
def test_who_asks_slowly_is_never_refused(per_minute, cost, times):
    """Who asks no faster than the bucket fills may go on for ever."""
    cost = min(cost, per_minute)
    pause_s, bucket = 1.000001 * MINUTE_S * cost / per_minute, Bucket(per_minute, 0.0)

    for number in range(times):
        bucket = bucket.filled(per_minute, number * pause_s).without(cost)
        assert bucket is not None


def test_fifths():
    """Five fifths are one."""
    bucket = Bucket(1, 0.0)
    for _ in range(5):
        bucket = bucket.without(0.2)

    assert bucket is not None
    assert bucket.without(0.2) is None


def test_clock_that_goes_back():
    """A clock that goes back takes nothing away."""
    assert Bucket(3, 100.0).filled(6, 50.0).level == 3

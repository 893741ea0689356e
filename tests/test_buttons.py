import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import Quoted, ShowAround, ShowArticles, ShowExcerpts, read_press, write_press

receipts = st.lists(st.text("0123456789ABCXYZ", min_size=8, max_size=20), min_size=1, max_size=3).map(tuple)
quoted = st.builds(Quoted, st.sampled_from(["answer", "related"]), receipts)
presses = st.one_of(
    st.builds(ShowArticles, st.integers(0, 10**9 - 1)),
    st.builds(ShowExcerpts, quoted),
    quoted.flatmap(lambda one: st.builds(ShowAround, st.just(one), st.integers(1, len(one.receipts)))),
)


@given(presses)
def test_round_trip(press):
    """Every button fits Telegram's 64 bytes and reads back as what was written."""
    payload = write_press(press)

    assert payload is not None
    assert len(payload.encode()) <= 64
    assert read_press(payload) == press


@given(st.one_of(st.none(), st.text(max_size=64)))
def test_foreign_payload(payload):
    """Any other payload is either refused or writes back as it came."""
    press = read_press(payload)

    assert press is None or write_press(press) == payload or payload.startswith("s:0")


@pytest.mark.parametrize(
    "payload", ["2aAB", "4aAB", "1xAB", "1a", "1aA..B", "1aA.B.C.D", "s:-1", "s:", "1aab"]
)
def test_refused(payload):
    """A payload that no button of ours carries is refused."""
    assert read_press(payload) is None


def test_too_long():
    """Receipts that are too long for a button give none."""
    assert write_press(ShowExcerpts(Quoted("answer", ("A" * 40, "B" * 40)))) is None

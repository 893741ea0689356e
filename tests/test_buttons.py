import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.admin_buttons import (
    AdminPress,
    Decide,
    Leave,
    ListTitled,
    PutBack,
    Reindex,
    Remove,
    RollBack,
    SwitchTo,
    read_admin_press,
)
from bot.buttons import (
    FILTER_LETTERS,
    AskDifferently,
    AskExample,
    CastVote,
    DropFilter,
    GiveReason,
    Quoted,
    ReportExcerpt,
    ShowAround,
    ShowArticles,
    ShowClosest,
    ShowExcerpts,
    ShowFound,
    ShowMore,
    TellEditors,
    read_press,
    write_press,
)
from bot.chat_settings import MAX_EXCERPTS
from retrieval.filters import MAX_NAMES

receipt = st.text("0123456789ABCXYZ", min_size=8, max_size=20)
receipts = st.lists(receipt, min_size=1, max_size=MAX_EXCERPTS).map(tuple)
quoted = st.builds(Quoted, st.sampled_from(["answer", "related"]), receipts)
seqs = st.integers(1, 10**18 - 1)
searches = st.text(max_size=12)
snapshot_ids = st.from_regex(r"[0-9]{6}-[0-9]{8}T[0-9]{6}", fullmatch=True)
admin_presses = st.one_of(
    st.builds(
        Decide, st.sampled_from(["add", "add apart", "cancel"]), st.from_regex("[0-9a-f]{12}", fullmatch=True)
    ),
    st.builds(Remove, seqs),
    st.builds(PutBack, seqs),
    st.builds(ListTitled, st.integers(0, 10**9 - 1), searches),
    st.builds(Reindex, st.sampled_from(["start", "force", "stop", "cancel"])),
    st.builds(Leave, snapshot_ids),
    st.builds(RollBack, snapshot_ids),
    st.builds(SwitchTo, snapshot_ids),
)
presses = st.one_of(
    admin_presses,
    st.builds(DropFilter, st.text(FILTER_LETTERS, min_size=1, max_size=len(FILTER_LETTERS))),
    st.builds(ShowArticles, st.integers(0, 10**9 - 1)),
    st.builds(ShowExcerpts, quoted),
    st.builds(ShowMore, quoted),
    st.builds(ShowFound, quoted, st.integers(0, 1)),
    st.builds(CastVote, quoted, st.booleans()),
    st.builds(GiveReason, quoted, st.sampled_from(["wrong", "outdated", "not_mine"])),
    st.builds(
        AskExample,
        st.sampled_from(["who", "about"]),
        st.sampled_from(["en", "ru"]),
        receipt,
    ),
    st.sampled_from([ShowClosest(), AskDifferently(), TellEditors()]),
    quoted.flatmap(
        lambda one: st.builds(
            ReportExcerpt,
            st.just(one),
            st.integers(1, len(one.receipts)),
            st.sampled_from(["wrong", "outdated"]),
        )
    ),
    quoted.flatmap(lambda one: st.builds(ShowAround, st.just(one), st.integers(1, len(one.receipts)))),
)


@given(presses)
def test_round_trip(press):
    """Every button fits Telegram's 64 bytes and reads back as what was written."""
    payload = write_press(press)

    assert payload is not None
    assert len(payload.encode()) <= 64
    assert (read_admin_press(payload) or read_press(payload)) == press


@given(st.one_of(st.none(), st.text(max_size=64)))
def test_foreign_payload(payload):
    """Any other payload is either refused or writes back as it came."""
    press = read_admin_press(payload) or read_press(payload)

    assert press is None or write_press(press) == payload or payload.startswith(("s:0", "l:0"))


@given(presses)
def test_only_admins_press_these(press):
    """A button is an admin's exactly where it changes the library or shows what is in it."""
    is_admin = isinstance(press, AdminPress)

    assert (read_admin_press(write_press(press)) is not None) == is_admin


@pytest.mark.parametrize(
    "payload",
    [
        "2aAB",
        "4aAB",
        "1xAB",
        "1a",
        "1aA..B",
        "1aA.B.C.D",
        "s:-1",
        "s:",
        "1aab",
        "i+",
        "i+XYZ",
        "d:0",
        "u:-1",
        "l::",
        "x?",
        "xx",
    ],
)
def test_refused(payload):
    """A payload that no button of ours carries is refused."""
    assert read_press(payload) is read_admin_press(payload) is None


def test_a_letter_for_each():
    """Each excerpt that is shown can be reported, and each filter that a question can have taken away."""
    most = Quoted("answer", ("7F3K2M9Q",) * MAX_EXCERPTS)

    for number in range(1, MAX_EXCERPTS + 1):
        assert read_press(write_press(ReportExcerpt(most, number, "outdated"))).number == number
    assert len(FILTER_LETTERS) == 2 * MAX_NAMES + 2


def test_too_long():
    """Receipts that are too long for a button give none."""
    assert write_press(ShowExcerpts(Quoted("answer", ("A" * 40, "B" * 40)))) is None

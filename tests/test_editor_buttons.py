from hypothesis import given
from hypothesis import strategies as st

from bot.admin_buttons import read_admin_press
from bot.buttons import read_press, write_press
from bot.editor_buttons import ExportGaps, ExportStats, Settle, ShowGaps, read_settle, read_table_press
from bot.forget_buttons import Forget, read_forget

settling = st.builds(Settle, st.sampled_from(["hide", "reindex", "dismiss", "show"]), st.integers(1, 2**59))
tables = st.one_of(
    st.builds(ShowGaps, st.integers(0, 9_999)),
    st.just(ExportGaps()),
    st.builds(ExportStats, st.integers(1, 999)),
)
forgetting = st.builds(Forget, st.integers(1, 2**52 - 1), st.booleans())


@given(st.one_of(settling, tables, forgetting))
def test_round_trip(press):
    """Every press is read back as it was written, and by nobody for whom it is not meant."""
    payload = write_press(press)
    read = [read(payload) for read in (read_settle, read_table_press, read_forget)]

    assert [each for each in read if each is not None] == [press]
    assert read_press(payload) is None
    assert read_admin_press(payload) is None


@given(st.text(max_size=30) | st.sampled_from([None, b"rh1", "rh0", "rh01", "r", "q:-1", "e:0", "p!0", "p1"]))
def test_nothing_else(payload):
    """Anything else is nobody's."""
    for read in (read_settle, read_table_press, read_forget):
        found = read(payload)
        assert found is None or write_press(found) == payload

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.admin_buttons import read_admin_press
from bot.buttons import read_press
from bot.catalogue import LOCALES
from bot.languages import NAMES
from bot.settings_buttons import SetExcerpts, SetLanguage, SetQuiet, read_setting, write_setting

SETTINGS = [
    *(SetLanguage(language) for language in (None, *NAMES)),
    *(SetExcerpts(number) for number in (1, 2, 3)),
    SetQuiet(True),
    SetQuiet(False),
]


def test_names():
    """Every language that is spoken can be chosen by its own name."""
    assert list(NAMES) == list(LOCALES)


@pytest.mark.parametrize("setting", SETTINGS)
def test_kept(setting):
    """A button carries what it sets, and no other button carries the same."""
    payload = write_setting(setting)

    assert read_setting(payload) == setting
    assert read_press(payload) is None
    assert read_admin_press(payload) is None


@pytest.mark.parametrize("payload", [None, "", "tl:xx", "te:0", "te:4", "tq:2", "tl:en ", "tl:EN", "x"])
def test_strange(payload):
    """What no button of these carries sets nothing."""
    assert read_setting(payload) is None


@given(st.text())
def test_anything(payload):
    """Whatever comes back is read or not, and never fails."""
    setting = read_setting(payload)

    assert setting is None or write_setting(setting) == payload

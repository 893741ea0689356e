import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sent_message import file_name


@given(st.text(max_size=400))
def test_a_name_is_a_short_line(given):
    """Whatever a file is called, its name is one short line of visible letters without folders."""
    name = file_name(given)

    assert len(name) <= 120
    assert not {unicodedata.category(letter) for letter in name} & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(name) & set("/\\\u202e\u2066\u200b")
    assert file_name(name) == name


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("report.pdf", "report.pdf"),
        ("feed.xml.gz", "feed.xml.gz"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("a." + "y" * 300, "a." + "y" * 118),
        ("/", ""),
    ],
)
def test_ending_is_kept(given, name):
    """The ending, by which files are told apart, stays."""
    assert file_name(given) == name

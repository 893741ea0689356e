import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counts import Day
from bot.export import gaps_csv, stats_csv
from bot.gaps import Gap


def read(text):
    """The rows, as another program reads them."""
    return list(csv.reader(io.StringIO(text, newline="")))


def test_gaps():
    """A row a gap, with commas, quotes and other scripts as they were asked."""
    gaps = [
        Gap('Who said "no, never"?', 3, "2026-05-14"),
        Gap("چرا؟", 2, "2026-05-13"),
    ]

    assert read(gaps_csv(gaps)) == [
        ["question", "people", "last_day"],
        ['Who said "no, never"?', "3", "2026-05-14"],
        ["چرا؟", "2", "2026-05-13"],
    ]


def test_stats():
    """A row a day, with 0 for what never happened."""
    header, row = read(stats_csv([Day("2026-05-14", 2, {"asked": 5, "answer": 3})]))

    assert dict(zip(header, row, strict=True)) | {"asked": "5"} == {
        **{"day": "2026-05-14", "people": "2", "asked": "5", "answer": "3", "related": "0"},
        **{"not_found": "0", "inline_asked": "0", "inline_chosen": "0", "up": "0", "down": "0"},
        **{"told_editors": "0", "reported": "0"},
    }


@pytest.mark.parametrize("sign", "=+-@＝\t")
def test_no_formula(sign):
    """What a spreadsheet would calculate is text in it, and can still be read."""
    question = f'{sign}HYPERLINK("https://evil.example","Who?")'

    [_, [cell, *_]] = read(gaps_csv([Gap(question, 2, "2026-05-14")]))

    assert cell == f"'{question}"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_question(question):
    """Whatever is asked is one cell of one row, and begins no formula."""
    [_, [cell, *rest]] = read(gaps_csv([Gap(question, 2, "2026-05-14")]))

    assert cell.removeprefix("'") == question.removeprefix("'")
    assert rest == ["2", "2026-05-14"]
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))

"""Paragraphs put together again from printed lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.kinds.lines import Line, paragraphs

WIDTH = 5.0


def page(*lines, left=0.0):
    """Lines one under another, 12 points apart."""
    return [
        Line(
            text, left + (10 if text.startswith(" ") else 0), left + WIDTH * len(text), 700 - 12 * number, 10
        )
        for number, text in enumerate(lines)
    ]


FULL = "It is a line that is filled up to the right edge of the page as"


def test_an_indented_line_begins_a_paragraph():
    """A first line that is set in begins a paragraph; the second line of one does not."""
    assert len(paragraphs([page(FULL, FULL, " " + FULL, FULL)])) == 2


def test_a_short_line_that_ends_a_sentence_ends_a_paragraph():
    """Where the next word had room, the line was ended on purpose."""
    assert len(paragraphs([page(FULL, "ends here.", FULL, FULL)])) == 2


def test_entries_of_a_list_are_apart():
    """Each entry of a list is a paragraph, also where it runs over two lines."""
    found = paragraphs([page("• " + FULL, " and on.", "• two", "• three")])

    assert [one[:5] for one in found] == ["• It ", "• two", "• thr"]


def test_a_sentence_goes_on_in_the_next_column():
    """Text that begins with a small letter at the top of a column goes on from the one before."""
    left, right = page(FULL, FULL), page("goes on here.", "Another one.", left=400)

    [first, *_] = paragraphs([[*left, *right]])

    assert "as goes on here." in first


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("the com-", "pany"), "the company"),
        (("the com\xad", "pany"), "the company"),
        (("a well-known one, well-", "known"), "a well-known one, well-known"),
        (("Smith-", "Jones"), "Smith- Jones"),
        (("from 1914-", "1918 on"), "from 1914- 1918 on"),
    ],
)
def test_only_what_a_line_end_parted_is_joined(lines, words):
    """A hyphen stays where the word is spelt with it elsewhere, and before capitals and figures."""
    assert paragraphs([page(*lines)]) == [words]


texts = st.text("abc .-•7", min_size=1, max_size=12).map(str.strip).filter(bool)
printed = st.builds(Line, texts, *[st.floats(0, 800)] * 4)


@given(st.lists(st.lists(printed, max_size=6), max_size=4))
def test_words_are_neither_made_up_nor_moved(pages):
    """Whatever the pages, the letters that come out are letters of the pages in their order."""
    letters = iter("".join(line.text for page in pages for line in page).replace(" ", ""))

    found = "".join(paragraphs(pages)).replace(" ", "")

    assert all(letter in letters for letter in found)

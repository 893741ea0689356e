import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.difference import difference
from corpus.types import Span

OLD = (
    "The council met on Tuesday. The night ferry sails at nine. It carries forty passengers. Fares stay."
    "\n\nA second ferry is being built."
)
SENTENCES = st.lists(
    st.sampled_from(
        ["It left. ", "It sank! ", "Why? ", "Nine boats came back.\n\n", "“No.” ", "a b c ", "海。"]
    ),
    min_size=1,
    max_size=30,
).map("".join)


def shown(old, new, quoted):
    """The difference as text: [-old-] and {+new+}."""
    start = old.index(quoted)
    marks = {"same": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}
    stretches = difference(old, new, Span(start, start + len(quoted)))
    return "".join(marks[each.kind].format(each.text) for each in stretches)


def test_a_changed_word():
    """The changed word is shown in its sentence, with a sentence either side."""
    new = OLD.replace("nine", "ten").replace("Fares stay", "Fares rise")

    assert shown(OLD, new, "The night ferry sails at nine.") == (
        "The council met on Tuesday. The night ferry sails at[- nine-]{+ ten+}. It carries forty passengers. "
    )


def test_a_sentence_that_is_gone():
    """A sentence that was taken out is shown as gone, one that was put in as new."""
    without = OLD.replace("The night ferry sails at nine. ", "")
    more = OLD.replace("It carries", "It is new. It carries")

    assert "Tuesday. [-The night ferry sails at nine. -]It carries" in shown(
        OLD, without, "ferry sails at nine"
    )
    assert "at nine. {+It is new. +}It carries" in shown(OLD, more, "ferry sails at nine")


def test_moved_by_what_was_put_in_before():
    """A quotation is found again though pages were put in before it."""
    new = "\n\n".join(f"Paragraph {n} is new here." for n in range(500)) + "\n\n" + OLD.replace("nine", "ten")

    assert "sails at[- nine-]{+ ten+}. It carries" in shown(OLD, new, "sails at nine")


def test_nothing_has_changed_there():
    """Where only something far away changed, all that is shown is the same."""
    assert {each.kind for each in difference(OLD, OLD + " More.", Span(0, 10))} == {"same"}


@given(SENTENCES, SENTENCES, st.data())
def test_nothing_is_made_up(old, new, data):
    """What is the same or old is a slice of the old version that covers the quotation."""
    start = data.draw(st.integers(0, len(old) - 1))
    quoted = Span(start, data.draw(st.integers(start + 1, len(old))))
    stretches = difference(old, new, quoted)

    there = "".join(each.text for each in stretches if each.kind != "new")
    assert there in old
    assert quoted.of(old) in there
    assert all(each.text for each in stretches)
    assert all(each.text in new for each in stretches if each.kind == "new")


@given(SENTENCES)
def test_the_same_text_has_no_difference(text):
    """Between a text and itself there is none."""
    assert {each.kind for each in difference(text, text, Span(0, 1))} == {"same"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b. " * 300_000, "a b. " * 299_999 + "c. "),
        ("a " * 500_000, "b " * 500_000),
        ("x" * 1_000_000, "y" * 1_000_000),
        ("".join(f"{n} a. " for n in range(100_000)), "".join(f"{n} b. " for n in range(100_000))),
        ("\n" * 500_000 + "a", "a"),
        ("word.", ""),
    ],
)
def test_huge_texts(old, new):
    """Texts made to be slow are compared in seconds, and little of them is shown."""
    started = time.process_time()
    stretches = difference(old, new, Span(len(old) // 2, len(old) // 2 + 1))

    assert time.process_time() - started < 5
    assert sum(len(each.text) for each in stretches) < 1_100_000

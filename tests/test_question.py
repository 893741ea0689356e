import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question import MAX_QUESTION_CHARS, objection, tidy
from bot.words import ENGLISH


@given(st.text(st.characters(exclude_categories=())))
def test_tidy(text):
    """A tidy question is one printable line that can be encoded, and tidying it again changes nothing."""
    question = tidy(text)

    assert tidy(question) == question
    assert question == " ".join(question.split())
    question.encode()


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("Who?", None),
        ("چه‌کسی رفت؟", None),
        ("x" * MAX_QUESTION_CHARS, None),
        ("x" * 10_000, "That question has 10,000 characters. Please ask it in at most 1,000."),
        ("", ENGLISH("empty-question")),
        ("🎉 !?", ENGLISH("no-words")),
        ("a", ENGLISH("no-words")),
        ("Á?", ENGLISH("no-words")),
        ("7", ENGLISH("no-words")),
        ("水", None),
        ("UN", None),
    ],
)
def test_objection(question, reply):
    """What cannot be asked is told why, and everything with words in it can be."""
    assert objection(ENGLISH, question) == reply


def test_tidy_keeps_spelling():
    """Joiners that belong to the spelling of a language stay; direction marks and controls go."""
    assert tidy("چه\u200cکسی\x00\u202eرفت\n\n؟") == "چه\u200cکسی رفت ؟"

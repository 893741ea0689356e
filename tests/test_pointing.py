import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pointing import points

POINTERS = [
    "",
    "?",
    "??!",
    "🤔",
    "is this true?",
    "Is That True??",
    "hey, is this true please?",
    "really?",
    "what's this?",
    "any source?",
    "fact check",
    "stimmt das?",
    "Ist das wahr?",
    "stimmt das wirklich?",
    "это правда?",
    "Это так?",
    "а это правда?",
    "чи це правда?",
    "¿es verdad?",
    "¿Esto es cierto?",
    "آیا این درست است؟",
    "آيا اين درست است؟",
]
QUESTIONS = [
    "Is this true of the ferry?",
    "Who took the photograph?",
    "Is it true that the barrier costs 40 million?",
    "stimmt das mit der Brücke?",
    "это правда про паром?",
    "¿es verdad lo del puente?",
    "آیا این درست است که پل بسته شد؟",
    "true north",
    "oysters",
]


@pytest.mark.parametrize("words", POINTERS)
def test_points(words):
    """Words that ask only whether something is so ask about the message that they reply to."""
    assert points(words)


@pytest.mark.parametrize("words", QUESTIONS)
def test_question_of_its_own(words):
    """Words that say what they are about are the question."""
    assert not points(words)


@given(st.text())
def test_anything_written(words):
    """Whatever is written has an answer, and case and marks around it do not change it."""
    assert points(words) == points(f"  {words}?! ")

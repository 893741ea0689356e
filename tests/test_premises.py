"""What a question takes for granted."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.premises import missing_premises

TOLD = (
    "The harbour\nIn 1807 Napoleon's fleet left the northern harbour before dawn. It was an important day,"
    " and 1,250 sailors were aboard."
)


def missing(question, told=TOLD, around="", language="en"):
    """What of the question is not told."""
    return missing_premises(question, told, around, language)


@pytest.mark.parametrize(
    "question",
    [
        "Which harbour did Napoleon leave in 1807?",
        "Whose fleet left with 1250 sailors?",
        "when did napoleon's fleet leave",
        "When did the Napoleonic fleet leave?",
        "What did the EU do about the harbour?",  # short for a name that may be told in full
        "How many boats, 2 or 3, left?",  # small numbers may be told in words
        "",
    ],
)
def test_what_is_told_is_not_missing(question):
    """Names in another form, numbers written otherwise and plain words are borne out."""
    assert missing(question) == ()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which harbour did Wellington leave?", ("Wellington",)),
        ("Which harbour did Napoleon leave in 1815?", ("1815",)),
        ("Which harbour did Napoleon not leave?", ("not",)),
        ("Why didn't the fleet leave?", ("n't",)),
        ("Why was it an unimportant day?", ("unimportant",)),
        ("Who left the southern harbour?", ("southern",)),
        ("Who left after dawn?", ("after",)),
        ("Which army did Wellington not command in 1815?", ("Wellington", "1815", "not")),
    ],
)
def test_what_is_told_otherwise_is_missing(question, words):
    """Another name or year, a denial, an opposite: the text is about the same and answers something else."""
    assert missing(question) == words


def test_the_rest_of_the_text_bears_out_names_and_denies_nothing():
    """A name may stand beside the excerpt; a "not" beside it denies something else."""
    assert missing("Why did Wellington leave?", around="Wellington was there.") == ()
    assert missing("Why did Napoleon not leave?", around="It did not rain.") == ("not",)


def test_german_nouns_are_no_names():
    """A single capitalised word of a German question may be any noun."""
    told = "Der Hafen\nNapoleon verließ den Hafen."

    assert missing("Welche Flotte verließ den Hafen?", told, language="de") == ()
    assert missing("Wann verließ Otto von Bismarck den Hafen?", told, language="de") == ("Otto", "Bismarck")


@example("0:0Aa", "", "en")
@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["en", "de", "ru", "und"]))
def test_a_text_bears_itself_out(question, more, language):
    """Nothing of a question is missing from a text that holds its words."""
    assert missing_premises(question, f"{question}\n{more}", "", language) == ()

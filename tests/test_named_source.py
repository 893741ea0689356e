"""Outlets that questions name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.named_source import names_source


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("According to The Verge, who sued?", "The Verge"),
        ("according to the verge who sued", "The Verge"),
        ("What was new, according to The Verge article from May?", "The Verge"),
        ("Does 'The Verge' article suggest that?", "The Verge"),
        ("What did TechCrunch report about the deal?", "TechCrunch"),
        ("what did techcrunch report about the deal", "TechCrunch"),
        ("TechCrunch reported what?", "TechCrunch.com"),
        ("CBSSports says what?", "CBSSports.com"),
        ("What did FOX News report?", "FOX News - Health"),
        ("what did fox news report", "FOX News - Health"),
        ("Who sold it, according to BBC?", "BBC News"),
        ("Who sold it, according to the BBC?", "BBC News - Sport"),
        ("BBC says what?", "BBC News"),
        ("Who resigned, according to Guardian?", "The Guardian"),
        ("which minister resigned in the report by guardian", "The Guardian"),
        ("What does the Guardian say?", "The Guardian"),
        ("Does the article from The Age agree?", "The Age"),
        ("What does the Roar's article claim?", "The Roar | Sports Writers Blog"),
        ("Who won, according to the Times?", "The Times"),
        ("What did the New York Times write?", "The New York Times"),
        ("Who won, according to Reuters?", "reuters.co.uk/"),
        ("Who won, according to Reuters?", "https://www.reuters.com/world"),
        ("Who won, according to the independent?", "The Independent - Life and Style"),
        ("Who won, in the story by Fortune?", "Fortune"),
        ("¿Quién ganó, según El País?", "El País"),
        ("Qui a gagné, selon Le Monde ?", "Le Monde"),
        ("Кто победил, по данным Интерфакс?", "Интерфакс"),
        ("Who spoke at Cnbc?", "Cnbc | World Business News Leader"),
    ],
)
def test_a_source_is_known_by_the_name_people_use(question: str, source: str) -> None:
    """Articles, "News", the address and the section do not matter, nor case where it is surely a name."""
    assert names_source(question, source, "en")


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("What time is it?", "Time"),
        ("WHAT TIME IS IT?", "Time"),
        ("Was it built in time?", "Time"),
        ("Time flies, why?", "Time"),
        ("How many people died?", "People"),
        ("What happened in the world?", "World"),
        ("Who won the World Cup?", "World"),
        ("Who won the World Cup?", "World News"),
        ("What does nature teach?", "Nature"),
        ("Who is the guardian of the child?", "The Guardian"),
        ("Is it on the verge of war?", "The Verge"),
        ("What age is that?", "The Age"),
        ("Is it the age of oil?", None),
        ("Fox in the news", "FOX News"),
        ("a", ""),
        ("the", "The"),
        ("What is it?", " - "),
    ],
)
def test_a_source_that_is_not_named_is_not_preferred(question: str, source: str | None) -> None:
    """An ordinary word, a part of another name or of this one, or no source at all is no mention."""
    assert not names_source(question, source, "en")


@pytest.mark.parametrize(
    ("question", "source", "is_named"),
    [
        ("Wer trat zurück, laut Spiegel?", "Der Spiegel", True),
        ("Wer trat laut dem Spiegel zurück?", "Der Spiegel", True),
        ("Was schreibt die Zeit über den Rücktritt?", "Die Zeit", True),
        ("Welche Zeit ist es?", "Die Zeit", False),
        ("Wie groß ist die Welt?", "Die Welt", False),
        ("Who resigned, according to Spiegel?", "Der Spiegel", True),
    ],
)
def test_capitals_say_nothing_in_german(question: str, source: str, *, is_named: bool) -> None:
    """German writes every noun like a name, so an outlet of one word has to be introduced."""
    assert names_source(question, source, "de") == is_named


@given(st.text(), st.text(), st.sampled_from(["en", "de", "und"]))
def test_any_question_and_source_is_read(question: str, source: str, language: str) -> None:
    """Whatever is asked and whatever an outlet is called, reading it does not fail."""
    assert names_source(question, source, language) in (True, False)


@given(st.from_regex(r"[A-Z][a-z]{3,9} [A-Z][a-z]{3,9}", fullmatch=True))
def test_a_name_of_two_words_is_known_anywhere(source: str) -> None:
    """Two words side by side are a name in any case and place."""
    assert names_source(f"{source} says what?", source, "en")
    assert names_source(f"what says {source.lower()}", source, "de")

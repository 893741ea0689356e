import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Span
from retrieval.highlight import MAX_ANSWERS, Sought, highlight
from retrieval.lexical import question_terms, terms

QUESTIONS = ("When did it leave?", "How many were there?", "Who left?", "Where was it?", "What is it?", "")


def sought(question, language="en"):
    """What a question looks for, with its terms made as the search makes them."""
    wanted = question_terms(question, language)
    return Sought(question, language, wanted, lambda words: terms(words, language))


def marked(question, text, language="en", *, sentence=None):
    """The words of a text that are marked; all of it is the sentence that answers, unless one is given."""
    whole = Span(0, len(text))
    within = Span(text.index(sentence), text.index(sentence) + len(sentence)) if sentence else whole
    return [span.of(text) for span in highlight(text, within, sought(question, language))]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("When did the ferry leave?", "The ferry left on 14 May 2026 for Orrey.", ["14 May 2026"]),
        ("How much did it cost?", "The council paid £41.5 million in 2026.", ["£41.5 million"]),
        ("How long is the crossing?", "The crossing takes 50 minutes.", ["50 minutes"]),
        ("Who opened the bridge?", "The bridge was opened by Anna Brody of Orrey.", ["Anna Brody of Orrey"]),
        ("Who is Anna Brody?", "Anna Brody is the sister of Piet Hallam.", ["Piet Hallam"]),
        ("Where does it stop?", "It stops at Market Cross, says Rosa Denny.", ["Market Cross"]),
        ("Where did they meet?", "They met in the old courtyard and left.", ["in the old courtyard"]),
    ],
)
def test_the_words_that_answer_are_marked(question, text, expected):
    """A date answers "when", a number with its unit "how many", a name "who", a place "where"."""
    assert marked(question, text) == expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("What did the ferry carry?", "The ferry carried oranges.", ["ferry carried"]),
        ("When did the ferry leave?", "The ferry left at dawn with oranges.", ["ferry"]),
        ("Who is Anna Brody?", "Anna Brody is a director.", ["Anna Brody"]),
        ("ferry oranges", "A ferry, and oranges.", ["ferry", "oranges"]),
    ],
)
def test_where_no_words_answer_those_of_the_question_are_marked(question, text, expected):
    """A question that asks for none of these, or a sentence without one, shows why it was found."""
    assert marked(question, text) == expected


def test_only_the_sentence_that_answers_is_marked():
    """What the sentences around it say is there to be understood, not to be marked."""
    text = "In 1999 it rained. The ferry left in 2026. It came in 2030."

    assert marked("When did the ferry leave?", text, sentence="The ferry left in 2026.") == ["2026"]


def test_a_list_is_not_marked_whole():
    """Of many names those nearest to the words of the question are marked."""
    text = "Ada, Bea, Cy, Dee, Eve and Flo came, and Gus, Hal and Ida wrote the report."

    found = marked("Who wrote the report?", text)

    assert len(found) == MAX_ANSWERS
    assert "Ida" in found
    assert "Ada" not in found


@given(st.text(min_size=1), st.sampled_from(QUESTIONS), st.sampled_from(["en", "de", "ru", "und"]), st.data())
def test_marks_are_in_order_inside_the_sentence(text, question, language, data):
    """Whatever the text, marks lie in its sentence, in order and apart."""
    start = data.draw(st.integers(0, len(text) - 1))
    sentence = Span(start, data.draw(st.integers(start + 1, len(text))))

    edge = sentence.start
    for span in highlight(text, sentence, sought(question, language)):
        assert edge <= span.start
        assert span.end <= sentence.end
        edge = span.end


@pytest.mark.parametrize(
    ("text", "question", "language", "expected"),
    [
        ("The ferry carried oranges.", "carry an orange", "en", ["carried oranges"]),
        ("The ferry, and ferries.", "ferry", "en", ["ferry", "ferries"]),
        ("Die Brücken wurden eröffnet.", "brucke", "de", ["Brücken"]),
        ("Un café, deux cafés.", "cafe", "fr", ["café", "cafés"]),
        ("Nothing of it.", "ferry", "en", []),
        ("新しい橋は五月に開通した。", "橋は開通", "ja", ["橋は", "開通"]),
    ],
)
def test_other_forms_of_a_word_are_marked(text, question, language, expected):
    """A word is marked in whatever form it stands in, and neighbours are marked as one."""
    assert marked(question, text, language) == expected

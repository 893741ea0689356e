import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.split import split
from corpus.types import Span
from retrieval.excerpt import choose_span, is_heading

SENTENCES = [
    "The ferry left.",
    "It was cold!",
    "Who steered, and why?",
    "A crate of oranges " * 5 + "fell over.",
]
HEADINGS = ["Oranges", "A cold start"]

lines = st.one_of(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join), st.sampled_from(HEADINGS)
)
articles = st.lists(lines, min_size=1, max_size=6).map("\n\n".join)


def sentences_of(text):
    """Every sentence of an article, in order."""
    return [span for passage in split(text, "en") for span in passage.sentences]


@given(articles, st.data())
def test_an_excerpt_is_whole_sentences_around_the_best(text, data):
    """It is the best sentence and as many whole neighbours as fit, without their headings."""
    sentences = sentences_of(text)
    scores = [data.draw(st.floats(-1, 2)) for _ in sentences]
    best = data.draw(st.integers(0, len(sentences) - 1))
    max_chars = data.draw(st.integers(1, 250))

    span = choose_span(text, sentences, scores, best=best, max_chars=max_chars)

    shown = [sentence for sentence in sentences if sentence.overlaps(span)]
    beside = [sentence for sentence in sentences if sentence.end <= span.start][-1:]
    beside += [sentence for sentence in sentences if sentence.start >= span.end][:1]
    assert (shown[0].start, shown[-1].end) == (span.start, span.end)
    assert sentences[best] in shown
    assert len(span) <= max_chars or shown == [sentences[best]]
    assert not any(is_heading(text, sentence) for sentence in shown if sentence != sentences[best])
    for left_out in beside:
        joined = max(span.end, left_out.end) - min(span.start, left_out.start)
        assert joined > max_chars or is_heading(text, left_out)


def test_the_neighbour_that_answers_better_goes_first():
    """Where only one neighbour fits, it is the one with the better score."""
    text = "It rained. The ferry left at dawn. It carried oranges."
    sentences = sentences_of(text)

    before = choose_span(text, sentences, [0.5, 0.9, 0.4], best=1, max_chars=40)
    after = choose_span(text, sentences, [0.4, 0.9, 0.5], best=1, max_chars=44)

    assert before.of(text) == "It rained. The ferry left at dawn."
    assert after.of(text) == "The ferry left at dawn. It carried oranges."


def test_the_same_paragraph_goes_first():
    """Of two neighbours that answer alike, the one in the best sentence's own paragraph is shown."""
    text = "It rained.\n\nThe ferry left at dawn. It was cold."

    span = choose_span(text, sentences_of(text), [0.5, 0.9, 0.4], best=1, max_chars=40)

    assert span.of(text) == "The ferry left at dawn. It was cold."


def test_a_long_sentence_is_not_cut():
    """The best sentence is shown whole though it alone is over the limit."""
    text = "Short. " + SENTENCES[3]

    span = choose_span(text, sentences_of(text), [0.1, 0.9], best=1, max_chars=20)

    assert span.of(text) == SENTENCES[3]


def test_an_excerpt_stays_in_its_section():
    """What stands beyond a heading is about something else, so it is not shown."""
    text = "Arrivals\n\nThe ferry came at dawn.\n\nDepartures\n\nThe ferry left at noon."

    span = choose_span(text, sentences_of(text), [0.1, 0.9, 0.5, 0.6], best=1, max_chars=400)

    assert span.of(text) == "The ferry came at dawn."


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Historical error", True),
        ("“Historical error”", True),
        ("Mr Ode’s boat", True),
        ("The ferry left.", False),
        ("“They refused.”", False),
        ("Er sagte: „Nein.“", False),
        ("« Non. »", False),
        ("He listed:", False),
        ("Она вернулась…", False),
        ("船は出た。", False),
        ("A line that is far too long to be the heading of anything, though it never comes to an end", False),
    ],
)
def test_a_heading_is_a_short_line_that_ends_no_sentence(line, expected):
    """Headings are told from sentences by their length and their last mark, in any language's quotes."""
    text = f"Before.\n\n{line}\n\nAfter."

    assert is_heading(text, Span(9, 9 + len(line))) is expected


def test_a_sentence_inside_a_paragraph_is_no_heading():
    """A short sentence without a closing mark is a heading only where it has a line to itself."""
    text = "It rained\n\nIt rained and the ferry left"

    assert is_heading(text, Span(0, 9))
    assert not is_heading(text, Span(11, 20))

from hypothesis import given
from hypothesis import strategies as st

from bot.around import paragraphs_around
from corpus.types import Span

_texts = st.lists(st.text("ab \n", max_size=40), min_size=1, max_size=8).map("\n\n".join)


@given(st.data(), st.integers(0, 120))
def test_around(data, max_chars):
    """What stands around a span holds the span, and is as short as asked unless the span is longer."""
    text = data.draw(_texts.filter(lambda text: len(text) > 1))
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))

    outer = paragraphs_around(text, span, max_chars)

    assert outer.start <= span.start < span.end <= outer.end <= len(text)
    assert len(outer) <= max(max_chars, len(span))


def test_around_is_a_paragraph_either_side():
    """The paragraphs next to the excerpt's own are there whole, and no others."""
    paragraphs = ["One.", "Two.", "Three is it.", "Four.", "Five."]
    text = "\n\n".join(paragraphs)
    start = text.index("is")

    outer = paragraphs_around(text, Span(start, start + 2), 100)

    assert outer.of(text) == "\n\n".join(paragraphs[1:4])


def test_around_cuts_at_words():
    """Where paragraphs do not fit, whole words are shown; text without spaces is cut where it must be."""
    words = "alpha beta gamma delta epsilon zeta eta"
    start = words.index("delta")

    assert paragraphs_around(words, Span(start, start + 5), 25).of(words) == "gamma delta epsilon zeta"
    assert paragraphs_around("界" * 50, Span(20, 30), 20) == Span(15, 35)


def test_around_ends_with_a_sentence():
    """A paragraph that does not fit is shown from the beginning of a sentence, or to the end of one."""
    text = "It began long ago. Then it rained. The pier stands. “My boat,” she said. It has left the harbour."
    start = text.index("The pier")

    outer = paragraphs_around(text, Span(start, start + len("The pier stands.")), 65)

    assert outer.of(text) == "Then it rained. The pier stands. “My boat,” she said."


def test_around_gives_the_room_to_the_other_side():
    """What the side before the excerpt does not need is used after it."""
    text = "Start. " + "word " * 50

    assert len(paragraphs_around(text, Span(0, 6), 100)) > 90

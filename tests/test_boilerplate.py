"""Lines that repeat across a source's articles."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.boilerplate import MAX_LINE_CHARS, lines_by_key, repeated, without

PLEA = "Sign up for Harbour Line’s letter, every Friday in your inbox."
STORY = [
    f"Boat number {name} left at dawn with all its oranges, and nobody saw it again." for name in "abcdefgh"
]


def story(number, *lines, n_paragraphs=20):
    """An article of its own words, with lines put before and after them."""
    own = [
        f"In story {chr(97 + number) * 5} {STORY[index % 8]} {chr(97 + index) * 3}"
        for index in range(n_paragraphs)
    ]
    return "\n\n".join([*lines[:1], *own, *lines[1:]])


def keys_of(texts):
    """What repeats across articles."""
    counts = Counter(key for text in texts for key in lines_by_key(text))
    return repeated(counts, len(texts))


def test_what_a_source_puts_on_its_articles_is_taken_out():
    """A byline and a plea go, and are told; the story stays."""
    texts = [story(number, "By the Harbour Line", PLEA) for number in range(4)]

    text, removed = without(texts[3], keys_of(texts))

    assert text == story(3)
    assert removed == ("By the Harbour Line", PLEA)


def test_figures_make_another_line():
    """What differs from article to article in a figure only is what they tell."""
    texts = [story(number, f"The highest temperature was {number} degrees.", PLEA) for number in range(4)]

    assert without(texts[3], keys_of(texts))[1] == (PLEA,)


def test_two_articles_are_no_pattern():
    """Below three articles nothing repeats."""
    texts = [story(number, PLEA) for number in range(2)]

    assert without(texts[0], keys_of(texts)) == (texts[0], ())


def test_what_few_of_many_share_stays():
    """A subheading of three articles of a hundred is theirs."""
    texts = [story(number, *(["Background"] if number < 3 else [])) for number in range(100)]

    assert without(texts[0], keys_of(texts)) == (texts[0], ())


def test_a_reprint_loses_nothing():
    """Articles that are mostly the same are one report again, not boilerplate."""
    texts = ["\n\n".join(STORY)] * 5

    assert without(texts[0], keys_of(texts)) == (texts[0], ())


def test_a_long_line_between_is_no_boilerplate():
    """In the middle of an article only lines as short as a label are counted; at its edges longer ones."""
    long = "x" * 20 + " word" * 30
    assert len(long) > MAX_LINE_CHARS
    between = [story(number) + f"\n\n{long}\n\n" + story(number + 30) for number in range(5)]
    at_end = [story(number, "", long) for number in range(5)]

    assert without(between[0], keys_of(between))[1] == ()
    assert without(at_end[0], keys_of(at_end))[1] == (long,)


@pytest.mark.parametrize("line", ["2026", "* * *", "—", "…"])
def test_a_line_without_words_is_not_counted(line):
    """Figures and rules are no lines to tell a source by."""
    assert lines_by_key(line) == {}


lines = st.sampled_from(
    ["Read on", "Share this", "2 min read", "3 min read", "", "It left at dawn.", PLEA, "—"]
)
articles = st.lists(lines | st.text(max_size=40), min_size=1, max_size=30).map("\n".join)


@given(st.lists(articles, min_size=1, max_size=8))
def test_an_article_stays_itself(texts):
    """Whatever repeats: most of an article stays, in its order, and what is gone is told."""
    keys = keys_of(texts)
    for text in texts:
        shorter, removed = without(text, keys)

        before = [line for line in text.split("\n") if line.strip()]
        after = [line for line in shorter.split("\n") if line.strip()]
        remaining = iter(before)
        assert all(line in remaining for line in after)
        assert Counter(before) == Counter(after) + Counter(removed)
        assert bool(shorter.strip()) == bool(text.strip())
        assert removed or shorter == text


@given(st.lists(articles, max_size=6), articles)
def test_counts_may_be_kept(texts, more):
    """Counting an article more is adding its keys, and taking one away is subtracting them."""
    counts = Counter(key for text in [*texts, more] for key in lines_by_key(text))
    counts.subtract(lines_by_key(more).keys())

    assert +counts == Counter(key for text in texts for key in lines_by_key(text))

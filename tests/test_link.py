from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.link import page_link, sentence_link

PAGE = "https://example.org/ferry"


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("The ferry left.", "The%20ferry%20left."),
        ("A well-known, dear & old boat", "A%20well%2Dknown%2C%20dear%20%26%20old%20boat"),
        (
            "one two three four five six seven eight nine ten eleven",
            "one%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven",
        ),
        ("First line here\n\nlast line there", "First%20line%20here,last%20line%20there"),
    ],
    ids=["short", "dash, comma, ampersand", "long", "two paragraphs"],
)
def test_fragment(text, fragment):
    """The link names the first and last words, each percent-encoded as text fragments need."""
    assert sentence_link(PAGE, text) == f"{PAGE}#:~:text={fragment}"


def test_page_with_fragment():
    """A page that is already opened at a place keeps it."""
    assert sentence_link(f"{PAGE}#top", "Dawn.") == f"{PAGE}#top:~:text=Dawn."


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "ftp://example.org",
        "javascript:alert(1)",
        "https://",
        "https://a b",
        "https://" + "x" * 3000,
    ],
)
def test_no_link(url):
    """What a reader could not open is no link."""
    assert page_link(url) is None
    assert sentence_link(url, "Dawn.") is None


@given(st.text(min_size=1, max_size=800).filter(str.strip))
def test_words_are_of_the_text(text):
    """The fragment names words that stand in the text, in its order, and holds no raw separator."""
    link = sentence_link(PAGE, text)

    fragment = link.removeprefix(PAGE).removeprefix("#:~:text=")
    start, _, end = fragment.partition(",")
    flat = " ".join(text.split())
    assert "-" not in fragment
    assert link == PAGE or flat.startswith(unquote(start))
    assert flat.endswith(unquote(end))

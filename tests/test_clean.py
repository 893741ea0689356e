from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clean import clean, clean_line

SEED = Path(__file__).parents[2] / "shared" / "seed" / "000_be902485d7d1b865.txt"

# Pieces that mean something to some step of cleaning, so that random texts are hard ones.
PIECES = st.sampled_from(
    (
        *("<b>", "</p>", "<br/>", "<script>", "</script>", "<!--", "-->", "&amp;", "&lt;", "b&gt;", "&#60;"),
        *("Read also", "Related: Dow falls", "Advertisement", "word", "Word.", "\n", "\n\n", "\r\n", "  "),
        *(
            "\u00a0",
            "\u200b",
            "\u0301",
            "e",
            "\u037e",
            "amp;",
            "<",
            ">",
            "&",
            ";",
            "- item",
            "x" * 45,
            "« oui »",
        ),
    )
)


@given(st.lists(PIECES | st.text(max_size=20), max_size=30).map("".join))
def test_cleaning_plain_text_again_changes_nothing(text):
    """Cleaning what is clean gives the same text, so re-adding an article is a no-op."""
    once = clean(text, "plain")

    assert clean(once, "plain") == once


@given(st.text(st.characters(categories=["L", "N"]) | st.sampled_from(" .,—“”"), max_size=200))
def test_words_and_punctuation_survive(text):
    """Of text without markup and lead-ins, cleaning changes nothing but white space and letter codes."""
    sentence = f"He wrote: {text}"

    assert clean(sentence, "plain") == clean_line(sentence)


@given(
    st.lists(PIECES | st.text(max_size=20), max_size=30).map("".join), st.sampled_from(["plain", "markdown"])
)
def test_the_shape_of_clean_text(text, markup):
    """Clean text has single spaces, paragraphs parted by one empty line, and no edge of white space."""
    cleaned = clean(text, markup)

    assert "  " not in cleaned
    assert "\n\n\n" not in cleaned
    assert cleaned == cleaned.strip()
    assert not set(cleaned) & set("\r\t\x00\u00a0\u200b\ufeff")


@pytest.mark.skipif(not SEED.exists(), reason="needs the shared seed article")
def test_the_seed_article_loses_its_lead_in_line_and_nothing_else():
    """The scraped "Read also" line is gone; every other paragraph is word for word what it was."""
    paragraphs = SEED.read_text(encoding="utf-8").split("\n\n")

    cleaned = clean(SEED.read_text(encoding="utf-8"), "plain").split("\n\n")

    assert cleaned == [paragraph for paragraph in paragraphs if not paragraph.startswith("Read also")]


@pytest.mark.parametrize(
    "line",
    [
        "Read also Börse Express - New York Stocks Outlook: Dow somewhat weaker",
        "READ MORE: Harbour to close for a week?",
        "See also:",
        "Related: The council’s other bridge",
        "More on this story",
        "Advertisement",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Sign up for our daily newsletter!",
        "» Lesen Sie auch: Hafen bleibt zu",
        "Lesen Sie auch Hafen bleibt eine Woche zu",
        "Anzeige",
        "Abonnieren Sie unseren Newsletter",
        "Lea también: El puerto cierra una semana",
        "Suscríbete a nuestro boletín",
        "À lire aussi : le port fermé une semaine",
        "Publicité",
        "Leggi anche: Il porto chiude",
        "Leia também O porto fecha",
        "Читайте также: Порт закроют на неделю",
        "Подписывайтесь на наш канал",
        "Реклама",
        "Читайте також Порт закриють на тиждень",
        "همچنین بخوانید: بندر یک هفته بسته می‌شود",
    ],
)
def test_a_lead_in_line_is_dropped(line):
    """A whole short line that leads away from the article is taken out."""
    assert clean(f"The harbour opens.\n\n{line}\n\nIt closes at ten.", "plain") == (
        "The harbour opens.\n\nIt closes at ten."
    )


@pytest.mark.parametrize(
    "line",
    [
        "Read also her second novel, which sold well.",
        "Read also her second novel",
        "Related companies lost money.",
        "Related: the two firms are owned by one family.",
        "Advertisement spending fell by a third.",
        "Advertisements for the ferry hung everywhere",
        "Read more, my child, and talk less",
        "“See also: nothing,” said the note.",
        "He told them to sign up for the newsletter.",
        "Subscribe to the newsletter, she said, or leave the room.",
        "Anzeigen gegen zwei Fahrer",
        "Реклама стала дороже на треть",
        "Lea también sus cartas, que se vendieron bien.",
    ],
)
def test_a_line_of_the_article_stays(line):
    """A sentence that only begins like a lead-in is kept."""
    assert line in clean(f"The harbour opens.\n\n{line}\n\nIt closes at ten.", "plain").split("\n\n")


def test_a_lead_in_inside_a_paragraph_stays():
    """Within running text nothing is cut."""
    text = "He wrote two. Read also: his letters. They sold well."

    assert clean(text, "plain") == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("bro<b>ken</b> w<i class='x'>or</i>d", "broken word"),
        ("a<!-- hidden <b> -->b", "ab"),
        ("a<script>var x = '<p>';</script>b<STYLE>p{}</STYLE>c", "abc"),
        ("a <script> that never ends", "a that never ends"),
        ("Tom &amp; Jerry&nbsp;&#8211; &amp;amp;lt;3", "Tom & Jerry – <3"),
        ("&lt;p&gt;twice escaped&lt;/p&gt;", "twice escaped"),
        ("line<br>break", "line\nbreak"),
        ("a < b and c > d", "a < b and c > d"),
        ("I <3 you; x <b and c> y", "I <3 you; x <b and c> y"),
        ("AT&T &copy 2020 R&D; ?a=1&copy=2", "AT&T &copy 2020 R&D; ?a=1&copy=2"),
        ("<unknown> stays", "<unknown> stays"),
    ],
)
def test_stray_html_is_taken_out_and_its_likeness_is_not(text, expected):
    """Known tags, comments and entities go; comparisons, hearts and company names stay."""
    assert clean(text, "plain") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b", "a\nb"),
        ("cafe\u0301", "café"),
        ("10\u202fkm\u00a0away", "10 km away"),
        ("zero\u200bwidth soft\u00adhyphen \ufeffmark", "zerowidth softhyphen mark"),
        ("\u202eright\u202c to left", "right to left"),
        ("می\u200cشود", "می\u200cشود"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("bell\x07 and \ud800half", "bell and half"),
        ("“He said ‘no’” – then… left — “Why?", "“He said ‘no’” – then… left — “Why?"),
        ("\n\n  a  b \n \n\n c\t\td ", "a b\n\nc d"),
        (" \n\t\u200b", ""),
    ],
)
def test_letters_and_spaces_have_one_shape(text, expected):
    """One line end, one space, composed letters, nothing unseen but what spelling needs."""
    assert clean(text, "plain") == expected


def test_a_hard_wrapped_paragraph_is_one_line():
    """Lines that only the width of a page parted are joined, so that sentences are whole."""
    text = (
        "The ferry left the harbour at dawn with forty passengers on\n"
        "board, a crate of oranges and a dog that belonged to nobody\n"
        "in particular."
    )

    assert clean(text, "plain") == text.replace("\n", " ")


@pytest.mark.parametrize(
    "text",
    [
        "Roses are red,\nviolets are blue,\nsugar is sweet,\nand so are you.",
        "- the first entry of a list, which is long enough to wrap\n- the second entry, about as long",
        "The Editor\n12 Harbour Street\nBrelum",
        "Shall I compare the morning to the evening, or to none?\nThou art more lovely and more temperate.",
    ],
)
def test_lines_that_mean_something_stay_apart(text):
    """Verse, lists and addresses keep their lines."""
    assert clean(text, "plain") == text


def test_markdown_becomes_its_words():
    """Markdown keeps words, links' words and code, and loses marks and images; `<b>` in code is code."""
    text = (
        "## Head\n\nSome *text* with a [link](http://x.example)\nand `<b>` ![picture](p.png)kept.\n\n"
        "- one\n- two\n\n> quoted\n\n| a | b |\n|---|---|\n| c | d |\n\n"
        "```\nx = 1\n```\n\n<div>in <i>html</i></div>\n\nSee also:\n"
    )

    assert clean(text, "markdown").split("\n\n") == [
        "Head",
        "Some text with a link and <b> kept.",
        *("one", "two", "quoted", "a | b", "c | d", "x = 1", "in html"),
    ]


def test_a_title_is_one_line():
    """A title loses markup and line ends."""
    assert clean_line(" The <b>ferry</b>\n &amp; the\u00a0sea ") == "The ferry & the sea"


HOSTILE = [
    *("<", "<b", "<b>", "<!--", "<script>", "<a href=", "&", "&amp;", "(“", "[", "![a](", "`a ``b "),
    *("\u0301\u0316", "\u0344", " ", "\n", "a\n", "\u200b", "Read also ", "Subscribe "),
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize(("markup", "n_chars"), [("plain", 200_000), ("markdown", 20_000)])
@pytest.mark.timeout(20)
def test_hostile_repetition_takes_linear_time(piece, markup, n_chars):
    """Long repetitions of anything are cleaned at once: quadratic steps would take minutes."""
    run = piece * (n_chars // len(piece))

    for text in (run, f"a{run}>", f"&{run};"):
        clean(text, markup)

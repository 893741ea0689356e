from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clean import clean
from corpus.split import MAX_PASSAGE_CHARS, split

SEED = Path(__file__).parents[2] / "shared" / "seed" / "000_be902485d7d1b865.txt"

LANGUAGES = st.sampled_from(["en", "de", "fa", "ja", "und", "xx", ""])
TEXTS = st.lists(
    st.sampled_from(
        (
            *("A sentence. ", "Why? ", "He said “yes. No.” ", "“", "(", "Dr. Smith ", "\n", "\n\n", "z. B. "),
            *("これは文です。", "این یک جمله است. ", "word " * 30, "x" * 90, "e\u0301", "👩\u200d👧", " \t "),
        )
    )
    | st.text(max_size=30),
    max_size=30,
).map("".join)


def sentences(text, language="en", max_chars=MAX_PASSAGE_CHARS):
    """The words of every sentence."""
    return [span.of(text) for passage in split(text, language, max_chars) for span in passage.sentences]


@given(TEXTS, LANGUAGES, st.integers(min_value=1, max_value=120))
def test_passages_lose_only_white_space(text, language, max_chars):
    """Passages are ordered, disjoint and within the limit, and only white space lies outside them."""
    passages = split(text, language, max_chars)

    edge, outside = 0, ""
    for passage in passages:
        assert edge <= passage.span.start
        assert len(passage.span) <= max_chars
        outside += text[edge : passage.span.start]
        edge = passage.span.end
    assert not (outside + text[edge:]).strip()


@given(TEXTS, LANGUAGES, st.integers(min_value=1, max_value=120))
def test_sentences_fill_their_passage(text, language, max_chars):
    """Within a passage sentences are ordered and disjoint, and lose only white space around them."""
    for passage in split(text, language, max_chars):
        edge = passage.span.start
        for span in passage.sentences:
            assert not text[edge : span.start].strip()
            assert span.of(text) == span.of(text).strip()
            edge = span.end
        assert edge == passage.span.end


def test_a_text_without_words_has_no_passages():
    """White space gives nothing."""
    assert split(" \n\n ", "en") == ()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Dr. Smith came at 3 p.m. on Tuesday. He left.",
            ["Dr. Smith came at 3 p.m. on Tuesday.", "He left."],
        ),
        (
            "de",
            "Am 3. Mai kam er, z. B. mit Brot. Sie ging.",
            ["Am 3. Mai kam er, z. B. mit Brot.", "Sie ging."],
        ),
        (
            "fa",
            "این یک جمله است. آیا این دیگری است؟ بله!",
            ["این یک جمله است.", "آیا این دیگری است؟", "بله!"],
        ),
        ("ja", "これは文です。次の文です。", ["これは文です。", "次の文です。"]),
        ("zh", "桥开通了！多少钱？没有回答。", ["桥开通了！", "多少钱？", "没有回答。"]),
        ("und", "One here. Two here.", ["One here.", "Two here."]),
    ],
)
def test_sentences_are_those_of_the_language(language, text, expected):
    """Abbreviations and dates end no sentence; other scripts' marks do."""
    assert sentences(text, language) == expected


def test_an_opening_quotation_mark_belongs_to_what_it_opens():
    """A mark right before a sentence is its first character, even when it is never closed."""
    text = "He was open to talks. “We can negotiate. There is hope."

    assert sentences(text) == ["He was open to talks.", "“We can negotiate.", "There is hope."]


def test_a_short_quotation_stays_whole():
    """What someone said in a breath is one sentence with who said it."""
    text = "“I saw it. It was late,” she said."

    assert sentences(text) == [text]


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ("„", '"'), ('"', ""), ("(", ")"), ("", "")])
def test_a_long_quotation_is_split_whether_or_not_it_is_closed(opening, closing):
    """A speech is not one sentence, and a mark that is never closed does not swallow the article."""
    speech = [f"The mayor went on about the harbour and its {n} ferries for hours." for n in range(100, 110)]
    text = f"He said: {opening}{' '.join(speech)}{closing} Then he left."

    assert len(sentences(text)) == 11


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was so [1]. 2. Then it was not.", ["It was so [1]. 2.", "Then it was not."]),
        ("2. The second one. (3)", ["2. The second one. (3)"]),
        ("It ended. “", ["It ended. “"]),
        ("😀 😀", ["😀 😀"]),
    ],
)
def test_what_has_no_word_is_no_sentence(text, expected):
    """Numbers, marks and emoji stay with the words they stand by."""
    assert sentences(text) == expected


def test_a_line_ends_a_sentence():
    """Verse and list entries are not glued into one sentence."""
    assert sentences("Roses are red\nViolets are blue") == ["Roses are red", "Violets are blue"]


def test_a_sentence_longer_than_the_limit_is_cut_at_white_space():
    """No word is cut while there is a space to cut at."""
    assert sentences("one two three four", max_chars=9) == ["one two", "three", "four"]


def test_a_word_longer_than_the_limit_is_cut_between_letters():
    """An accent stays with its letter."""
    assert sentences("aaae\u0301bbb", max_chars=4) == ["aaa", "e\u0301bb", "b"]


def test_passages_break_between_paragraphs():
    """Paragraphs that fit stay whole, though other breaks would fill the passages better."""
    paragraphs = ["First one. " * 5, "Second one. " * 5, "Third one. " * 5]
    text = "\n\n".join(paragraph.strip() for paragraph in paragraphs)

    passages = [passage.span.of(text) for passage in split(text, "en", 100)]

    assert passages == text.split("\n\n")


def test_a_long_paragraph_is_cut_evenly():
    """No crumb is left at the end of a paragraph that does not fit."""
    text = " ".join(["Twenty letters here."] * 11)

    lengths = [len(passage.sentences) for passage in split(text, "en", 10 * 21)]

    assert sorted(lengths) == [5, 6]


def test_a_heading_goes_with_what_follows():
    """A short line that ends no sentence opens a passage, never closes one."""
    body = " ".join(["Some sentence here."] * 4)
    text = f"{body}\n\nA heading\n\n{body}\n\n“Another one”\n\n{body}"

    starts = [passage.span.of(text)[:9] for passage in split(text, "en", 110)]

    assert starts == ["Some sent", "A heading", "“Another "]


@pytest.mark.skipif(not SEED.exists(), reason="needs the shared seed article")
def test_the_seed_articles_sentences():
    """The sentences that answer questions of the real article are whole."""
    found = sentences(clean(SEED.read_text(encoding="utf-8"), "plain"))

    assert "Punjir is a remote, largely inaccessible mountain area." in found
    assert "“We can negotiate." in found


@pytest.mark.parametrize("piece", ["(“", "“", '"', "a. ", "a ", "[(", "a\n", "x", "。", "e\u0301", "1. "])
@pytest.mark.timeout(20)
def test_hostile_repetition_takes_linear_time(piece):
    """A hundred thousand characters of anything are split at once: quadratic steps would take minutes."""
    split(piece * (100_000 // len(piece)), "en")

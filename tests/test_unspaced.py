import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.lexical import terms
from retrieval.unspaced import spaced, words

# Letters with and without spaces between words, marks that are none, and what stands between.
SCRIPTS = "abc é ж 5 _ \n . 。 新橋東京 はをー カタ ｶﾞ 다리 สะพานแม่น้ำ ๕ ฿ \u0e48 ・"
texts = st.text(st.sampled_from(SCRIPTS), max_size=40)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新的大桥开通。", ["新的", "的大", "大桥", "桥开", "开通"]),
        ("橋はOpenAI社", ["橋は", "OpenAI", "社"]),
        ("コーヒー・パン", ["コー", "ーヒ", "ヒー", "パン"]),
        ("새 다리가", ["새", "다리", "리가"]),
        ("แม่น้ำ 5", ["แม่น้", "ม่น้ำ", "5"]),
        ("The old bridge, it's re-opened!", ["The", "old", "bridge", "it", "s", "re", "opened"]),
        ("犬", ["犬"]),
        ("\u0e48", []),
        ("", []),
    ],
)
def test_writing_without_spaces_is_read_by_runs_of_letters(text, expected):
    """Two letters each, three in Thai, whose tones belong to the letter before; the rest is by words."""
    assert [word.of(text) for word in words(text)] == expected


@given(st.text(st.characters(max_codepoint=0x0DFF)))
def test_other_writing_stays_as_it_is(text):
    """What has spaces between its words is not touched."""
    assert spaced(text) == text


@given(texts)
def test_words_are_in_order_within_the_text(text):
    """Words begin one after the other, none is empty, and none reaches beyond the text."""
    found = list(words(text))

    assert [word.start for word in found] == sorted({word.start for word in found})
    assert all(word.start < word.end <= len(text) for word in found)


@given(texts)
def test_the_index_takes_the_same_words(text):
    """What is indexed of a text is what its words are one by one, whatever stands between them."""
    alone = [term for word in words(text) for term in terms(word.of(text), "und")]

    assert alone == terms(text, "und")

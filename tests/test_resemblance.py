import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.resemblance import bands, same_words, signature, similarity

WORDS = [f"word{n}" for n in range(3_000)]
TEXTS = st.lists(st.sampled_from(WORDS[:40]), min_size=1, max_size=60).map(" ".join)


def text_of(n_words, seed):
    """A text that shares no run of words with those of other seeds."""
    return " ".join(random.Random(seed).choices(WORDS, k=n_words))


def replaced(text, share, seed=0):
    """The text with a stretch of it exchanged for other words."""
    words = text.split()
    n = int(share * len(words))
    return " ".join([*words[:-n], *text_of(n, f"other {seed}").split()]) if n else text


@given(TEXTS)
def test_a_text_is_like_itself(text):
    """The same words have the same signature, whatever their case, spaces and marks."""
    signed = signature(text)

    assert similarity(signed, signature(text.upper().replace(" ", ", "))) == 1.0
    assert list(bands(signed)) == list(bands(signature(text)))
    assert len(set(bands(signed))) == 32


@given(TEXTS, TEXTS)
def test_alike_is_symmetric(one, other):
    """How alike two texts are does not depend on which is named first, and is a share."""
    there, back = similarity(signature(one), signature(other)), similarity(signature(other), signature(one))

    assert there == back
    assert 0.0 <= there <= 1.0


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5])
def test_the_estimate_is_near_the_truth(share):
    """The estimate is the Jaccard similarity of the runs of words, give or take what 128 numbers allow."""
    errors = []
    for seed in range(30):
        text = text_of(400, seed)
        other = replaced(text, share, seed)
        ours, theirs = ({tuple(w[i : i + 4]) for i in range(397)} for w in (text.split(), other.split()))
        true = len(ours & theirs) / len(ours | theirs)
        errors.append(similarity(signature(text), signature(other)) - true)

    assert abs(sum(errors) / len(errors)) < 0.03
    assert max(map(abs, errors)) < 0.2


def test_reprints_meet_in_a_band_and_others_do_not():
    """Texts with most of their words in common share a band; texts with none do not."""
    texts = [text_of(300, seed) for seed in range(100)]
    banded = [set(bands(signature(text))) for text in texts]

    met = [
        bool(own & set(bands(signature(replaced(text, 0.2)))))
        for own, text in zip(banded, texts, strict=True)
    ]
    assert met.count(True) >= 98  # similarity .67: expected of 999 in 1,000
    assert not any(banded[n] & banded[n + 1] for n in range(99))


@pytest.mark.parametrize("text", ["", " \n", "…", "😀"])
def test_what_has_no_words_is_like_nothing(text):
    """A text without words has no signature, and is not like another one without."""
    assert signature(text) == b""
    assert similarity(signature(text), signature("")) == 0.0
    assert list(bands(signature(text))) == []


def test_writing_without_spaces_has_words():
    """Two Japanese texts that share most letters are alike, two that share none are not."""
    one = "港を出た船は四十人の乗客とオレンジの箱を運び夜遅くに戻った"

    assert similarity(signature(one), signature(one[:-3])) > 0.7
    assert similarity(signature(one), signature("市議会は新しい橋の建設費用を承認した")) < 0.1


def test_the_same_words():
    """A long text is the same words under any title; of a short one the title is a part."""
    long = "The ferry left at dawn. " * 30

    assert same_words("One", long) == same_words("Two", long)
    assert same_words("One", long) != same_words("One", long + "!")
    assert same_words("Closed on Monday", "See below.") != same_words("Closed on Sunday", "See below.")


def test_a_signature_stays_as_it_is():
    """Stored signatures can be compared with those made today: another library version must say so."""
    signed = signature("The ferry left at dawn with forty passengers.")

    assert len(signed) == 512
    assert signed[:8].hex() == "522f68d5a45e2fc6"

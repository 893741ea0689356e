from dataclasses import fields, replace

import pytest
from build import article
from hashing_encoder import HashingEncoder
from home import Home
from hypothesis import given
from hypothesis import strategies as st

from retrieval.across import COSINES, MEANS, WORDS, Mean, with_expected_cosines, with_expected_words
from retrieval.cosine_scale import IDENTITY, CosineScale
from retrieval.score import Features
from retrieval.types import Query

GERMAN = {"fähre": "ferry", "brachte": "carried", "wieviele": "many", "orangen": "oranges", "trug": "carried"}
SHELF = (
    article(key="ferry", title="Ferry", text="The ferry carried forty oranges. It left at dawn."),
    article(key="bridge", title="Bridge", text="The bridge reopened in May. Engineers replaced every bolt."),
    article(key="seals", title="Seals", text="Volunteers counted seals. They saw ninety on the sandbank."),
)
ONE_FOR_ALL = CosineScale({}, IDENTITY.other, across=IDENTITY.other)
shares = st.floats(0, 1)
features = st.builds(Features, **{field.name: shares for field in fields(Features)})


class BilingualEncoder(HashingEncoder):
    """Reads German words as the English ones they mean.

    Args:
        scale: Where it says its cosines lie.
    """

    def __init__(self, scale):
        super().__init__()
        self.scale = scale

    def encode(self, texts, role):
        """See `Encoder`."""
        return super().encode(
            [" ".join(GERMAN.get(word, word) for word in text.lower().split()) for text in texts], role
        )


@given(features)
def test_expected_words_only_add(found):
    """Words in another language take nothing from a text, and what is no word stays as it is."""
    expected = with_expected_words(found)

    for field in fields(Features):
        before, after = getattr(found, field.name), getattr(expected, field.name)
        assert after >= before
        assert field.name in WORDS or after == before


@given(features, st.floats(0, 0.5))
def test_a_nearer_sentence_is_expected_to_hold_more(found, nearer):
    """Among texts of another language the order is that of their cosines."""
    better = with_expected_words(replace(found, sentence_cosine=found.sentence_cosine + nearer))

    for name in WORDS:
        assert getattr(better, name) >= getattr(with_expected_words(found), name)


def test_every_mean_goes_up():
    """A better sentence lets expect more words, and more words a better sentence."""
    assert MEANS.keys() == {*WORDS, *COSINES}
    assert all(mean.slope > 0 for mean in MEANS.values())


def test_a_share_is_never_below_nothing():
    """A sentence that is further away than any the line was drawn through has no words at all."""
    assert Mean(bias=-0.1, slope=0.5).at(0.1) == 0.0
    assert Mean(bias=0.1, slope=0.5).at(0.4) == pytest.approx(0.3)


@given(features, shares, shares)
def test_words_say_more_where_cosines_say_less(found, known, covered):
    """The less a language is known, the more of its words counts; in one that is known nothing changes."""
    less, more = (
        with_expected_cosines(replace(found, coverage=coverage), known)
        for coverage in sorted((found.coverage, covered))
    )

    assert with_expected_cosines(found, 1.0) == found
    for name in COSINES:
        assert less.of(name) <= more.of(name)
        assert more.of(name) - less.of(name) <= 1 - known + 1e-9


@pytest.mark.parametrize("is_multilingual", [True, False])
def test_a_question_in_another_language(tmp_path, is_multilingual):
    """With an encoder that knows both languages the article is found, and trusted as if words had matched."""
    home = Home(tmp_path / "home", BilingualEncoder(ONE_FOR_ALL if is_multilingual else IDENTITY))
    home.put(*SHELF)
    home.reindex()
    question = "Bitte wieviele orangen brachte die große fähre denn eigentlich damals nach hause"

    found = home.searcher().find(Query(question))

    first = found.candidates[0]
    assert first.stored.article_id == "ferry"
    assert (first.features.coverage > 0.2) is is_multilingual


def test_a_question_in_the_language_of_the_article(tmp_path):
    """An encoder of several languages changes nothing where question and article are in the same one."""
    question = Query("How many oranges has the ferry carried to the island in the morning?")
    found = []
    for number, scale in enumerate((ONE_FOR_ALL, IDENTITY)):
        home = Home(tmp_path / str(number), BilingualEncoder(scale))
        home.put(*SHELF)
        home.reindex()
        found.append([each.features for each in home.searcher().find(question).candidates])

    assert found[0] == found[1]

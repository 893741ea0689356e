import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Passage, Span
from retrieval.comparing import compare
from retrieval.excerpt import COVERAGE_WEIGHT
from retrieval.passages import StoredPassage, pack_spans
from retrieval.sentence_terms import held, number_of, pack

words = st.sampled_from("abcdefgh")
rarities = st.dictionaries(words, st.floats(0.01, 20), max_size=5)
# Passages: a language, and sentences of a cosine and terms.
sentences = st.tuples(st.floats(-1, 1), st.sets(words, max_size=4))
passages = st.lists(
    st.tuples(st.sampled_from(["en", "de"]), st.lists(sentences, min_size=1, max_size=5)),
    min_size=1,
    max_size=6,
)


def stored(language, said):
    """A passage with sentences of these terms."""
    spans = tuple(Span(at, at + 1) for at in range(len(said)))
    return StoredPassage(
        id=1,
        version_seq=1,
        span=Span(0, len(said)),
        spans=pack_spans(Passage(Span(0, len(said)), spans)),
        first_sentence=0,
        article_id="a",
        language=language,
        text="." * len(said),
        terms=pack(terms for _, terms in said),
    )


def share(rarity, present):
    """The share of a question's terms that are present, each by its rarity."""
    total = sum(rarity.values())
    return sum(idf for term, idf in rarity.items() if term in present) / total if total else 0.0


@given(passages, rarities, rarities)
def test_all_at_once_is_as_one_by_one(found, english, german):
    """What is said of each passage is what looking at its sentences one after the other says."""
    rarity = {"en": english, "de": german}
    cosines = np.array([cosine for _, said in found for cosine, _ in said])

    compared = compare([stored(*each) for each in found], cosines, rarity)

    scores = compared.scores.tolist()
    for n, (language, said) in enumerate(found):
        expected = [cosine + COVERAGE_WEIGHT * share(rarity[language], terms) for cosine, terms in said]
        start = compared.first[n]
        own = scores[start : start + len(said)]
        assert own == pytest.approx(expected)
        best = own.index(max(own))
        around = set().union(*(terms for _, terms in said[max(0, best - 1) : best + 2]))
        everywhere = set().union(*(terms for _, terms in said))
        assert compared.coverage[n] == pytest.approx(share(rarity[language], around))
        assert compared.passage_coverage[n] == pytest.approx(share(rarity[language], everywhere))
        assert compared.best_cosines[n] == max(cosine for cosine, _ in said)


def test_a_rare_term_counts_for_more():
    """The share is by rarity, so that finding the name matters more than finding the verb."""
    found = [stored("en", [(0.0, {"masoud"})]), stored("en", [(0.0, {"ask", "other"})])]

    compared = compare(found, np.zeros(2), {"en": {"masoud": 6.0, "ask": 2.0}})

    assert compared.passage_coverage.tolist() == [0.75, 0.25]


@given(st.lists(st.lists(st.sets(st.text(max_size=3), max_size=4), min_size=1), max_size=4), st.sets(words))
def test_terms_are_found_where_they_stand(found, wanted):
    """What is packed is found again: each wanted term in the sentences that hold it and in no other."""
    numbers = {term: number_of(term) for term in sorted(wanted)}

    present = held([pack(each) for each in found], list(map(len, found)), list(numbers.values()))

    expected = [[term in said for term in numbers] for each in found for said in each]
    assert present.tolist() == expected or (present.size == 0 and not any(map(any, expected)))

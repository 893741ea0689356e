from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.score import WEIGHTS, Features, probability, share_covered, weighted_sum

MIDDLING = Features(**{field.name: 0.5 for field in fields(Features)})
shares = st.floats(0, 1)
rarities = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.01, 20))


@pytest.mark.parametrize("name", [field.name for field in fields(Features)])
def test_more_of_a_feature_ranks_higher(name):
    """Every feature counts, and none against a passage."""
    assert weighted_sum(replace(MIDDLING, **{name: 0.6})) > weighted_sum(MIDDLING)


def test_every_feature_has_its_weight():
    """The sum is each feature times the weight of the same name."""
    for field in fields(Features):
        only = replace(Features(**{other.name: 0.0 for other in fields(Features)}), **{field.name: 1.0})

        assert weighted_sum(only) == getattr(WEIGHTS, field.name)


@given(st.floats(-10, 30), st.integers(0, 10_000_000))
def test_a_probability_is_one(score, n_passages):
    """Whatever the score and the library, trust lies within 0 and 1."""
    assert 0 <= probability(score, n_passages=n_passages) <= 1


@given(st.floats(0, 19), st.floats(0.01, 5), st.integers(1, 1_000_000))
def test_a_better_score_is_trusted_more(score, better, n_passages):
    """Trust and rank never disagree."""
    assert probability(score + better, n_passages=n_passages) > probability(score, n_passages=n_passages)


@given(st.floats(0, 19), st.integers(1, 1_000_000))
def test_a_larger_library_is_trusted_less(score, n_passages):
    """The best of many is worth less than the best of few."""
    assert probability(score, n_passages=10 * n_passages) < probability(score, n_passages=n_passages)


@given(rarities, st.sets(st.sampled_from("abcdefgh")), st.sampled_from("abcdef"))
def test_a_share_grows_with_what_is_present(question, present, one_more):
    """The share of a question's terms is within 0 and 1 and never falls when a term is added."""
    share = share_covered(question, present)

    assert 0 <= share <= share_covered(question, present | {one_more}) + 1e-9
    assert share_covered(question, set(question)) == pytest.approx(1 if question else 0)


def test_a_rare_term_counts_for_more():
    """The share is by rarity, so that finding the name matters more than finding the verb."""
    question = {"masoud": 6.0, "ask": 2.0}

    assert share_covered(question, {"masoud"}) == 0.75
    assert share_covered(question, {"ask", "other"}) == 0.25

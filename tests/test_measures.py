"""The measures, against examples computed by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.measures import (
    Prediction,
    auroc,
    calibration_error,
    estimate,
    excerpt_hit,
    normalised,
    ranking,
)
from retrieval.questions import Question


def question(number=1, *, gold=("a",), answers=()):
    """A question answered by the named articles."""
    return Question(f"q{number}", "Who?", frozenset(gold), tuple(answers))


def prediction(number=1, *, ranked=("a",), excerpts=(), confidence=0.5, verdict="answer"):
    """A reply that ranks the named articles."""
    return Prediction(f"q{number}", tuple(ranked), tuple(excerpts), confidence, verdict, 1.0)


def test_text_is_compared_as_squad_does():
    """Case, punctuation, English articles and spacing do not matter."""
    assert normalised("The  “Mercy”, a lifeboat!") == "“mercy” lifeboat"


def test_ranking_measures_are_those_of_the_literature():
    """One gold article at rank two of three: no hit at 1, a hit at 5, RR 1/2, nDCG 1/log2(3)."""
    found = ranking([question(gold="b")], [prediction(ranked=("a", "b", "c"))])

    assert found["hit@1"].tolist() == [0]
    assert found["hit@5"].tolist() == [1]
    assert found["mrr@10"].tolist() == [0.5]
    assert found["ndcg@10"][0] == pytest.approx(1 / np.log2(3))


def test_a_reply_without_articles_scores_nothing():
    """A question for which nothing was found counts as 0, not as missing."""
    found = ranking([question(1), question(2)], [prediction(1, ranked=()), prediction(2)])

    assert found["hit@1"].tolist() == [0, 1]


@pytest.mark.parametrize(
    ("excerpts", "k", "hit"),
    [
        ([("a", "It was the Sula.")], 1, True),
        ([("b", "It was the Sula.")], 1, False),
        ([("a", "It was another."), ("a", "The sula, then")], 1, False),
        ([("a", "It was another."), ("a", "The sula, then")], 3, True),
        ([], 3, False),
    ],
    ids=["answer", "wrong article", "second is not first", "second of three", "nothing shown"],
)
def test_an_excerpt_hits(excerpts, k, hit):
    """An excerpt of a gold article that holds an answer, among the first k, is a hit."""
    asked = question(answers=["the Sula"])

    assert excerpt_hit(asked, prediction(excerpts=excerpts), k) is hit


def test_auroc_needs_both_kinds():
    """Confidence that separates perfectly has AUROC 1; without both kinds there is none."""
    confidence = np.array([0.9, 0.8, 0.1])

    assert auroc(np.array([1.0, 1.0, 0.0]), confidence) == 1
    assert auroc(np.array([1.0, 1.0, 1.0]), confidence) is None


def test_calibration_error_is_the_mean_gap():
    """Four replies trusted at 0.75 of which two are right are 0.25 off; perfect trust is 0 off."""
    trusted = np.full(4, 0.75)

    assert calibration_error(np.array([1.0, 1, 0, 0]), trusted) == pytest.approx(0.25)
    assert calibration_error(np.ones(3), np.ones(3)) == 0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_the_interval_holds_the_estimate(values):
    """A bootstrap interval of a mean contains values of the sample's range and is in order."""
    found = estimate(np.array(values))

    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9
    assert found.value == pytest.approx(np.mean(values))

"""The measures, against examples computed by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.measures import Prediction, estimate, excerpt_hit, normalised, quotable, ranking
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


def test_only_what_an_article_says_can_be_quoted():
    """Answers in words of the set's own, yes and no, and answers that are only punctuation are set aside."""
    texts = {"a": "No one knows. The Sula sailed at noon.", "b": "At six."}
    asked = question(gold="a", answers=["the sula", "The Sula left at 12.", "no", "?", "At six."])

    assert quotable(asked, texts).answers == ("the sula",)
    assert quotable(question(gold="x", answers=["the sula"]), texts).answers == ()


def test_any_gold_article_is_a_hit():
    """Where two articles hold the answer either is a hit at 1, and only nDCG asks for both."""
    found = ranking([question(gold=("a", "b"))], [prediction(ranked=("b", "x"))])

    assert found["hit@1"].tolist() == found["mrr@10"].tolist() == [1]
    assert found["ndcg@10"][0] < 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_the_interval_holds_the_estimate(values):
    """A bootstrap interval of a mean contains values of the sample's range and is in order."""
    found = estimate(np.array(values))

    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9
    assert found.value == pytest.approx(np.mean(values))


def test_samples_are_resampled_each_on_its_own():
    """A statistic of two samples has an interval too; samples that do not vary have one without width."""
    low, high = np.array([0.1, 0.2, 0.3]), np.array([0.8, 0.9])

    found = estimate((low, high), lambda a, b, axis=-1: b.mean(axis) - a.mean(axis))

    assert found.value == pytest.approx(0.65)
    assert found.low < 0.65 < found.high
    fixed = estimate((np.ones(3), np.zeros(1)), lambda a, b, axis=-1: a.mean(axis) - b.mean(axis))
    assert (fixed.low, fixed.value, fixed.high) == (1, 1, 1)

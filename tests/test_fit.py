import numpy as np
import pytest

from retrieval.fit import conditional_logit, logistic


def choices(draw, weights, n):
    """Choices among eight candidates by someone whose taste is these weights."""
    for _ in range(n):
        features = draw.normal(size=(8, len(weights)))
        right = np.argmax(features @ weights + draw.gumbel(size=8))
        yield features, np.arange(8) == right


def test_a_taste_is_learned_from_its_choices():
    """The conditional logit recovers the weights that choices were made by."""
    taste = np.array([2.0, 0.5, 1.0])

    found = conditional_logit([list(choices(np.random.default_rng(3), taste, 3000))])

    assert found == pytest.approx(taste, abs=0.15)


def test_what_counts_against_gets_no_weight():
    """No weight is negative, since every feature is higher for better."""
    found = conditional_logit([list(choices(np.random.default_rng(3), np.array([1.0, -2.0]), 500))])

    assert found[0] > 0
    assert found[1] == 0


def test_a_set_counts_the_same_however_large():
    """Asking every question of a set twice changes nothing."""
    one, other = (list(choices(np.random.default_rng(seed), np.array([1.0, 2.0]), 200)) for seed in (1, 2))

    assert conditional_logit([one, other]) == pytest.approx(conditional_logit([one * 2, other]), abs=1e-3)


def test_a_question_without_a_choice_teaches_nothing():
    """Where every candidate is right, or none, there is nothing to learn."""
    told = list(choices(np.random.default_rng(1), np.array([1.0, 2.0]), 200))
    all_right = (np.ones((3, 2)), np.array([True] * 3))
    none_right = (np.ones((3, 2)), np.array([False] * 3))

    assert conditional_logit([told]) == pytest.approx(conditional_logit([[*told, all_right, none_right]]))


def test_without_a_choice_all_weights_are_alike():
    """Where no question has a choice, no feature is preferred."""
    assert list(conditional_logit([[(np.ones((3, 2)), np.array([True] * 3))]])) == [1, 1]


def test_probabilities_are_learned():
    """The logistic regression recovers weights and bias, and gives what counts against no weight."""
    draw = np.random.default_rng(5)
    rows = draw.normal(size=(20_000, 2))
    counts = np.ones(len(rows))
    right = draw.random(20_000) < 1 / (1 + np.exp(-(rows @ [1.5, 1.0] + 0.5)))

    assert logistic(rows, right, counts) == pytest.approx([1.5, 1.0, 0.5], abs=0.1)
    assert logistic(-rows, right, counts)[:2] == pytest.approx([0, 0])


def test_a_row_that_counts_double_is_two_rows():
    """Counting a row twice is the same as having it twice."""
    draw = np.random.default_rng(6)
    rows, right = draw.normal(size=(200, 2)), draw.random(200) < 0.4
    twice = np.where(np.arange(200) < 50, 2.0, 1.0)

    longer = logistic(np.vstack([rows, rows[:50]]), np.concatenate([right, right[:50]]), np.ones(250))
    assert logistic(rows, right, twice) == pytest.approx(longer, abs=1e-3)

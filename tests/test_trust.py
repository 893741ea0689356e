"""Whether confidence can be trusted, against examples computed by hand and scikit-learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from retrieval.trust import auroc, calibration_error, false_answers_at, reliability, separation

shares = st.lists(st.floats(0, 1), min_size=1, max_size=30).map(np.array)


def bins(correct, confidence):
    """The bins of these replies."""
    return reliability(np.array(correct, float), np.array(confidence, float))


def test_a_bin_says_how_many_were_right():
    """Of four replies trusted at 0.75 two are right: half, which may well be a sixth or five sixths."""
    (found,) = bins([1, 1, 0, 0], [0.71, 0.73, 0.77, 0.79])

    assert (found.start, found.n, found.confidence) == (0.7, 4, pytest.approx(0.75))
    assert found.correct.value == 0.5
    # Wilson's interval for two of four, from the formula.
    assert (found.correct.low, found.correct.high) == (
        pytest.approx(0.150, abs=1e-3),
        pytest.approx(0.850, abs=1e-3),
    )


def test_full_trust_belongs_to_the_last_tenth():
    """Confidence of exactly 1 has no bin of its own, and tenths without replies are left out."""
    assert [each.start for each in bins([1, 1, 0], [1.0, 0.95, 0.0])] == [0.0, 0.9]


def test_calibration_error_is_the_mean_gap():
    """Four replies trusted at 0.75 of which two are right are 0.25 off; perfect trust is 0 off."""
    assert calibration_error(bins([1, 1, 0, 0], [0.75] * 4)) == pytest.approx(0.25)
    assert calibration_error(bins([1, 1, 1], [1, 1, 1])) == 0
    # Three replies 0.05 off and one 0.25 off.
    assert calibration_error(bins([1, 1, 1, 0], [0.95, 0.95, 0.95, 0.25])) == pytest.approx(0.1)


@given(shares, shares)
def test_auroc_is_what_others_compute(answerable, other):
    """AUROC is that of scikit-learn, ties and all."""
    labels = [1] * len(answerable) + [0] * len(other)

    found = auroc(answerable, other)

    assert found == pytest.approx(roc_auc_score(labels, np.concatenate([answerable, other])))


def test_false_answers_are_counted_where_a_tenth_is_refused():
    """With ten answerable questions one may be refused: the second lowest of them is the threshold."""
    answerable = np.array([0.1, 0.4, 0.5, 0.5, 0.6, 0.7, 0.8, 0.8, 0.9, 0.9])

    assert false_answers_at(answerable, np.array([0.05, 0.2, 0.39, 0.4])) == 0.25
    assert false_answers_at(answerable[1:], np.array([0.39, 0.4])) == 0.5  # of nine, none may be refused


@given(shares, shares)
def test_no_more_than_a_tenth_is_refused(answerable, other):
    """No answerable question but a tenth lies below the threshold that false answers are counted at."""
    row = np.sort(answerable)[int(0.1 * len(answerable))]

    assert np.mean(answerable < row) <= 0.1
    assert 0 <= false_answers_at(answerable, other) <= 1


def test_separation_needs_both_kinds():
    """Where all questions can be answered, or none, nothing is told apart; else both come with intervals."""
    some = np.array([0.9, 0.8, 0.3])

    assert separation(some, np.array([])) == separation(np.array([]), some) == {}
    found = separation(some, np.array([0.4, 0.1]))
    assert found.keys() == {"auroc", "false answers at 10 % refused"}
    assert found["auroc"].value == pytest.approx(5 / 6)
    assert found["auroc"].low < 5 / 6 < found["auroc"].high
    assert separation(some, np.array([0.4]))["auroc"].value == pytest.approx(2 / 3)

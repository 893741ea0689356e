import json
from dataclasses import fields, replace
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.score import (
    CONTENT,
    PREFERENCES,
    WEIGHTS,
    Features,
    confidence,
    ranked,
    reread,
)

MIDDLING = Features(**{field.name: 0.5 for field in fields(Features)})
NOTHING = Features(**{field.name: 0.0 for field in fields(Features)})
shares = st.floats(0, 1)
logits = st.none() | st.floats(-12, 12)


def test_every_feature_has_its_weight():
    """The sum is each feature times the weight of the same name, and none counts against a passage."""
    assert {*CONTENT, *PREFERENCES} == set(WEIGHTS.ranking) == {field.name for field in fields(Features)}
    for name, weight in WEIGHTS.ranking.items():
        assert weight >= 0
        assert ranked(replace(NOTHING, **{name: 1.0})) == weight


def test_the_weights_say_where_they_come_from():
    """The file names the command that wrote it and the digest of every set it was learned from."""
    stored = json.loads(files("retrieval").joinpath("weights.json").read_text("utf-8"))

    assert stored["written_by"].startswith("python -m retrieval.learn ")
    assert stored["learned_from"]
    for each in stored["learned_from"]:
        assert each["set"] in stored["written_by"]
        assert len(bytes.fromhex(each["sha256"])) == 32


@given(*[shares] * 5, st.integers(0, 10_000_000), logits, st.booleans())
def test_confidence_is_a_probability(one, two, three, four, five, n_passages, logit, premises):
    """Whatever the passage and the library, confidence lies within 0 and 1."""
    features = Features(one, two, three, four, five)

    assert 0 <= confidence(features, n_passages=n_passages, premises=premises, logit=logit) <= 1


@pytest.mark.parametrize("name", CONTENT)
@given(logit=logits)
def test_a_better_match_is_never_trusted_less(name, logit):
    """No feature of the words counts against an answer."""
    better = replace(MIDDLING, **{name: 0.6})

    assert confidence(better, n_passages=100, premises=True, logit=logit) >= confidence(
        MIDDLING, n_passages=100, premises=True, logit=logit
    )


@pytest.mark.parametrize("name", PREFERENCES)
def test_what_is_preferred_is_not_trusted_more(name):
    """An article of the wrong day or source answers as truly as one of the right."""
    preferred = replace(MIDDLING, **{name: 1.0})

    assert ranked(preferred) > ranked(MIDDLING)
    assert reread(preferred, 1.0) - reread(MIDDLING, 1.0) == pytest.approx(
        ranked(preferred) - ranked(MIDDLING)
    )
    assert confidence(preferred, n_passages=100, premises=True) == confidence(
        MIDDLING, n_passages=100, premises=True
    )


@given(st.integers(1, 1_000_000), logits)
def test_a_larger_library_is_never_trusted_more(n_passages, logit):
    """The best of many is worth less than the best of few."""
    few = confidence(MIDDLING, n_passages=n_passages, premises=True, logit=logit)

    assert confidence(MIDDLING, n_passages=10 * n_passages, premises=True, logit=logit) <= few


@given(st.floats(-12, 11), st.floats(0.1, 5))
def test_what_reads_as_an_answer_moves_up_and_is_trusted_more(logit, more):
    """The cross-encoder counts in the order and in the confidence."""
    assert reread(MIDDLING, logit + more) > reread(MIDDLING, logit)
    assert confidence(MIDDLING, n_passages=9, premises=True, logit=logit + more) > confidence(
        MIDDLING, n_passages=9, premises=True, logit=logit
    )


@given(logits)
def test_a_missing_premise_halves_no_confidence_and_raises_none(logit):
    """What lacks a name that the question takes for granted is trusted less, and still somewhat."""
    borne_out = confidence(MIDDLING, n_passages=9, premises=True, logit=logit)

    assert borne_out / 2 <= confidence(MIDDLING, n_passages=9, premises=False, logit=logit) < borne_out

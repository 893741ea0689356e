import json

import numpy as np
import pytest

from retrieval.cosine_scale import FITTED, FITTED_SCALE, FITTED_WITH, IDENTITY, Anchors
from retrieval.facts import FACTS, measure
from retrieval.model_folder import DEFAULT_MODEL, find_model

TOLD = [json.loads(line) for line in FACTS.read_text("utf-8").splitlines()]


class KnowsTheFacts:
    """An encoder that knows which text is about which fact, in every language, and nothing else."""

    fingerprint = "facts"
    scale = IDENTITY
    dims = len(TOLD)

    def encode(self, texts, role):
        """See `Encoder`: texts about one fact have cosine 1, others 0."""
        numbers = [
            number
            for text in texts
            for number, fact in enumerate(TOLD)
            if any(text in told.values() for told in fact.values())
        ]
        return np.eye(self.dims, dtype=np.float32)[numbers]


def test_every_fact_is_told_in_every_language():
    """No fact lacks a language, and none is there twice."""
    texts = [text for fact in TOLD for told in fact.values() for text in told.values()]

    assert {frozenset(fact) for fact in TOLD} == {frozenset(FITTED.within)}
    assert len(set(texts)) == len(texts) == len(TOLD) * 4 * 2


def test_anchors_are_means_over_the_facts():
    """An encoder that knows every fact has cosine 1 with its answer and 0 with the others."""
    found = measure(KnowsTheFacts())

    assert set(found.within.values()) == {found.across} == {Anchors(other=0.0, answer=1.0)}
    assert found.within.keys() == FITTED.within.keys()


def test_the_default_encoder_is_what_the_scale_was_fitted_with(encoder):
    """What is stated of it is what it makes of the facts, on this processor too."""
    found = measure(encoder)

    assert find_model(DEFAULT_MODEL).fingerprint == encoder.fingerprint == FITTED_WITH
    assert encoder.scale is FITTED_SCALE
    for stated, measured in [
        *((FITTED.within[name], found.within[name]) for name in found.within),
        (FITTED.across, found.across),
    ]:
        assert measured.other == pytest.approx(stated.other, abs=0.005)
        assert measured.answer == pytest.approx(stated.answer, abs=0.005)

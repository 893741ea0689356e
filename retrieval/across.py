"""What is expected of features that say little: of words across languages, of cosines where few are known.

A Russian question shares no word with an English text, however well that answers. Taken as it is, the absence
would say that nothing answers, and the one text that shares a name or an "a" by chance would win. And where
an encoder hardly knows a language, its cosines say little, so that the words must say more. What each lets
expect of the other is in across.json, learned by `python -m retrieval.learn_across`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files

from retrieval.cosine_scale import FITTED_MIDDLE
from retrieval.score import Features

WORDS = ("bm25", "coverage", "passage_coverage")
COSINES = ("passage_cosine", "sentence_cosine")

# What each is expected by.
GIVEN_COSINES = "sentence_cosine"
GIVEN_WORDS = "coverage"


@dataclass(frozen=True, slots=True)
class Mean:
    """What a feature is on average, by another one: ``bias + slope * other``."""

    bias: float
    slope: float

    def at(self, other: float) -> float:
        """The average; a share is never below 0."""
        return max(0.0, self.bias + self.slope * other)


def load_means() -> dict[str, Mean]:
    """The means in this package's across.json, by the name of the feature."""
    stored = json.loads(files("retrieval").joinpath("across.json").read_text("utf-8"))
    return {name: Mean(**mean) for name, mean in stored["means"].items()}


MEANS = load_means()


def with_expected_words(features: Features, means: Mapping[str, Mean] = MEANS) -> Features:
    """The features of a text in another language than the question's.

    What the words would show of a text with as good a sentence in the question's own language stands for
    what they show, unless names and numbers, which languages share, show more.
    """
    given = features.of(GIVEN_COSINES)
    return replace(features, **{name: max(features.of(name), means[name].at(given)) for name in WORDS})


def with_expected_cosines(features: Features, known: float, means: Mapping[str, Mean] = MEANS) -> Features:
    """The features of a text in a language that the encoder knows only in part.

    Args:
        features: With cosines on the scale, where such a language comes to lie about its middle.
        known: The part of a cosine that tells something, in [0, 1]; what the words let expect is the rest.
        means: What was learned.
    """
    given = features.of(GIVEN_WORDS)
    expected = {name: (1 - known) * (means[name].at(given) - FITTED_MIDDLE) for name in COSINES}
    return replace(features, **{name: features.of(name) + more for name, more in expected.items()})

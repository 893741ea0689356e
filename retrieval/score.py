"""How well a passage answers a question: every feature is here, every weight in weights.json.

Three small linear models, all learned by `python -m retrieval.learn` and stored with the digests of the
questions they were learned from:

- ranking: a weighted sum of the features. Passages are ordered by it.
- reading: the first few again, by what a cross-encoder says of the excerpt, where there is one, beside that.
- confidence: a logistic regression on the part of that sum that speaks of the words and on how many
  passages were searched; where a cross-encoder has read the excerpt, on what it says and the cosines.
  Where the excerpt lacks what the question takes for granted, a share of that.
  Preferences are left out: an old article answers as truly as a new one, it is only shown later.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of one passage for one question; each is higher for better.

    Args:
        passage_cosine: Of question and passage, in [-1, 1].
        sentence_cosine: Of question and the passage's best sentence, in [-1, 1].
        bm25: Share of the greatest BM25 the question's terms could reach; below 1 but for titles.
        coverage: Share of the question's terms, by rarity, that the best sentence and its neighbours hold.
        passage_coverage: The same for the whole passage.
        source: 1 where the question names the article's source, else 0.
        date: 1 where the article is of a day or month that the question names, else 0.
        recency: How near the article's date is to the day of asking, in [0, 1]; 0 where a date is named.
    """

    passage_cosine: float
    sentence_cosine: float
    bm25: float
    coverage: float
    passage_coverage: float
    source: float = 0.0
    date: float = 0.0
    recency: float = 0.0

    def of(self, name: str) -> float:
        """The feature with this name."""
        return float(getattr(self, name))


# What the words say of an answer, and what the reader would rather read of two that say the same.
CONTENT = ("passage_cosine", "sentence_cosine", "bm25", "coverage", "passage_coverage")
PREFERENCES = ("source", "date", "recency")


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned; each mapping is from the name of a feature to its weight.

    Args:
        ranking: Of content and preferences.
        reading: Of ``content`` (its part of the weighted sum) and ``cross_encoder`` (its logit).
        confidence: Of ``content`` (its part of the weighted sum), ``log_passages`` (ln of how many were
            searched) and ``bias``.
        confidence_read: Of the cosines, ``cross_encoder``, ``log_passages`` and ``bias``.
        premises: ``missing`` is the share of confidence that is left where one is.
        thresholds: Confidence from which a reply is an ``answer``, and from which it is ``related``.
    """

    ranking: Mapping[str, float]
    reading: Mapping[str, float]
    confidence: Mapping[str, float]
    confidence_read: Mapping[str, float]
    premises: Mapping[str, float]
    thresholds: Mapping[str, float]


def load_weights() -> Weights:
    """The weights in this package's weights.json."""
    stored = json.loads(files("retrieval").joinpath("weights.json").read_text("utf-8"))
    return Weights(**{name: stored[name] for name in Weights.__slots__})


WEIGHTS = load_weights()


def ranked(features: Features, weights: Weights = WEIGHTS) -> float:
    """What passages are ranked by: higher is better, 0 to about 25."""
    return sum(weight * features.of(name) for name, weight in weights.ranking.items())


def content(features: Features, weights: Weights = WEIGHTS) -> float:
    """The part of the weighted sum that speaks of the words."""
    return sum(weights.ranking[name] * features.of(name) for name in CONTENT)


def reread(features: Features, logit: float, weights: Weights = WEIGHTS) -> float:
    """What the first passages are ranked by once a cross-encoder has read their excerpts.

    Preferences count as before: when and where an article was published, its text does not tell.

    Args:
        features: Of the passage.
        logit: What the cross-encoder says of question and excerpt.
        weights: What was learned.
    """
    preferred = sum(weights.ranking[name] * features.of(name) for name in PREFERENCES)
    told = weights.reading["content"] * content(features, weights)
    return told + weights.reading["cross_encoder"] * logit + preferred


def confidence(
    features: Features,
    *,
    n_passages: int,
    premises: bool,
    logit: float | None = None,
    weights: Weights = WEIGHTS,
) -> float:
    """The probability, in (0, 1), that an excerpt answers.

    Args:
        features: Of the passage it was cut from.
        n_passages: How many were searched: the more there are, the better the best looks by chance.
        premises: Whether the excerpt bears out what the question takes for granted.
        logit: What the cross-encoder says of question and excerpt, None where none has read it.
        weights: What was learned.
    """
    learned = weights.confidence if logit is None else weights.confidence_read
    known = {
        "passage_cosine": features.passage_cosine,
        "sentence_cosine": features.sentence_cosine,
        "content": content(features, weights),
        "cross_encoder": logit or 0.0,
        "log_passages": math.log(max(1, n_passages)),
        "bias": 1.0,
    }
    sure = 1 / (1 + math.exp(-sum(weight * known[name] for name, weight in learned.items())))
    return sure if premises else sure * weights.premises["missing"]

"""How good the replies to labelled questions were. Numbers in, numbers out.

Ranking measures come from ir_measures, intervals from SciPy's bootstrap. What is ours: when an excerpt
holds an answer. Whether confidence can be trusted is measured in `retrieval.trust`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import ir_measures
import numpy as np
import numpy.typing as npt
from ir_measures import RR, Success, nDCG
from scipy.stats import bootstrap

from retrieval.questions import Question

Numbers = npt.NDArray[np.float64]

RANKING = {
    "hit@1": Success @ 1,
    "hit@5": Success @ 5,
    "hit@10": Success @ 10,
    "mrr@10": RR @ 10,
    "ndcg@10": nDCG @ 10,
}
# What is left of an answer that is no quotation.
UNQUOTABLE = frozenset({"", "yes", "no"})

_RESAMPLES = 1000
_BATCH = 100  # resamples held in memory at once
_CONFIDENCE_LEVEL = 0.95

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


@dataclass(frozen=True, slots=True)
class Prediction:
    """What was replied to one question.

    Args:
        id: Of the question.
        ranked: Article ids, best first, each once.
        excerpts: Article id and text of each excerpt shown, in order.
        confidence: Probability that the first excerpt answers.
        verdict: ``answer``, ``related`` or ``not_found``.
        ms: How long it took.
    """

    id: str
    ranked: tuple[str, ...]
    excerpts: tuple[tuple[str, str], ...]
    confidence: float
    verdict: str
    ms: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """What was measured, with its 95 % interval."""

    value: float
    low: float
    high: float


def normalised(text: str) -> str:
    """Text as SQuAD compares it: lower case, no punctuation, no English articles, single spaces.

    Rajpurkar et al. 2016, section 6.1; applied to all languages as the official script does.
    """
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def quotable(question: Question, texts: Mapping[str, str]) -> Question:
    """The question with only those answers that an article it is about holds word for word.

    Some sets answer in words of their own, or with yes and no: no excerpt can hold that, and to count it as
    missed would say something of the set and nothing of the reply.

    Args:
        question: As labelled.
        texts: Text by article id.
    """
    held = [normalised(texts[article_id]) for article_id in question.gold if article_id in texts]
    answers = [
        answer
        for answer in question.answers
        if (wanted := normalised(answer)) not in UNQUOTABLE and any(wanted in text for text in held)
    ]
    return replace(question, answers=tuple(answers))


def excerpt_hit(question: Question, prediction: Prediction, k: int) -> bool:
    """Whether one of the first ``k`` excerpts is from a gold article and contains an answer."""
    wanted = [normalised(answer) for answer in question.answers]
    return any(
        article_id in question.gold and any(answer in normalised(text) for answer in wanted)
        for article_id, text in prediction.excerpts[:k]
    )


def ranking(questions: Sequence[Question], predictions: Sequence[Prediction]) -> dict[str, Numbers]:
    """Each ranking measure for each question, shape (n,), over questions that have an answer.

    Where several articles hold it, any of them is a hit; nDCG alone asks for all of them.
    """
    gold = [ir_measures.Qrel(each.id, article_id, 1) for each in questions for article_id in each.gold]
    run = [
        ir_measures.ScoredDoc(each.id, article_id, float(-rank))
        for each in predictions
        for rank, article_id in enumerate(each.ranked)
    ]
    rows = {each.id: row for row, each in enumerate(questions)}
    values = {name: np.zeros(len(questions)) for name in RANKING}
    names = {measure: name for name, measure in RANKING.items()}
    for found in ir_measures.iter_calc(list(RANKING.values()), gold, run):
        values[names[found.measure]][rows[found.query_id]] = found.value
    return values


def estimate(
    values: Numbers | tuple[Numbers, ...], statistic: Callable[..., Numbers] = np.mean, *, seed: int = 0
) -> Estimate:
    """A statistic of one number a question, with its bootstrap interval.

    Args:
        values: Shape (n,); or several of them, each resampled on its own. One alone is no sample, and the
            interval then has no width.
        statistic: Takes as many arrays as there are, and the ``axis`` along which the questions lie.
        seed: Of the resampling.
    """
    samples = values if isinstance(values, tuple) else (values,)
    value = float(statistic(*samples))
    if any(len(each) < 2 for each in samples) or all(np.ptp(each) == 0 for each in samples):
        return Estimate(value, value, value)
    interval = bootstrap(
        samples,
        statistic,
        n_resamples=_RESAMPLES,
        confidence_level=_CONFIDENCE_LEVEL,
        method="percentile",
        vectorized=True,
        batch=_BATCH,
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return Estimate(value, float(interval.low), float(interval.high))

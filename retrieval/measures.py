"""How good the replies to labelled questions were. Numbers in, numbers out.

Ranking measures come from ir_measures, AUROC from scikit-learn, intervals from SciPy's bootstrap.
What is ours: when an excerpt holds an answer, and the calibration error.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
import numpy.typing as npt
from ir_measures import RR, Success, nDCG
from scipy.stats import bootstrap
from sklearn.metrics import roc_auc_score

from retrieval.questions import Question

Numbers = npt.NDArray[np.float64]

RANKING = {
    "hit@1": Success @ 1,
    "hit@5": Success @ 5,
    "hit@10": Success @ 10,
    "mrr@10": RR @ 10,
    "ndcg@10": nDCG @ 10,
}
CALIBRATION_BINS = 10
_RESAMPLES = 1000
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
    """A mean over questions with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


def normalised(text: str) -> str:
    """Text as SQuAD compares it: lower case, no punctuation, no English articles, single spaces.

    Rajpurkar et al. 2016, section 6.1; applied to all languages as the official script does.
    """
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def excerpt_hit(question: Question, prediction: Prediction, k: int) -> bool:
    """Whether one of the first ``k`` excerpts is from a gold article and contains an answer."""
    wanted = [normalised(answer) for answer in question.answers]
    return any(
        article_id in question.gold and any(answer in normalised(text) for answer in wanted)
        for article_id, text in prediction.excerpts[:k]
    )


def ranking(questions: Sequence[Question], predictions: Sequence[Prediction]) -> dict[str, Numbers]:
    """Each ranking measure for each question, shape (n,), over questions that have an answer."""
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


def auroc(answerable: Numbers, confidence: Numbers) -> float | None:
    """The chance that an answerable question is trusted more than another; None without both kinds."""
    if len(set(answerable.tolist())) < 2:
        return None
    return float(roc_auc_score(answerable, confidence))


def calibration_error(correct: Numbers, confidence: Numbers) -> float:
    """Expected calibration error: mean distance of confidence and correctness over ten equal bins.

    Guo et al. 2017, equation 3.
    """
    bins = np.minimum((confidence * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    gaps = (
        abs(confidence[bins == each].mean() - correct[bins == each].mean()) * (bins == each).mean()
        for each in np.unique(bins)
    )
    return float(sum(gaps))


def estimate(values: Numbers, statistic: Callable[..., Numbers] = np.mean, *, seed: int = 0) -> Estimate:
    """A statistic of one number a question, with its bootstrap interval."""
    value = float(statistic(values))
    if len(values) < 2 or np.ptp(values) == 0:
        return Estimate(value, value, value)
    interval = bootstrap(
        (values,),
        statistic,
        n_resamples=_RESAMPLES,
        confidence_level=_CONFIDENCE_LEVEL,
        method="percentile",
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return Estimate(value, float(interval.low), float(interval.high))

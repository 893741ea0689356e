"""Asks labelled questions and measures the replies."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.measures import Estimate, Numbers, Prediction, estimate, excerpt_hit, ranking
from retrieval.questions import Question
from retrieval.search import Searcher
from retrieval.trust import Bin, calibration_error, reliability, separation
from retrieval.types import verdict_of


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What one run of one set measured; a measure the set has no questions for is left out.

    Args:
        questions: How many were asked.
        answerable: How many of them have an answer in the articles.
        outside: How many more were asked that belong to another set, whose answers are not in the articles.
        measures: Name to estimate; shares and scores in [0, 1], lengths in characters, times in ms.
        per_question: What the means among the measures are means of, in the order asked: two runs that
            asked the same are compared question by question.
        reliability: What came of each tenth of confidence.
    """

    questions: int
    answerable: int
    outside: int
    measures: dict[str, Estimate]
    per_question: dict[str, tuple[float, ...]]
    reliability: tuple[Bin, ...]


def predict(searcher: Searcher, question: Question) -> Prediction:
    """What is replied to one question; the excerpts are those that would be shown if trusted."""
    started = time.perf_counter()
    found = searcher.find(question.query)
    reply = searcher.decide(found)
    ms = 1000 * (time.perf_counter() - started)
    ranked = tuple(dict.fromkeys(candidate.stored.article_id for candidate in found.candidates))
    return Prediction(
        id=question.id,
        ranked=ranked,
        excerpts=tuple((excerpt.article.id, excerpt.text) for excerpt in found.excerpts),
        confidence=reply.confidence,
        verdict=verdict_of(reply),
        ms=ms,
    )


def measure(
    questions: Sequence[Question], predictions: Sequence[Prediction], outside: Sequence[Prediction] = ()
) -> Evaluation:
    """Every measure that the questions allow.

    Args:
        questions: At least one.
        predictions: The reply to each.
        outside: Replies to questions about other articles, none of which can be answered.
    """
    pairs = list(zip(questions, predictions, strict=True))
    answerable = [reply for question, reply in pairs if question.answerable]
    unanswerable = [reply for question, reply in pairs if not question.answerable]
    values = _per_question(pairs, outside)
    told_apart = separation(_confidence(answerable), _confidence(unanswerable))
    outside_told_apart = separation(_confidence(answerable), _confidence(outside))
    bins = reliability(_numbers(_is_correct(*pair) for pair in pairs), _confidence(predictions))
    return Evaluation(
        questions=len(pairs),
        answerable=len(answerable),
        outside=len(outside),
        measures={
            **{name: estimate(each) for name, each in values.items()},
            **_lengths(answerable),
            **told_apart,
            **{f"outside {name}": each for name, each in outside_told_apart.items()},
            # Resampling widens the gap of every bin, so an interval would not hold the value.
            "calibration error": _point(calibration_error(bins)),
            **_times([*predictions, *outside]),
        },
        per_question={name: tuple(each.round(4).tolist()) for name, each in values.items()},
        reliability=bins,
    )


def _per_question(
    pairs: Sequence[tuple[Question, Prediction]], outside: Sequence[Prediction]
) -> dict[str, Numbers]:
    """The measures that are means: a number for each question they are a mean of."""
    answerable = [(question, reply) for question, reply in pairs if question.answerable]
    quotable = [(question, reply) for question, reply in answerable if question.answers]
    unanswerable = [reply for question, reply in pairs if not question.answerable]
    values = ranking(*zip(*answerable, strict=True)) if answerable else {}
    for k in (1, 3):
        values[f"excerpt hit@{k}"] = _numbers(excerpt_hit(*pair, k) for pair in quotable)
    values["false refusals"] = _numbers(reply.verdict != "answer" for _, reply in answerable)
    values["false answers"] = _numbers(reply.verdict == "answer" for reply in unanswerable)
    values["outside false answers"] = _numbers(reply.verdict == "answer" for reply in outside)
    return {name: each for name, each in values.items() if len(each)}


def _is_correct(question: Question, prediction: Prediction) -> bool:
    """Whether the first excerpt answers, as far as the labels tell."""
    if question.answers:
        return excerpt_hit(question, prediction, 1)
    return bool(prediction.excerpts) and prediction.excerpts[0][0] in question.gold


def _lengths(predictions: Sequence[Prediction]) -> dict[str, Estimate]:
    found = _numbers(len(each.excerpts[0][1]) for each in predictions if each.excerpts)
    return {"excerpt chars": estimate(found)} if len(found) else {}


def _times(predictions: Sequence[Prediction]) -> dict[str, Estimate]:
    ms = _numbers(each.ms for each in predictions)
    return {"ms p50": estimate(ms, np.median), "ms p95": estimate(ms, _p95)}


def _confidence(predictions: Sequence[Prediction]) -> Numbers:
    return _numbers(each.confidence for each in predictions)


def _numbers(values: Iterable[float]) -> Numbers:
    return np.array([float(each) for each in values])


def _point(value: float) -> Estimate:
    return Estimate(value, value, value)


def _p95(values: Numbers, axis: int | None = None) -> Numbers:
    return np.asarray(np.quantile(values, 0.95, axis=axis))

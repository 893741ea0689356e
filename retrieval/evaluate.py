"""Asks labelled questions and measures the replies."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.measures import (
    Estimate,
    Numbers,
    Prediction,
    auroc,
    calibration_error,
    estimate,
    excerpt_hit,
    ranking,
)
from retrieval.questions import Question
from retrieval.search import Searcher
from retrieval.types import verdict_of


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What one run of one set measured; a measure the set has no questions for is left out.

    Args:
        questions: How many were asked.
        answerable: How many of them have an answer in the articles.
        measures: Name to estimate; shares and scores in [0, 1], lengths in characters, times in ms.
    """

    questions: int
    answerable: int
    measures: dict[str, Estimate]


def ask_all(
    searcher: Searcher, questions: Iterable[Question], on_asked: Callable[[int], None] = lambda done: None
) -> list[Prediction]:
    """The reply to each question, in order."""
    predictions = []
    for done, question in enumerate(questions, start=1):
        predictions.append(predict(searcher, question))
        on_asked(done)
    return predictions


def predict(searcher: Searcher, question: Question) -> Prediction:
    """What is replied to one question; the excerpts are those that would be shown if trusted."""
    started = time.perf_counter()
    found = searcher.find(question.text)
    reply = searcher.decide(found)
    ms = 1000 * (time.perf_counter() - started)
    ranked = tuple(dict.fromkeys(candidate.stored.article_id for candidate in found.candidates))
    return Prediction(
        id=question.id,
        ranked=ranked,
        excerpts=tuple((excerpt.article.id, excerpt.text) for _, excerpt in found.excerpts),
        confidence=reply.confidence,
        verdict=verdict_of(reply),
        ms=ms,
    )


def measure(questions: Sequence[Question], predictions: Sequence[Prediction]) -> Evaluation:
    """Every measure that the questions allow."""
    answerable = [
        (question, prediction)
        for question, prediction in zip(questions, predictions, strict=True)
        if question.answerable
    ]
    measures: dict[str, Estimate] = {}
    if answerable:
        asked, replied = zip(*answerable, strict=True)
        measures |= {name: estimate(values) for name, values in ranking(asked, replied).items()}
        measures |= _excerpts(asked, replied)
    measures |= _trust(questions, predictions)
    times = np.array([prediction.ms for prediction in predictions])
    measures["ms p50"] = estimate(times, np.median)
    measures["ms p95"] = estimate(times, _p95)
    return Evaluation(len(questions), len(answerable), measures)


def _excerpts(questions: Sequence[Question], predictions: Sequence[Prediction]) -> dict[str, Estimate]:
    lengths = np.array([float(len(each.excerpts[0][1])) for each in predictions if each.excerpts])
    found = {"excerpt chars": estimate(lengths)} if len(lengths) else {}
    if not any(question.answers for question in questions):
        return found
    pairs = list(zip(questions, predictions, strict=True))
    for k in (1, 3):
        hits = np.array([float(excerpt_hit(question, prediction, k)) for question, prediction in pairs])
        found[f"excerpt hit@{k}"] = estimate(hits)
    return found


def _trust(questions: Sequence[Question], predictions: Sequence[Prediction]) -> dict[str, Estimate]:
    """Abstention: how well confidence tells what can be answered, and what the verdict made of it."""
    answerable = np.array([float(question.answerable) for question in questions])
    confidence = np.array([prediction.confidence for prediction in predictions])
    answered = np.array([float(prediction.verdict == "answer") for prediction in predictions])
    correct = np.array([float(_is_correct(*pair)) for pair in zip(questions, predictions, strict=True)])
    found = {"calibration error": _point(calibration_error(correct, confidence))}
    if (area := auroc(answerable, confidence)) is not None:
        found["auroc"] = _point(area)
    if answerable.any():
        found["false refusals"] = estimate(1 - answered[answerable == 1])
    if not answerable.all():
        found["false answers"] = estimate(answered[answerable == 0])
    return found


def _is_correct(question: Question, prediction: Prediction) -> bool:
    """Whether the first excerpt answers, as far as the labels tell."""
    if question.answers:
        return excerpt_hit(question, prediction, 1)
    return bool(prediction.excerpts) and prediction.excerpts[0][0] in question.gold


def _point(value: float) -> Estimate:
    return Estimate(value, value, value)


def _p95(values: Numbers, axis: int | None = None) -> Numbers:
    return np.asarray(np.quantile(values, 0.95, axis=axis))

"""Learns weights.json from labelled questions, and shows it on sets it never saw.

    python -m retrieval.learn SET… --test OTHER --write

A set is a folder in the format of `footnote eval`. Each SET is also left out in turn, the weights learned
from the others, and both reports are printed beside the plain sum of cosines and BM25.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import numpy as np
from platformdirs import user_data_path

from retrieval.cross_encoder import load_cross_encoder
from retrieval.encoder import load_encoder
from retrieval.fit import Array, Choice, conditional_logit, logistic
from retrieval.lessons import QUOTED, LabelledSet, Lesson, Tried, Tutor, load_set
from retrieval.reader import READ
from retrieval.score import CONTENT, PREFERENCES, Weights, confidence, content, ranked, reread
from retrieval.trust import auroc, calibration_error, false_answers_at, reliability

TARGET = Path(__file__).with_name("weights.json")
RANKED = (*CONTENT, *PREFERENCES)
PLAIN = ("passage_cosine", "sentence_cosine", "bm25")
# Of the answerable questions of the sets learned from, so many are refused, and so many are not even shown
# what is related: a third of what may be on others, whose questions are harder or worded otherwise.
REFUSED, SHOWN_NOTHING = 0.03, 0.015

# Of all that is asked, so much is about the right article and not told by it, for each that is answered. Half
# of the questions in some sets are written so; counted as often as they stand there, confidence is .72 on
# average where .89 of the first excerpts answer (400 answerable questions of SQuAD). Readers seldom try.
NEAR_MISSES = 0.1

# What is sure of the surest in twenty, among libraries of one size that were asked about so often.
SUREST, MIN_A_SIZE = 0.95, 20

Lessons = Mapping[str, Sequence[Lesson]]
# Questions with the passage that came first.
_Firsts = Sequence[tuple[Lesson, Tried]]
# What confidence in a passage is known by.
_Known = Callable[[Tried, Weights], dict[str, float]]


def learn(lessons: Lessons) -> Weights:
    """The weights that these lessons teach; every set counts the same."""
    taught = list(lessons.values())
    ranking = conditional_logit([[_ranking_choice(lesson) for lesson in each] for each in taught])
    learnt = Weights(dict(zip(RANKED, ranking.tolist(), strict=True)), {}, {}, {}, {"missing": 1.0}, {})
    reading = conditional_logit([[_reading_choice(lesson, learnt) for lesson in each] for each in taught])
    learnt = replace(learnt, reading=dict(zip(("content", "cross_encoder"), reading.tolist(), strict=True)))
    unread = [[(each, _best(each, learnt)) for each in found] for found in taught]
    read = [[(each, _best_read(each, learnt)) for each in found if each.is_read] for found in taught]
    learnt = replace(
        learnt,
        confidence=_confidence(unread, learnt, _unread),
        confidence_read=_confidence(read, learnt, _read),
    )
    asked = [each for found in taught for each in found]
    learnt = replace(learnt, premises={"missing": _left_without_premises(asked, learnt)})
    return replace(learnt, thresholds=_thresholds(asked, learnt))


def report(lessons: Sequence[Lesson], weights: Weights) -> str:
    """What these weights do on the whole set, and whether they can be trusted in parts of it.

    Answered and refused are by the threshold of what was read, whether a cross-encoder reads this set or not.
    """
    whole = [lesson for lesson in lessons if lesson.is_whole]
    answerable = [lesson for lesson in whole if lesson.kind == "answerable"]
    best = [_best(lesson, weights) for lesson in answerable]
    read = [_best_read(lesson, weights) for lesson in answerable]
    plain = [max(lesson.tried[:QUOTED], key=_plain) for lesson in answerable]
    sure = np.array([_sure(lesson, weights) for lesson in answerable])
    told = [
        f"right passage first: plain sum {_share(each.holds for each in plain)},"
        f" ranked {_share(each.holds for each in best)}, read {_share(each.holds for each in read)}",
        f"right excerpt first: ranked {_share(each.shows for each in best)},"
        f" read {_share(each.shows for each in read)}",
        f"refused {_share(sure < weights.thresholds['answer'])}",
    ]
    for kind in ("near", "outside"):
        if others := [_sure(lesson, weights) for lesson in whole if lesson.kind == kind]:
            unsure = np.array(others)
            told.append(
                f"{kind}: AUROC {auroc(sure, unsure):.3f}, answered"
                f" {_share(unsure >= weights.thresholds['answer'])},"
                f" at 10 % refused {false_answers_at(sure, unsure):.3f}"
            )
    parts = [lesson for lesson in lessons if not lesson.is_whole]
    for name, asked in (("the whole", whole), ("parts", parts)):
        if asked:
            told.append(f"calibration error in {name}: {_calibration_error(asked, weights):.3f}")
    return "\n    ".join(told)


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn, report and write."""
    parser = argparse.ArgumentParser("python -m retrieval.learn", description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path, help="a set to learn from")
    parser.add_argument("--test", action="append", default=[], type=Path, help="a set that is only shown")
    parser.add_argument("--limit", default=300, type=int, help="questions of each kind asked of a whole set")
    parser.add_argument("--seed", default=7, type=int, help="of every draw")
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    said = parser.parse_args(arguments)
    learnt = [load_set(each, said.seed) for each in said.sets]
    shown = [load_set(each, said.seed) for each in said.test]
    lessons = _taught([*learnt, *shown], said.limit, said.seed)
    own = {each.name: lessons[each.name] for each in learnt}
    weights = learn(own)
    for name, each in lessons.items():
        _tell(f"{name}, {'learned from' if name in own else 'never seen'}:\n    {report(each, weights)}")
    if said.write:
        command = " ".join(["python -m retrieval.learn", *(each.name for each in learnt)])
        written = _json(weights, learnt, f"{command} --limit {said.limit} --seed {said.seed} --write")
        TARGET.write_text(written, "utf-8")
    for name in own:
        others = {other: found for other, found in own.items() if other != name}
        if any(map(_sets_thresholds, chain.from_iterable(others.values()))):
            _tell(f"{name}, left out:\n    {report(own[name], learn(others))}")


def _taught(sets: Sequence[LabelledSet], limit: int, seed: int) -> dict[str, list[Lesson]]:
    encoder = load_encoder(models=user_data_path("footnote", appauthor=False) / "models")
    found: dict[str, list[Lesson]] = {}
    with tempfile.TemporaryDirectory(prefix="footnote-learn-") as folder:
        for each in sets:
            tutor = Tutor(
                encoder,
                load_cross_encoder("packaged"),
                cache=Path(folder) / "vectors.cache",
                draw=random.Random(seed),
            )
            others = [
                question
                for other in sets
                if other is not each
                for question in other.questions
                if question.answerable
            ]
            outside = random.Random(seed).sample(others, min(limit, len(others)))
            found[each.name] = [*tutor.whole(each, outside, limit), *tutor.parts(each)]
            _tell(f"{each.name}: {len(found[each.name])} questions asked")
    return found


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _json(weights: Weights, sets: Iterable[LabelledSet], command: str) -> str:
    written = {
        "written_by": command,
        "learned_from": [{"set": each.name, "sha256": each.digest} for each in sets],
        **{
            name: {key: round(value, 4) + 0.0 for key, value in getattr(weights, name).items()}
            for name in Weights.__slots__
        },
    }
    return json.dumps(written, indent=2) + "\n"


def _ranking_choice(lesson: Lesson) -> Choice:
    rows = [[each.candidate.features.of(name) for name in RANKED] for each in lesson.tried]
    return np.array(rows), np.array([each.holds for each in lesson.tried])


def _reading_choice(lesson: Lesson, weights: Weights) -> Choice:
    read = [each for each in lesson.tried[:QUOTED] if each.is_read]
    rows = [[content(each.candidate.features, weights), each.candidate.logit or 0.0] for each in read]
    return np.array(rows).reshape(-1, 2), np.array([bool(each.shows) for each in read], dtype=bool)


def _unread(first: Tried, learnt: Weights) -> dict[str, float]:
    return {"content": content(first.candidate.features, learnt)}


def _read(first: Tried, learnt: Weights) -> dict[str, float]:
    features, logit = first.candidate.features, first.candidate.logit or 0.0
    cosines = {"passage_cosine": features.passage_cosine, "sentence_cosine": features.sentence_cosine}
    return {**cosines, "cross_encoder": logit}


def _confidence(sets: Sequence[_Firsts], learnt: Weights, known: _Known) -> dict[str, float]:
    """A logistic regression on how far the first passages stand above what chance gives.

    In every set, answerable questions and those about other articles count the same.
    """
    names = list(known(sets[0][0][1], learnt))
    by_chance = np.mean([_by_chance(firsts, learnt, known) for firsts in sets], axis=0)
    rows, right, counts = [], [], []
    for firsts in sets:
        asked = Counter(lesson.kind for lesson, _ in firsts)
        for lesson, first in firsts:
            values = np.array(list(known(first, learnt).values()))
            rows.append(values - by_chance * np.log(lesson.n_passages))
            right.append(bool(first.shows))
            counts.append((NEAR_MISSES if lesson.kind == "near" else 1.0) / asked[lesson.kind])
    *weights, bias = logistic(np.array(rows), np.array(right), np.array(counts)).tolist()
    lessons = [lesson for firsts in sets for lesson, _ in firsts]
    tail, middle = _tail(lessons, np.array(rows) @ weights)
    log_passages = -float(by_chance @ weights) - tail
    return {
        **dict(zip(names, weights, strict=True)),
        "log_passages": log_passages,
        "bias": bias + tail * middle,
    }


def _tail(asked: Sequence[Lesson], totals: Array) -> tuple[float, float]:
    """How much the surest replies to questions about other articles still grow with the library.

    Returns:
        The growth for e times as many passages, and ln of how many the whole sets have, where it is nil.
    """
    sizes = np.array([np.log(lesson.n_passages) for lesson in asked])
    outside = np.array([lesson.kind == "outside" for lesson in asked])
    bins = [
        size
        for size in np.unique(np.round(sizes))
        if (outside & (np.round(sizes) == size)).sum() >= MIN_A_SIZE
    ]
    middle = float(np.mean([size for size, lesson in zip(sizes, asked, strict=True) if lesson.is_whole]))
    if len(bins) < 2:
        return 0.0, middle
    surest = [np.quantile(totals[outside & (np.round(sizes) == size)], SUREST) for size in bins]
    return max(0.0, float(np.polyfit(bins, surest, deg=1)[0])), middle


def _by_chance(firsts: _Firsts, learnt: Weights, known: _Known) -> Array:
    """How much more the best of e times as many passages shows when none of them answers."""
    outside = [(lesson, first) for lesson, first in firsts if lesson.kind == "outside"]
    sizes = np.log([lesson.n_passages for lesson, _ in outside])
    shown = np.array([list(known(first, learnt).values()) for _, first in outside])
    if len(set(sizes)) < 2:  # libraries of one size do not tell
        return np.zeros(shown.shape[1])
    return np.asarray(np.maximum(0, np.polyfit(sizes, shown, deg=1)[0]))


def _left_without_premises(lessons: Sequence[Lesson], learnt: Weights) -> float:
    """What is right of the confidence, on average, where the excerpt lacks a premise; 1 where all is."""
    without = [each for each in lessons if each.tried and not _best_read(each, learnt).premises]
    right = sum(bool(_best_read(each, learnt).shows) for each in without)
    sure = sum(_sure(each, learnt) for each in without)
    return min(1.0, right / sure) if sure else 1.0


def _thresholds(lessons: Sequence[Lesson], learnt: Weights) -> dict[str, float]:
    sure = [_sure(each, learnt) for each in lessons if _sets_thresholds(each)]
    shares = {"answer": REFUSED, "related": SHOWN_NOTHING}
    return {name: round(float(np.quantile(sure, share)), 2) for name, share in shares.items()}


def _sets_thresholds(lesson: Lesson) -> bool:
    return lesson.kind == "answerable" and lesson.is_whole and lesson.is_read


def _best(lesson: Lesson, weights: Weights) -> Tried:
    return max(lesson.tried[:QUOTED], key=lambda each: ranked(each.candidate.features, weights))


def _best_read(lesson: Lesson, weights: Weights) -> Tried:
    """The first as the searcher has it, which reads fewer than were read for the lesson."""
    by_rank = sorted(
        lesson.tried[:QUOTED], key=lambda each: ranked(each.candidate.features, weights), reverse=True
    )
    first = by_rank[:READ]
    return max(first, key=lambda each: _reread(each, weights)) if first[0].is_read else first[0]


def _reread(tried: Tried, weights: Weights) -> float:
    return reread(tried.candidate.features, tried.candidate.logit or 0.0, weights)


def _sure(lesson: Lesson, weights: Weights) -> float:
    best = _best_read(lesson, weights)
    return confidence(
        best.candidate.features,
        n_passages=lesson.n_passages,
        premises=best.premises,
        logit=best.candidate.logit,
        weights=weights,
    )


def _calibration_error(lessons: Sequence[Lesson], weights: Weights) -> float:
    right = np.array([float(bool(_best_read(lesson, weights).shows)) for lesson in lessons])
    return calibration_error(reliability(right, np.array([_sure(lesson, weights) for lesson in lessons])))


def _plain(tried: Tried) -> float:
    return sum(tried.candidate.features.of(name) for name in PLAIN)


def _share(found: Iterable[object]) -> str:
    return f"{np.mean([bool(each) for each in found]):.3f}"


if __name__ == "__main__":
    main()

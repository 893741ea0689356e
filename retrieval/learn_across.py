"""Learns across.json: what words let expect of cosines, and cosines of words.

    python -m retrieval.learn_across SET… --write

A set is a folder in the format of `footnote eval`, in English throughout. Run it after `retrieval.learn`, by
whose weights passages are ranked.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import linear_regression

from platformdirs import user_data_path

from retrieval.across import COSINES, GIVEN_COSINES, GIVEN_WORDS, WORDS, Mean
from retrieval.encoder import load_encoder
from retrieval.lessons import Lesson, Tutor, load_set
from retrieval.score import WEIGHTS, Features

TARGET = Path(__file__).with_name("across.json")


def learn_means(lessons: Iterable[Lesson]) -> dict[str, Mean]:
    """The mean of each feature of words by the best sentence's cosine, and of each cosine by its words.

    Words: of the passage that is best by its cosines, for across languages there is nothing else to choose
    by. Cosines: of the passage that is ranked first.
    """
    tried = [[each.candidate for each in lesson.tried] for lesson in lessons if lesson.tried]
    first = [max(each, key=lambda candidate: candidate.score).features for each in tried]
    nearest = [max((candidate.features for candidate in each), key=_nearness) for each in tried]
    return {
        **{name: _mean(nearest, name, GIVEN_COSINES) for name in WORDS},
        **{name: _mean(first, name, GIVEN_WORDS) for name in COSINES},
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn, report and write."""
    parser = argparse.ArgumentParser("python -m retrieval.learn_across", description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path, help="a set to learn from")
    parser.add_argument("--limit", default=150, type=int, help="questions of each kind asked of a set")
    parser.add_argument("--seed", default=7, type=int, help="of every draw")
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    said = parser.parse_args(arguments)
    sets = [load_set(each, said.seed) for each in said.sets]
    encoder = load_encoder(models=user_data_path("footnote", appauthor=False) / "models")
    lessons: list[Lesson] = []
    with tempfile.TemporaryDirectory(prefix="footnote-learn-") as folder:
        tutor = Tutor(encoder, None, cache=Path(folder) / "vectors.cache", draw=random.Random(said.seed))
        for each in sets:
            others = [question for other in sets if other is not each for question in other.questions]
            lessons += tutor.whole(each, [question for question in others if question.answerable], said.limit)
    command = f"{parser.prog} {' '.join(each.name for each in sets)} --limit {said.limit} --seed {said.seed}"
    written = _json(learn_means(lessons), f"{command} --write", {each.name: each.digest for each in sets})
    sys.stdout.write(written)
    if said.write:
        TARGET.write_text(written, "utf-8")


def _json(means: Mapping[str, Mean], command: str, digests: Mapping[str, str]) -> str:
    told = {
        "written_by": command,
        "learned_from": [{"set": name, "sha256": digest} for name, digest in digests.items()],
        "means": {
            name: {"bias": round(mean.bias, 3), "slope": round(mean.slope, 3)} for name, mean in means.items()
        },
    }
    return json.dumps(told, indent=2) + "\n"


def _nearness(features: Features) -> float:
    return sum(WEIGHTS.ranking[name] * features.of(name) for name in COSINES)


def _mean(found: Sequence[Features], name: str, given: str) -> Mean:
    """Least squares of a feature on the one that is given."""
    slope, bias = linear_regression([each.of(given) for each in found], [each.of(name) for each in found])
    return Mean(bias, slope)


if __name__ == "__main__":
    main()

"""Learning weights from labelled questions, on the sample library."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path

import pytest

from corpus.ingest import add
from corpus.library import Library
from retrieval.learn import learn, report
from retrieval.lessons import Tutor, load_set

SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"
QUESTIONS = Path(__file__).parent / "data" / "sample_questions.jsonl"


@pytest.fixture(scope="module")
def labelled(tmp_path_factory):
    """The sample library and its questions as a set."""
    folder = tmp_path_factory.mktemp("set")
    with Library.open(folder / "library.db") as library:
        names = {each.article_id: Path(each.source).stem for each in add(library, [str(SAMPLE)])}
        articles = [
            {
                "id": names[each.article_id],
                "title": each.metadata.title,
                "text": each.text,
                "published": "2024-05-01",
            }
            for each in library.current()
        ]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, articles)), "utf-8")
    (folder / "queries.jsonl").write_text(QUESTIONS.read_text("utf-8"), "utf-8")
    return load_set(folder, seed=1)


@pytest.fixture(scope="module")
def lessons(labelled, encoder, cross_encoder, tmp_path_factory):
    """Some of its questions, asked of the whole library."""
    cache = tmp_path_factory.mktemp("cache") / "vectors.cache"
    tutor = Tutor(encoder, cross_encoder, cache=cache, draw=random.Random(1))
    return list(tutor.whole(labelled, labelled.questions[:3], limit=12))


def test_a_question_about_dated_articles_is_asked_after_they_appeared(labelled):
    """The day of asking that is drawn for a question is not before its article."""
    assert all(question.asked >= date(2024, 5, 1) for question in labelled.questions if question.answerable)


def test_a_lesson_knows_which_passages_are_right(lessons):
    """Answerable questions have a passage that holds the answer, and no others have one."""
    answerable = [lesson for lesson in lessons if lesson.kind == "answerable"]

    assert sum(any(each.holds for each in lesson.tried) for lesson in answerable) >= len(answerable) - 1
    assert not any(
        each.holds or each.shows for lesson in lessons if lesson.kind == "near" for each in lesson.tried
    )


def test_weights_are_learned_and_shown(lessons):
    """What is learned ranks, reads and trusts, and the report says how well."""
    weights = learn({"sample": lessons})

    assert weights.ranking["passage_cosine"] + weights.ranking["sentence_cosine"] > 0
    assert weights.confidence_read["cross_encoder"] >= 0
    assert 0 < weights.thresholds["related"] <= weights.thresholds["answer"] < 1
    assert "right passage first" in report(lessons, weights)


def test_learning_is_the_same_every_time(lessons):
    """The same lessons give the same weights."""
    assert learn({"sample": lessons}) == learn({"sample": lessons})

"""Reading labelled questions."""

import json
from datetime import date

import pytest

from retrieval.errors import EvaluationError
from retrieval.questions import load_questions
from retrieval.types import Turn

LINE = {"id": 7, "question": "Who?", "answerable": True, "gold": ["a"]}


def written(folder, *lines):
    """A file of these lines."""
    path = folder / "queries.jsonl"
    path.write_text("\n".join(json.dumps(line) if isinstance(line, dict) else line for line in lines))
    return path


def test_a_question_is_read_with_all_it_has(tmp_path):
    """Answers, history and the day of asking are kept; an id is text."""
    turns = [{"role": "user", "text": "Where?"}, {"role": "agent", "text": "There."}]
    told = {"answers": ["x"], "evidence_sentences": ["It is x."]}
    path = written(tmp_path, {**LINE, **told, "history": turns, "asked": "2026-05-25T10:00:00Z"})

    (found,) = load_questions(path)

    assert (found.id, found.gold, found.answers) == ("7", {"a"}, ("x", "It is x."))
    assert found.history == (Turn("user", "Where?"), Turn("agent", "There."))
    assert found.asked == date(2026, 5, 25)


@pytest.mark.parametrize("label", [{"answerable": False}, {"gold": []}], ids=["labelled", "no article"])
def test_an_unanswerable_question(tmp_path, label):
    """Articles named beside an unanswerable question do not answer it, and neither do none."""
    (found,) = load_questions(written(tmp_path, {**LINE, **label}))

    assert not found.answerable
    assert found.gold == set()


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '"text"',
        json.dumps({"id": 1}),
        json.dumps({**LINE, "gold": 5}),
    ],
)
def test_a_bad_line_is_named(tmp_path, line):
    """A line that is no labelled question is an error that names file and line."""
    path = written(tmp_path, LINE, line)

    with pytest.raises(EvaluationError, match=r"queries\.jsonl:2 is not a labelled question"):
        list(load_questions(path))


def test_a_missing_file_is_named(tmp_path):
    """A folder without questions is an error that says what a set needs."""
    with pytest.raises(EvaluationError, match="cannot be read") as error:
        list(load_questions(tmp_path / "queries.jsonl"))

    assert "corpus.jsonl" in error.value.remedy


def test_an_id_twice_is_named(tmp_path):
    """Two questions with one id would be measured as one; the second is named."""
    with pytest.raises(EvaluationError, match=r"queries\.jsonl:2 has the id 7, which came before"):
        list(load_questions(written(tmp_path, LINE, LINE)))

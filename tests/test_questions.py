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


def turned(**turn):
    """A question after this turn."""
    return {**LINE, "history": [turn]}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "Invalid JSON"),
        ("[]", "object"),
        ('"text"', "object"),
        ("[" * 100_000, "Invalid JSON"),
        ('{"id": 1, "question": "\\ud800", "answerable": true, "gold": []}', "Invalid JSON"),
        ({"id": 1}, "question: Field required"),
        ({**LINE, "id": None}, "id: "),
        ({**LINE, "question": 5}, "question: "),
        ({**LINE, "question": None}, "question: "),
        ({**LINE, "answerable": "false"}, "answerable: "),
        ({**LINE, "answerable": 0}, "answerable: "),
        ({**LINE, "gold": 5}, "gold: "),
        ({**LINE, "gold": "art1"}, "gold: "),
        ({**LINE, "gold": [None]}, "gold.0: "),
        ({**LINE, "answers": "Sundmark"}, "answers: "),
        ({**LINE, "answers": [None]}, "answers.0: "),
        ({**LINE, "evidence_sentences": "It was."}, "evidence_sentences: "),
        ({**LINE, "history": "hello"}, "history: "),
        (turned(role="user"), "history.0.text: "),
        (turned(role="user", text=5), "history.0.text: "),
        (turned(role="assistant", text="Yes."), "history.0.role: "),
        ({**LINE, "asked": "yesterday"}, "asked: "),
        ({**LINE, "asked": 20200101}, "asked: "),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, said):
    """A line that is no labelled question is an error that names file, line and what is wrong with it."""
    path = written(tmp_path, {**LINE, "id": 1000}, line)

    with pytest.raises(EvaluationError, match=r"queries\.jsonl:2 is not a labelled question") as error:
        list(load_questions(path))

    assert said in error.value.message
    assert '"answerable": true' in error.value.remedy


def test_other_encodings(tmp_path):
    """A byte order mark is passed over; what is not UTF-8 is named."""
    path = tmp_path / "queries.jsonl"
    path.write_text(json.dumps({**LINE, "question": "Café?"}, ensure_ascii=False), "utf-8-sig")
    (found,) = load_questions(path)
    path.write_text(json.dumps({**LINE, "question": "Café?"}, ensure_ascii=False), "latin-1")

    assert found.text == "Café?"
    with pytest.raises(EvaluationError, match=r"queries\.jsonl:1 is not UTF-8"):
        list(load_questions(path))


def test_numbers_among_answers(tmp_path):
    """An answer that is a number is right in the words of the article, which is text."""
    (found,) = load_questions(written(tmp_path, {**LINE, "answers": [2019, 41.5], "gold": [3]}))

    assert (found.answers, found.gold) == (("2019", "41.5"), {"3"})


def test_nobody_else_takes_turns():
    """A turn is of the user or of the agent."""
    with pytest.raises(ValueError, match="got 'assistant'"):
        Turn("assistant", "Yes.")


def test_a_missing_file_is_named(tmp_path):
    """A folder without questions is an error that says what a set needs."""
    with pytest.raises(EvaluationError, match="cannot be read") as error:
        list(load_questions(tmp_path / "queries.jsonl"))

    assert "corpus.jsonl" in error.value.remedy


def test_an_id_twice_is_named(tmp_path):
    """Two questions with one id would be measured as one; the second is named."""
    with pytest.raises(EvaluationError, match=r"queries\.jsonl:2 has the id 7, which came before"):
        list(load_questions(written(tmp_path, LINE, LINE)))

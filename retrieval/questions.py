"""Labelled questions: what an evaluation asks, and what is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from retrieval.errors import EvaluationError
from retrieval.types import Query, Turn

_BOM = b"\xef\xbb\xbf"
_REMEDY = 'give it the form {"id": "…", "question": "…", "answerable": true, "gold": ["…"]}'


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its label.

    Args:
        id: Unique in its set.
        text: As it was asked.
        gold: Ids of the articles that hold the answer; empty where none does.
        answers: Strings any of which is right, the set's answers and its evidence; empty where it has none.
        history: Earlier turns, oldest first.
        asked: The day of asking, None for today.
    """

    id: str
    text: str
    gold: frozenset[str]
    answers: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    asked: date | None = None

    @property
    def answerable(self) -> bool:
        """Whether the articles hold an answer; a question no article is named for has none, however labelled.

        Questions that want asking back ("in this case?") are labelled answerable in some sets.
        """
        return bool(self.gold)

    @property
    def query(self) -> Query:
        """What is asked."""
        return Query(self.text, self.history, self.asked)


def load_questions(path: Path) -> Iterator[Question]:
    """The questions of a ``queries.jsonl`` file, in order.

    Raises:
        EvaluationError: The file is missing, a line of it is not a labelled question, or an id comes twice.
    """
    seen: set[str] = set()
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line := line.removeprefix(_BOM).strip():
                    question = _question(line, f"{path}:{number}")
                    if question.id in seen:
                        raise EvaluationError(
                            f"{path}:{number} has the id {question.id}, which came before",
                            "give each question an id of its own",
                        )
                    seen.add(question.id)
                    yield question
    except OSError as error:
        raise EvaluationError(
            f"{path} cannot be read: {error.strerror}", "name a folder with corpus.jsonl and queries.jsonl"
        ) from error


def _worded(value: object) -> object:
    """A number as its text: "answers": [2019] says what is right as well."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _day(value: object) -> object:
    return datetime.fromisoformat(value).date() if isinstance(value, str) else value


_Text = Annotated[str, BeforeValidator(_worded)]


class _Turn(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)

    role: Literal["user", "agent"]
    text: str


class _Line(BaseModel):
    """A line of the file; what else it holds is passed over."""

    model_config = ConfigDict(strict=True, frozen=True)

    id: _Text
    question: str
    answerable: bool
    gold: tuple[_Text, ...]
    answers: tuple[_Text, ...] | None = None
    evidence_sentences: tuple[_Text, ...] | None = None
    history: tuple[_Turn, ...] | None = None
    asked: Annotated[date, BeforeValidator(_day)] | None = None


def _question(line: bytes, where: str) -> Question:
    try:
        line.decode("utf-8")
        found = _Line.model_validate_json(line)
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{where} is not UTF-8", "save the file as UTF-8") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, first["loc"]))
        why = f"{field}: {first['msg']}" if field else first["msg"]
        raise EvaluationError(f"{where} is not a labelled question: {why}", _REMEDY) from error
    return Question(
        id=found.id,
        text=found.question,
        gold=frozenset(found.gold) if found.answerable else frozenset(),
        answers=(*(found.answers or ()), *(found.evidence_sentences or ())),
        history=tuple(Turn(turn.role, turn.text) for turn in found.history or ()),
        asked=found.asked,
    )

"""Labelled questions: what an evaluation asks, and what is right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from retrieval.errors import EvaluationError
from retrieval.types import Query, Turn


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
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
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


def _question(line: str, where: str) -> Question:
    try:
        fields: dict[str, Any] = json.loads(line)
        return Question(
            id=str(fields["id"]),
            text=fields["question"],
            gold=frozenset(map(str, fields["gold"])) if fields["answerable"] else frozenset(),
            answers=(*(fields.get("answers") or ()), *(fields.get("evidence_sentences") or ())),
            history=tuple(Turn(turn["role"], turn["text"]) for turn in fields.get("history") or ()),
            asked=date.fromisoformat(fields["asked"][:10]) if fields.get("asked") else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(
            f"{where} is not a labelled question: {error!r}",
            "give each line id, question, answerable and gold",
        ) from error

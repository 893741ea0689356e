"""Labelled questions: what an evaluation asks, and what is right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from retrieval.errors import EvaluationError


@dataclass(frozen=True, slots=True)
class Turn:
    """Something said earlier in the conversation."""

    role: Literal["user", "agent"]
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its label.

    Args:
        id: Unique in its set.
        text: As it was asked.
        gold: Ids of the articles that hold the answer; empty where none does.
        answers: Strings any of which is right; empty where the set has none.
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
        """Whether the articles hold an answer."""
        return bool(self.gold)


def load_questions(path: Path) -> Iterator[Question]:
    """The questions of a ``queries.jsonl`` file, in order.

    Raises:
        EvaluationError: The file is missing, or a line of it is not a labelled question.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _question(line, f"{path}:{number}")
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
            answers=tuple(fields.get("answers") or ()),
            history=tuple(Turn(turn["role"], turn["text"]) for turn in fields.get("history") or ()),
            asked=date.fromisoformat(fields["asked"][:10]) if fields.get("asked") else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(
            f"{where} is not a labelled question: {error!r}",
            "give each line id, question, answerable and gold",
        ) from error

"""Questions that a new snapshot has to answer before it answers anybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from retrieval.build_types import Progress
from retrieval.types import Answer, Excerpt, NotFound, Query, Reply, Verdict, verdict_of


@dataclass(frozen=True, slots=True)
class SmokeQuestion:
    """A question whose answer the articles hold.

    Args:
        question: As a reader would ask it.
        article: The id or address of the article that answers it; empty where any may.
    """

    question: str
    article: str = ""

    def __str__(self) -> str:
        """The question, and after it the article where one is named."""
        return f"{self.question} ({self.article})" if self.article else self.question


@dataclass(frozen=True, slots=True)
class Failing:
    """A question that was not answered as it has to be.

    Args:
        asked: The question.
        verdict: What it got.
        title: Of the article that was quoted first; empty where nothing was, or it has none.
    """

    asked: SmokeQuestion
    verdict: Verdict
    title: str


def ask_smoke_questions(
    questions: Sequence[SmokeQuestion],
    answer: Callable[[Query], Reply],
    find: Callable[[str], str | None],
    *,
    on_progress: Callable[[Progress], None],
) -> tuple[Failing, ...]:
    """Ask all of them, and give those that fail.

    One passes if its verdict is an answer and, where it names an article, one of the excerpts is from it.

    Args:
        questions: In the order in which they are asked.
        answer: Asks the new snapshot.
        find: The id of the article that has an id or address, None for none.
        on_progress: Told before each question, and after the last.
    """
    failing = []
    for n_asked, asked in enumerate(questions):
        on_progress(Progress("asking", n_asked, len(questions)))
        reply = answer(Query(asked.question))
        if not _passes(reply, asked, find):
            failing.append(Failing(asked, verdict_of(reply), _first_title(reply)))
    on_progress(Progress("asking", len(questions), len(questions)))
    return tuple(failing)


def _passes(reply: Reply, asked: SmokeQuestion, find: Callable[[str], str | None]) -> bool:
    if not isinstance(reply, Answer):
        return False
    return not asked.article or find(asked.article) in _article_ids(reply.excerpts)


def _article_ids(excerpts: Iterable[Excerpt]) -> set[str]:
    """Of the articles that are quoted, and of those that tell the same."""
    return {article.id for excerpt in excerpts for article in (excerpt.article, *excerpt.also_in)}


def _first_title(reply: Reply) -> str:
    return "" if isinstance(reply, NotFound) else reply.excerpts[0].article.metadata.title

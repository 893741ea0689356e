"""Chooses the words of an excerpt to mark: those that answer, or else those that the question asked about."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from corpus.types import Span
from retrieval.answer_type import answer_type, candidates_of
from retrieval.unspaced import words

# A sentence that names more is a list, of which those nearest to the words of the question are marked.
MAX_ANSWERS = 4


@dataclass(frozen=True, slots=True)
class Sought:
    """What a question looks for in a text.

    Args:
        question: As it was searched for.
        language: ISO 639-1 code of the text.
        wanted: The question's terms that are worth searching for.
        terms: Turns words into terms the way ``wanted`` was made, without leaving any out.
    """

    question: str
    language: str
    wanted: Collection[str]
    terms: Callable[[str], list[str]]


def highlight(text: str, sentence: Span, sought: Sought) -> tuple[Span, ...]:
    """The words of one sentence that could be the answer; where none could, those that match the question.

    A date for "when", a number for "how many", a name for "who" or "where": never one that the question
    itself holds. Of a question that asks for none of these no rule knows the answer, and none is guessed.

    Args:
        text: The excerpt.
        sentence: Its sentence that answers best.
        sought: What is looked for.
    """
    within = sentence.of(text)
    matching = _matching(within, sought)
    marked = _answering(within, matching, sought) or matching
    return tuple(Span(sentence.start + span.start, sentence.start + span.end) for span in marked)


def _answering(sentence: str, matching: tuple[Span, ...], sought: Sought) -> tuple[Span, ...]:
    kind = answer_type(sought.question, sought.language)
    if kind is None:
        return ()
    asked = set(sought.terms(sought.question))
    found = [
        span
        for span in candidates_of(kind, sentence, sought.language)
        if not asked.issuperset(sought.terms(span.of(sentence)))
    ]
    nearest = sorted(found, key=lambda span: min((_distance(span, other) for other in matching), default=0))
    return tuple(sorted(nearest[:MAX_ANSWERS]))


def _matching(sentence: str, sought: Sought) -> tuple[Span, ...]:
    """The words that the question holds, neighbours joined into one span."""
    spans: list[Span] = []
    for word in words(sentence):
        if not any(term in sought.wanted for term in sought.terms(word.of(sentence))):
            continue
        # Words of a writing without spaces overlap.
        if spans and (word.start <= spans[-1].end or sentence[spans[-1].end : word.start].isspace()):
            spans[-1] = Span(spans[-1].start, word.end)
        else:
            spans.append(word)
    return tuple(spans)


def _distance(one: Span, other: Span) -> int:
    return max(0, one.start - other.end, other.start - one.end)

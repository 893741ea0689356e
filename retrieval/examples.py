"""Questions that an article can be expected to answer, made of its own words (pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.types import Span
from retrieval.answer_type import candidates_of

ExampleKind = Literal["who", "about"]

# Of a long article the beginning says what it is about.
_MAX_CHARS = 6_000
# Longer names make buttons that nobody reads to their end.
_MAX_NAME_CHARS = 30
# "Helen Oduya, who led the survey", "Neil Strang, the county's fisheries officer": who somebody is.
_SAYS_WHO = re.compile(
    r", (?:who |the |an? |[a-zà-ÿ-]+ (?:of|at|for|von|der|del?|la) |der |die |ein |quien )"
)


@dataclass(frozen=True, slots=True)
class Example:
    """A question about a name in an article.

    Args:
        kind: ``who``: the text says who that is; ``about``: it speaks of it more than once.
        span: Where the name stands in the text.
    """

    kind: ExampleKind
    span: Span


def examples_in(text: str, language: str) -> Iterator[Example]:
    """Names of several words in ``text`` that can be asked for, the surest kind of question first.

    Args:
        text: Of one article.
        language: ISO 639-1 code of the text.
    """
    text = text[:_MAX_CHARS]
    names = [
        span
        for span in candidates_of("person", text, language)
        if " " in (name := span.of(text)) and len(name) <= _MAX_NAME_CHARS and "\n" not in name
    ]
    counts = Counter(span.of(text) for span in names)
    asked: set[str] = set()
    for span in names:
        if span.of(text) not in asked and _SAYS_WHO.match(text, span.end):
            asked.add(span.of(text))
            yield Example("who", span)
    for span in names:
        if span.of(text) not in asked and counts[span.of(text)] > 1:
            asked.add(span.of(text))
            yield Example("about", span)

"""What is shown around an excerpt when a reader asks for more of the article."""

from __future__ import annotations

from corpus.types import Span


def paragraphs_around(text: str, span: Span, max_chars: int) -> Span:
    """The paragraphs of ``text`` that ``span`` lies in with one either side, within ``max_chars``.

    Whole paragraphs where they fit, else whole words where there are spaces; never less than ``span``.
    """
    before = text.rfind("\n\n", 0, span.start)
    before = text.rfind("\n\n", 0, before) if before != -1 else -1
    after = text.find("\n\n", span.end)
    after = text.find("\n\n", after + 2) if after != -1 else -1
    start = 0 if before == -1 else before + 2
    end = len(text) if after == -1 else after
    spare = max(0, max_chars - len(span)) // 2
    if span.start - start > spare:
        start = span.start - spare
        start = text.find(" ", start, span.start) + 1 or start
    if end - span.end > spare:
        end = span.end + spare
        space = text.rfind(" ", span.end, end)
        end = end if space == -1 else space
    return Span(start, end)

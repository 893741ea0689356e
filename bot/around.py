"""What is shown around an excerpt when a reader asks for more of the article."""

from __future__ import annotations

import re

from corpus.types import Span

# Where what does not fit may end, the best place first: a paragraph, a sentence, a word.
_BREAKS = tuple(
    re.compile(rf"(?P<kept>{kept})(?P<gap>{gap})")
    for kept, gap in (("", r"\n\n"), (r"[.!?…؟。][\"”»’')\]]*", r"\s+"), ("", r"\s+"))
)


def paragraphs_around(text: str, span: Span, max_chars: int) -> Span:
    """The paragraphs of ``text`` that ``span`` lies in with one either side, within ``max_chars``.

    What one side leaves of the room is the other's. Where a side does not fit it begins or ends with a
    paragraph, else with a sentence, else with a word; never less than ``span``.
    """
    before = text.rfind("\n\n", 0, span.start)
    before = text.rfind("\n\n", 0, before) if before != -1 else -1
    after = text.find("\n\n", span.end)
    after = text.find("\n\n", after + 2) if after != -1 else -1
    start = 0 if before == -1 else before + 2
    end = len(text) if after == -1 else after
    room = max(0, max_chars - len(span))
    room_before = max(room // 2, room - (end - span.end))
    if span.start - start > room_before:
        start = _first_break(text, span.start - room_before, span.start)
    if end > start + max(max_chars, len(span)):
        end = _last_break(text, span.end, start + max(max_chars, span.end - start))
    return Span(start, end)


def _first_break(text: str, low: int, high: int) -> int:
    """Where the text may begin between ``low`` and ``high``; ``low`` where there is no break."""
    found = (pattern.search(text, low, high) for pattern in _BREAKS)
    return next((match.end() for match in found if match), low)


def _last_break(text: str, low: int, high: int) -> int:
    """Where the text may end between ``low`` and ``high``; ``high`` where there is no break."""
    for pattern in _BREAKS:
        if ends := [match.start("gap") for match in pattern.finditer(text, low, high)]:
            return ends[-1]
    return high

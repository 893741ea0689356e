"""Put paragraphs together again from the lines of printed pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

# How many lines at the top and at the bottom of a page may be no part of the text.
_EDGE_LINES = 2
# A line with words that stands there on so many pages, figures aside, is a running head or foot; books have
# one for each chapter.
_REPEATED_PAGES = 3
_LETTERS = re.compile(r"[^\W\d_]{3}")

_FIGURES = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|seite|página|pagina|стр\.?|p\.)?\s*\d{1,4}(?:\s*(?:/|of|von|de|из)\s*\d{1,4})?\W*", re.I
)
_ROMAN_NUMBER = re.compile(r"[ivxl]{1,7}")
_SENTENCE_END = re.compile(r"[.!?:;…。][\"'”’»)\]]*$")
_SOFT_HYPHEN = re.compile("(?<=\\w)\xad$")
_HYPHEN = re.compile("(?<=[^\\W\\d_])[-‐]$")
_WORD = re.compile(r"\w+(?:-\w+)+")

# In the width or height of a line of text.
_GAP = 1.35
_INDENT = 0.8
_ANOTHER_SIZE = 0.15
_SAME_LINE = 0.5
_LIST_MARK = re.compile(r"[•◦▪‣·–—*-] |\d{1,2}[.)] |\([a-z\d]\) ")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a printed page; lengths are in points from the page's lower left corner.

    Args:
        text: Its words; not empty.
        left: Where it begins.
        right: Where it ends.
        bottom: Where its letters end below.
        height: Of its letters.
    """

    text: str
    left: float
    right: float
    bottom: float
    height: float


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """The paragraphs of all pages in order, each without line ends; words parted by hyphens are whole.

    Args:
        pages: The lines of each page, in reading order.
    """
    repeated = _repeated(pages)
    bodies = [_body(page, repeated) for page in pages]
    pitch = _pitch(bodies)
    compounds = {word.lower() for body in bodies for line in body for word in _WORD.findall(line.text)}
    found: list[str] = []
    for body in bodies:
        for number, lines in enumerate(_parted(body, pitch)):
            words = _joined(lines, compounds)
            if number == 0 and found and _goes_on(found[-1], words):
                found[-1] = _joined([found[-1], words], compounds)
            else:
                found.append(words)
    return found


def _edges(page: Sequence[Line]) -> Iterator[int]:
    n_lines = len(page)
    return (index for index in range(n_lines) if index < _EDGE_LINES or index >= n_lines - _EDGE_LINES)


def _shape(line: Line) -> str:
    return _FIGURES.sub("#", line.text)


def _repeated(pages: Sequence[Sequence[Line]]) -> set[str]:
    """The lines, figures aside, that stand at the edge of many pages."""
    counts = Counter(shape for page in pages for shape in {_shape(page[index]) for index in _edges(page)})
    return {
        shape for shape, n_pages in counts.items() if n_pages >= _REPEATED_PAGES and _LETTERS.search(shape)
    }


def _body(page: Sequence[Line], repeated: set[str]) -> list[Line]:
    dropped = {index for index in _edges(page) if _shape(page[index]) in repeated or _is_number(page[index])}
    return [line for index, line in enumerate(page) if index not in dropped]


def _is_number(line: Line) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.text) or _ROMAN_NUMBER.fullmatch(line.text))


def _pitch(bodies: Sequence[Sequence[Line]]) -> float:
    """How far the lines of a paragraph are apart; infinite where that cannot be told."""
    steps = [
        step
        for body in bodies
        for above, below in pairwise(body)
        if 0 < (step := above.bottom - below.bottom) < 3 * max(above.height, 1)
    ]
    return median(steps) if steps else float("inf")


def _parted(body: Sequence[Line], pitch: float) -> Iterator[list[str]]:
    """The lines of each paragraph of a page."""
    if not body:
        return
    right = max(line.right for line in body)
    lines = [body[0].text]
    for above, below in pairwise(body):
        if _begins(above, below, pitch, right):
            yield lines
            lines = []
        lines.append(below.text)
    yield lines


def _begins(above: Line, below: Line, pitch: float, right: float) -> bool:
    """Whether the lower of two lines begins a paragraph."""
    step = above.bottom - below.bottom
    if step < 0:  # at the top of the next column
        return not _goes_on(above.text, below.text)
    if step > _GAP * pitch or abs(above.height - below.height) > _ANOTHER_SIZE * above.height:
        return True
    if step < _SAME_LINE * above.height:  # another piece of the same line
        return False
    if _LIST_MARK.match(below.text):
        return True
    is_indented = below.left - above.left > _INDENT * below.height
    return (is_indented and not _LIST_MARK.match(above.text)) or _is_last(above, below, right)


def _is_last(above: Line, below: Line, right: float) -> bool:
    """Whether a line ends a sentence, and had room for the next line's first word."""
    if _SENTENCE_END.search(above.text) is None:
        return False
    letter = (above.right - above.left) / len(above.text)
    return above.right + letter * (len(below.text.split(" ", 1)[0]) + 1) < right


def _goes_on(above: str, below: str) -> bool:
    """Whether a sentence goes on over a break."""
    return _SENTENCE_END.search(above) is None and (below[:1].islower() or _HYPHEN.search(above) is not None)


def _joined(lines: Sequence[str], compounds: set[str]) -> str:
    """The lines as one, hyphens that only parted words gone."""
    text = lines[0]
    for line in lines[1:]:
        if _SOFT_HYPHEN.search(text):
            text = text[:-1] + line
        elif _HYPHEN.search(text) and line[:1].islower():
            before, after = re.findall(r"\w+", text)[-1], re.findall(r"\w+", line)[0]
            is_compound = f"{before}-{after}".lower() in compounds
            text = (text if is_compound else text[:-1]) + line
        else:
            text = f"{text} {line}"
    return text

"""Split an article's text into passages on sentence boundaries.

A line of cleaned text is a paragraph or a line that must stay apart (a verse, a list entry), so a sentence
never crosses a line end. Sentences are then gathered into passages the way words are set into lines: of
all ways to break the text, the one of least total cost.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import sentencex

from corpus.types import Passage, Span

# About 120 words: well inside the encoder's 256 tokens, and a few phone screens at most.
MAX_PASSAGE_CHARS = 700

# Costs of a passage break, in units of one empty passage. Chosen so that two paragraphs that fit are kept
# together, a paragraph is cut only when it has to be or to save a passage that would be nearly empty, and
# a heading never ends a passage unless it ends the article.
CUT_PARAGRAPH = 1.0
PART_HEADING = 2.0

# A passage of more sentences than this is no prose; it also bounds the work on hostile text.
MAX_PASSAGE_SENTENCES = 60

# A short line without a closing mark that stands before a longer paragraph is read as its heading.
MAX_HEADING_CHARS = 80

# Few sentences of news are longer: one in twenty.
LONG_SENTENCE_CHARS = 250

# The sentence splitter's time grows with the square of what it is given when brackets or quotation marks
# never close: 5 s for 200,000 characters, 2 ms for a window of this size.
WINDOW_CHARS = 4_000

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_TRAILING_OPENER = re.compile(r"(?<=\s)[“„«»‘‹›\"'(\[¿¡]+\Z")
_QUOTES = "\"'“”„«»‘’‹›)]"
_WITHOUT_MARKS = dict.fromkeys(map(ord, _QUOTES + "(["), " ")
_WORD = re.compile(r"[^\W\d_]")
_SENTENCE_END = tuple(".!?…。！？؟।")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, and what ending a passage after it costs."""

    span: Span
    break_cost: float


def split(text: str, language: str, max_chars: int = MAX_PASSAGE_CHARS) -> tuple[Passage, ...]:
    """The passages of ``text`` in order; they are disjoint and leave out nothing but white space.

    Args:
        text: Cleaned text; text without a word gives no passages.
        language: ISO 639-1 code for the sentence splitter, which takes an unknown one for English.
        max_chars: No passage is longer; a longer sentence is cut at white space, or where it must be.
    """
    sentences = list(_sentences(text, language, max_chars))
    return tuple(
        Passage(
            Span(sentences[first].span.start, sentences[end - 1].span.end),
            tuple(sentence.span for sentence in sentences[first:end]),
        )
        for first, end in _cheapest_passages(sentences, max_chars)
    )


def _sentences(text: str, language: str, max_chars: int) -> Iterator[_Sentence]:
    """Every sentence of the text, none longer than ``max_chars``."""
    for line in _LINE.finditer(text):
        spans = [
            piece
            for start, end in _line_sentences(line.group(), language)
            for piece in _cut(text, line.start() + start, line.start() + end, max_chars=max_chars)
        ]
        for span in spans[:-1]:
            yield _Sentence(span, CUT_PARAGRAPH)
        if not _BLANK_LINE.match(text, line.end()):
            yield _Sentence(spans[-1], CUT_PARAGRAPH)
        elif len(spans) == 1 and _is_heading(spans[0].of(text)):
            yield _Sentence(spans[0], PART_HEADING)
        else:
            yield _Sentence(spans[-1], 0.0)


def _line_sentences(line: str, language: str) -> Iterator[tuple[int, int]]:
    """The sentences of one line, feeding the splitter a window at a time."""
    start = 0
    while start < len(line):
        window = line[start : start + WINDOW_CHARS]
        lengths = _sentence_lengths(window, language)
        if start + len(window) < len(line) and len(lengths) > 1:
            lengths.pop()  # it may go on beyond the window, so it opens the next one
        for length in lengths:
            yield start, start + length
            start += length


def _sentence_lengths(window: str, language: str) -> list[int]:
    """How long each sentence is with the white space after it; together they are the window."""
    lengths = [0]
    is_open = True  # what has been gathered has no word yet, or a mark that belongs to what follows
    for piece in _pieces(window, language):
        opener = _TRAILING_OPENER.search(piece)
        kept = len(piece) - len(opener.group()) if opener else len(piece)
        if is_open or not _WORD.search(piece):
            lengths[-1] += kept
        else:
            lengths.append(kept)
        is_open = is_open and not _WORD.search(piece)
        if opener:
            # The splitter leaves an opening mark with the sentence before: `… talks. “` + `We can …`
            lengths.append(len(piece) - kept)
            is_open = True
    if is_open and len(lengths) > 1:
        last = lengths.pop()
        lengths[-1] += last
    return lengths


def _pieces(window: str, language: str) -> Iterator[str]:
    """The splitter's sentences; a long one is split again without regard to quotations and brackets.

    The splitter never ends a sentence inside a quotation. Real articles forget to close them, or close `„`
    with `"`, and one mark then swallows a page; and a speech is not one sentence.
    """
    for piece in sentencex.segment(language, window):
        if len(piece) <= LONG_SENTENCE_CHARS:
            yield piece
            continue
        start = 0
        for part in sentencex.segment(language, piece.translate(_WITHOUT_MARKS)):
            yield piece[start : start + len(part)]
            start += len(part)


def _cut(text: str, start: int, end: int, *, max_chars: int) -> Iterator[Span]:
    """The slice without the white space around it, in pieces of at most ``max_chars``."""
    while True:
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if end <= start:
            return
        if end - start <= max_chars:
            yield Span(start, end)
            return
        place = _place_to_cut(text, start, start + max_chars)
        yield Span(start, start + len(text[start:place].rstrip()))
        start = place


def _place_to_cut(text: str, start: int, limit: int) -> int:
    """The last white space up to ``limit``, else ``limit`` itself or just before, never inside a letter."""
    for place in range(limit, start, -1):
        if text[place].isspace():
            return place
    place = limit
    while place > start + 1 and (
        unicodedata.combining(text[place]) or "\u200d" in text[place - 1 : place + 1]
    ):
        place -= 1
    return place if place > start + 1 else limit


def _is_heading(line: str) -> bool:
    """A short line that ends no sentence introduces what follows: a heading, or "He listed:"."""
    return len(line) <= MAX_HEADING_CHARS and not line.rstrip(_QUOTES).endswith(_SENTENCE_END)


def _cheapest_passages(sentences: list[_Sentence], max_chars: int) -> list[tuple[int, int]]:
    """The sentences of each passage as ``[first, end)``, by the least total cost of breaks and emptiness."""
    cost = [0.0]
    first_of = [0]
    for end in range(1, len(sentences) + 1):
        edge = sentences[end - 1].span.end
        break_cost = sentences[end - 1].break_cost
        best, best_first = math.inf, end - 1
        for first in range(end - 1, max(-1, end - 1 - MAX_PASSAGE_SENTENCES), -1):
            length = edge - sentences[first].span.start
            if length > max_chars:
                break
            total = cost[first] + (1 - length / max_chars) ** 2
            if total < best:
                best, best_first = total, first
        cost.append(best + break_cost)
        first_of.append(best_first)
    passages = []
    end = len(sentences)
    while end:
        passages.append((first_of[end], end))
        end = first_of[end]
    return passages[::-1]

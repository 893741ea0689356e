"""Chooses the sentences to show. Decides only; fetches nothing."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from corpus.types import Span

Shares = npt.NDArray[np.float64]

# What the best sentence's share of the question's terms adds to its cosine. Measured on 600 questions
# of SQuAD 2.0: the first excerpt held the answer .825 with 0, .832 with 0.2, .835 with 0.5, .835 with 1.
COVERAGE_WEIGHT = 0.5


def sentence_score(cosines: Shares, coverage: Shares) -> Shares:
    """How well sentences answer, to compare each with those around it, shape (m,)."""
    return cosines + COVERAGE_WEIGHT * coverage


# What stands in another paragraph has to answer that much better than what goes on in the same one.
PARAGRAPH_COST = 0.15

# A line this short that ends no sentence is a heading: an excerpt neither crosses nor shows it.
_MAX_HEADING_CHARS = 80
_SENTENCE_END = re.compile(r"[.!?…:;,。！？؟।][\s\"”“»«’‘›‹')\]]*$")


def choose_span(text: str, sentences: list[Span], scores: list[float], *, best: int, max_chars: int) -> Span:
    """The best sentence with the neighbours that answer best, as many as fit.

    Args:
        text: The article's text.
        sentences: Some of its sentences, in order, none left out between them.
        scores: How well each answers.
        best: Which of them the excerpt is about; it is never cut, however long.
        max_chars: The neighbours keep the excerpt within it.
    """
    first = last = best
    while True:
        fitting = []
        for neighbour, edge in ((first - 1, first), (last + 1, last)):
            if not 0 <= neighbour < len(sentences) or is_heading(text, sentences[neighbour]):
                continue
            if sentences[max(last, neighbour)].end - sentences[min(first, neighbour)].start <= max_chars:
                between = sorted((sentences[neighbour], sentences[edge]))
                cost = PARAGRAPH_COST if "\n" in text[between[0].end : between[1].start] else 0.0
                fitting.append((scores[neighbour] - cost, neighbour))
        if not fitting:
            return Span(sentences[first].start, sentences[last].end)
        _, chosen = max(fitting)
        first, last = min(first, chosen), max(last, chosen)


def is_heading(text: str, sentence: Span) -> bool:
    """Whether a sentence is a line of its own that reads as a heading."""
    opens = sentence.start == 0 or text[sentence.start - 1] == "\n"
    closes = sentence.end == len(text) or text[sentence.end] == "\n"
    short = len(sentence) <= _MAX_HEADING_CHARS
    return opens and closes and short and not _SENTENCE_END.search(sentence.of(text))

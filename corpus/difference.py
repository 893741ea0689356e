"""What has changed around a quotation between two versions of an article: by sentences, then by words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from corpus.types import Span

# The quotation is shown with so many sentences before and after it.
AROUND = 1

# Aligning takes time that grows with the square of what is aligned. An article has a few hundred sentences;
# of a book, what is near the quotation is compared. A longer stretch of words is shown whole.
MAX_SENTENCES = 2_000
MAX_WORDS = 400
MAX_CHARS = 2_000

_SENTENCE = re.compile(r"[^\n.!?…。！？]*[.!?…。！？]*[\"'”’»)\]]*\s*")
_WORD = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words, and whether they are in both versions, only in the old one, or only in the new one."""

    kind: Literal["same", "old", "new"]
    text: str


def difference(old: str, new: str, quoted: Span) -> tuple[Stretch, ...]:
    """What stands around a quotation in two versions of an article, in order.

    Args:
        old: The version that is quoted.
        new: The other one.
        quoted: The quotation in ``old``.
    """
    old_starts, new_starts = _sentence_starts(old), _sentence_starts(new)
    first = max(0, bisect_right(old_starts, quoted.start) - 1 - AROUND)
    end = min(len(old_starts), bisect_left(old_starts, quoted.end) + AROUND)
    olds, news = _sentences(old, old_starts), _sentences(new, new_starts)
    return _joined(_around(olds, news, first, end))


def _around(olds: list[str], news: list[str], first: int, end: int) -> Iterator[Stretch]:
    """The difference of the sentences ``[first, end)`` of the old version and of what came in their place."""
    for kind, i1, i2, j1, j2 in _aligned(olds, news, first, end):
        if i2 < first or i1 > end or (i2 == first and i1 < i2) or (i1 == end and i1 < i2):
            continue
        if kind == "equal":
            yield Stretch("same", _cut("".join(olds[max(i1, first) : min(i2, end)])))
        else:
            yield from _by_words(
                _cut("".join(olds[max(i1, first) : min(i2, end)])), _cut("".join(news[j1:j2]))
            )


def _aligned(
    olds: list[str], news: list[str], first: int, end: int
) -> Iterator[tuple[str, int, int, int, int]]:
    """Which sentences of the two versions belong together, as `difflib` tells it."""
    n_shorter = min(len(olds), len(news))
    head = next((n for n in range(n_shorter) if olds[n] != news[n]), n_shorter)
    left = n_shorter - head
    tail = next((n for n in range(left) if olds[-1 - n] != news[-1 - n]), left)
    low, high = head, len(olds) - tail
    new_low, new_high = head, len(news) - tail
    if max(high - low, new_high - new_low) > MAX_SENTENCES:
        low, high = max(low, first - MAX_SENTENCES // 2), min(high, end + MAX_SENTENCES // 2)
        new_low = max(new_low, min(low, new_high - MAX_SENTENCES))
        new_high = min(new_high, new_low + MAX_SENTENCES)
    yield "equal", 0, head, 0, head
    matcher = SequenceMatcher(None, olds[low:high], news[new_low:new_high])
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        yield kind, i1 + low, i2 + low, j1 + new_low, j2 + new_low
    yield "equal", len(olds) - tail, len(olds), len(news) - tail, len(news)


def _by_words(old: str, new: str) -> Iterator[Stretch]:
    olds, news = _WORD.findall(old), _WORD.findall(new)
    if max(len(olds), len(news)) > MAX_WORDS:
        yield Stretch("old", old)
        yield Stretch("new", new)
        return
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, olds, news).get_opcodes():
        if kind == "equal":
            yield Stretch("same", "".join(olds[i1:i2]))
        else:
            yield Stretch("old", "".join(olds[i1:i2]))
            yield Stretch("new", "".join(news[j1:j2]))


def _joined(stretches: Iterator[Stretch]) -> tuple[Stretch, ...]:
    """The stretches without the empty ones, neighbours of one kind as one."""
    joined: list[Stretch] = []
    for stretch in stretches:
        if joined and joined[-1].kind == stretch.kind:
            joined[-1] = Stretch(stretch.kind, joined[-1].text + stretch.text)
        elif stretch.text:
            joined.append(stretch)
    return tuple(joined)


def _sentence_starts(text: str) -> list[int]:
    """Where each sentence begins; with the white space after it, it ends where the next begins."""
    return [match.start() for match in _SENTENCE.finditer(text) if match.end() > match.start()]


def _sentences(text: str, starts: Sequence[int]) -> list[str]:
    ends = [*starts[1:], len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=False)]


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CHARS else f"{text[:MAX_CHARS].rstrip()}… "

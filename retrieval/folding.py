"""Tells a reprint from a report of its own. Decides only; fetches nothing.

Papers print one agency report under other headlines, leave a sentence out and put one in. Whoever exchanges
words, or has another number, tells something else, and a reader must see both.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from retrieval.answer_type import COUNT
from retrieval.premises import DENYING

# Signs that make a number another one belong to its words.
_WORD = re.compile(r"\w+|[%‰°€$£¥₽]|(?<!\w)[-−](?=\d)")
_PROBE = re.compile(r"\w+ \w+ \w+")
_MAX_PROBES = 6
_COUNT_WORD = re.compile(COUNT, re.IGNORECASE)
# What denies, and what makes an exception.
_LIMITING = DENYING | {"unless", "only", "nur", "salvo", "solo", "sólo", "seulement", "только", "лишь"}

# "The" of "The Coast" is no name.
_MIN_NAME_CHARS = 4

# Fewer words in a row are shared by reports that have nothing to do with each other: "on the other hand".
_MIN_RUN = 3
# Of the words of what is shown, and of its best sentence.
MIN_SHARE = 0.5
MIN_BEST_SHARE = 0.8
# The best sentence with what was put into it, to the sentence as it was.
MAX_BEST_STRETCH = 1.5
# So few words may stand in any two articles ("He declined to comment."): all there is must be the same.
MIN_WORDS = 8


@dataclass(frozen=True, slots=True)
class Report:
    """Sentences of one article as words, to be compared with another's.

    Args:
        words: In lower case, without punctuation.
        named: Which of them are capitalised where no sentence begins.
        sentences: For each word, the number of its sentence.
        best: The number of the sentence that answers best.
        probes: Some runs of words of that sentence, as they stand in it.
        outlet: The words of the outlet's name, in lower case.
    """

    words: tuple[str, ...]
    named: tuple[bool, ...]
    sentences: tuple[int, ...]
    best: int
    probes: tuple[str, ...]
    outlet: frozenset[str]


def report(sentences: Sequence[str], *, best: int = 0, outlet: str | None = None) -> Report:
    """Sentences of one article, to be compared.

    Args:
        sentences: In order.
        best: Number of the one that answers best.
        outlet: Who published the article.
    """
    found = [
        (word.lower(), word[0].isupper() and place > 0, number)
        for number, sentence in enumerate(sentences)
        for place, word in enumerate(_WORD.findall(sentence))
    ]
    return Report(
        words=tuple(word for word, _, _ in found),
        named=tuple(named for _, named, _ in found),
        sentences=tuple(number for _, _, number in found),
        best=best,
        # The longest are the rarest.
        probes=tuple(sorted(_PROBE.findall(sentences[best]), key=len)[-_MAX_PROBES:]),
        outlet=frozenset(
            word.lower() for word in _WORD.findall(outlet or "") if len(word) >= _MIN_NAME_CHARS
        ),
    )


def may_retell(text: str, told: Report) -> bool:
    """Whether ``text`` is worth comparing: a thousand times faster than `retells`, and seldom mistaken."""
    return any(probe in text for probe in told.probes)


def retells(told: Report, other: Report) -> bool:
    """Whether ``other`` says all that matters of ``told`` in the same words.

    It may leave out sentences and put some in, and words too: of the best sentence few and no name. In no
    sentence that both hold may a number or a "not" be gone or new, nor may words be exchanged for others,
    but for the outlet's name.
    """
    outlets = told.outlet | other.outlet
    told, other = _without(told, outlets), _without(other, outlets)
    if len(told.words) < MIN_WORDS:
        return bool(told.words) and told.words == other.words
    if not _may_hold_best(told, frozenset(other.words)):
        return False
    runs = _shared_runs(told.words, other.words)
    if sum(size for _, _, size in runs) < MIN_SHARE * len(told.words) or not _holds_best(told, runs):
        return False
    kept = _sentences(told, [(start, size) for start, _, size in runs])
    shared = _sentences(other, [(start, size) for _, start, size in runs])
    return all(
        _is_harmless(_Change(told, gone, kept), _Change(other, put, shared))
        for gone, put in _gaps(told, other, runs)
    )


@dataclass(frozen=True, slots=True)
class _Change:
    """What one report has between two runs of words that both have.

    Args:
        report: Whose words they are.
        places: Of the words.
        shared: The sentences of the report of which the other holds some words.
    """

    report: Report
    places: range
    shared: frozenset[int]

    def inside(self) -> list[int]:
        """The words of sentences that both hold."""
        return [place for place in self.places if self.report.sentences[place] in self.shared]

    def beside(self) -> bool:
        """Whether there are whole sentences that only this one holds."""
        return len(self.inside()) < len(self.places)

    def has_fact(self) -> bool:
        """Whether a number, a "not" or an exception stands in a sentence that both hold."""
        return any(_is_fact(self.report.words[place]) for place in self.inside())

    def names(self) -> set[int]:
        """The sentences in which a name stands there."""
        return {self.report.sentences[place] for place in self.places if self.report.named[place]}

    def is_in_best(self) -> bool:
        """Whether words of the best sentence stand on either side."""
        around, numbers = (self.places.start - 1, self.places.stop), self.report.sentences
        return all(0 <= place < len(numbers) and numbers[place] == self.report.best for place in around)


def _is_harmless(gone: _Change, put: _Change) -> bool:
    is_exchange = bool(gone.inside() and put.inside()) or (gone.beside() and put.beside())
    is_other_name = gone.report.best in gone.names() or (gone.is_in_best() and bool(put.names()))
    return not (is_exchange or is_other_name or gone.has_fact() or put.has_fact())


def _without(report: Report, names: frozenset[str]) -> Report:
    """The report without names that papers put their own in place of."""
    kept = [place for place, word in enumerate(report.words) if not (report.named[place] and word in names)]
    if len(kept) == len(report.words):
        return report
    return replace(
        report,
        words=tuple(report.words[place] for place in kept),
        named=tuple(report.named[place] for place in kept),
        sentences=tuple(report.sentences[place] for place in kept),
    )


def _sentences(report: Report, runs: list[tuple[int, int]]) -> frozenset[int]:
    return frozenset(number for start, size in runs for number in report.sentences[start : start + size])


def _shared_runs(told: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs of words that both hold, in order: where each starts in either, and how long it is."""
    before, whole, _ = f" {' '.join(other)} ".partition(f" {' '.join(told)} ")
    if whole:  # most reprints, and thirty times faster than to align the words
        return [(0, before.count(" "), len(told))]
    blocks = SequenceMatcher(None, told, other, autojunk=False).get_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size >= _MIN_RUN]


def _best(told: Report) -> range:
    """The words of the sentence that answers."""
    return range(bisect_left(told.sentences, told.best), bisect_right(told.sentences, told.best))


def _may_hold_best(told: Report, words: frozenset[str]) -> bool:
    """What `_holds_best` needs at least, in a hundredth of the time."""
    best = _best(told)
    return bool(best) and sum(told.words[place] in words for place in best) >= MIN_BEST_SHARE * len(best)


def _holds_best(told: Report, runs: list[tuple[int, int, int]]) -> bool:
    """Whether nearly all of the best sentence is there, and in one place."""
    best = _best(told)
    held = [
        start + place - own
        for own, start, size in runs
        for place in range(max(own, best.start), min(own + size, best.stop))
    ]
    if len(held) < MIN_BEST_SHARE * len(best):
        return False
    return held[-1] - held[0] < MAX_BEST_STRETCH * len(best)


def _gaps(told: Report, other: Report, runs: list[tuple[int, int, int]]) -> Iterator[tuple[range, range]]:
    """What stands between the shared runs in either, and beside them in the same sentence."""
    first, last = runs[0], runs[-1]
    yield (
        range(_sentence_start(told, first[0]), first[0]),
        range(_sentence_start(other, first[1]), first[1]),
    )
    for (a, b, size), (next_a, next_b, _) in pairwise(runs):
        yield range(a + size, next_a), range(b + size, next_b)
    a, b, size = last
    yield (
        range(a + size, _sentence_end(told, a + size - 1)),
        range(b + size, _sentence_end(other, b + size - 1)),
    )


def _sentence_start(report: Report, place: int) -> int:
    return report.sentences.index(report.sentences[place])


def _sentence_end(report: Report, place: int) -> int:
    return bisect_right(report.sentences, report.sentences[place])


def _is_fact(word: str) -> bool:
    """Whether a word is part of a number, denies something or makes an exception."""
    return (
        any(letter.isdigit() for letter in word)
        or not word[0].isalpha()
        or word in _LIMITING
        or bool(_COUNT_WORD.fullmatch(word))
    )

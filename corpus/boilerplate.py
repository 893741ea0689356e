"""Tell the lines that a source puts on its articles from the articles: those that repeat across them.

A byline, a plea to subscribe, a notice of cookies, a row of share buttons: each is like any other line, but
stands in many articles of one site or feed. So lines are counted by source, by a key that case and
punctuation make no difference to, and those of many articles are taken out. Figures do make one: "The
highest temperature was 12 degrees" and "… 14 degrees" are two facts.

Only short lines are counted; at the top and the bottom of an article, where such lines mostly are, longer
ones too. An article of which much repeats is a reprint, and loses nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

# A line of fewer articles may be chance: a subheading, a refrain.
MIN_ARTICLES = 3
MIN_SHARE = 0.3

# Lines so near to the top or the bottom may be so long, those between only as long as a label.
EDGE_LINES = 5
MAX_EDGE_CHARS = 300
MAX_LINE_CHARS = 120

# More than so much of an article is no boilerplate.
MAX_REMOVED_SHARE = 0.3

_NOT_WORDS = re.compile(r"\W+")
_LETTERS = re.compile(r"[^\W\d_]{2}")


def lines_by_key(text: str) -> dict[str, str]:
    """The keys of the lines of an article that may turn out to be its source's, each with a line that has it.

    Args:
        text: Cleaned text, as in `CleanArticle`.
    """
    lines = text.split("\n")
    return {key: lines[index] for index, key in _candidates(lines)}


def repeated(counts: Mapping[str, int], n_articles: int) -> frozenset[str]:
    """The keys of the lines that repeat across a source.

    Args:
        counts: In how many of its articles each key is.
        n_articles: How many articles were counted.
    """
    least = max(MIN_ARTICLES, MIN_SHARE * n_articles)
    return frozenset(key for key, n_with in counts.items() if n_with >= least)


def without(text: str, keys: frozenset[str], already: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...]]:
    """The text without the lines that have one of the keys, and those lines in their order.

    Never takes out more than `MAX_REMOVED_SHARE` of the characters: then the text stays as it is.

    Args:
        text: Cleaned text.
        keys: Of the lines to take out.
        already: Lines that were taken out of it before, which count for that share.
    """
    lines = text.split("\n")
    dropped = {index for index, key in _candidates(lines) if key in keys}
    removed = tuple(lines[index] for index in sorted(dropped))
    n_before = sum(map(len, already))
    n_removed = n_before + sum(map(len, removed))
    if not removed or n_removed > MAX_REMOVED_SHARE * (n_before + len(text)):
        return text, ()
    kept = "\n".join(line for index, line in enumerate(lines) if index not in dropped)
    return "\n\n".join(filter(None, (paragraph.strip("\n") for paragraph in kept.split("\n\n")))), removed


def _candidates(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The indices and keys of the lines that are short enough for where they stand."""
    filled = [index for index, line in enumerate(lines) if line.strip()]
    edges = {*filled[:EDGE_LINES], *filled[-EDGE_LINES:]}
    for index in filled:
        line = lines[index]
        if len(line) <= (MAX_EDGE_CHARS if index in edges else MAX_LINE_CHARS) and _LETTERS.search(line):
            yield index, _key(line)


def _key(line: str) -> str:
    """16 hex digits, the same for lines that differ in case, spaces and punctuation only."""
    shape = _NOT_WORDS.sub(" ", line.casefold()).strip()
    return hashlib.sha256(shape.encode("utf-8", "replace")).hexdigest()[:16]

"""Words for texts that are written without spaces: overlapping runs of a few letters.

Chinese, Japanese and Thai do not say where a word ends, and each would need a dictionary to tell. Runs of two
letters, as Lucene's CJKAnalyzer has them, find nearly as much. An alphabet needs longer runs: with the spaces
taken out of xquad in English, Spanish and Russian, BM25 by runs of two letters had the right article first
for .53 to .66 of 400 questions, by three .86 to .91, by four .90 to .93, by words .80 to .92. Thai has
shorter words than these, so three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.types import Span

# Han, kana and Hangul: Korean has spaces, but writes at the end of a word what English has words for.
_SYLLABLES = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"

# Tones and other marks that are no letters; the word index would take a word apart at them.
_MARK = re.compile("[\u0e3a\u0e47-\u0e4e\uff9e\uff9f]")

_STRETCH = re.compile(f"(?P<syllables>[{_SYLLABLES}]+)|(?P<thai>[{_THAI}]+)")
_WORD = re.compile(f"{_STRETCH.pattern}|(?:(?![{_SYLLABLES}{_THAI}])\\w)+")
_LETTERS = {"syllables": 2, "thai": 3}


def spaced(text: str) -> str:
    """``text`` with a space between overlapping runs of letters, where its writing has none between words."""
    if text.isascii():  # nearly every sentence there is, and a hundred are read for a question
        return text
    return _STRETCH.sub(lambda stretch: f" {' '.join(run for _, run in _runs(stretch))} ", text)


def words(text: str) -> Iterator[Span]:
    """Every word of ``text`` in order; in writing without spaces, every run of letters, which overlap."""
    for word in _WORD.finditer(text):
        if word.lastgroup is None:
            yield Span(word.start(), word.end())
        else:
            yield from (span for span, _ in _runs(word))


def _runs(stretch: re.Match[str]) -> Iterator[tuple[Span, str]]:
    """The overlapping runs of a stretch of letters: each with where it stands, and without its marks."""
    text, n_letters = stretch.string, _LETTERS[stretch.lastgroup or ""]
    places = [place for place in range(*stretch.span()) if not _MARK.match(text, place)]
    for run in range(max(min(1, len(places)), len(places) - n_letters + 1)):
        some = places[run : run + n_letters]
        end = places[run + n_letters] if run + n_letters < len(places) else stretch.end()
        yield Span(some[0], end), "".join(text[place] for place in some)

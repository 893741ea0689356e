"""What editors have hidden of the articles, looked up for every answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.reports import Reports
from corpus.errors import FootnoteError
from corpus.types import ArticleVersion, Span
from retrieval.types import Excerpt

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of a version that is not to be shown, nor its words in any other version."""

    article_id: str
    version_seq: int
    span: Span
    words: str


class Hidden:
    """The stretches of articles that are not to be shown. Any thread may call.

    They are read anew for each answer, so that what an admin decides, in whichever process, holds from then
    on. That takes 0.8 ms where there are a thousand reports and a hundred of them hide something.

    Args:
        reports: Those that were decided.
        read: The version and the span that a receipt was given for; None where it was given for none.
    """

    def __init__(self, reports: Reports, read: Callable[[str], tuple[ArticleVersion, Span] | None]) -> None:
        self._reports = reports
        self._read = read
        # One value, so that no thread ever sees the half of it that another has changed.
        self._last: tuple[frozenset[str], tuple[_Stretch, ...]] = frozenset(), ()

    def without(self, excerpts: tuple[Excerpt, ...]) -> tuple[Excerpt, ...]:
        """The excerpts that share no word with what is hidden, and do not say it in another version."""
        known = self._stretches() if excerpts else ()
        return tuple(each for each in excerpts if not any(_shows(each, hidden) for hidden in known))

    def clear_of(self, version: ArticleVersion, shown: Span, *, kept: Span) -> Span:
        """As much of ``shown`` on either side of ``kept`` as nothing hidden stands in."""
        start, end = shown.start, shown.end
        for hidden in self._stretches():
            if hidden.article_id != version.article_id:
                continue
            for span in _places(hidden, version):
                if span.end <= kept.start:
                    start = max(start, span.end)
                elif span.start >= kept.end:
                    end = min(end, span.start)
        return Span(start, end)

    def _stretches(self) -> tuple[_Stretch, ...]:
        try:
            receipts = self._reports.hidden()
            if receipts != self._last[0]:
                self._last = receipts, tuple(filter(None, map(self._stretch, sorted(receipts))))
        except FootnoteError as problem:  # what was hidden a moment ago stays so, and questions are answered
            _log.error("What is hidden was not read: %s", problem)
        return self._last[1]

    def _stretch(self, receipt: str) -> _Stretch | None:
        found = self._read(receipt)
        if found is None:
            return None
        version, span = found
        return _Stretch(version.article_id, version.seq, span, span.of(version.text))


def _shows(excerpt: Excerpt, hidden: _Stretch) -> bool:
    if excerpt.article.id != hidden.article_id:
        return False
    if excerpt.version_seq == hidden.version_seq:
        return excerpt.span.overlaps(hidden.span)
    return hidden.words in excerpt.text or excerpt.text in hidden.words


def _places(hidden: _Stretch, version: ArticleVersion) -> list[Span]:
    """Where the hidden words stand in a version."""
    if version.seq == hidden.version_seq:
        return [hidden.span]
    at = version.text.find(hidden.words)
    return [] if at == -1 else [Span(at, at + len(hidden.words))]

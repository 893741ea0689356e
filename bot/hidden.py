"""What editors have hidden of the articles, looked up for every answer."""

from __future__ import annotations

import logging

from bot.reports import Reports
from corpus.errors import FootnoteError
from retrieval.receipt import Receipt, read_receipt
from retrieval.types import Excerpt

_log = logging.getLogger(__name__)


class Hidden:
    """The stretches of versions that are not to be shown. Any thread may call.

    They are read anew for each answer, so that what an admin decides, in whichever process, holds from then
    on. That takes 0.8 ms where there are a thousand reports and a hundred of them hide something.

    Args:
        reports: Those that were decided.
    """

    def __init__(self, reports: Reports) -> None:
        self._reports = reports
        # One value, so that no thread ever sees the half of it that another has changed.
        self._last: tuple[frozenset[str], tuple[Receipt, ...]] = frozenset(), ()

    def without(self, excerpts: tuple[Excerpt, ...]) -> tuple[Excerpt, ...]:
        """The excerpts that share no word with what is hidden."""
        if not excerpts:
            return excerpts
        try:
            receipts = self._reports.hidden()
            if receipts != self._last[0]:
                self._last = receipts, tuple(filter(None, map(read_receipt, receipts)))
        except FootnoteError as problem:  # what was hidden a moment ago stays so, and questions are answered
            _log.error("What is hidden was not read: %s", problem)
        known = self._last[1]
        return tuple(each for each in excerpts if not any(_overlap(each, hidden) for hidden in known))


def _overlap(excerpt: Excerpt, hidden: Receipt) -> bool:
    return excerpt.version_seq == hidden.version_seq and excerpt.span.overlaps(hidden.span)

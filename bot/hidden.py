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

    They are read anew for each answer, which takes less than a thousandth of a second, so that what an admin
    decides, in whichever process, holds from then on.

    Args:
        reports: Those that were decided.
    """

    def __init__(self, reports: Reports) -> None:
        self._reports = reports
        self._known: tuple[Receipt, ...] = ()

    def without(self, excerpts: tuple[Excerpt, ...]) -> tuple[Excerpt, ...]:
        """The excerpts that share no word with what is hidden."""
        if not excerpts:
            return excerpts
        try:
            self._known = tuple(filter(None, map(read_receipt, self._reports.hidden())))
        except FootnoteError as problem:  # what was hidden a moment ago stays so, and questions are answered
            _log.error("What is hidden was not read: %s", problem)
        known = self._known
        return tuple(each for each in excerpts if not any(_overlap(each, hidden) for hidden in known))


def _overlap(excerpt: Excerpt, hidden: Receipt) -> bool:
    return excerpt.version_seq == hidden.version_seq and excerpt.span.overlaps(hidden.span)

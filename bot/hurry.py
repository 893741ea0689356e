"""Where more is asked than is answered, each question takes less, so that all are answered soon."""

from __future__ import annotations

from dataclasses import replace

from bot.workers import Workers
from retrieval.types import Query

# So many wait for each thread where it takes them in half a second to a second, read in full.
BEHIND = 4


def hurried(query: Query, workers: Workers) -> Query:
    """The question as it is to be answered now: to be asked when its turn has come, in any thread."""
    return replace(query, hurried=workers.waiting >= BEHIND * workers.count)

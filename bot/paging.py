"""A page of a list that may have become shorter since its button was shown."""

from __future__ import annotations

from collections.abc import Callable

from bot.workers import Workers
from retrieval.types import Article

Page = tuple[Article, ...]


async def page_from(
    workers: Workers, ask: Callable[[int, int], tuple[Page, int]], *, offset: int, size: int
) -> tuple[Page, int, int]:
    """The page that begins at ``offset``, or the last one that there still is.

    Args:
        workers: Run it.
        ask: Gives up to so many articles from an offset on, and how many there are in all.
        offset: Where the page was.
        size: How many articles a page has.

    Returns:
        The articles, how many there are in all, and where the page begins.
    """
    found, total = await workers.run(ask, offset, size)
    if not found and total:
        offset = (total - 1) // size * size
        found, total = await workers.run(ask, offset, size)
    return found, total, offset

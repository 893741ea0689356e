"""The part of an editor that reindexes, over a shelf in memory."""

from __future__ import annotations

from shelf_desk import ShelfDesk

from bot.desk import Desk
from retrieval.build_types import BuildReport, Preview
from retrieval.types import Article


class ShelfEditor:
    """Reindexes a shelf.

    Attributes:
        preview_: What a reindex would change.
        asked: Who reindexed, and whether it was forced.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        shelf = desk.shelf if isinstance(desk, ShelfDesk) else ()
        articles = tuple(Article(stored.article_id, stored.metadata) for stored in shelf)
        self.found = Preview(added=articles[:2], updated=articles[2:3], removed=(), refusal=None)
        self.in_order = True
        self.asked: list[tuple[int, bool]] = []

    def preview(self) -> tuple[Preview, bool]:
        """See `Editor`."""
        return self.found, self.in_order

    def reindex(self, *, by: int, force: bool, on_progress) -> BuildReport:
        """See `Editor`."""
        self.asked.append((by, force))
        return self.desk.reindex(on_progress)

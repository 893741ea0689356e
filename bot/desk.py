"""The desk: everything the conversation asks of the library and the snapshot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from corpus.types import Span
from retrieval.build_types import BuildReport, Progress
from retrieval.types import Article, Excerpt, Query, Reply, SnapshotInfo


class Desk(Protocol):
    """What the bot needs behind it; every method is synchronous and may be called from any thread."""

    def answer(self, query: Query) -> Reply:
        """The verdict on a question, from the current snapshot.

        Raises:
            SnapshotError: There is no snapshot that can answer.
        """
        ...

    def info(self) -> SnapshotInfo:
        """What the current snapshot holds.

        Raises:
            SnapshotError: There is no snapshot that can answer.
        """
        ...

    def articles(self, offset: int, limit: int) -> tuple[tuple[Article, ...], int]:
        """Up to ``limit`` articles from ``offset``, newest first, and how many there are in all."""
        ...

    def resolve(self, receipt: str) -> Excerpt | None:
        """The excerpt behind a receipt, read again from the library; None if it does not verify."""
        ...

    def around(self, receipt: str) -> tuple[str, Span] | None:
        """The paragraphs around an excerpt, and where in them it stands; None if it does not verify."""
        ...

    def reindex(self, on_progress: Callable[[Progress], None]) -> BuildReport:
        """Build a snapshot from the library as it is now and switch to it; may take minutes.

        Raises:
            Busy: Another build is running, here or in another process.
            LossError: It would lose a large share of the articles.
        """
        ...

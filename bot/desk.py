"""The desk: everything the conversation asks of the library and the snapshot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.verified import Verified
from corpus.types import Span
from retrieval.build_types import BuildReport, Progress
from retrieval.encoder import Encoder
from retrieval.examples import ExampleKind
from retrieval.filters import NameKind
from retrieval.read_filters import FilteredQuestion
from retrieval.types import Article, Excerpt, Nearest, Query, Reply, SnapshotInfo, Widening


@dataclass(frozen=True, slots=True)
class SampleQuestion:
    """A question that the articles answer.

    Args:
        kind: How it asks.
        name: What it asks about.
        language: ISO 639-1 code of the article that answers.
        receipt: Of the name in that article, by which a button finds it again.
    """

    kind: ExampleKind
    name: str
    language: str
    receipt: str


class Desk(Protocol):
    """What the bot needs behind it; every method is synchronous and may be called from any thread."""

    def answer(self, query: Query) -> Reply:
        """The verdict on a question, from the current snapshot.

        Raises:
            SnapshotError: There is no snapshot that can answer.
        """
        ...

    def nearest(self, query: Query, n_excerpts: int) -> Nearest:
        """What the articles hold nearest to a question, however far that is.

        Raises:
            SnapshotError: There is no snapshot that can answer.
        """
        ...

    def examples(self, language: str) -> tuple[SampleQuestion, ...]:
        """Up to three questions about different articles, each of which gets an answer.

        Args:
            language: ISO 639-1 code; articles in it come first.

        Raises:
            SnapshotError: There is no snapshot that can answer.
        """
        ...

    def read(self, text: str, asked: date | None = None) -> FilteredQuestion:
        """A question taken apart from the filters it is written with.

        Args:
            text: One line.
            asked: The day of asking, None for today.

        Raises:
            SnapshotError: There is no snapshot that can answer.
        """
        ...

    def widened(self, query: Query) -> tuple[Widening, ...]:
        """What the same question finds without some of its filters; raises as `answer`."""
        ...

    def close_names(self, kind: NameKind, name: str) -> tuple[str, ...] | None:
        """Up to three names that are spelt nearly so; None where an article has it. Raises as `answer`."""
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
        """The excerpt behind a receipt, read again from the library.

        None if it does not verify, or editors have hidden it.
        """
        ...

    def verify(self, receipt: str) -> Verified | None:
        """The same with what has become of it since, even where it is hidden; None if it does not verify."""
        ...

    def around(self, receipt: str) -> tuple[str, Span] | None:
        """The paragraphs around an excerpt, and where in them it stands; None if it does not verify."""
        ...

    @property
    def encoder(self) -> Encoder:
        """What tells which questions ask the same; may take seconds to load."""
        ...

    def reindex(self, on_progress: Callable[[Progress], None]) -> BuildReport:
        """Build a snapshot from the library as it is now and switch to it; may take minutes.

        Raises:
            Busy: Another build is running, here or in another process.
            LossError: It would lose a large share of the articles.
        """
        ...

"""The editor: everything that admins ask of a library from the chat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from corpus.errors import UnreadableSource
from corpus.readable_library import Sight
from corpus.sources import Source
from corpus.storing import PutStatus
from corpus.telegram_post import Post
from corpus.types import ArticleVersion, Metadata
from corpus.watches import Watch
from retrieval.build_types import BuildReport, Preview, Progress
from retrieval.types import Article, SnapshotInfo

OnProgress = Callable[[Progress], None]
Fate = PutStatus | Literal["failed"]


@dataclass(frozen=True, slots=True)
class Glimpse:
    """An article among what was sent, as it would be stored.

    Args:
        metadata: What is known of it.
        beginning: Its first words.
        language: ISO 639-1 code, or ``und``.
        n_passages: Into how many passages it is cut.
        status: What adding it would do.
        known: The article that it is a version of, or that has the same words; None for a new one.
        near: Other articles that say nearly the same, the most alike first.
    """

    metadata: Metadata
    beginning: str
    language: str
    n_passages: int
    status: PutStatus
    known: Article | None
    near: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class SentPreview:
    """What somebody sent, before it is decided about.

    Args:
        sent_id: By which it is added or dropped.
        origin: What a person would call it.
        glimpses: Its first articles.
        listed: What is known of the first articles and links, in their order.
        n_articles: How many articles it holds.
        n_links: How many further articles it names; each has to be fetched.
        n_problems: How many of its articles cannot be read.
        problem: The first of these problems.
        has_same_name: Whether it is known only by the name it was sent under, and an article sent under
            that name says something else.
    """

    sent_id: str
    origin: str
    glimpses: tuple[Glimpse, ...]
    listed: tuple[Metadata, ...]
    n_articles: int
    n_links: int = 0
    n_problems: int = 0
    problem: UnreadableSource | None = None
    has_same_name: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of something that was added or read again.

    Args:
        source: What it was.
        counts: How many of its articles met each fate.
        n_gone: How many articles are gone at their source since it was read last.
        reason: Of the first failure, what is wrong and what mends it; None where nothing failed.
    """

    source: str
    counts: Mapping[Fate, int]
    n_gone: int = 0
    reason: str | None = None

    @property
    def n_changed(self) -> int:
        """How many articles a reindex would take in."""
        return sum(self.counts.get(status, 0) for status in _CHANGES)


_CHANGES: tuple[PutStatus, ...] = ("added", "updated")


@dataclass(frozen=True, slots=True)
class Card:
    """All there is to say of an article.

    Args:
        article: Which; as it was last where it was removed.
        head: The version readers are shown; None where it was removed.
        history: Its versions, the oldest first.
        sources: What gives it.
        gone_utc: Since when it is gone at all of its sources; None where it is not.
        near: Other articles that say nearly the same.
    """

    article: Article
    head: ArticleVersion | None
    history: tuple[Sight, ...]
    sources: tuple[Source, ...]
    gone_utc: str | None
    near: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """An article that was taken out.

    Args:
        article: Which.
        seq: The version that would be shown again.
    """

    article: Article
    seq: int


class Editor(Protocol):
    """What admins do; every method is synchronous and may be called from any thread.

    ``by`` is the id of whoever asks, for the record. What changes the library raises `Busy` while somebody
    else changes it, and any `FootnoteError` where it cannot be done.
    """

    def receive_file(self, name: str, content: bytes, media_type: str | None) -> SentPreview:
        """Look at a file that was sent, and keep it for a day.

        Raises:
            UnreadableSource: Nothing in it can be read; it is not kept.
        """
        ...

    def receive_link(self, url: str) -> SentPreview:
        """Fetch and look at what stands at a web address, and keep it for a day.

        Raises:
            UnreadableSource: It cannot be fetched, or nothing in it can be read; it is not kept.
        """
        ...

    def receive_post(self, post: Post) -> SentPreview:
        """Look at a message that was forwarded, and keep it for a day.

        Raises:
            UnreadableSource: It has no words.
        """
        ...

    def add(self, sent_id: str, *, by: int, apart: bool, on_progress: OnProgress) -> Taken | None:
        """Add what was sent; None where it is not kept any more.

        Args:
            sent_id: Which.
            by: Who.
            apart: Not as a new version of what was sent under the same name, but as an article of its own.
            on_progress: Told after every article.
        """
        ...

    def is_kept(self, sent_id: str) -> bool:
        """Whether what was sent can still be added."""
        ...

    def cancel(self, sent_id: str, *, by: int) -> bool:
        """Drop what was sent; False where it is not kept any more."""
        ...

    def prune(self) -> None:
        """Forget what was sent more than a day ago."""
        ...

    def titled(self, words: str, offset: int, limit: int) -> tuple[tuple[Article, ...], int]:
        """Up to ``limit`` articles with ``words`` in their titles, newest first, and how many there are."""
        ...

    def card(self, name: str) -> Card | None:
        """All there is to say of the article with this id or address; None where there is none."""
        ...

    def remove(self, name: str, *, by: int) -> Removed | None:
        """Take out the article with this id or address; None where there is none."""
        ...

    def id_of(self, seq: int) -> str | None:
        """The article that version ``seq`` is one of; None where no version has that number."""
        ...

    def put_back(self, seq: int, *, by: int) -> Article | None:
        """Undo a removal; None where the article is there, or never was."""
        ...

    def watches(self) -> tuple[Watch, ...]:
        """What is watched."""
        ...

    def watch(self, url: str, every_s: int, *, by: int) -> str:
        """Watch a feed, a sitemap or a page from now on, and say what the list of watches calls it."""
        ...

    def unwatch(self, url: str, *, by: int) -> bool:
        """Watch it no longer; False where it is not watched."""
        ...

    def refresh(self, sources: tuple[str, ...], *, by: int, on_progress: OnProgress) -> tuple[Taken, ...]:
        """Read what is watched again, and say what became of each."""
        ...

    def preview(self) -> tuple[Preview, bool]:
        """What a reindex would change, and whether the present snapshot is whole and of these settings."""
        ...

    def reindex(self, *, by: int, force: bool, on_progress: OnProgress) -> BuildReport:
        """See `Desk.reindex`; a large loss is taken where it is forced.

        Raises:
            SmokeError: The new snapshot does not answer what it has to; it is held, and not switched to.
        """
        ...

    def switch_to_held(self, snapshot_id: str, *, by: int) -> SnapshotInfo:
        """Answer from the snapshot that failed its smoke questions, and say what it holds.

        Raises:
            SnapshotError: It is not kept any more.
        """
        ...

    def drop_held(self, snapshot_id: str, *, by: int) -> None:
        """Drop that snapshot.

        Raises:
            SnapshotError: It is not kept any more.
        """
        ...

    def rollback(self, snapshot_id: str, *, by: int) -> SnapshotInfo:
        """Go back from a snapshot to the one before it, and say what that holds.

        Raises:
            NotCurrentError: Another one answers by now.
            SnapshotError: There is none before it.
        """
        ...

    def answering(self) -> SnapshotInfo:
        """What the current snapshot holds.

        Raises:
            SnapshotError: There is none.
        """
        ...

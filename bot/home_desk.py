"""A home with its parts put together: the library, the snapshots, the encoder, and who may write."""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections.abc import Callable
from functools import cached_property

from bot.config import Config
from corpus.library import Library
from corpus.lock import writing
from corpus.types import ArticleVersion, Span
from retrieval.answer import Thresholds
from retrieval.build import BuildOptions, build_snapshot
from retrieval.build_types import BuildReport, Changes, Progress
from retrieval.encoder import Encoder, load_encoder
from retrieval.errors import SnapshotError
from retrieval.receipt import read_receipt
from retrieval.search import Searcher, SearchOptions
from retrieval.snapshot import SnapshotStore
from retrieval.types import Article, Excerpt, NotFound, Reply, SnapshotInfo

_log = logging.getLogger(__name__)

# Around an excerpt: its paragraph with one either side, as far as this allows.
MAX_AROUND_CHARS = 1500


class HomeDesk:
    """Answers from a home's current snapshot, notices a new one, and builds the next. Thread-safe."""

    def __init__(self, config: Config, encoder: Encoder | None = None) -> None:
        self._settings = config.settings
        self.home = config.home
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.snapshots = SnapshotStore(self.home / "snapshots")
        self._given_encoder = encoder
        self._searcher: Searcher | None = None
        self._serving_id: str | None = None
        self._opening = threading.Lock()

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder the settings name; loading it takes half a second, and longer the first time."""
        return self._given_encoder or load_encoder(
            self._settings.encoder, models=self.home / "models", backend=self._settings.backend
        )

    @cached_property
    def library(self) -> Library:
        """The library, opened for reading."""
        return Library.open(self.home / "library.db")

    def answer(self, question: str) -> Reply:
        """See `Desk`. Every excerpt was compared with the library just now."""
        reply = self._current().answer(question)
        if isinstance(reply, NotFound):
            return reply
        verified = tuple(excerpt for excerpt in reply.excerpts if self._is_verbatim(excerpt))
        if not verified:
            return NotFound(reply.question, reply.confidence, reply.snapshot)
        return dataclasses.replace(reply, excerpts=verified)

    def info(self) -> SnapshotInfo:
        """See `Desk`."""
        return self._current().info

    def articles(self, offset: int, limit: int) -> tuple[tuple[Article, ...], int]:
        """See `Desk`."""
        searcher = self._current()
        return searcher.articles(offset, limit), searcher.info.articles

    def resolve(self, receipt: str) -> Excerpt | None:
        """See `Desk`."""
        found = self._read(receipt)
        if found is None:
            return None
        version, span = found
        return Excerpt(
            article=Article(version.article_id, version.metadata),
            version=version.hash,
            version_seq=version.seq,
            span=span,
            text=span.of(version.text),
            highlights=(),
            score=0.0,
        )

    def around(self, receipt: str) -> tuple[str, Span] | None:
        """See `Desk`."""
        found = self._read(receipt)
        if found is None:
            return None
        version, span = found
        outer = paragraphs_around(version.text, span, MAX_AROUND_CHARS)
        return outer.of(version.text), Span(span.start - outer.start, span.end - outer.start)

    def reindex(
        self, on_progress: Callable[[Progress], None] = lambda progress: None, *, reuse: bool = True
    ) -> BuildReport:
        """See `Desk`; without ``reuse`` every text is embedded again."""
        with writing(self.home), Library.open(self.home / "library.db") as library:
            return build_snapshot(
                library,
                self.snapshots,
                self.encoder,
                options=BuildOptions(
                    cache=self.home / "vectors.cache",
                    max_passage_chars=self._settings.max_passage_chars,
                    reuse=reuse,
                ),
                on_progress=on_progress,
            )

    def pending(self) -> Changes:
        """What a reindex would change, from comparing the library with the current snapshot."""
        with Library.open(self.home / "library.db") as library:
            found = {version.article_id: version.hash for version in library.current()}
        indexed = self.snapshots.indexed()
        return Changes.between(indexed, found)

    def rollback(self) -> str:
        """Go back to the snapshot before the current one, and say which it is."""
        with writing(self.home):
            return self.snapshots.rollback(encoder=self.encoder.fingerprint)

    def _current(self) -> Searcher:
        """The searcher of the current snapshot, opened anew when another one was made current."""
        current = self.snapshots.current_id()
        with self._opening:
            if self._searcher is None or current != self._serving_id:
                try:
                    self._searcher = self._open()
                except SnapshotError:
                    if self._searcher is None:
                        raise
                    _log.exception(
                        "Snapshot %s cannot be opened; the one before it goes on answering", current
                    )
                self._serving_id = current
            return self._searcher

    def _open(self) -> Searcher:
        snapshot, problem = self.snapshots.open_current(encoder=self.encoder.fingerprint)
        if problem is not None:
            _log.error("Answering from snapshot %s instead", snapshot.manifest.info.id)
        settings = self._settings
        return Searcher(
            snapshot,
            self.encoder,
            SearchOptions(
                max_excerpts=settings.max_excerpts,
                max_excerpt_chars=settings.max_excerpt_chars,
                thresholds=Thresholds(settings.answer_threshold, settings.related_threshold),
            ),
        )

    def _read(self, receipt: str) -> tuple[ArticleVersion, Span] | None:
        """The version and span a receipt was given for."""
        said = read_receipt(receipt)
        version = self.library.version(said.version_seq) if said else None
        return (version, said.span) if said and version and said.matches(version) else None

    def _is_verbatim(self, excerpt: Excerpt) -> bool:
        version = self.library.version(excerpt.version_seq)
        if version and version.hash == excerpt.version and excerpt.span.of(version.text) == excerpt.text:
            return True
        _log.error("An excerpt of article %s is not in the library and was dropped", excerpt.article.id)
        return False


def paragraphs_around(text: str, span: Span, max_chars: int) -> Span:
    """The paragraphs of ``text`` that ``span`` lies in with one either side, within ``max_chars``.

    Whole paragraphs where they fit, whole words where they do not; never less than ``span``.
    """
    start = text.rfind("\n\n", 0, max(0, text.rfind("\n\n", 0, span.start)))
    end = text.find("\n\n", span.end)
    end = text.find("\n\n", end + 2) if end != -1 else -1
    start = 0 if start == -1 else start + 2
    end = len(text) if end == -1 else end
    spare = max(0, max_chars - len(span)) // 2
    if span.start - start > spare:
        space = text.find(" ", span.start - spare, span.start)
        start = span.start if space == -1 else space + 1
    if end - span.end > spare:
        space = text.rfind(" ", span.end, span.end + spare)
        end = span.end if space == -1 else space
    return Span(start, end)

"""A home as the bot asks it: answers from the current snapshot, compared with the library again."""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections.abc import Callable
from datetime import date

from bot.activity_file import ActivityFile
from bot.around import paragraphs_around
from bot.config import Config
from bot.desk import SampleQuestion
from bot.hidden import Hidden
from bot.home_index import HomeIndex
from bot.last_reindex import LastReindex
from bot.models import Models
from bot.reports import Reports
from bot.sample_questions import sample_questions
from bot.staleness import Freshness
from bot.verified import Verified
from corpus.errors import LibraryError
from corpus.library import Library
from corpus.types import ArticleVersion, Metadata, Span
from corpus.watches import Watch
from retrieval.build_types import BuildReport, Progress
from retrieval.encoder import Encoder
from retrieval.errors import SnapshotError
from retrieval.filters import NameKind
from retrieval.read_filters import FilteredQuestion
from retrieval.receipt import read_receipt
from retrieval.search import Searcher
from retrieval.timing import timed
from retrieval.types import Article, Excerpt, Nearest, NotFound, Query, Reply, SnapshotInfo, Widening

_log = logging.getLogger(__name__)

# Around an excerpt: its paragraph with one either side, as far as this allows.
MAX_AROUND_CHARS = 1500
# So many articles are listed as found for a question.
MAX_NEAREST = 10
# Questions to begin with are made of so many of the newest articles.
MAX_NEWEST = 30


class HomeDesk(HomeIndex):
    """Answers from a home's current snapshot, notices a new one, and builds the next. Thread-safe.

    Making one touches nothing; asking writes nothing but the converted encoder.

    Args:
        config: Names the home and how to search it.
        encoder: Used instead of the one the settings name.
        models: Some that are being loaded already; None to load them when they are needed.
    """

    def __init__(self, config: Config, encoder: Encoder | None = None, models: Models | None = None) -> None:
        super().__init__(config, encoder, models)
        self._searcher: Searcher | None = None
        self._tried_id: str | None = None  # what was current when the searcher was last opened
        self._opening = threading.Lock()
        self._examples: dict[tuple[str, str], tuple[SampleQuestion, ...]] = {}  # by snapshot and language
        self._exemplifying = threading.Lock()
        self._hidden = Hidden(Reports(ActivityFile(self.home)), self._read)
        self._freshness = Freshness(config.settings.stale_after_days)
        self.last_reindex = LastReindex()

    def searcher(self) -> Searcher:
        """The searcher of the current snapshot, opened anew when another one was made current.

        Raises:
            SnapshotError: There is none that can be opened.
        """
        current = self.snapshots.current_id()
        if self._searcher is not None and (current == self._tried_id or self._opening.locked()):
            return self._searcher  # questions do not wait while another thread opens the new one
        with self._opening:
            if self._searcher is None or current != self._tried_id:
                self._searcher = self._opened(current)
                self._tried_id = current
            return self._searcher

    def answer(self, query: Query) -> Reply:
        """See `Desk`. Every excerpt was compared with the library just now."""
        reply = self.searcher().answer(query)
        reply = dataclasses.replace(reply, snapshot=self._dated(reply.snapshot))
        if isinstance(reply, NotFound):
            return reply
        with timed("verify"), self.library() as library:
            excerpts = self._shown(reply.excerpts, library)
        if not excerpts:
            return NotFound(reply.question, reply.searched, 0.0, reply.snapshot, reply.scope)
        if excerpts != reply.excerpts:
            # Those that are left would be shown beside it, so the verdict stays.
            reply = dataclasses.replace(reply, confidence=excerpts[0].score)
        return dataclasses.replace(reply, excerpts=excerpts)

    def nearest(self, query: Query, n_excerpts: int) -> Nearest:
        """See `Desk`. Every excerpt was compared with the library just now."""
        found = self.searcher().find(query, n_excerpts)
        with self.library() as library:
            excerpts = self._shown(found.excerpts, library)
            ids = dict.fromkeys(each.stored.article_id for each in found.candidates)
            articles = [
                Article(each, library.about(each) or Metadata("")) for each in list(ids)[:MAX_NEAREST]
            ]
        return Nearest(tuple(dataclasses.replace(each, highlights=()) for each in excerpts), tuple(articles))

    def examples(self, language: str) -> tuple[SampleQuestion, ...]:
        """See `Desk`; made once for each snapshot, which takes about as long as a few answers."""
        searcher = self.searcher()
        made_for = searcher.info.id, language
        with self._exemplifying:
            if made_for not in self._examples:
                kept = {key: made for key, made in self._examples.items() if key[0] == searcher.info.id}
                self._examples = {**kept, made_for: self._made_examples(searcher, language)}
            return self._examples[made_for]

    def reindex(
        self,
        on_progress: Callable[[Progress], None] = lambda progress: None,
        *,
        full: bool = False,
        force: bool = False,
        unasked: bool = False,
    ) -> BuildReport:
        """See `HomeIndex`; how it ended is remembered."""
        with self.last_reindex.noted():
            return super().reindex(on_progress, full=full, force=force, unasked=unasked)

    def read(self, text: str, asked: date | None = None) -> FilteredQuestion:
        """See `Desk`."""
        with timed("filters"):
            return self.searcher().read(text, asked)

    def widened(self, query: Query) -> tuple[Widening, ...]:
        """See `Desk`."""
        return self.searcher().widened(query)

    def close_names(self, kind: NameKind, name: str) -> tuple[str, ...] | None:
        """See `Desk`."""
        return self.searcher().close_names(kind, name)

    def info(self) -> SnapshotInfo:
        """See `Desk`."""
        return self._dated(self.searcher().info)

    def articles(self, offset: int, limit: int) -> tuple[tuple[Article, ...], int]:
        """See `Desk`."""
        searcher = self.searcher()
        return searcher.articles(offset, limit), searcher.info.articles

    def resolve(self, receipt: str) -> Excerpt | None:
        """See `Desk`."""
        found = self._read(receipt)
        excerpt = _excerpt(*found) if found else None
        return excerpt if excerpt and self._hidden.without((excerpt,)) else None

    def verify(self, receipt: str) -> Verified | None:
        """See `Desk`."""
        found = self._read(receipt)
        if found is None:
            return None
        version, excerpt = found[0], _excerpt(*found)
        with self.library() as library:
            latest = library.latest(version.article_id)
        is_held = self.snapshots.indexed().get(version.article_id) == version.hash
        return Verified(
            excerpt,
            version,
            latest,
            snapshot=self.snapshots.current_id() if is_held else None,
            is_hidden=not self._hidden.without((excerpt,)),
        )

    def around(self, receipt: str) -> tuple[str, Span] | None:
        """See `Desk`."""
        found = self._read(receipt)
        if found is None:
            return None
        version, span = found
        outer = paragraphs_around(version.text, span, MAX_AROUND_CHARS)
        outer = self._hidden.clear_of(version, outer, kept=span)
        return outer.of(version.text), Span(span.start - outer.start, span.end - outer.start)

    def _shown(self, excerpts: tuple[Excerpt, ...], library: Library) -> tuple[Excerpt, ...]:
        """Those that are word for word in the library, and that nobody has hidden."""
        compared = (_compared(each, library) for each in excerpts)
        return self._hidden.without(tuple(filter(None, compared)))

    def _dated(self, info: SnapshotInfo) -> SnapshotInfo:
        """The same, with since when it is stale, if it is."""
        return self._freshness.dated(info, self._watches)

    def _watches(self) -> tuple[Watch, ...]:
        try:
            with self.library() as library:
                return library.watches()
        except LibraryError:  # said by what needs it
            return ()

    def _made_examples(self, searcher: Searcher, language: str) -> tuple[SampleQuestion, ...]:
        with self.library() as library:
            newest = [library.latest(each.id) for each in searcher.articles(0, MAX_NEWEST)]
            found = sorted(filter(None, newest), key=lambda version: version.language != language)
            return sample_questions(found, self.answer)

    def _opened(self, current: str | None) -> Searcher:
        try:
            return self._open()
        except (SnapshotError, OSError, RuntimeError) as problem:  # FAISS and tantivy raise the last two
            if self._searcher is None:
                raise
            serving = self._searcher.info.id
            _log.error(
                "snapshot %s is not opened, %s goes on answering: %s", current or "(none)", serving, problem
            )
            return self._searcher

    def _open(self) -> Searcher:
        if not self.snapshots.ids():  # said before loading the encoder, which takes seconds at first
            raise SnapshotError("there is no snapshot yet", "footnote add FOLDER, then footnote reindex")
        self.models.load_ahead()
        snapshot, problem = self.snapshots.open_current(encoder=self.encoder.fingerprint)
        if problem is not None:
            _log.error("answering from snapshot %s: %s", snapshot.manifest.info.id, problem)
        return self.searching(snapshot)

    def _read(self, receipt: str) -> tuple[ArticleVersion, Span] | None:
        """The version and span a receipt was given for."""
        said = read_receipt(receipt)
        if said is None:
            return None
        with self.library() as library:
            version = library.version(said.version_seq)
        return (version, said.span) if version and said.matches(version) else None


def _excerpt(version: ArticleVersion, span: Span) -> Excerpt:
    return Excerpt(
        article=Article(version.article_id, version.metadata),
        version=version.hash,
        version_seq=version.seq,
        span=span,
        text=span.of(version.text),
        highlights=(),
        score=0.0,
        seal=version.seal,
    )


def _compared(excerpt: Excerpt, library: Library) -> Excerpt | None:
    """The excerpt with its seal, where it is word for word in the library; else None."""
    version = library.version(excerpt.version_seq)
    if version and version.hash == excerpt.version and excerpt.span.of(version.text) == excerpt.text:
        return dataclasses.replace(excerpt, seal=version.seal)
    _log.error(
        "an excerpt of article %s is not word for word in the library and was dropped. Fix: footnote doctor",
        excerpt.article.id,
    )
    return None

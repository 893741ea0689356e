"""A home with its parts put together: the library, the snapshots, the encoder, and who may write."""

from __future__ import annotations

import dataclasses
import logging
import threading
import time
from collections.abc import Callable, Iterable, Set
from datetime import date
from functools import cached_property

from bot.activity_file import ActivityFile
from bot.around import paragraphs_around
from bot.config import Config
from bot.desk import SampleQuestion
from bot.hidden import Hidden
from bot.reports import Reports
from bot.sample_questions import sample_questions
from bot.staleness import Freshness
from bot.verified import Verified
from corpus.errors import LibraryError
from corpus.library import Library
from corpus.lock import writing
from corpus.losing import Losing
from corpus.types import ArticleVersion, Metadata, Span
from corpus.watches import Watch
from retrieval.answer import Thresholds
from retrieval.build import BuildOptions, build_snapshot
from retrieval.build_types import BuildReport, Changes, Preview, Progress
from retrieval.cross_encoder import CrossEncoder, load_cross_encoder
from retrieval.encoder import Encoder, load_encoder
from retrieval.errors import LossError, NotCurrentError, SmokeError, SnapshotError
from retrieval.filters import NameKind
from retrieval.quoting import QuoteOptions
from retrieval.read_filters import FilteredQuestion
from retrieval.receipt import read_receipt
from retrieval.search import Searcher, SearchOptions
from retrieval.smoke import ask_smoke_questions
from retrieval.snapshot import Snapshot, SnapshotStore
from retrieval.types import Article, Excerpt, Nearest, NotFound, Query, Reply, SnapshotInfo, Widening

_log = logging.getLogger(__name__)

# Around an excerpt: its paragraph with one either side, as far as this allows.
MAX_AROUND_CHARS = 1500
# So many articles are listed as found for a question.
MAX_NEAREST = 10
# Questions to begin with are made of so many of the newest articles.
MAX_NEWEST = 30


class HomeDesk:
    """Answers from a home's current snapshot, notices a new one, and builds the next. Thread-safe.

    Making one touches nothing; asking writes nothing but the converted encoder.

    Args:
        config: Names the home and how to search it.
        encoder: Used instead of the one the settings name.
    """

    def __init__(self, config: Config, encoder: Encoder | None = None) -> None:
        self._settings = config.settings
        self.home = config.home
        self.snapshots = SnapshotStore(self.home / "snapshots")
        self._encoder = encoder
        self._loading = threading.Lock()
        self._searcher: Searcher | None = None
        self._tried_id: str | None = None  # what was current when the searcher was last opened
        self._opening = threading.Lock()
        self._examples: dict[tuple[str, str], tuple[SampleQuestion, ...]] = {}  # by snapshot and language
        self._exemplifying = threading.Lock()
        self._hidden = Hidden(Reports(ActivityFile(self.home)))
        self._freshness = Freshness(config.settings.stale_after_days)

    @property
    def encoder(self) -> Encoder:
        """The encoder the settings name; loading it takes half a second, and longer the first time."""
        with self._loading:
            if self._encoder is None:
                self._encoder = load_encoder(
                    self._settings.encoder, models=self.home / "models", backend=self._settings.backend
                )
            return self._encoder

    @cached_property
    def cross_encoder(self) -> CrossEncoder | None:
        """The cross-encoder the settings name, None for none; loading the packaged one takes 0.2 s."""
        return load_cross_encoder(self._settings.cross_encoder)

    def library(self) -> Library:
        """The library, for reading; close it.

        It is opened for each use, which takes 0.2 ms: one that was restored meanwhile is seen at once.

        Raises:
            LibraryError: There is none, or it cannot be read.
        """
        path = self.home / "library.db"
        if not path.exists() and self.snapshots.ids():
            raise LibraryError(
                f"{path} is gone, though there are snapshots of it",
                "restore it from a backup, or add the articles again: footnote add FOLDER",
            )
        return Library.open_to_read(path)

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
        with self.library() as library:
            excerpts = self._shown(reply.excerpts, library)
        if not excerpts:
            return NotFound(reply.question, reply.searched, 0.0, reply.snapshot, reply.scope)
        if excerpts == reply.excerpts:
            return reply
        # Those that are left passed the same threshold, so the verdict stays.
        return dataclasses.replace(reply, excerpts=excerpts, confidence=excerpts[0].score)

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

    def read(self, text: str, asked: date | None = None) -> FilteredQuestion:
        """See `Desk`."""
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
        return outer.of(version.text), Span(span.start - outer.start, span.end - outer.start)

    def reindex(
        self,
        on_progress: Callable[[Progress], None] = lambda progress: None,
        *,
        full: bool = False,
        force: bool = False,
        unasked: bool = False,
    ) -> BuildReport:
        """See `Desk`; where nothing changed nothing is built, so that older snapshots stay to go back to.

        Args:
            on_progress: Told after every step.
            full: Build anyway, and embed every text again.
            force: Build though a large share of the articles would be lost.
            unasked: Switch to the new snapshot without asking it the smoke questions.
        """
        started = time.monotonic()
        with self.library() as library:
            if library.count() == 0 and not self.snapshots.ids():
                raise SnapshotError("the library is empty", "footnote add FOLDER")
            with writing(self.home):
                refusal = None if force else self._refusal(library.heads().keys())
                if refusal is not None:
                    raise refusal
                on_progress(Progress("loading the encoder", 0, 0))
                same = None if full else self._up_to_date(library)
                if same is not None:
                    seconds = time.monotonic() - started
                    return BuildReport(same, Changes(0, 0, 0), 0, 0, seconds, built=False)
                options = BuildOptions(
                    cache=self.home / "vectors.cache",
                    max_passage_chars=self._settings.max_passage_chars,
                    reuse=not full,
                    refusal=None if unasked else self._smoke_test(library, on_progress),
                )
                return build_snapshot(
                    library, self.snapshots, self.encoder, options=options, on_progress=on_progress
                )

    def pending(self) -> Changes:
        """How much a reindex would change, from comparing the library with the current snapshot."""
        with self.library() as library:
            found = _hashes(library)
        return Changes.between(self.snapshots.indexed(), found)

    def preview(self) -> Preview:
        """What a reindex would change, article by article, and whether it would have to be forced."""
        before = self.snapshots.indexed()
        with self.library() as library:
            after = _hashes(library)

            def named(ids: Iterable[str]) -> tuple[Article, ...]:
                return tuple(Article(each, library.about(each) or Metadata("")) for each in sorted(ids))

            refusal = self._refusal(after.keys())
            return Preview(
                added=named(after.keys() - before.keys()),
                updated=named(each for each in after.keys() & before.keys() if after[each] != before[each]),
                removed=named(before.keys() - after.keys()),
                refusal=None if refusal is None else str(refusal),
            )

    def is_up_to_date(self) -> bool:
        """Whether the current snapshot is whole and a reindex would build the same, or there is nothing."""
        with self.library() as library:
            is_empty = library.count() == 0 and not self.snapshots.ids()
            return is_empty or self._up_to_date(library) is not None

    def rollback(self, snapshot_id: str | None = None) -> str:
        """Go back to the snapshot before the current one, and say which it is.

        Args:
            snapshot_id: The one to go back from; None for whichever is current.

        Raises:
            NotCurrentError: It is not the current one.
            SnapshotError: There is none before it.
        """
        if len(self.snapshots.ids()) < 2:
            raise SnapshotError("there is no snapshot to go back to", "footnote reindex")
        with writing(self.home):
            if snapshot_id not in (None, self.snapshots.current_id()):
                raise NotCurrentError(f"snapshot {snapshot_id} does not answer any more", "footnote rollback")
            return self.snapshots.rollback(encoder=self.encoder.fingerprint)

    def switch_to_held(self, snapshot_id: str) -> None:
        """Answer from a snapshot that failed its smoke questions.

        Raises:
            SnapshotError: It is not kept any more, or damaged.
        """
        with writing(self.home):
            self.snapshots.release(snapshot_id, encoder=self.encoder.fingerprint)

    def _shown(self, excerpts: tuple[Excerpt, ...], library: Library) -> tuple[Excerpt, ...]:
        """Those that are word for word in the library, and that nobody has hidden."""
        return self._hidden.without(tuple(each for each in excerpts if _is_verbatim(each, library)))

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
        snapshot, problem = self.snapshots.open_current(encoder=self.encoder.fingerprint)
        if problem is not None:
            _log.error("answering from snapshot %s: %s", snapshot.manifest.info.id, problem)
        return self._searching(snapshot)

    def _searching(self, snapshot: Snapshot) -> Searcher:
        settings = self._settings
        return Searcher(
            snapshot,
            self.encoder,
            SearchOptions(
                quotes=QuoteOptions(
                    max_excerpts=settings.max_excerpts, max_excerpt_chars=settings.max_excerpt_chars
                ),
                thresholds=Thresholds(settings.answer_threshold, settings.related_threshold),
                half_life=settings.recency_half_life,
            ),
            self.cross_encoder,
        )

    def _smoke_test(
        self, library: Library, on_progress: Callable[[Progress], None]
    ) -> Callable[[Snapshot], SmokeError | None] | None:
        questions = self._settings.smoke_questions

        def refusal(snapshot: Snapshot) -> SmokeError | None:
            answer = self._searching(snapshot).answer
            failing = ask_smoke_questions(questions, answer, library.find, on_progress=on_progress)
            return SmokeError(snapshot.manifest.info.id, failing, len(questions)) if failing else None

        return refusal if questions else None

    def _refusal(self, after: Set[str]) -> LossError | None:
        """Why a snapshot of these articles is not built unless forced."""
        before = self.snapshots.indexed().keys()
        n_lost, losing = len(before - after), Losing(self._settings.max_loss)
        if not losing.is_too_much(n_lost, len(before)):
            return None
        return LossError(
            f"a reindex would drop {n_lost:,} of the {len(before):,} articles that are answered from now",
            "footnote reindex --dry-run shows which; if they should go: footnote reindex --force",
        )

    def _up_to_date(self, library: Library) -> SnapshotInfo | None:
        """The current snapshot, where it is whole and a new one would hold the same; else None."""
        try:
            snapshot, _ = self.snapshots.open_current(encoder=self.encoder.fingerprint)
        except SnapshotError:
            return None
        manifest = snapshot.manifest
        is_same = (
            manifest.info.id == self.snapshots.current_id()
            and manifest.max_passage_chars == self._settings.max_passage_chars
            and snapshot.passages.heads() == library.heads()
        )
        return manifest.info if is_same else None

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
    )


def _hashes(library: Library) -> dict[str, str]:
    """The hash of the version that readers are shown of each article, by its id."""
    return {article_id: content_hash for article_id, (_, content_hash) in library.heads().items()}


def _is_verbatim(excerpt: Excerpt, library: Library) -> bool:
    version = library.version(excerpt.version_seq)
    if version and version.hash == excerpt.version and excerpt.span.of(version.text) == excerpt.text:
        return True
    _log.error(
        "an excerpt of article %s is not word for word in the library and was dropped. Fix: footnote doctor",
        excerpt.article.id,
    )
    return False

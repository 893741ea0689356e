"""A home's index: its library, the snapshots made of it, and which of them answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Set
from dataclasses import replace

from bot.config import Config
from bot.models import Models
from corpus.errors import LibraryError
from corpus.library import Library
from corpus.lock import writing
from corpus.losing import Losing
from corpus.types import Metadata
from retrieval.answer import Thresholds
from retrieval.build import Before, BuildOptions, build_snapshot, read_before
from retrieval.build_types import BuildReport, Changes, Preview, Progress
from retrieval.encoder import Encoder
from retrieval.errors import LossError, NotCurrentError, SmokeError, SnapshotError
from retrieval.quoting import QuoteOptions
from retrieval.search import Searcher, SearchOptions
from retrieval.smoke import ask_smoke_questions
from retrieval.snapshot import Snapshot, SnapshotStore
from retrieval.types import Article, SnapshotInfo


class HomeIndex:
    """Builds a home's snapshots, and switches between them. Thread-safe.

    Making one touches nothing; asking for the encoder may write the converted one.

    Args:
        config: Names the home and how to index and search it.
        encoder: Used instead of the one the settings name.
        models: Some that are being loaded already; None to load them when they are needed.
    """

    def __init__(self, config: Config, encoder: Encoder | None = None, models: Models | None = None) -> None:
        self._settings = config.settings
        self.home = config.home
        self.snapshots = SnapshotStore(self.home / "snapshots")
        self.models = models or Models(config, encoder)

    @property
    def encoder(self) -> Encoder:
        """The encoder the settings name; loading it takes half a second, and longer the first time."""
        return self.models.encoder

    def library(self) -> Library:
        """The library, for reading; close it.

        It is opened for each use, which takes 0.2 ms: one that was restored meanwhile is seen at once.

        Raises:
            LibraryError: There is none, or it cannot be read.
        """
        path = self.home / "library.db"
        # A crash or a failing disk may leave an empty file where it was.
        if not (path.exists() and path.stat().st_size) and self.snapshots.ids():
            raise LibraryError(
                f"{path} is gone, though there are snapshots of it",
                "restore a backup: footnote restore FILE, or add the articles again: footnote add FOLDER",
            )
        return Library.open_to_read(path)

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
                on_progress(Progress("loading the encoder", 0, 0))
                before = self._before(library)
                refusal = None if force else self._refusal(before.indexed.keys(), before.heads.keys())
                if refusal is not None:
                    raise refusal
                same = None if full else self._up_to_date(before)
                if same is not None:
                    seconds = time.monotonic() - started
                    return BuildReport(same, Changes(0, 0, 0), 0, 0, seconds, built=False)
                options = BuildOptions(
                    cache=self.home / "vectors.cache",
                    max_passage_chars=self._settings.max_passage_chars,
                    reuse=not full,
                    index_recall=self._settings.index_recall,
                    refusal=None if unasked else self._smoke_test(library, on_progress),
                )
                report = build_snapshot(
                    library,
                    self.snapshots,
                    self.encoder,
                    options=options,
                    before=before,
                    on_progress=on_progress,
                )
                # Loading the encoder is waited for too, and the first time it is converted.
                return replace(report, seconds=time.monotonic() - started)

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

            refusal = self._refusal(before.keys(), after.keys())
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
            return is_empty or self._up_to_date(self._before(library)) is not None

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

    def searching(self, snapshot: Snapshot) -> Searcher:
        """A searcher of a snapshot, as the settings say."""
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
            self.models.cross_encoder,
        )

    def _smoke_test(
        self, library: Library, on_progress: Callable[[Progress], None]
    ) -> Callable[[Snapshot], SmokeError | None] | None:
        questions = self._settings.smoke_questions

        def refusal(snapshot: Snapshot) -> SmokeError | None:
            answer = self.searching(snapshot).answer
            failing = ask_smoke_questions(questions, answer, library.find, on_progress=on_progress)
            return SmokeError(snapshot.manifest.info.id, failing, len(questions)) if failing else None

        return refusal if questions else None

    def _before(self, library: Library) -> Before:
        return read_before(library, self.snapshots, self.encoder)

    def _refusal(self, before: Set[str], after: Set[str]) -> LossError | None:
        """Why a snapshot of other articles than are answered from now is not built unless forced."""
        n_lost, losing = len(before - after), Losing(self._settings.max_loss)
        if not losing.is_too_much(n_lost, len(before)):
            return None
        return LossError(
            f"a reindex would drop {n_lost:,} of the {len(before):,} articles that are answered from now",
            "footnote reindex --dry-run shows which; if they should go: footnote reindex --force",
        )

    def _up_to_date(self, before: Before) -> SnapshotInfo | None:
        """The current snapshot, where it is whole and a new one would hold the same; else None."""
        if before.base is None or not before.is_current:
            return None
        manifest = before.base.manifest
        is_same = (
            manifest.max_passage_chars == self._settings.max_passage_chars
            and before.base.passages.heads() == before.heads
        )
        return manifest.info if is_same else None


def _hashes(library: Library) -> dict[str, str]:
    """The hash of the version that readers are shown of each article, by its id."""
    return {article_id: content_hash for article_id, (_, content_hash) in library.heads().items()}

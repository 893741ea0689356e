"""A home on disk: articles put into its library, indexed, and searched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.library import Library
from corpus.types import CleanArticle
from retrieval.build import BuildOptions, build_snapshot
from retrieval.build_types import BuildReport, Progress
from retrieval.cross_encoder import CrossEncoder
from retrieval.encoder import Encoder
from retrieval.layer import LAYERS
from retrieval.search import Searcher, SearchOptions
from retrieval.snapshot import SnapshotStore


class Home:
    """A folder with a library and its snapshots, as the bot lays it out.

    Args:
        path: The folder.
        encoder: What embeds the articles and the questions.
    """

    def __init__(self, path: Path, encoder: Encoder) -> None:
        path.mkdir(exist_ok=True)
        self.path = path
        self.encoder = encoder
        self.cache = path / "vectors.cache"
        self.snapshots = SnapshotStore(path / "snapshots")

    def library(self) -> Library:
        """The library; close it."""
        return Library.open(self.path / "library.db")

    def put(self, *articles: CleanArticle) -> None:
        """Add articles, or new versions of them."""
        with self.library() as library, library.batch():
            for article in articles:
                library.put(article)

    def remove(self, *article_ids: str) -> None:
        """Remove articles."""
        with self.library() as library:
            for article_id in article_ids:
                library.remove(article_id)

    def reindex(
        self, on_progress: Callable[[Progress], None] = lambda progress: None, *, reuse: bool = True
    ) -> BuildReport:
        """Build a snapshot and make it current."""
        options = BuildOptions(cache=self.cache, reuse=reuse)
        with self.library() as library:
            return build_snapshot(
                library, self.snapshots, self.encoder, options=options, on_progress=on_progress
            )

    def searcher(
        self, options: SearchOptions | None = None, cross_encoder: CrossEncoder | None = None
    ) -> Searcher:
        """The current snapshot, which must be whole."""
        snapshot, problem = self.snapshots.open_current(encoder=self.encoder.fingerprint)
        assert problem is None
        return Searcher(snapshot, self.encoder, options, cross_encoder)

    def folder(self, snapshot_id: str) -> Path:
        """Where a snapshot stands."""
        return self.path / "snapshots" / snapshot_id

    def layer(self, snapshot_id: str, at: int = -1) -> Path:
        """Where one of a snapshot's layers stands, oldest first: the newest unless ``at`` says another."""
        layers = self.snapshots.manifest(snapshot_id).layers
        return self.folder(snapshot_id) / LAYERS / layers[at].name

"""A library to a snapshot: split, embed what is new, index, write beside, and switch."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType

import numpy as np

from corpus.library import Library
from corpus.split import MAX_PASSAGE_CHARS, split
from corpus.types import ArticleVersion, Passage, Span
from retrieval.build_types import BuildReport, Changes, Progress
from retrieval.encoder import Encoder, PassageText, Vectors
from retrieval.errors import SmokeError, SnapshotError
from retrieval.lexical import LexicalWriter, terms
from retrieval.passages import PassageWriter, StoredPassage, passage_id
from retrieval.sentence_terms import pack
from retrieval.snapshot import (
    FORMAT,
    LEXICAL,
    PASSAGES,
    SENTENCES,
    VECTORS,
    Manifest,
    Snapshot,
    SnapshotStore,
    open_snapshot,
)
from retrieval.types import SnapshotInfo
from retrieval.vector_cache import CachedEncoder
from retrieval.vectors import VectorIndex

# Articles are taken together until they hold so many passages to embed: enough for full batches.
_PASSAGES_A_STEP = 128


@dataclass(frozen=True, slots=True)
class _Split:
    """A version with its passages, and what the encoder reads of each."""

    version: ArticleVersion
    passages: tuple[Passage, ...]
    texts: tuple[PassageText, ...]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a snapshot is built.

    Args:
        cache: Path of the vector cache.
        max_passage_chars: The longest passage.
        reuse: Take vectors from the cache; otherwise everything is embedded again.
        refusal: Says of the new snapshot why it must not become current; None where it may, or where
            nobody asks.
    """

    cache: Path
    max_passage_chars: int = MAX_PASSAGE_CHARS
    reuse: bool = True
    refusal: Callable[[Snapshot], SmokeError | None] | None = None


def build_snapshot(
    library: Library,
    store: SnapshotStore,
    encoder: Encoder,
    *,
    options: BuildOptions,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> BuildReport:
    """Build a snapshot of the library as it is now and make it current. The caller holds the home's lock.

    Args:
        library: Where the articles are.
        store: Where the snapshot goes.
        encoder: What embeds them.
        options: How.
        on_progress: Told after every step; what it raises ends the build and leaves nothing behind.

    Raises:
        SnapshotError: The library is empty, and no snapshot is there that would have to be emptied.
        SmokeError: The new snapshot was refused; it is held, and the one before stays current.
    """
    started = time.monotonic()
    previous = store.indexed()
    if library.count() == 0 and store.current_id() is None:
        raise SnapshotError("the library is empty", "footnote add FOLDER")
    if not options.reuse:
        options.cache.unlink(missing_ok=True)
    revision = library.revision
    snapshot_id = store.next_id(datetime.now(UTC))
    with store.building(snapshot_id) as folder, CachedEncoder(encoder, options.cache) as cached:
        languages = frozenset(version.language for version in library.current())
        with _Writer(folder, encoder.dims, languages) as writer:
            for batch in _batches(_split_all(library, options.max_passage_chars)):
                so_far = len(writer.hashes), library.count()
                writer.add(batch, _encode(batch, cached, partial(_tell, on_progress, cached, so_far)))
                _tell(on_progress, cached, (len(writer.hashes), library.count()))
            writer.finish()
        on_progress(Progress("saving", len(writer.hashes), len(writer.hashes)))
        manifest = Manifest(
            format=FORMAT,
            info=writer.info(snapshot_id),
            encoder=encoder.fingerprint,
            dims=encoder.dims,
            max_passage_chars=options.max_passage_chars,
            languages=tuple(sorted(languages)),
            library_revision=revision,
            files={},
        )
        store.seal(folder, manifest)
        _admit(store, folder, manifest, options)
    return BuildReport(
        snapshot=manifest.info,
        changes=Changes.between(previous, writer.hashes),
        embedded=cached.embedded,
        reused=cached.reused,
        seconds=time.monotonic() - started,
    )


def _tell(on_progress: Callable[[Progress], None], cached: CachedEncoder, at: tuple[int, int]) -> None:
    """Tell how many articles of how many are done; where all vectors were there, nothing is embedded."""
    on_progress(Progress("embedding" if cached.embedded else "indexing", *at))


def _admit(store: SnapshotStore, folder: Path, manifest: Manifest, options: BuildOptions) -> None:
    """Make a sealed snapshot current, or hold it where it is refused; killed before, it was never there."""
    refusal = None
    if options.refusal is not None:
        refusal = options.refusal(open_snapshot(folder, encoder=manifest.encoder))
    if refusal is None:
        store.publish(folder, manifest.info.id)
        return
    store.hold(folder, manifest.info.id)
    raise refusal


def _encode(batch: list[_Split], cached: CachedEncoder, on_step: Callable[[], None]) -> list[Vectors]:
    """The vectors of all passages of a batch; for one article as long as a book, told after every step."""
    texts = [text for article in batch for text in article.texts]
    vectors = cached.encode(texts[:_PASSAGES_A_STEP])
    for at in range(_PASSAGES_A_STEP, len(texts), _PASSAGES_A_STEP):
        on_step()
        vectors += cached.encode(texts[at : at + _PASSAGES_A_STEP])
    return vectors


def passage_text(version: ArticleVersion, passage: Passage) -> PassageText:
    """What the encoder reads of a passage: under its title, which says what "he" and "it" are."""
    title = f"{version.metadata.title}\n"
    moved = len(title) - passage.span.start
    return PassageText(
        title + passage.span.of(version.text),
        tuple(Span(span.start + moved, span.end + moved) for span in passage.sentences),
    )


def _split_all(library: Library, max_passage_chars: int) -> Iterator[_Split]:
    for version in library.current():
        passages = split(version.text, version.language, max_passage_chars)
        yield _Split(version, passages, tuple(passage_text(version, passage) for passage in passages))


def _batches(splits: Iterable[_Split]) -> Iterator[list[_Split]]:
    batch: list[_Split] = []
    for article in splits:
        batch.append(article)
        if sum(len(article.texts) for article in batch) >= _PASSAGES_A_STEP:
            yield batch
            batch = []
    if batch:
        yield batch


def _terms(version: ArticleVersion, passage: Passage) -> bytes:
    return pack(terms(span.of(version.text), version.language) for span in passage.sentences)


class _Writer:
    """Writes the four parts of a snapshot side by side; nothing can be read before `finish`."""

    def __init__(self, folder: Path, dims: int, languages: frozenset[str]) -> None:
        self.hashes: dict[str, str] = {}
        self._newest: str | None = None
        self._n_sentences = 0
        self._folder = folder
        self._vectors = VectorIndex.empty(dims)
        self._lexical = LexicalWriter(folder / LEXICAL, languages)
        self._passages = PassageWriter(folder / PASSAGES)
        self._sentences = (folder / SENTENCES).open("wb")

    def add(self, batch: list[_Split], vectors: Sequence[Vectors]) -> None:
        """Add the articles of ``batch`` with the vectors of all their passages, in order."""
        row = 0
        for article in batch:
            of_article = vectors[row : row + len(article.passages)]
            row += len(article.passages)
            passages = list(self._stored(article))
            ids = np.array([stored.id for stored in passages], dtype=np.int64)
            self._vectors.add(ids, np.array([rows[0] for rows in of_article]).reshape(len(ids), -1))
            self._passages.add(article.version, passages)
            self._add_lexical(article.version, passages)
            for rows in of_article:
                self._sentences.write(rows[1:].astype(np.float16).tobytes())
                self._n_sentences += len(rows) - 1
            self.hashes[article.version.article_id] = article.version.hash
            published = article.version.metadata.published
            if published and (self._newest is None or published > self._newest):
                self._newest = published

    def finish(self) -> None:
        """Write everything out."""
        self._sentences.flush()
        self._passages.finish()
        self._lexical.finish()
        self._vectors.save(self._folder / VECTORS)

    def __enter__(self) -> _Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sentences.close()
        self._passages.close()
        self._lexical.close()

    def info(self, snapshot_id: str) -> SnapshotInfo:
        """What was written, as readers are told."""
        return SnapshotInfo(
            id=snapshot_id,
            built_at=datetime.now(UTC).isoformat(timespec="seconds"),
            articles=len(self.hashes),
            passages=len(self._vectors),
            newest=self._newest,
        )

    def _stored(self, article: _Split) -> Iterator[StoredPassage]:
        first_sentence = self._n_sentences
        for passage in article.passages:
            yield StoredPassage(
                id=passage_id(article.version, passage.span),
                version_seq=article.version.seq,
                passage=passage,
                first_sentence=first_sentence,
                article_id=article.version.article_id,
                language=article.version.language,
                text=passage.span.of(article.version.text),
                terms=_terms(article.version, passage),
            )
            first_sentence += len(passage.sentences)

    def _add_lexical(self, version: ArticleVersion, passages: Iterable[StoredPassage]) -> None:
        for stored in passages:
            self._lexical.add(
                stored.id,
                text=stored.text,
                title=version.metadata.title,
                language=version.language,
            )

"""A library to a snapshot: take over what is unchanged, split, embed, index the rest, and switch."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np

from corpus.library import Library
from corpus.split import MAX_PASSAGE_CHARS, split
from corpus.types import ArticleVersion, Passage, Span
from retrieval.build_types import BuildReport, Changes, Progress
from retrieval.encoder import Encoder, PassageText, Vectors
from retrieval.errors import SmokeError, SnapshotError
from retrieval.growing import Growth, census, grown, versions
from retrieval.layer import LAYERS, Entry, LayerWriter
from retrieval.lexical import LexicalWriter, terms
from retrieval.manifest import FORMAT, INDEX_RECALL, LayerInfo, Manifest
from retrieval.passages import StoredVersion
from retrieval.sentence_terms import pack
from retrieval.snapshot import LEXICAL, Snapshot, SnapshotStore, take_over
from retrieval.types import SnapshotInfo
from retrieval.vector_cache import CachedEncoder

# Articles are taken together until they hold so many passages to embed: enough for full batches.
_PASSAGES_A_STEP = 128
# Progress is told after so many articles that are copied.
_COPIES_A_STEP = 200


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
        reuse: Take over what the snapshot before holds, and vectors from the cache; otherwise everything is
            embedded again.
        index_recall: The share of the ten nearest passages that has to be found where not all are compared.
        refusal: Says of the new snapshot why it must not become current; None where it may, or where
            nobody asks.
    """

    cache: Path
    max_passage_chars: int = MAX_PASSAGE_CHARS
    reuse: bool = True
    index_recall: float = INDEX_RECALL
    refusal: Callable[[Snapshot], SmokeError | None] | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What there is before a build; read once, while the home's lock is held.

    Args:
        heads: Number and hash of the version that the library shows of each article, by its id.
        base: The newest whole snapshot of this encoder, None where there is none.
        is_current: Whether that is the one that is answered from.
        indexed: Hash of the version that is answered from now, by the article's id.
    """

    heads: Mapping[str, tuple[int, str]]
    base: Snapshot | None
    is_current: bool
    indexed: Mapping[str, str]


def read_before(library: Library, store: SnapshotStore, encoder: Encoder) -> Before:
    """What there is before a build of these.

    Raises:
        LibraryError: The library cannot be read.
    """
    try:
        base, _ = store.open_current(encoder=encoder.fingerprint)
    except SnapshotError:
        return Before(library.heads(), None, is_current=False, indexed=store.indexed())
    is_current = base.manifest.info.id == store.current_id()
    indexed = base.passages.hashes() if is_current else store.indexed()
    return Before(library.heads(), base, is_current, indexed)


def build_snapshot(
    library: Library,
    store: SnapshotStore,
    encoder: Encoder,
    *,
    options: BuildOptions,
    before: Before | None = None,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> BuildReport:
    """Build a snapshot of the library as it is now and make it current. The caller holds the home's lock.

    Args:
        library: Where the articles are.
        store: Where the snapshot goes.
        encoder: What embeds them.
        options: How.
        before: What `read_before` gave; read here where None.
        on_progress: Told after every step; what it raises ends the build and leaves nothing behind.

    Raises:
        SnapshotError: The library is empty, and no snapshot is there that would have to be emptied.
        SmokeError: The new snapshot was refused; it is held, and the one before stays current.
    """
    started = time.monotonic()
    before = before or read_before(library, store, encoder)
    revision, heads = library.revision, before.heads
    if not heads and store.current_id() is None:
        raise SnapshotError("the library is empty", "footnote add FOLDER")
    if not options.reuse:
        options.cache.unlink(missing_ok=True)
    growth = grown(_base(before, options), heads, library)
    snapshot_id = store.next_id(datetime.now(UTC))
    with store.building(snapshot_id) as folder, CachedEncoder(encoder, options.cache) as cached:
        layers = _write(folder, snapshot_id, growth, _Source(library, cached, options, on_progress))
        held = census(folder, layers)
        manifest = Manifest(
            format=FORMAT,
            info=SnapshotInfo(
                id=snapshot_id,
                built_at=datetime.now(UTC).isoformat(timespec="seconds"),
                articles=len(heads),
                passages=held.passages,
                newest=held.newest,
            ),
            encoder=encoder.fingerprint,
            dims=encoder.dims,
            max_passage_chars=options.max_passage_chars,
            languages=growth.languages,
            library_revision=revision,
            layers=layers,
            files={},
        )
        store.seal(folder, manifest)
        _admit(store, folder, manifest, options)
    return BuildReport(
        snapshot=manifest.info,
        changes=Changes.between(
            before.indexed, {article_id: found for article_id, (_, found) in heads.items()}
        ),
        embedded=cached.embedded,
        reused=held.passages - cached.embedded,
        seconds=time.monotonic() - started,
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """Where what is new comes from, and who is told how far it is."""

    library: Library
    encoder: CachedEncoder
    options: BuildOptions
    on_progress: Callable[[Progress], None]

    def entries(self, fresh: tuple[int, ...], done: int, total: int) -> Iterator[Entry]:
        """The versions with these numbers, split and embedded; ``done`` of ``total`` articles are written."""
        found = _split_all(versions(self.library, fresh), self.options.max_passage_chars)
        for batch in _batches(found):
            vectors = _encode(batch, self.encoder, partial(self.tell, done, total))
            yield from _entries(batch, vectors, self.encoder.dims)
            done += len(batch)
            self.tell(done, total)

    def tell(self, done: int, total: int) -> None:
        """Tell how many articles are written; where all vectors were there, nothing is embedded."""
        self.on_progress(Progress("embedding" if self.encoder.embedded else "indexing", done, total))


def _base(before: Before, options: BuildOptions) -> Snapshot | None:
    """The snapshot before, where its articles were split as they would be now."""
    base = before.base if options.reuse else None
    return base if base and base.manifest.max_passage_chars == options.max_passage_chars else None


def _write(folder: Path, name: str, growth: Growth, source: _Source) -> tuple[LayerInfo, ...]:
    """Write the layers and the word index of a snapshot; gives the layers."""
    if growth.base is not None:
        kept = [f"{LAYERS}/{info.name}" for info in growth.kept]
        take_over(growth.base.folder, [*kept, *([LEXICAL] if growth.takes_words else [])], folder)
    total = growth.n_copies + len(growth.fresh)
    if total == 0 and growth.takes_words and len(growth.removed) == 0:
        source.on_progress(Progress("saving", 0, 0))
        return growth.kept
    with closing(LexicalWriter(folder / LEXICAL, growth.languages)) as words:
        if growth.takes_words:
            words.remove(growth.removed)
        added = _write_layer(folder / LAYERS / name, growth, source, words) if total else ()
        source.on_progress(Progress("saving", total, total))
        words.finish()
    return (*growth.kept, *added)


def _write_layer(
    folder: Path, growth: Growth, source: _Source, words: LexicalWriter
) -> tuple[LayerInfo, ...]:
    n_copies = growth.n_copies
    total = n_copies + len(growth.fresh)
    with LayerWriter(folder, source.encoder.dims) as layer:
        for done, entry in enumerate(growth.copies(), start=1):
            stored = layer.add(entry)
            if not growth.takes_words:
                words.add_all(entry.version, stored)
            if done % _COPIES_A_STEP == 0:
                source.tell(done, total)
        for entry in source.entries(growth.fresh, n_copies, total):
            words.add_all(entry.version, layer.add(entry))
        return (layer.finish(recall=source.options.index_recall),)


def _admit(store: SnapshotStore, folder: Path, manifest: Manifest, options: BuildOptions) -> None:
    """Make a sealed snapshot current, or hold it where it is refused; killed before, it was never there."""
    refusal = None
    if options.refusal is not None:
        refusal = options.refusal(store.open_sealed(folder, encoder=manifest.encoder))
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


def _split_all(found: Iterable[ArticleVersion], max_passage_chars: int) -> Iterator[_Split]:
    for version in found:
        passages = split(version.text, version.language, max_passage_chars)
        yield _Split(version, passages, tuple(passage_text(version, passage) for passage in passages))


def _entries(batch: list[_Split], vectors: Sequence[Vectors], dims: int) -> Iterator[Entry]:
    """The articles of a batch with their vectors, out of those of all their passages, in order."""
    row, nothing = 0, np.zeros((0, dims), dtype=np.float32)
    for article in batch:
        version, of_article = article.version, vectors[row : row + len(article.passages)]
        row += len(article.passages)
        yield Entry(
            StoredVersion.of(version),
            article.passages,
            np.concatenate([nothing, *(rows[:1] for rows in of_article)]),
            np.concatenate([nothing, *(rows[1:] for rows in of_article)]),
            tuple(_terms(version, passage) for passage in article.passages),
        )


def _terms(version: ArticleVersion, passage: Passage) -> bytes:
    return pack(terms(span.of(version.text), version.language) for span in passage.sentences)


def _batches(splits: Iterable[_Split]) -> Iterator[list[_Split]]:
    batch: list[_Split] = []
    for article in splits:
        batch.append(article)
        if sum(len(article.texts) for article in batch) >= _PASSAGES_A_STEP:
            yield batch
            batch = []
    if batch:
        yield batch

"""What the next snapshot takes over from the one before, what it copies, and what it has to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.readable_library import ReadableLibrary
from corpus.types import ArticleVersion
from retrieval.layer import LAYERS, PASSAGES, PLACES, Entry, Layer
from retrieval.layering import MAX_GONE, Fill, n_kept
from retrieval.lexical import share_removed, stemming
from retrieval.manifest import LayerInfo
from retrieval.passages import PassageFile
from retrieval.places import Numbers, Places
from retrieval.snapshot import LEXICAL, Snapshot

Head = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Growth:
    """How a snapshot comes from the one before.

    Args:
        base: The one before; None where nothing is taken over.
        kept: The layers that stay, with what is gone from them.
        copied: Those that are written anew, each with the numbers of the versions that are left out.
        removed: The ids of the passages that are gone, int64, where the word index is taken over.
        fresh: The numbers of the versions that are read from the library, by article id.
        languages: ISO 639-1 codes of all articles.
    """

    base: Snapshot | None
    kept: tuple[LayerInfo, ...]
    copied: tuple[tuple[Layer, frozenset[int]], ...]
    removed: Numbers
    fresh: tuple[int, ...]
    languages: tuple[str, ...]

    @property
    def takes_words(self) -> bool:
        """Whether the word index is taken over."""
        return bool(self.kept)

    @property
    def n_copies(self) -> int:
        """How many articles are written anew as they are."""
        return sum(len(layer.passages.heads().values()) - len(gone) for layer, gone in self.copied)

    def copies(self) -> Iterator[Entry]:
        """The articles that are written anew as they are."""
        for layer, gone in self.copied:
            yield from (entry for entry in layer.entries() if entry.version.seq not in gone)


@dataclass(frozen=True, slots=True)
class Census:
    """What layers hold that is shown.

    Args:
        passages: How many.
        newest: ISO 8601 date of the newest article, None where no article states one.
    """

    passages: int
    newest: str | None


def grown(base: Snapshot | None, heads: Mapping[str, Head], library: ReadableLibrary) -> Growth:
    """How a snapshot of the library comes from ``base``.

    Args:
        base: One with the same encoder and settings; None where there is none.
        heads: Number and hash of the version to show of each article.
        library: Where the texts of what is new are.
    """
    layers = base.layers if base else ()
    held = [layer.passages.heads() for layer in layers]
    gone = [
        frozenset(seq for article_id, (seq, found) in each.items() if heads.get(article_id) != (seq, found))
        for each in held
    ]
    same = {head for each in held for article_id, head in each.items() if heads.get(article_id) == head}
    fresh = tuple(head[0] for _, head in sorted(heads.items()) if head not in same)
    spoken = {version.language for version in versions(library, fresh)}
    if base is None:
        return Growth(None, (), (), _ids([]), fresh, tuple(sorted(spoken)))
    removed = _ids(
        [layer.passages.places.of_versions(each) for layer, each in zip(layers, gone, strict=True)]
    )
    kept = _n_kept(base, gone, n_fresh=len(fresh), n_removed=len(removed), spoken=spoken)
    return Growth(
        base=base,
        kept=tuple(
            replace(layer.info, dead=tuple(sorted({*layer.info.dead, *each})))
            for layer, each in zip(layers[:kept], gone, strict=False)
        ),
        copied=tuple(zip(layers[kept:], gone[kept:], strict=True)),
        removed=removed,
        fresh=fresh,
        languages=tuple(sorted(spoken.union(base.manifest.languages))),
    )


def _n_kept(
    base: Snapshot, gone: list[frozenset[int]], *, n_fresh: int, n_removed: int, spoken: set[str]
) -> int:
    """How many layers stay; none where the word index cannot, which is one for all of them."""
    analysed = {stemming(language) for language in base.manifest.languages}
    if not {stemming(language) for language in spoken} <= analysed:
        return 0
    info = base.manifest.info
    if share_removed(base.folder / LEXICAL) + n_removed / max(1, info.passages) > MAX_GONE:
        return 0
    fills = []
    for layer, each in zip(base.layers, gone, strict=True):
        places = layer.passages.places
        shown = len(places) - len(places.of_versions(each))
        fills.append(Fill(shown, layer.info.passages - shown))
    return n_kept(fills, n_fresh * max(1, info.passages) // max(1, info.articles))


def versions(library: ReadableLibrary, seqs: tuple[int, ...]) -> Iterator[ArticleVersion]:
    """Versions by their numbers, one at a time."""
    return (version for seq in seqs if (version := library.version(seq)) is not None)


def census(folder: Path, layers: tuple[LayerInfo, ...]) -> Census:
    """What the layers of the snapshot in ``folder`` hold."""
    n_passages = 0
    newest: str | None = None
    for info in layers:
        at = folder / LAYERS / info.name
        places = Places(at / PLACES, info.dead)
        file = PassageFile(at / PASSAGES, places, dead=info.dead)
        n_passages += len(places)
        first = next(file.newest(), None)
        published = first.metadata.published if first else None
        newest = max(filter(None, (newest, published)), default=None)
    return Census(n_passages, newest)


def _ids(found: list[Numbers]) -> Numbers:
    return np.concatenate([np.zeros(0, dtype=np.int64), *found])

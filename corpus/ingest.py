"""Add what a person names to the library: find, fetch, read, clean, tell the language, store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Literal

from corpus.errors import UnreadableSource
from corpus.gather import Arrival, Gathering, Piece, Still, Vanished, Way
from corpus.library import Library
from corpus.storing import PutStatus

# One commit waits for the disk once, so many small articles share one; a kill loses at most a batch, and
# nothing is reported before it is committed.
BATCH_ARTICLES = 200
BATCH_CHARS = 4_000_000
# Pages come one a second: what is fetched is stored and told before long, and kept if the rest is stopped.
BATCH_S = 5.0

FILES_ONLY = Way()


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one article, or of a source that gave none.

    Args:
        source: The file or page; for JSON lines with ``#id``, or ``:line`` where the line could not be read.
        status: What the library did, or ``failed``.
        article_id: The article that holds the words; None when it failed.
        reason: For a failure, what is wrong and how to mend it, naming the source.
    """

    source: str
    status: PutStatus | Literal["failed"]
    article_id: str | None
    reason: str | None


def add(library: Library, sources: Iterable[str], way: Way = FILES_ONLY) -> Iterator[Added]:
    """Add every article that the sources hold, telling of each once it is stored for good.

    Args:
        library: Where to; the caller holds the right to write (`corpus.lock.writing`).
        sources: Files, folders and web addresses.
        way: How they are found, read and fetched.
    """
    library.sign_all()
    yield from stored(library, (piece for each in sources for piece in Gathering(library, way).pieces(each)))


def stored(library: Library, pieces: Iterable[Piece]) -> Iterator[Added]:
    """Store what was gathered, a batch at a time, and tell of each once it is stored for good."""
    for batch in _batches(pieces):
        with library.batch():
            added = [_store(library, piece) for piece in batch]
        yield from added


def _batches(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Groups bounded in number, in size and in the time they take, in order."""
    batch: list[Piece] = []
    n_chars, begun = 0, monotonic()
    for piece in pieces:
        batch.append(piece)
        n_chars += len(piece.article.text) if isinstance(piece, Arrival) else 0
        is_late = monotonic() - begun >= BATCH_S
        if len(batch) >= BATCH_ARTICLES or n_chars >= BATCH_CHARS or is_late:
            yield batch
            batch, n_chars, begun = [], 0, monotonic()
    if batch:
        yield batch


def _store(library: Library, piece: Piece) -> Added:
    match piece:
        case Arrival(article, sighting):
            outcome = library.put(article, sighting)
            return Added(article.origin, outcome.status, outcome.article_id, None)
        case Still(source, watch, entry):
            library.see(source, watch=watch, entry=entry)
            return Added(source.origin, "unchanged", source.article_id, None)
        case Vanished(source):
            problem = UnreadableSource(
                f"{source.origin} is gone (404 or 410); what it said before is kept",
                f"footnote remove {source.article_id}, if it should be",
                source=source.origin,
            )
            return Added(source.origin, "failed", source.article_id, str(problem))
        case UnreadableSource():
            return Added(piece.source, "failed", None, str(piece))

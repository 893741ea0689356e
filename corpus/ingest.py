"""Add what a person names to the library: find, load, clean, tell the language, store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.clean import clean, clean_line
from corpus.errors import UnreadableSource
from corpus.kind import SUFFIXES
from corpus.language import detect
from corpus.library import Library, PutStatus
from corpus.load import find_files, load_file
from corpus.types import CleanArticle, Metadata, RawArticle

# One commit waits for the disk once, so many small articles share one; a kill loses at most a batch, and
# nothing is reported before it is committed.
BATCH_ARTICLES = 200
BATCH_CHARS = 4_000_000

# A longer title or name is no title; it would fill the reader's screen.
MAX_METADATA_CHARS = 300


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one article, or of a source that gave none.

    Args:
        source: The file; for JSON lines with ``#id``, or ``:line`` where the line could not be read.
        status: What the library did, or ``failed``.
        article_id: The article that holds the words; None when it failed.
        reason: For a failure, what is wrong and how to mend it, naming the source.
    """

    source: str
    status: PutStatus | Literal["failed"]
    article_id: str | None
    reason: str | None


def add(library: Library, sources: Iterable[str]) -> Iterator[Added]:
    """Add every article that the sources hold, telling of each once it is stored for good.

    Args:
        library: Where to; the caller holds the right to write (`corpus.lock.writing`).
        sources: Files and folders.
    """
    for batch in _batches(_read(sources)):
        with library.batch():
            added = [_store(library, article) for article in batch]
        yield from added


def _read(sources: Iterable[str]) -> Iterator[CleanArticle | UnreadableSource]:
    """Every article of the sources, ready to be stored, and every problem on the way."""
    for source in sources:
        for raw in _load(source):
            yield raw if isinstance(raw, UnreadableSource) else _cleaned(raw)


def _load(source: str) -> Iterator[RawArticle | UnreadableSource]:
    if "://" in source:
        message = f"{source} is a web address, and footnote reads files only"
        yield UnreadableSource(message, "save the page as text or Markdown and add the file", source=source)
        return
    if not source.strip():
        remedy = f"name a file ({', '.join(SUFFIXES)}) or a folder: footnote add PATH"
        yield UnreadableSource(f"{source!r} is not a file or folder", remedy, source=source)
        return
    is_empty = True
    for path in find_files(Path(source)):
        for raw in load_file(path):
            is_empty = False
            yield raw
    if is_empty:
        remedy = f"name a folder that holds {', '.join(SUFFIXES)} files"
        yield UnreadableSource(f"{source} holds no articles", remedy, source=source)


def _cleaned(raw: RawArticle) -> CleanArticle | UnreadableSource:
    text = clean(raw.text, raw.markup)
    if not text:
        message = f"{raw.origin} has no words left after cleaning"
        return UnreadableSource(message, "look whether it holds more than markup", source=raw.origin)
    meta = raw.metadata
    metadata = Metadata(
        title=_line(meta.title) or "",
        url=meta.url,
        source=_line(meta.source),
        author=_line(meta.author),
        published=meta.published,
    )
    return CleanArticle(raw.key, raw.origin, metadata, text, detect(text))


def _line(words: str | None) -> str | None:
    """One clean line within the limit; None when nothing is left of it."""
    line = clean_line(words or "")
    return f"{line[:MAX_METADATA_CHARS].rstrip()}…" if len(line) > MAX_METADATA_CHARS else line or None


def _batches(
    articles: Iterable[CleanArticle | UnreadableSource],
) -> Iterator[list[CleanArticle | UnreadableSource]]:
    """Groups bounded both in number and in size, in order."""
    batch: list[CleanArticle | UnreadableSource] = []
    n_chars = 0
    for article in articles:
        batch.append(article)
        n_chars += len(article.text) if isinstance(article, CleanArticle) else 0
        if len(batch) >= BATCH_ARTICLES or n_chars >= BATCH_CHARS:
            yield batch
            batch, n_chars = [], 0
    if batch:
        yield batch


def _store(library: Library, article: CleanArticle | UnreadableSource) -> Added:
    if isinstance(article, UnreadableSource):
        return Added(article.source, "failed", None, str(article))
    outcome = library.put(article)
    return Added(article.origin, outcome.status, outcome.article_id, None)

"""The passages of a snapshot, with the versions they are slices of: one SQLite file, read by any thread."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.types import ArticleVersion, Metadata, Passage, Span
from retrieval.errors import SnapshotError
from retrieval.types import Article

_SCHEMA = """
CREATE TABLE versions (
    seq INTEGER PRIMARY KEY, article_id TEXT NOT NULL, hash TEXT NOT NULL, title TEXT NOT NULL, url TEXT,
    source TEXT, author TEXT, published TEXT, language TEXT NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE INDEX versions_by_date ON versions (published DESC, article_id);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL,
    first_sentence INTEGER NOT NULL, sentences BLOB NOT NULL, text TEXT NOT NULL,
    terms BLOB NOT NULL
) STRICT;
CREATE INDEX passages_by_version ON passages (seq, starts_at, ends_at);
"""

# The words of a passage stand here once more: to cut them out of its article, SQLite reads all of it, and a
# hundred passages of one as long as a book took a second.
_PASSAGE = """
SELECT p.id, p.seq, p.starts_at, p.ends_at, p.first_sentence, p.sentences, p.text, p.terms,
    v.article_id, v.language, v.source, v.published
FROM passages AS p JOIN versions AS v ON v.seq = p.seq
"""


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as a snapshot keeps it.

    Args:
        id: Stable: the same article version and span give the same id in every snapshot.
        version_seq: The version it is a slice of.
        passage: Its spans, in the version's coordinates.
        first_sentence: Row of its first sentence in the snapshot's sentence vectors.
        article_id: The article it is a slice of.
        language: ISO 639-1 code of that article, or ``und``.
        text: Its words.
        terms: Those of its sentences, as `retrieval.sentence_terms` packs them.
        source: The outlet that published the article, None where unknown.
        published: When, as `corpus.types.Metadata` has it.
    """

    id: int
    version_seq: int
    passage: Passage
    first_sentence: int
    article_id: str
    language: str
    text: str
    terms: bytes
    source: str | None = None
    published: str | None = None

    @property
    def n_sentences(self) -> int:
        """How many it has; at least one."""
        return len(self.passage.sentences)

    @property
    def sentence_rows(self) -> slice:
        """Where its sentences stand in the snapshot's sentence vectors."""
        return slice(self.first_sentence, self.first_sentence + len(self.passage.sentences))

    def sentence_texts(self) -> list[str]:
        """Its sentences, in order."""
        start = self.passage.span.start
        return [self.text[span.start - start : span.end - start] for span in self.passage.sentences]


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """The version that passages are slices of."""

    article: Article
    seq: int
    hash: str
    language: str
    text: str


def passage_id(version: ArticleVersion, span: Span) -> int:
    """A stable id in [0, 2^63): from the article, its content and the span."""
    name = f"{version.article_id}\n{version.hash}\n{span.start}\n{span.end}"
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") >> 1


class PassageWriter:
    """Writes the passages of a new snapshot to a file that does not exist yet."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        # The file is worthless until the snapshot's manifest is written; it is fsynced then.
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.executescript(_SCHEMA)

    def add(self, version: ArticleVersion, passages: Iterable[StoredPassage]) -> None:
        """Add one version with all its passages."""
        meta = version.metadata
        self._connection.execute(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (version.seq, version.article_id, version.hash, meta.title, meta.url, meta.source, meta.author,
             meta.published, version.language, version.text),
        )  # fmt: skip
        self._connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (_passage_row(stored) for stored in passages),
        )

    def finish(self) -> None:
        """Write everything out."""
        self._connection.commit()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class PassageStore:
    """Reads passages and versions; any number of threads may: SQLite serialises the calls.

    Raises:
        SnapshotError: The file is missing.
    """

    def __init__(self, path: Path) -> None:
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        except sqlite3.DatabaseError as error:
            raise SnapshotError(f"{path} cannot be read: {error}", "footnote reindex") from error
        # Whoever still answers from a snapshot that was replaced keeps it open; the last one closes it.
        weakref.finalize(self, self._connection.close)

    def passages(self, ids: list[int]) -> dict[int, StoredPassage]:
        """The named passages by id; ids that are not here are left out."""
        marks = ",".join("?" * len(ids))
        rows = self._connection.execute(f"{_PASSAGE} WHERE p.id IN ({marks})", ids)
        return {row[0]: _passage_of(row) for row in rows}

    def article_ids(self, ids: list[int]) -> dict[int, str]:
        """The article that each of the named passages is a slice of; any number may be named."""
        rows = self._connection.execute(
            "SELECT p.id, v.article_id FROM passages AS p JOIN versions AS v ON v.seq = p.seq"
            " WHERE p.id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        )
        return dict(rows.fetchall())

    def near(self, stored: StoredPassage, reach: int) -> list[StoredPassage]:
        """A passage and those of its version that stand within ``reach`` characters of it, in order."""
        span = stored.passage.span
        rows = self._connection.execute(
            f"{_PASSAGE} WHERE p.seq = ? AND p.ends_at > ? AND p.starts_at < ? ORDER BY p.starts_at",
            (stored.version_seq, span.start - reach, span.end + reach),
        )
        return [_passage_of(row) for row in rows]

    def version(self, seq: int) -> StoredVersion:
        """The version with this number; it must be in the snapshot."""
        row = self._connection.execute("SELECT * FROM versions WHERE seq = ?", (seq,)).fetchone()
        return _version_of(row)

    def hashes(self) -> dict[str, str]:
        """Article id to version hash; raises as `heads`."""
        return {article_id: content_hash for article_id, (_, content_hash) in self.heads().items()}

    def heads(self) -> dict[str, tuple[int, str]]:
        """Article id to number and hash of its version.

        Raises:
            SnapshotError: The file is damaged.
        """
        try:
            rows = self._connection.execute("SELECT article_id, seq, hash FROM versions")
            return {article_id: (seq, content_hash) for article_id, seq, content_hash in rows}
        except sqlite3.DatabaseError as error:
            raise SnapshotError(f"the passages cannot be read: {error}", "footnote reindex") from error

    def labels(self) -> list[tuple[int, str | None, str | None, str | None]]:
        """Number, source, author and date of every version."""
        return self._connection.execute("SELECT seq, source, author, published FROM versions").fetchall()

    def numbers(self) -> list[tuple[int, int]]:
        """The id of every passage with the number of its version, by way of an index that holds no words."""
        return self._connection.execute(
            "SELECT id, seq FROM passages INDEXED BY passages_by_version"
        ).fetchall()

    def newest(self, offset: int, limit: int) -> Iterator[Article]:
        """Articles by date, newest first, those without a date last."""
        rows = self._connection.execute(
            "SELECT seq, article_id, hash, title, url, source, author, published, language, '' FROM versions"
            " ORDER BY published DESC, article_id LIMIT ? OFFSET ?",
            (limit, offset),
        )
        return (_version_of(row).article for row in rows)


def _passage_row(stored: StoredPassage) -> tuple[int, int, int, int, int, bytes, str, bytes]:
    sentences = np.array([(span.start, span.end) for span in stored.passage.sentences], dtype=np.uint32)
    span = stored.passage.span
    return (stored.id, stored.version_seq, span.start, span.end, stored.first_sentence, sentences.tobytes(),
            stored.text, stored.terms)  # fmt: skip


def _passage_of(
    row: tuple[int, int, int, int, int, bytes, str, bytes, str, str, str | None, str | None],
) -> StoredPassage:
    number, seq, start, end, first_sentence, sentences, text, terms = row[:8]
    article_id, language, source, published = row[8:]
    spans = np.frombuffer(sentences, dtype=np.uint32).reshape(-1, 2).tolist()
    return StoredPassage(
        id=number,
        version_seq=seq,
        passage=Passage(Span(start, end), tuple(Span(*span) for span in spans)),
        first_sentence=first_sentence,
        text=text,
        terms=terms,
        article_id=article_id,
        language=language,
        source=source,
        published=published,
    )


def _version_of(row: tuple[int, str, str, str, str, str, str, str, str, str]) -> StoredVersion:
    seq, article_id, content_hash, title, url, source, author, published, language, text = row
    metadata = Metadata(title=title, url=url, source=source, author=author, published=published)
    return StoredVersion(Article(article_id, metadata), seq, content_hash, language, text)

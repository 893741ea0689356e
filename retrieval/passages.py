"""The passages of a snapshot, with the versions they are slices of: a SQLite file for each layer."""

from __future__ import annotations

import hashlib
import heapq
import json
import sqlite3
import weakref
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import total_ordering
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from corpus.types import ArticleVersion, Metadata, Passage, Span
from retrieval.errors import SnapshotError
from retrieval.places import Numbers, Places
from retrieval.types import Article

# Texts stand apart: whoever asks what articles there are does not read them.
_SCHEMA = """
CREATE TABLE versions (
    seq INTEGER PRIMARY KEY, article_id TEXT NOT NULL, hash TEXT NOT NULL, title TEXT NOT NULL, url TEXT,
    source TEXT, author TEXT, published TEXT, language TEXT NOT NULL
) STRICT;
CREATE INDEX versions_by_date ON versions (published DESC, article_id);
CREATE TABLE texts (seq INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE passages (
    place INTEGER PRIMARY KEY, id INTEGER NOT NULL, seq INTEGER NOT NULL, starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL, first_sentence INTEGER NOT NULL, sentences BLOB NOT NULL, text TEXT NOT NULL,
    terms BLOB NOT NULL
) STRICT;
CREATE INDEX passages_by_version ON passages (seq, starts_at, ends_at);
"""

_NUMBER = np.dtype("<u4")

# The words of a passage stand here once more: to cut them out of its article, SQLite reads all of it, and a
# hundred passages of one as long as a book took a second.
_PASSAGE = """
SELECT p.id, p.seq, p.starts_at, p.ends_at, p.first_sentence, p.sentences, p.text, p.terms,
    v.article_id, v.language, v.source, v.published
FROM passages AS p JOIN versions AS v ON v.seq = p.seq
"""
_VERSION = """
SELECT v.seq, v.article_id, v.hash, v.title, v.url, v.source, v.author, v.published, v.language, t.text
FROM versions AS v JOIN texts AS t ON t.seq = v.seq
"""


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as a snapshot keeps it.

    Args:
        id: Stable: the same article version and span give the same id in every snapshot.
        version_seq: The version it is a slice of.
        span: Where it stands in the version.
        spans: Where its sentences stand there, as `pack_spans` has them: of a hundred passages that are
            compared with a question, three are looked at sentence by sentence.
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
    span: Span
    spans: bytes
    first_sentence: int
    article_id: str
    language: str
    text: str
    terms: bytes
    source: str | None = None
    published: str | None = None

    @property
    def passage(self) -> Passage:
        """Its spans and those of its sentences, in the version's coordinates."""
        found = np.frombuffer(self.spans, dtype=_NUMBER).reshape(-1, 2).tolist()
        return Passage(self.span, tuple(Span(*each) for each in found))

    @property
    def n_sentences(self) -> int:
        """How many it has; at least one."""
        return len(self.spans) // (2 * _NUMBER.itemsize)

    @property
    def sentence_rows(self) -> slice:
        """Where its sentences stand in the snapshot's sentence vectors."""
        return slice(self.first_sentence, self.first_sentence + self.n_sentences)

    def sentence_texts(self) -> list[str]:
        """Its sentences, in order."""
        start = self.span.start
        return [self.text[span.start - start : span.end - start] for span in self.passage.sentences]


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """The version that passages are slices of."""

    article: Article
    seq: int
    hash: str
    language: str
    text: str

    @classmethod
    def of(cls, version: ArticleVersion) -> StoredVersion:
        """What a snapshot keeps of a version in the library."""
        article = Article(version.article_id, version.metadata)
        return cls(article, version.seq, version.hash, version.language, version.text)


def passage_id(version: StoredVersion, span: Span) -> int:
    """A stable id in [0, 2^63): from the article, its content and the span."""
    name = f"{version.article.id}\n{version.hash}\n{span.start}\n{span.end}"
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") >> 1


class PassageWriter:
    """Writes the passages of a new layer to a file that does not exist yet."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._n_passages = 0
        # The file is worthless until the snapshot's manifest is written; it is fsynced then.
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.executescript(_SCHEMA)

    def add(self, version: StoredVersion, passages: Sequence[StoredPassage]) -> None:
        """Add one version with all its passages, in order, each at the next place."""
        about = version.article.metadata
        self._connection.execute(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (version.seq, version.article.id, version.hash, about.title, about.url, about.source,
             about.author, about.published, version.language),
        )  # fmt: skip
        self._connection.execute("INSERT INTO texts VALUES (?, ?)", (version.seq, version.text))
        self._connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((self._n_passages + at, *_passage_row(stored)) for at, stored in enumerate(passages)),
        )
        self._n_passages += len(passages)

    def finish(self) -> None:
        """Write everything out."""
        self._connection.commit()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class PassageFile:
    """Reads the passages and versions of a layer; any number of threads may: SQLite serialises the calls.

    Whatever reads raises a SnapshotError where the file is damaged or its disk fails.

    Args:
        path: Of the file.
        places: Where its passages stand, and which of them are shown.
        dead: The versions of which nothing is shown any more.
        first_row: Row of its first sentence in the snapshot's sentence vectors.

    Raises:
        SnapshotError: The file is missing.
    """

    def __init__(self, path: Path, places: Places, *, dead: Collection[int] = (), first_row: int = 0) -> None:
        self.places, self._dead, self._first_row = places, frozenset(dead), first_row
        self._heads: dict[str, tuple[int, str]] | None = None
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        except sqlite3.DatabaseError as error:
            raise SnapshotError(f"{path} cannot be read: {error}", "footnote reindex") from error
        # Whoever still answers from a snapshot that was replaced keeps it open; the last one closes it.
        weakref.finalize(self, self._connection.close)

    def passages(self, ids: list[int]) -> dict[int, StoredPassage]:
        """The named passages by id; ids that are not here are left out."""
        statement = f"{_PASSAGE} WHERE p.place IN (SELECT value FROM json_each(?))"  # noqa: S608 - ours
        rows = self._rows(statement, (json.dumps(self._places(ids)),))
        return {row[0]: self._passage_of(row) for row in rows}

    def article_ids(self, ids: list[int]) -> dict[int, str]:
        """The article that each of the named passages is a slice of; any number may be named."""
        rows = self._rows(
            "SELECT p.id, v.article_id FROM passages AS p JOIN versions AS v ON v.seq = p.seq"
            " WHERE p.place IN (SELECT value FROM json_each(?))",
            (json.dumps(self._places(ids)),),
        )
        return dict(rows)

    def near(self, stored: StoredPassage, reach: int) -> list[StoredPassage]:
        """A passage and those of its version that stand within ``reach`` characters of it, in order."""
        span = stored.span
        return self._slices(stored.version_seq, span.start - reach, span.end + reach)

    def version(self, seq: int) -> StoredVersion | None:
        """The version with this number; None where it is not shown here."""
        if seq in self._dead:
            return None
        row = next(self._rows(f"{_VERSION} WHERE v.seq = ?", (seq,)), None)
        return _version_of(row) if row else None

    def versions(self) -> Iterator[tuple[StoredVersion, list[StoredPassage]]]:
        """Every version that is shown with its passages, in the order in which they were written."""
        for row in self._rows(f"{_VERSION} ORDER BY v.seq"):
            if row[0] not in self._dead:
                version = _version_of(row)
                yield version, self._slices(version.seq, -1, len(version.text) + 1)

    def shows(self, seq: int) -> bool:
        """Whether the version with this number is shown here."""
        found = next(self._rows("SELECT 1 FROM versions WHERE seq = ?", (seq,)), None)
        return found is not None and seq not in self._dead

    def row(self, first_sentence: int) -> int:
        """The row in this layer's own sentence vectors of a row in the snapshot's."""
        return first_sentence - self._first_row

    def heads(self) -> dict[str, tuple[int, str]]:
        """Article id to number and hash of its version; read once.

        Raises:
            SnapshotError: The file is damaged.
        """
        if self._heads is None:
            rows = self._rows("SELECT article_id, seq, hash FROM versions")
            self._heads = {row[0]: (row[1], row[2]) for row in rows if row[1] not in self._dead}
        return self._heads

    def labels(self) -> list[tuple[int, str | None, str | None, str | None]]:
        """Number, source, author and date of every version."""
        rows = self._rows("SELECT seq, source, author, published FROM versions")
        return [row for row in rows if row[0] not in self._dead]

    def newest(self) -> Iterator[Article]:
        """Articles by date, newest first, those without a date last; read as they are asked for."""
        rows = self._rows(
            "SELECT seq, article_id, hash, title, url, source, author, published, language, '' FROM versions"
            " ORDER BY published DESC, article_id"
        )
        return (_version_of(row).article for row in rows if row[0] not in self._dead)

    def _rows(self, statement: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._connection.execute(statement, tuple(values))
        except sqlite3.DatabaseError as error:
            raise SnapshotError(f"the passages cannot be read: {error}", "footnote reindex") from error

    def _places(self, ids: list[int]) -> list[int]:
        places = self.places.of(np.array(ids, dtype=np.int64))
        return [int(place) for place in places[places >= 0]]

    def _slices(self, seq: int, start: int, end: int) -> list[StoredPassage]:
        rows = self._rows(
            f"{_PASSAGE} WHERE p.seq = ? AND p.ends_at > ? AND p.starts_at < ? ORDER BY p.starts_at",
            (seq, start, end),
        )
        return [self._passage_of(row) for row in rows]

    def _passage_of(
        self, row: tuple[int, int, int, int, int, bytes, str, bytes, str, str, str | None, str | None]
    ) -> StoredPassage:
        number, seq, start, end, first_sentence, sentences, text, terms = row[:8]
        article_id, language, source, published = row[8:]
        return StoredPassage(
            id=number,
            version_seq=seq,
            span=Span(start, end),
            spans=sentences,
            first_sentence=self._first_row + first_sentence,
            text=text,
            terms=terms,
            article_id=article_id,
            language=language,
            source=source,
            published=published,
        )


class PassageStore:
    """The passages and versions of all layers of a snapshot; each version is shown in one of them."""

    def __init__(self, files: Sequence[PassageFile]) -> None:
        self._files = files

    def passages(self, ids: list[int]) -> dict[int, StoredPassage]:
        """The named passages by id; ids that are not here are left out."""
        return {number: found for file in self._files for number, found in file.passages(ids).items()}

    def article_ids(self, ids: list[int]) -> dict[int, str]:
        """The article that each of the named passages is a slice of; any number may be named."""
        return {number: found for file in self._files for number, found in file.article_ids(ids).items()}

    def near(self, stored: StoredPassage, reach: int) -> list[StoredPassage]:
        """A passage and those of its version that stand within ``reach`` characters of it, in order."""
        return self._file(stored.version_seq).near(stored, reach)

    def version(self, seq: int) -> StoredVersion:
        """The version with this number; it must be in the snapshot."""
        return next(version for file in self._files if (version := file.version(seq)))

    def hashes(self) -> dict[str, str]:
        """Article id to version hash; raises as `heads`."""
        return {article_id: content_hash for article_id, (_, content_hash) in self.heads().items()}

    def heads(self) -> dict[str, tuple[int, str]]:
        """Article id to number and hash of its version.

        Raises:
            SnapshotError: A file is damaged.
        """
        return {article_id: head for file in self._files for article_id, head in file.heads().items()}

    def labels(self) -> list[tuple[int, str | None, str | None, str | None]]:
        """Number, source, author and date of every version."""
        return [label for file in self._files for label in file.labels()]

    def numbers(self) -> tuple[Numbers, Numbers]:
        """The id of every passage, and the number of its version."""
        ids, seqs = (
            zip(*[file.places.shown() for file in self._files], strict=True) if self._files else ((), ())
        )
        nothing = np.zeros(0, dtype=np.int64)
        return np.concatenate([nothing, *ids]), np.concatenate([nothing, *seqs])

    def newest(self, offset: int, limit: int) -> Iterator[Article]:
        """Articles by date, newest first, those without a date last."""
        merged = heapq.merge(*[file.newest() for file in self._files], key=_ByDate)
        return islice(merged, offset, offset + limit)

    def _file(self, seq: int) -> PassageFile:
        return next(file for file in self._files if file.shows(seq))


@total_ordering
class _ByDate:
    """Orders articles by date, newest first, those without a date last, and then by id."""

    def __init__(self, article: Article) -> None:
        self._date, self._id = article.metadata.published, article.id

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByDate) and (self._date, self._id) == (other._date, other._id)

    def __lt__(self, other: _ByDate) -> bool:
        if self._date == other._date:
            return self._id < other._id
        return other._date is None or (self._date is not None and self._date > other._date)


def pack_spans(passage: Passage) -> bytes:
    """Where the sentences of a passage stand: pairs of little-endian 32-bit numbers."""
    return np.array([(span.start, span.end) for span in passage.sentences], dtype=_NUMBER).tobytes()


def _passage_row(stored: StoredPassage) -> tuple[int, int, int, int, int, bytes, str, bytes]:
    span = stored.span
    return (stored.id, stored.version_seq, span.start, span.end, stored.first_sentence, stored.spans,
            stored.text, stored.terms)  # fmt: skip


def _version_of(row: tuple[int, str, str, str, str, str, str, str, str, str]) -> StoredVersion:
    seq, article_id, content_hash, title, url, source, author, published, language, text = row
    metadata = Metadata(title=title, url=url, source=source, author=author, published=published)
    return StoredVersion(Article(article_id, metadata), seq, content_hash, language, text)

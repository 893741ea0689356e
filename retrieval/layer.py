"""A layer of a snapshot: some of its articles with their vectors and passages, in files of their own.

A layer never changes. Snapshots that follow one another have links to the same files, and say in their
manifests which of the articles in them are gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np

from corpus.types import Passage
from retrieval.encoder import Vectors
from retrieval.inverted_lists import Lists
from retrieval.manifest import EXACT, LayerInfo
from retrieval.passages import (
    PassageFile,
    PassageWriter,
    StoredPassage,
    StoredVersion,
    pack_spans,
    passage_id,
)
from retrieval.places import Places, PlacesWriter
from retrieval.row_file import RowFile, Rows
from retrieval.vectors import EXACT_UP_TO, VectorIndex, VectorWriter

LAYERS = "layers"
VECTORS = "passages.faiss"
PLACES = "passages.places"
PASSAGES = "passages.db"
SENTENCES = "sentences.f16"

# How well many vectors are searched is measured with so many sentences.
_QUESTIONS = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """An article with all that an index holds of it.

    Args:
        version: The article, as it is.
        passages: Its passages, in order.
        vectors: Theirs, float32, shape (n, d), rows of unit norm.
        sentences: Those of all their sentences, in order, shape (m, d), the same.
        terms: Those of each passage's sentences, as `retrieval.sentence_terms` packs them.
    """

    version: StoredVersion
    passages: tuple[Passage, ...]
    vectors: Vectors
    sentences: Vectors
    terms: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """An opened layer.

    Args:
        info: What the snapshot says of it.
        vectors: Of its passages.
        sentences: Vectors of its sentences, shape (m, d), read from disk.
        passages: Its passages and their texts.
    """

    info: LayerInfo
    vectors: VectorIndex
    sentences: RowFile
    passages: PassageFile

    @classmethod
    def open(cls, folder: Path, info: LayerInfo, *, dims: int, first_row: int) -> Layer:
        """The layer in ``folder``, the first of whose sentences has the row ``first_row`` in its snapshot.

        Raises:
            SnapshotError: A file is no such file.
        """
        places = Places(folder / PLACES, info.dead)
        return cls(
            info=info,
            vectors=VectorIndex(folder / VECTORS, places, Lists.open(folder, info.method)),
            sentences=RowFile(folder / SENTENCES, dims),
            passages=PassageFile(folder / PASSAGES, places, dead=info.dead, first_row=first_row),
        )

    def entries(self) -> Iterator[Entry]:
        """Every article that is shown, with its vectors as they are."""
        rows, places = self.vectors.rows, self.passages.places
        for version, stored in self.passages.versions():
            at = places.of(np.array([each.id for each in stored], dtype=np.int64))
            first = self.passages.row(stored[0].first_sentence) if stored else 0
            n_sentences = sum(each.n_sentences for each in stored)
            yield Entry(
                version,
                tuple(each.passage for each in stored),
                rows[at].astype(np.float32),
                self.sentences[first : first + n_sentences].astype(np.float32),
                tuple(each.terms for each in stored),
            )


class LayerWriter:
    """Writes a layer into a folder that is not there yet; nothing can be read before `finish`. Close it."""

    def __init__(self, folder: Path, dims: int) -> None:
        folder.mkdir(parents=True)
        self._folder, self._dims = folder, dims
        self._n_passages = self._n_sentences = 0
        self._places = PlacesWriter(folder / PLACES)
        with ExitStack() as opened:
            self._vectors = VectorWriter(folder / VECTORS, dims)
            opened.callback(self._vectors.close)
            self._passages = PassageWriter(folder / PASSAGES)
            opened.callback(self._passages.close)
            self._sentences = opened.enter_context((folder / SENTENCES).open("wb"))
            self._opened = opened.pop_all()

    def add(self, entry: Entry) -> list[StoredPassage]:
        """Add an article; gives its passages as they are kept."""
        stored = list(self._stored(entry))
        self._places.add([each.id for each in stored], entry.version.seq)
        self._vectors.add(entry.vectors)
        self._passages.add(entry.version, stored)
        self._sentences.write(entry.sentences.astype(np.float16).tobytes())
        self._n_passages += len(stored)
        self._n_sentences += len(entry.sentences)
        return stored

    def finish(self, *, recall: float) -> LayerInfo:
        """Write everything out, and what finds the nearest of many vectors quickly.

        Args:
            recall: The share of the ten nearest that has to be found.
        """
        self._sentences.flush()
        self._passages.finish()
        self._vectors.finish()
        self._places.finish()
        method = EXACT
        if self._n_passages > EXACT_UP_TO:
            sentences = RowFile(self._folder / SENTENCES, self._dims)
            drawn = np.linspace(0, len(sentences) - 1, _QUESTIONS).astype(np.int64)
            questions = np.concatenate([sentences[row : row + 1] for row in drawn]).astype(np.float32)
            rows = VectorIndex(self._folder / VECTORS, Places(self._folder / PLACES)).rows
            method = Lists.build(self._folder, rows, questions=questions, recall=recall)
        return LayerInfo(self._folder.name, self._n_passages, self._n_sentences, method)

    def __enter__(self) -> LayerWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.close()

    def _stored(self, entry: Entry) -> Iterator[StoredPassage]:
        version, first_sentence = entry.version, self._n_sentences
        for passage, terms in zip(entry.passages, entry.terms, strict=True):
            yield StoredPassage(
                id=passage_id(version, passage.span),
                version_seq=version.seq,
                span=passage.span,
                spans=pack_spans(passage),
                first_sentence=first_sentence,
                article_id=version.article.id,
                language=version.language,
                text=passage.span.of(version.text),
                terms=terms,
            )
            first_sentence += len(passage.sentences)


class SentenceVectors:
    """The vectors of all sentences of a snapshot, read from disk; a passage's stand in one layer.

    Args:
        layers: Those of each layer, oldest first, fp16, shape (m, d), unit rows.
        dims: Length of a vector.
    """

    def __init__(self, layers: Sequence[RowFile], dims: int) -> None:
        self._layers = layers
        self._nothing = np.zeros((0, dims), dtype=np.float16)

    def __getitem__(self, rows: slice) -> Rows:
        """Some of them in order, all of one layer, fp16, shape (m, d)."""
        start, stop = rows.start, rows.stop
        for layer in self._layers:
            if start < len(layer):
                return layer[start:stop]
            start, stop = start - len(layer), stop - len(layer)
        return self._nothing

    def __len__(self) -> int:
        return sum(map(len, self._layers))

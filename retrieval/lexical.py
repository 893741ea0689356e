"""The lexical index: tantivy's BM25, stemmed by language. The only file that imports tantivy."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import tantivy

from retrieval.errors import SnapshotError
from retrieval.passages import StoredPassage, StoredVersion
from retrieval.types import Hit
from retrieval.unspaced import spaced

# Tantivy's stemmers by ISO 639-1; other languages are matched word by word.
STEMMERS = {
    "ar": "Arabic", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "hu": "Hungarian", "it": "Italian", "nl": "Dutch", "no": "Norwegian",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "ta": "Tamil", "tr": "Turkish",
}  # fmt: skip
PLAIN = "plain"

# Those of them that tantivy has no stopwords for; asked for them, it raises an error.
_WITHOUT_STOPWORDS = {"ar", "el", "ro", "ta", "tr"}

# What English questions are made of; tantivy's English list is the 33 words of Lucene's, without them.
_QUESTION_WORDS = [
    "who", "whom", "whose", "what", "which", "where", "when", "why", "how", "do", "does", "did", "has",
    "have", "had", "can", "could", "would", "should", "you", "your", "we", "our", "me", "my", "he", "she",
    "his", "her", "its", "them", "were", "been", "about", "from", "many", "much", "s", "t", "tell", "please",
]  # fmt: skip

# A word in the title says what an article is about, but an excerpt answers with its body.
TITLE_BOOST = 0.5

K1 = 1.2  # tantivy's, which cannot be changed
_UNSEEN = 50
NO_EARLIER: Mapping[str, float] = MappingProxyType({})
_MAX_WORD_BYTES = 200  # German compounds have 60 letters, and a letter takes up to 4 bytes
_WRITER_HEAP_BYTES = 64_000_000
_GROWING_HEAP_BYTES = 15_000_000  # as little as tantivy takes

# Some passages are searched by looking up their ids (6 µs each), or by searching all and leaving out the rest
# (0.8 µs for each of k·N/n, twice that to be ample). The two cost the same where n² is about so many times N:
# 1,000 of 100,000.
_LOOKED_UP_SQUARE = 10
_AMPLE, _WIDER = 2, 10

PassageIds = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]


def stemming(language: str) -> str:
    """The name of the analysis for an article's language: its code where it has a stemmer, else plain."""
    return language if language in STEMMERS else PLAIN


@cache
def _analyzer(language: str, *, stopwords: bool = True) -> tantivy.TextAnalyzer:
    builder = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(_MAX_WORD_BYTES))
        .filter(tantivy.Filter.lowercase())
    )
    if language in STEMMERS:
        if not stopwords and language not in _WITHOUT_STOPWORDS:
            builder = builder.filter(tantivy.Filter.stopword(STEMMERS[language]))
        if not stopwords and language == "en":
            builder = builder.filter(tantivy.Filter.custom_stopword(_QUESTION_WORDS))
        builder = builder.filter(tantivy.Filter.stemmer(STEMMERS[language]))
    return builder.filter(tantivy.Filter.ascii_fold()).build()


def terms(text: str, language: str) -> list[str]:
    """The terms of ``text`` as they are indexed: lower case, stemmed, without accents, in order."""
    return _analyzer(stemming(language)).analyze(spaced(text))


def question_terms(question: str, language: str) -> list[str]:
    """The distinct terms of a question worth searching for: without stopwords, if any others are left."""
    content = _analyzer(stemming(language), stopwords=False).analyze(spaced(question))
    return sorted(set(content or terms(question, language)))


def _weighted_terms(question: str, earlier: Mapping[str, float], language: str) -> dict[str, float]:
    """The terms of the question, which count fully, and those that only ``earlier`` texts hold."""
    weights: dict[str, float] = {}
    for text, weight in earlier.items():
        for term in question_terms(text, language):
            weights[term] = max(weight, weights.get(term, 0.0))
    return weights | dict.fromkeys(question_terms(question, language), 1.0)


def _schema(languages: Iterable[str]) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("passage_id", fast=True, indexed=True)
    for language in sorted(languages):
        builder.add_text_field(f"text_{language}", tokenizer_name=language, index_option="freq")
        builder.add_text_field(f"title_{language}", tokenizer_name=language, index_option="freq")
    return builder.build()


class LexicalWriter:
    """Writes a lexical index; nothing that it adds or removes can be read before `finish`. Close it.

    A folder that holds one is added to: only new files are written, and those that name them are replaced,
    so that what another folder has links to stays as it is.

    Args:
        folder: A folder that is not there yet, or holds an index.
        languages: Of the articles; an index that is there must know their analysis.
    """

    def __init__(self, folder: Path, languages: Iterable[str]) -> None:
        languages = {stemming(language) for language in languages}
        is_new = not folder.exists()
        folder.mkdir(exist_ok=True)
        with _told():
            index = (
                tantivy.Index(_schema(languages), path=str(folder))
                if is_new
                else tantivy.Index.open(str(folder))
            )
            for language in languages:
                index.register_tokenizer(language, _analyzer(language))
            self._schema = index.schema
            # One thread gives one segment and the same scores each time.
            heap_bytes = _WRITER_HEAP_BYTES if is_new else _GROWING_HEAP_BYTES
            self._writer = index.writer(heap_size=heap_bytes, num_threads=1)

    def add(self, passage_id: int, *, text: str, title: str, language: str) -> None:
        """Add one passage, with the title of its article."""
        entry = tantivy.Document()
        entry.add_unsigned("passage_id", passage_id)
        entry.add_text(f"text_{stemming(language)}", spaced(text))
        entry.add_text(f"title_{stemming(language)}", spaced(title))
        with _told():
            self._writer.add_document(entry)

    def add_all(self, version: StoredVersion, passages: Iterable[StoredPassage]) -> None:
        """Add passages of an article."""
        title, language = version.article.metadata.title, version.language
        for stored in passages:
            self.add(stored.id, text=stored.text, title=title, language=language)

    def remove(self, passage_ids: PassageIds) -> None:
        """Remove passages that stand there; those that are added later under the same ids stay."""
        if len(passage_ids):
            found = tantivy.Query.term_set_query(self._schema, "passage_id", passage_ids.tolist())
            self._writer.delete_documents_by_query(found)

    def finish(self) -> None:
        """Write everything out.

        Raises:
            SnapshotError: It cannot be written, as on a full disk.
        """
        with _told():
            self._writer.commit()

    def close(self) -> None:
        """Wait until nothing writes to the folder any more."""
        with suppress(ValueError):  # what failed was told by `finish`, or by what went wrong before it
            self._writer.wait_merging_threads()


@contextmanager
def _told() -> Iterator[None]:
    """Say in words what tantivy could not write."""
    try:
        yield
    except ValueError as error:
        remedy = "free some disk space, or look whether the disk is failing; then footnote reindex"
        raise SnapshotError(f"the word index cannot be written: {error}", remedy) from error


class LexicalIndex:
    """A lexical index that is only read; any number of threads may."""

    def __init__(self, folder: Path, languages: Iterable[str]) -> None:
        self._languages = sorted({stemming(language) for language in languages})
        with _lockable(folder) as place:
            try:
                index = tantivy.Index.open(str(place))
            except ValueError as error:
                raise SnapshotError(f"{folder} is not a lexical index", "footnote reindex") from error
            for language in self._languages:
                index.register_tokenizer(language, _analyzer(language))
            self._schema = index.schema
            self._searcher = index.searcher()
        self._can_look_up = self._looks_up()

    def search(
        self,
        question: str,
        k: int,
        *,
        earlier: Mapping[str, float] = NO_EARLIER,
        among: PassageIds | None = None,
    ) -> list[Hit]:
        """The ``k`` best passages for ``question`` by BM25, best first; ties by passage id.

        The question is stemmed once for each language of the library, since a short question
        does not say reliably which language it is in.

        Args:
            question: What is asked.
            k: At most so many.
            earlier: Other texts to find, with how much their terms count beside the question's.
            among: The ids of the passages that are searched, int64, ascending; None for all. Scores are as
                among all.
        """
        clauses = [
            (tantivy.Occur.Should, self._term(field, term, weight * boost))
            for language in self._languages
            for term, weight in _weighted_terms(question, earlier, language).items()
            for field, boost in ((f"text_{language}", 1.0), (f"title_{language}", TITLE_BOOST))
        ]
        if not clauses or (among is not None and len(among) == 0):
            return []
        query = tantivy.Query.boolean_query(clauses)
        if among is None:
            return _in_order(self._hits(query, k))
        if self._can_look_up and len(among) ** 2 <= _LOOKED_UP_SQUARE * self._searcher.num_docs:
            chosen = tantivy.Query.term_set_query(self._schema, "passage_id", among.tolist())
            unscored = tantivy.Query.const_score_query(chosen, 0.0)
            both = [(tantivy.Occur.Must, query), (tantivy.Occur.Must, unscored)]
            return _in_order(self._hits(tantivy.Query.boolean_query(both), k))
        return _in_order(self._sifted(query, k, among))

    def _hits(self, query: tantivy.Query, k: int) -> tuple[PassageIds, Scores]:
        """The ids of the ``k`` best, int64, and their scores, best first."""
        found = self._searcher.search(query, k, count=False).hits
        ids = self._searcher.fast_field_values("passage_id", [address for _, address in found])
        return np.array(ids, dtype=np.int64), np.array([score for score, _ in found], dtype=np.float64)

    def _sifted(self, query: tantivy.Query, k: int, among: PassageIds) -> tuple[PassageIds, Scores]:
        """The ``k`` best of some passages: those among as many as should hold so many, or among ever more."""
        n_all = self._searcher.num_docs
        wanted = _AMPLE * k * n_all // len(among)
        while True:
            ids, scores = self._hits(query, min(wanted, n_all))
            chosen = np.isin(ids, among, assume_unique=True)
            if chosen.sum() >= k or len(ids) < wanted:
                return ids[chosen][:k], scores[chosen][:k]
            wanted *= _WIDER

    def _looks_up(self) -> bool:
        """Whether passages can be looked up by id: not in a snapshot from before there were filters."""
        try:
            self._searcher.search(tantivy.Query.term_query(self._schema, "passage_id", 0), 1, count=False)
        except ValueError:
            return False
        return True

    def rarity(
        self, question: str, language: str, *, earlier: Mapping[str, float] = NO_EARLIER
    ) -> dict[str, float]:
        """The question's terms in one language with their inverse passage frequency, as BM25 has it.

        That is ln(1 + (N - n + 0.5) / (n + 0.5)) for a term in n of N passages, where `_UNSEEN`
        passages more are counted than there are, none of which holds a term: in a library of one
        article its main subject stands everywhere and would otherwise count for nothing.
        For ``earlier`` see `search`; its terms have so much of their frequency.
        """
        n_passages = self._searcher.num_docs + _UNSEEN
        found = {
            term: (weight, self._count(term, language))
            for term, weight in _weighted_terms(question, earlier, language).items()
        }
        return {
            term: weight * math.log(1 + (n_passages - n + 0.5) / (n + 0.5))
            for term, (weight, n) in found.items()
        }

    def _count(self, term: str, language: str) -> int:
        # Passages that were removed count until the files that hold them are written anew.
        return min(self._searcher.doc_freq(f"text_{stemming(language)}", term), self._searcher.num_docs)

    def _term(self, field: str, term: str, boost: float) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, field, term, "freq")
        return query if boost == 1.0 else tantivy.Query.boost_query(query, boost)


def share_removed(folder: Path) -> float:
    """The share of the passages in the index's files that were removed and are still there.

    They count in BM25's statistics: where a tenth was removed, an inverse frequency differs by 0.11 at most.

    Raises:
        SnapshotError: It is no lexical index.
    """
    try:
        found = json.loads((folder / "meta.json").read_text("utf-8"))["segments"]
        n_all = sum(segment["max_doc"] for segment in found)
        n_removed = sum(segment["deletes"]["num_deleted_docs"] for segment in found if segment["deletes"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotError(f"{folder} is not a lexical index", "footnote reindex") from error
    return float(n_removed / n_all) if n_all else 0.0


def _in_order(found: tuple[PassageIds, Scores]) -> list[Hit]:
    ids, scores = found
    hits = [
        Hit(passage_id=passage_id, score=score, stage="lexical")
        for passage_id, score in zip(ids.tolist(), scores.tolist(), strict=True)
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))


@contextmanager
def _lockable(folder: Path) -> Iterator[Path]:
    """A place to open the index in ``folder`` from: tantivy makes a lock file there while it does.

    Where this user may not write, that is a passing folder of links to the files.
    """
    if os.access(folder, os.W_OK):
        yield folder
        return
    try:
        made = TemporaryDirectory(prefix="footnote-")
    except OSError as error:
        raise SnapshotError(
            f"the word index in {folder} cannot be opened: nothing may be written there, nor in any folder"
            " for temporary files",
            "set TMPDIR to a folder that can be written; in a container, mount a tmpfs at /tmp",
        ) from error
    with made as links:
        for path in (path for path in folder.iterdir() if path.suffix != ".lock"):
            Path(links, path.name).symlink_to(path.absolute())
        yield Path(links)

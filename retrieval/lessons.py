"""Labelled questions asked of small and large libraries: what weights are learned from."""

from __future__ import annotations

import hashlib
import json
import random
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Literal, TypeVar, cast

from corpus.ingest import add
from corpus.library import Library
from retrieval.build import BuildOptions, build_snapshot
from retrieval.cross_encoder import CrossEncoder
from retrieval.encoder import Encoder
from retrieval.followup import read_query
from retrieval.measures import normalised, quotable
from retrieval.mentioned import day_of
from retrieval.questions import Question, load_questions
from retrieval.quoting import DEFAULT_QUOTES, Quoter, titled
from retrieval.ranking import Candidate, Ranker
from retrieval.reader import is_worth_reading
from retrieval.search import SearchOptions
from retrieval.snapshot import SnapshotStore

# Articles in a library, and how many such libraries are made of a set: confidence has to hold in a library
# of one article as in one of thousands, and the best of many looks better by chance.
SIZES = ((1, 24), (3, 16), (10, 8), (30, 4), (100, 2), (300, 1))
QUESTIONS_A_LIBRARY = 16
# So many of the first passages are quoted and read: more than a search reads, because what is learned from
# them orders them anew.
QUOTED = 6

# News is asked about while it is new. The sets do not say when their questions were asked, so that is
# drawn: days after the article, exponential with this mean.
MEAN_DAYS_LATER = 7.0

Kind = Literal["answerable", "near", "outside"]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Tried:
    """One passage for one question.

    Args:
        candidate: With its features, and the cross-encoder's logit where it read the excerpt.
        holds: Whether the passage holds an answer.
        shows: Whether its excerpt shows one; None where none was cut.
        premises: Whether its excerpt bears out what the question takes for granted.
    """

    candidate: Candidate
    holds: bool
    shows: bool | None
    premises: bool = False

    @property
    def is_read(self) -> bool:
        """Whether the cross-encoder read its excerpt."""
        return self.candidate.logit is not None


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question asked of a library.

    Args:
        kind: ``answerable``; ``near``, which the set calls unanswerable; ``outside``, whose articles the
            library lacks.
        tried: The passages, best first.
        n_passages: How many the library has.
        is_whole: Whether it is the whole set.
    """

    kind: Kind
    tried: tuple[Tried, ...]
    n_passages: int
    is_whole: bool

    @property
    def is_read(self) -> bool:
        """Whether a cross-encoder read it."""
        return bool(self.tried) and self.tried[0].is_read


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A folder of labelled questions.

    Args:
        name: Of the folder.
        digest: SHA-256 of its articles and questions.
        articles: Article id to its line of corpus.jsonl.
        questions: All of them, each asked on the day that was drawn for it.
    """

    name: str
    digest: str
    articles: dict[str, str]
    questions: tuple[Question, ...]


def load_set(folder: Path, seed: int) -> LabelledSet:
    """The set in a folder in the format of `footnote eval`.

    Raises:
        EvaluationError: It is none.
        OSError: Its articles cannot be read.
    """
    corpus, queries = folder / "corpus.jsonl", folder / "queries.jsonl"
    lines = [line for line in corpus.read_text("utf-8").splitlines() if line.strip()]
    fields = {str(found["id"]): found for found in map(json.loads, lines)}
    texts = {article_id: found["text"] for article_id, found in fields.items()}
    dates = {article_id: day_of(found.get("published")) for article_id, found in fields.items()}
    known = sorted(day for day in dates.values() if day is not None)
    draw = random.Random(seed)

    def dated(question: Question) -> Question:
        if question.asked is not None or not known:
            return question
        about = [day for article_id in question.gold if (day := dates.get(article_id)) is not None]
        later = timedelta(days=draw.expovariate(1 / MEAN_DAYS_LATER))
        return replace(question, asked=max(about, default=draw.choice(known)) + later)

    questions = tuple(dated(quotable(question, texts)) for question in load_questions(queries))
    digest = hashlib.sha256(corpus.read_bytes() + queries.read_bytes()).hexdigest()
    return LabelledSet(folder.resolve().name, digest, dict(zip(fields, lines, strict=True)), questions)


class Tutor:
    """Asks questions of libraries made from labelled sets.

    Args:
        encoder: What the weights are for.
        cross_encoder: The same; None leaves all excerpts unread.
        cache: Path of a vector cache, since the same articles are indexed again and again.
        draw: Every choice is made by it.
    """

    def __init__(
        self, encoder: Encoder, cross_encoder: CrossEncoder | None, *, cache: Path, draw: random.Random
    ) -> None:
        self._encoder = encoder
        self._cross_encoder = cross_encoder
        self._cache = cache
        self._draw = draw

    def whole(self, each: LabelledSet, others: Iterable[Question], limit: int) -> Iterator[Lesson]:
        """Up to ``limit`` answerable and as many other questions of a set, and some of ``others``."""
        answerable = [question for question in each.questions if question.answerable]
        near = [question for question in each.questions if not question.answerable]
        with self._library(each.articles.values()) as ask:
            for kind, questions in (
                ("answerable", self._some(answerable, limit)),
                ("near", self._some(near, limit)),
                ("outside", self._some(others, limit)),
            ):
                yield from (ask(question, cast(Kind, kind), is_whole=True) for question in questions)

    def parts(self, each: LabelledSet) -> Iterator[Lesson]:
        """Questions asked of small libraries of a set's articles, with and without the answer."""
        for size, libraries in SIZES:
            for _ in range(libraries if size < len(each.articles) else 0):
                article_ids = self._some(each.articles, size)
                yield from self._part(each, article_ids)

    def _part(self, each: LabelledSet, article_ids: list[str]) -> Iterator[Lesson]:
        held = set(article_ids)
        inside = [question for question in each.questions if question.gold and question.gold <= held]
        outside = [question for question in each.questions if question.gold and not question.gold & held]
        with self._library(each.articles[article_id] for article_id in article_ids) as ask:
            for question in self._some(inside, QUESTIONS_A_LIBRARY):
                yield ask(question, "answerable", is_whole=False)
            for question in self._some(outside, QUESTIONS_A_LIBRARY):
                yield ask(replace(question, gold=frozenset()), "outside", is_whole=False)

    @contextmanager
    def _library(self, lines: Iterable[str]) -> Iterator[Callable[..., Lesson]]:
        """Index these lines of a corpus.jsonl; gives what asks questions of them."""
        with tempfile.TemporaryDirectory(prefix="footnote-learn-") as home:
            corpus, store = Path(home) / "corpus.jsonl", SnapshotStore(Path(home) / "snapshots")
            corpus.write_text("\n".join(lines), "utf-8")
            with Library.open(Path(home) / "library.db") as library:
                list(add(library, [str(corpus)]))
                build_snapshot(library, store, self._encoder, options=BuildOptions(cache=self._cache))
            snapshot, _ = store.open_current(encoder=self._encoder.fingerprint)
            ranker = Ranker(snapshot, self._encoder, SearchOptions().half_life)
            quoter = Quoter(ranker, snapshot.passages, DEFAULT_QUOTES)

            def ask(question: Question, kind: Kind, *, is_whole: bool) -> Lesson:
                tried = tuple(self._tried(question, ranker, quoter))
                return Lesson(kind, tried, snapshot.manifest.info.passages, is_whole)

            yield ask

    def _tried(self, question: Question, ranker: Ranker, quoter: Quoter) -> Iterator[Tried]:
        asked = ranker.asked(read_query(question.query), question.asked)
        candidates = ranker.rank(asked)
        reader = self._cross_encoder
        if reader is not None and not is_worth_reading(asked, candidates, reader):
            reader = None
        quoted = [quoter.quote(asked, candidate) for candidate in candidates[:QUOTED]]
        texts = [titled(each.excerpt) for each in quoted]
        logits = reader.scores(asked.reading.brief, texts).tolist() if reader else [None] * len(texts)
        for each, logit in zip(quoted, logits, strict=True):
            stored = each.candidate.stored
            yield Tried(
                replace(each.candidate, logit=logit),
                holds=_is_right(question, stored.article_id, stored.text),
                shows=_is_right(question, stored.article_id, each.excerpt.text),
                premises=not each.missing,
            )
        for candidate in candidates[QUOTED:]:
            holds = _is_right(question, candidate.stored.article_id, candidate.stored.text)
            yield Tried(candidate, holds, None)

    def _some(self, found: Iterable[_T], limit: int) -> list[_T]:
        listed = list(found)
        return self._draw.sample(listed, min(limit, len(listed)))


def _is_right(question: Question, article_id: str, text: str) -> bool:
    """Whether ``text`` answers, as far as the labels tell: by article where no answer is a quotation."""
    if article_id not in question.gold:
        return False
    told = normalised(text)
    return not question.answers or any(normalised(answer) in told for answer in question.answers)

"""From a question to the passages that may answer it, best first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from corpus.language import UNSURE, detect
from retrieval.across import with_expected_cosines, with_expected_words
from retrieval.catalogue import LetThrough
from retrieval.comparing import Compared, compare
from retrieval.cosine_scale import Line
from retrieval.encoder import Encoder, Vectors
from retrieval.followup import Reading
from retrieval.lexical import K1
from retrieval.mentioned import Period, day_of, named_periods, published_in, recency
from retrieval.named_source import names_source
from retrieval.passages import StoredPassage
from retrieval.score import Features, ranked
from retrieval.snapshot import Snapshot
from retrieval.types import Hit

# Passages that each of the two searches brings to scoring.
CANDIDATES = 50
# Where those are all of a few long articles, the best passage of others is looked for among so many times
# more, again and again until there are enough articles.
MIN_ARTICLES, WIDER = 10, 10

# What a question leans on, beside the question itself: the vector of the earlier questions, their terms, and
# the vector of what was shown for the last, which says where in the library the talk is and therefore finds
# passages, but chooses no sentence in them. On MTRAG's 51 such questions the right article was first for .61
# without, .80 without what was shown and .90 with all. Twice the first finds the article a little more often
# (.93 for .91 on 226 made from SQuAD and XQuAD) and quotes the right sentence less often (.76 for .80),
# because an earlier question is answered again.
EARLIER = 0.5
EARLIER_TERMS = 0.3
SHOWN = 1.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what every passage is compared to.

    Args:
        reading: The question with what it leans on.
        vector: The unit vector that sentences are compared to, float32, shape (d,).
        passage_vector: The one that passages are compared to: nearer to what was talked about before.
        terms: Its terms with their idf, by language of the passages.
        on: The day of asking.
        periods: The days and months it names.
        language: What it is written in, where the encoder knows several; ``und`` where unsure.
    """

    reading: Reading
    vector: Vectors
    passage_vector: Vectors
    terms: Mapping[str, Mapping[str, float]]
    on: date
    periods: tuple[Period, ...]
    language: str

    @property
    def n_terms(self) -> int:
        """How many terms it has, in the language of the passages in which it has the fewest."""
        return min(map(len, self.terms.values()), default=0)

    def is_across(self, language: str) -> bool:
        """Whether a text in ``language`` is surely in another than the question."""
        return UNSURE not in (self.language, language) and self.language != language


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage and how well it answers.

    Args:
        stored: The passage.
        features: What is known of it.
        score: Their weighted sum; higher is better.
        logit: What a cross-encoder says of its excerpt, None where none has read it.
    """

    stored: StoredPassage
    features: Features
    score: float
    logit: float | None = None


class Ranker:
    """Ranks the passages of one snapshot. Thread-safe, and without side effects.

    Args:
        snapshot: What is searched.
        encoder: That the snapshot was built with.
        half_life: Days after which an article is half as recent.
    """

    def __init__(self, snapshot: Snapshot, encoder: Encoder, half_life: float) -> None:
        self._snapshot = snapshot
        self._encoder = encoder
        self._scale = encoder.scale
        if self._scale.is_multilingual:
            detect("")  # loads what it needs, so that the first question does not wait for it
        self._half_life = half_life

    def asked(self, reading: Reading, on: date | None) -> Asked:
        """A question, ready to be compared. ``on`` is the day of asking, None for today."""
        lexical, languages = self._snapshot.lexical, self._snapshot.manifest.languages
        on = on or date.today()
        vector, passage_vector = self._vectors(reading)
        return Asked(
            reading=reading,
            vector=vector,
            passage_vector=passage_vector,
            terms={
                language: lexical.rarity(reading.question, language, earlier=_earlier(reading))
                for language in languages
            },
            on=on,
            periods=named_periods(reading.searched, on),
            language=detect(reading.searched) if self._scale.is_multilingual else UNSURE,
        )

    def rank(self, asked: Asked, chosen: LetThrough | None = None) -> list[Candidate]:
        """The passages that either search found, best first; ties by passage id.

        Args:
            asked: The question.
            chosen: The passages that are searched; None for all.
        """
        lexical, vectors = self._snapshot.lexical, self._snapshot.vectors
        among = chosen.passage_ids if chosen else None
        worded = lexical.search(
            asked.reading.question, CANDIDATES, earlier=_earlier(asked.reading), among=among
        )
        bm25 = {hit.passage_id: hit.score for hit in worded}
        nearest = vectors.search(asked.passage_vector, CANDIDATES, among=among)
        cosines = {hit.passage_id: hit.score for hit in nearest}
        cosines |= vectors.cosines(asked.passage_vector, [found for found in bm25 if found not in cosines])
        found = self._snapshot.passages.passages(list(cosines))
        others = self._others(asked, {stored.article_id for stored in found.values()}, chosen)
        found |= self._snapshot.passages.passages(list(others))
        cosines |= others
        features = self._features(asked, list(found.values()), cosines=cosines, bm25=bm25)
        candidates = [Candidate(stored, each, ranked(each)) for stored, each in features]
        return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.stored.id))

    def sentence_scores(self, asked: Asked, passages: Sequence[StoredPassage]) -> list[float]:
        """How well each sentence of some passages answers, one after the other."""
        return [float(score) for score in self._compared(asked, passages).scores]

    def _others(self, asked: Asked, found: set[str], chosen: LetThrough | None) -> dict[int, float]:
        """The nearest passage of each other article with its cosine, until there are enough articles.

        In the predictions of `footnote eval` every article that could be meant has a rank, though two books
        hold all the passages that come first.
        """
        among = chosen.passage_ids if chosen else None
        n_articles = chosen.articles if chosen else self._snapshot.manifest.info.articles
        n_passages = len(self._snapshot.vectors) if among is None else len(among)
        missing = min(MIN_ARTICLES, n_articles) - len(found)
        nearest: dict[str, Hit] = {}
        k = CANDIDATES
        while len(nearest) < missing and k < n_passages:
            k *= WIDER
            hits = self._snapshot.vectors.search(asked.passage_vector, k, among=among)
            articles = self._snapshot.passages.article_ids([hit.passage_id for hit in hits])
            for hit in hits:
                if articles[hit.passage_id] not in found:
                    nearest.setdefault(articles[hit.passage_id], hit)
        return {hit.passage_id: hit.score for hit in list(nearest.values())[: max(0, missing)]}

    def _vectors(self, reading: Reading) -> tuple[Vectors, Vectors]:
        """The unit vectors that sentences and passages are compared to."""
        if not reading.earlier:
            vector = self._encoder.encode([reading.question], "query")[0]
            return vector, vector
        question, before, *shown = self._encoder.encode(
            [reading.question, reading.before, *filter(None, [reading.shown])], "query"
        )
        leaning = question + EARLIER * before
        placed = leaning + SHOWN * shown[0] if shown else leaning
        return _unit(leaning), _unit(placed)

    def _features(
        self,
        asked: Asked,
        passages: Sequence[StoredPassage],
        *,
        cosines: Mapping[int, float],
        bm25: Mapping[int, float],
    ) -> Iterator[tuple[StoredPassage, Features]]:
        """Each passage with its features; cosines and BM25 are by passage id."""
        if not passages:
            return
        compared, preferred = self._compared(asked, passages), _Preferences(asked, self._half_life)
        reachable = {
            language: (K1 + 1) * sum(rarity.values()) or 1.0 for language, rarity in asked.terms.items()
        }
        shown = zip(
            passages,
            compared.best_cosines.tolist(),
            compared.coverage.tolist(),
            compared.passage_coverage.tolist(),
            strict=True,
        )
        for stored, sentence_cosine, coverage, passage_coverage in shown:
            line = self._line(asked, stored)
            features = Features(
                passage_cosine=line.at(cosines[stored.id]),
                sentence_cosine=sentence_cosine,
                bm25=bm25.get(stored.id, 0.0) / reachable[stored.language],
                coverage=coverage,
                passage_coverage=passage_coverage,
                source=preferred.names_source(stored),
                date=preferred.names_day(stored.published),
                recency=preferred.recency(stored.published),
            )
            if asked.is_across(stored.language):
                features = with_expected_words(features)
            elif line.known < 1:
                features = with_expected_cosines(features, line.known)
            yield stored, features

    def _compared(self, asked: Asked, passages: Sequence[StoredPassage]) -> Compared:
        sentences = np.concatenate([self._snapshot.sentences[stored.sentence_rows] for stored in passages])
        lines = [self._line(asked, stored) for stored in passages]
        counts = [stored.n_sentences for stored in passages]
        slopes = np.repeat([line.slope for line in lines], counts)
        biases = np.repeat([line.bias for line in lines], counts)
        cosines = slopes * (sentences.astype(np.float32) @ asked.vector) + biases
        return compare(passages, cosines, asked.terms)

    def _line(self, asked: Asked, stored: StoredPassage) -> Line:
        return self._scale.line(stored.language, across=asked.is_across(stored.language))


def _earlier(reading: Reading) -> dict[str, float]:
    return dict.fromkeys(reading.earlier, EARLIER_TERMS)


def _unit(vector: Vectors) -> Vectors:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


class _Preferences:
    """What a question would rather have answered from; many passages have one source and one day.

    Args:
        asked: The question.
        half_life: Days after which an article is half as recent.
    """

    def __init__(self, asked: Asked, half_life: float) -> None:
        self._asked = asked
        self._half_life = half_life
        self._sources: dict[tuple[str | None, str], float] = {}
        self._days: dict[str | None, date | None] = {}

    def names_source(self, stored: StoredPassage) -> float:
        """1 where the question names the passage's source, else 0."""
        key = stored.source, stored.language
        if key not in self._sources:
            self._sources[key] = float(names_source(self._asked.reading.searched, *key))
        return self._sources[key]

    def names_day(self, published: str | None) -> float:
        """1 where it was published on a day that the question names, else 0."""
        return float(published_in(self._day(published), self._asked.periods))

    def recency(self, published: str | None) -> float:
        """How near that is to the day of asking; whoever names a day asks about that day, not about now."""
        if self._asked.periods:
            return 0.0
        return recency(self._day(published), self._asked.on, self._half_life)

    def _day(self, published: str | None) -> date | None:
        if published not in self._days:
            self._days[published] = day_of(published)
        return self._days[published]

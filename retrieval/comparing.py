"""Sentences compared with a question, those of all passages that were found at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.excerpt import sentence_score
from retrieval.passages import StoredPassage
from retrieval.sentence_terms import held, number_of

Shares = npt.NDArray[np.float64]
_Flags = npt.NDArray[np.bool_]
_Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Compared:
    """The n passages that were found, and their m sentences one after the other.

    Args:
        first: Where the sentences of each passage begin, shape (n,).
        cosines: Of question and sentence, shape (m,).
        scores: How well each sentence answers, to compare it with those around it, shape (m,).
        coverage: Share of the question's terms, by rarity, in the best sentence of each passage and its
            neighbours, shape (n,).
        passage_coverage: The same for whole passages, shape (n,).
    """

    first: _Places
    cosines: Shares
    scores: Shares
    coverage: Shares
    passage_coverage: Shares

    @property
    def best_cosines(self) -> Shares:
        """The highest cosine of a sentence of each passage, shape (n,)."""
        return np.asarray(np.maximum.reduceat(self.cosines, self.first))


def compare(
    passages: Sequence[StoredPassage], cosines: Shares, rarity: Mapping[str, Mapping[str, float]]
) -> Compared:
    """Compare passages with a question.

    Args:
        passages: At least one; each has a sentence.
        cosines: Of question and sentence, those of all passages in order, shape (m,).
        rarity: The question's terms with their idf, by language of the passages.
    """
    counts = [passage.n_sentences for passage in passages]
    first = np.concatenate([[0], np.cumsum(counts[:-1])]).astype(np.int64)
    languages = sorted({passage.language for passage in passages})
    terms = sorted({term for language in languages for term in rarity[language]})
    weights = np.array([[rarity[language].get(term, 0.0) for term in terms] for language in languages])
    shares = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-12)
    of_passage = shares[[languages.index(passage.language) for passage in passages]]
    present = held([passage.terms for passage in passages], counts, [number_of(term) for term in terms])
    scores = sentence_score(cosines, (present * np.repeat(of_passage, counts, axis=0)).sum(axis=1))
    best, last = _best(scores, first, counts), first + counts - 1
    around = present[np.maximum(best - 1, first)] | present[best] | present[np.minimum(best + 1, last)]
    anywhere = np.logical_or.reduceat(present, first, axis=0)
    return Compared(
        first=first,
        cosines=cosines,
        scores=scores,
        coverage=(around * of_passage).sum(axis=1),
        passage_coverage=(anywhere * of_passage).sum(axis=1),
    )


def _best(scores: Shares, first: _Places, counts: Sequence[int]) -> _Places:
    """Where the best sentence of each passage stands; the first of those that are equally good."""
    highest = np.repeat(np.maximum.reduceat(scores, first), counts)
    found = np.flatnonzero(scores == highest)
    passages = np.repeat(np.arange(len(first)), counts)[found]
    return np.asarray(found[np.unique(passages, return_index=True)[1]])

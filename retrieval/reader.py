"""The first passages read once more, together with the question: the last stage, where there is a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.language import UNSURE
from retrieval.cross_encoder import CrossEncoder
from retrieval.quoting import Quoted, Quoter, titled
from retrieval.ranking import Asked, Candidate
from retrieval.score import confidence, reread

# A cross-encoder reads so many excerpts: each costs about as much as all the rest of the search. It reads two
# side by side, and two more unless the better one is as sure as this. On 400 questions of SQuAD it then reads
# 2.4 instead of 4, and the first excerpt holds the answer for .875 instead of .8775.
READ = 4
READ_AT_ONCE = 2
SURE_LOGIT = 4.0

# Where others wait, only the first is read, and only if confidence by its words alone is between these. On
# 400 questions of SQuAD and as many about other articles that reads .5 texts a question instead of 2.4 and
# keeps the verdicts honest: 4 % of the others are answered, as when all is read, and 28 % when nothing is.
# It costs order: the article comes first for .848 and the answer for .803, not for .910 and .876.
DOUBTED = (0.2, 0.8)

# It was trained on questions of six words. On the long ones of MultiHop-RAG it measured worse than without:
# .79 against .85 right articles first for 15 to 18 terms, .72 against .81 beyond.
MAX_TERMS_READ = 12

# What leans on an earlier question is read together with it, and "And how deep is it?" after a question about
# a ferry's fares is then answered with the fares again. Read alone, such a question scores below this. Of the
# questions of MTRAG that lean, 2 % of the answerable do and 74 % of those put after another conversation;
# of the sample library's, none and 86 %. At -9 it were 9 and 79 %, none and 90 %.
SAYS_NOTHING = -10.0


class Reader:
    """Reads what would be shown of the first passages. Thread-safe, and without side effects.

    Args:
        cross_encoder: Reads question and text together.
        quoter: Cuts what would be shown.
        limit: How many are read at most.
    """

    def __init__(self, cross_encoder: CrossEncoder, quoter: Quoter, limit: int = READ) -> None:
        self._cross_encoder = cross_encoder
        self._quoter = quoter
        self._limit = limit

    def read(self, asked: Asked, candidates: Sequence[Candidate]) -> list[Quoted]:
        """The first candidates in the order that reading gives them; empty where it would tell nothing."""
        if not is_worth_reading(asked, candidates, self._cross_encoder):
            return []
        readable = [
            each for each in candidates[: self._limit] if _knows(self._cross_encoder, each.stored.language)
        ]
        read: list[Quoted] = []
        for first in range(0, len(readable), READ_AT_ONCE):
            some = [self._quoter.quote(asked, each) for each in readable[first : first + READ_AT_ONCE]]
            logits = self._scores(asked.reading.brief, some)
            read = sorted([*read, *map(_with_logit, some, logits)], key=_order)
            if _logit(read[0]) >= SURE_LOGIT:
                break
        return self._answering_this(asked, read)

    def glance(self, asked: Asked, candidates: Sequence[Candidate], n_passages: int) -> list[Quoted]:
        """The first candidate, read where its words alone leave in doubt whether it answers.

        Args:
            asked: The question.
            candidates: Best first.
            n_passages: How many were searched.
        """
        if not is_worth_reading(asked, candidates, self._cross_encoder):
            return []
        first = self._quoter.quote(asked, candidates[0])
        unread = confidence(candidates[0].features, n_passages=n_passages, premises=not first.missing)
        if not DOUBTED[0] <= unread < DOUBTED[1]:
            return [first]
        read = [_with_logit(first, self._scores(asked.reading.brief, [first])[0])]
        return self._answering_this(asked, read)

    def _answering_this(self, asked: Asked, read: list[Quoted]) -> list[Quoted]:
        """The same, what answers only the earlier question behind what answers this one."""
        if not asked.reading.earlier:
            return read
        for _ in read:
            first = read[0]
            alone, before = (
                self._scores(question, [first])[0]
                for question in (asked.reading.question, asked.reading.earlier[0])
            )
            if alone >= SAYS_NOTHING or _logit(first) >= before:
                break
            read = sorted([_with_logit(first, alone), *read[1:]], key=_order)
        return read

    def _scores(self, question: str, quoted: Sequence[Quoted]) -> list[float]:
        scores = self._cross_encoder.scores(question, [titled(each.excerpt) for each in quoted])
        return [float(score) for score in scores]


def is_worth_reading(asked: Asked, candidates: Sequence[Candidate], cross_encoder: CrossEncoder) -> bool:
    """Whether a cross-encoder was trained on questions and passages like these.

    A question is taken to be in the language of the best passage, unless that is known better.
    """
    if not candidates or asked.n_terms > MAX_TERMS_READ:
        return False
    languages = {candidates[0].stored.language, *({asked.language} - {UNSURE})}
    return all(_knows(cross_encoder, language) for language in languages)


def _knows(cross_encoder: CrossEncoder, language: str) -> bool:
    return cross_encoder.languages is None or language in cross_encoder.languages


def _with_logit(quoted: Quoted, logit: float) -> Quoted:
    return replace(quoted, candidate=replace(quoted.candidate, logit=logit))


def _logit(quoted: Quoted) -> float:
    return quoted.candidate.logit or 0.0


def _order(quoted: Quoted) -> tuple[float, int]:
    return -reread(quoted.candidate.features, _logit(quoted)), quoted.candidate.stored.id

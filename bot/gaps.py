"""Questions that the articles do not answer, which their readers chose to tell the editors."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.activity_file import ActivityFile
from bot.counts import add_count
from bot.gap_clusters import group, same_cosine
from bot.keeping import GAPS_KEPT, iso
from bot.question import MAX_QUESTION_CHARS, tidy
from retrieval.encoder import Encoder

# More than anybody asks in good faith in the time they are kept.
MAX_EACH = 100
# The newest are looked at: to encode so many takes 10 s on two busy cores, to group them 0.1.
MAX_GROUPED = 2_000


@dataclass(frozen=True, slots=True)
class Gap:
    """What several people asked in vain; nothing says who.

    Args:
        question: As most of them asked it.
        people: How many people asked it, each once.
        last_day: When it was last asked, a day of UTC as 2026-05-14.
    """

    question: str
    people: int
    last_day: str


@dataclass(frozen=True, slots=True)
class TooMany:
    """Not kept: this person has as many as one may have.

    Args:
        limit: How many that is.
    """

    limit: int


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str
    language: str
    people: frozenset[str]
    last_utc: str


class Gaps:
    """The gaps of a home. Any thread and process may call.

    Args:
        file: Where they are kept.
    """

    def __init__(self, file: ActivityFile) -> None:
        self._file = file

    def tell(self, user_id: int, question: str, *, language: str) -> TooMany | None:
        """Keep a question for the editors, as its reader wished; one that they told before is kept once.

        Args:
            user_id: The reader.
            question: What they asked.
            language: ISO 639-1 code of the question, as far as it is known.

        Returns:
            None when it is kept.

        Raises:
            ActivityError: It cannot be written.
        """
        told, now = tidy(question)[:MAX_QUESTION_CHARS], self._file.now()
        folded = _folded(told)
        if not folded:
            raise ValueError("a question has words")
        with self._file.writing() as database:
            person = self._file.people.enter(database, user_id, "gaps")
            n_told, is_told = database.execute(
                "SELECT count(*), coalesce(max(folded = ?), 0) FROM gaps WHERE person = ?", (folded, person)
            ).fetchone()
            if not is_told and n_told >= MAX_EACH:
                return TooMany(MAX_EACH)
            if not is_told:
                add_count(database, self._file.today(), "told_editors")
            database.execute(
                "INSERT OR REPLACE INTO gaps (person, folded, question, language, moment_utc)"
                " VALUES (?, ?, ?, ?, ?)",
                (person, folded, told, language, iso(now)),
            )
        return None

    def clusters(self, encoder: Encoder, *, min_people: int = 2) -> tuple[Gap, ...]:
        """What at least so many people asked in vain, in whatever words; what most asked comes first.

        Args:
            encoder: Tells which questions ask the same.
            min_people: What fewer people asked is not shown, as it may tell who did.

        Raises:
            ActivityError: The file cannot be read.
        """
        asked = self._asked()
        if not asked:
            return ()
        least = [same_cosine(encoder.fingerprint, each.language) for each in asked]
        vectors = encoder.encode([each.question for each in asked], "query")
        groups = group(vectors, np.array(least, dtype=np.float32))
        found = [_gap([asked[row] for row in rows]) for rows in groups]
        kept = [gap for gap in found if gap.people >= min_people]
        return tuple(sorted(kept, key=lambda gap: (-gap.people, _descending(gap.last_day), gap.question)))

    def _asked(self) -> list[_Asked]:
        """The different questions, what most people asked first."""
        if not self._file.exists():
            return []
        with self._file.reading() as database:
            rows = database.execute(
                "SELECT folded, question, language, person, moment_utc FROM gaps"
                " WHERE moment_utc >= ? ORDER BY moment_utc DESC, folded, person",
                (iso(self._file.now() - GAPS_KEPT),),
            ).fetchall()
        same: defaultdict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
        for folded, *rest in rows:
            if folded in same or len(same) < MAX_GROUPED:
                same[folded].append(tuple(rest))
        asked = map(_one_question, same.values())
        return sorted(asked, key=lambda each: -len(each.people))


def _one_question(told: Sequence[tuple[str, str, str, str]]) -> _Asked:
    """A question out of all its rows, the newest first."""
    questions, languages, people, moments = zip(*told, strict=True)
    return _Asked(_commonest(questions), _commonest(languages), frozenset(people), moments[0])


def _gap(asked: Sequence[_Asked]) -> Gap:
    people = frozenset[str]().union(*(each.people for each in asked))
    return Gap(asked[0].question, len(people), max(each.last_utc for each in asked)[:10])


def _commonest(values: Sequence[str]) -> str:
    """What stands there most often; of several, what comes first."""
    return Counter(values).most_common(1)[0][0]


def _descending(day: str) -> int:
    return -int(day.replace("-", ""))


def _folded(question: str) -> str:
    """What two spellings of one question share: its words without letter case, accents' form and marks."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", question).casefold()))

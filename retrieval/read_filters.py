"""The filters that a question is written with, and the question without them. Decides only; fetches nothing.

``source:"Harbour Line"``, ``author:``, ``after:``, ``since:`` and ``before:`` stand anywhere. Ordinary words
("since March", "seit gestern") are read at the beginning or the end of a question and where they are of the
last years; elsewhere they are part of what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast, get_args

from retrieval.filters import (
    MAX_NAME_CHARS,
    MAX_NAMES,
    DayKind,
    Filters,
    Kind,
    NameKind,
    folded,
    one_line,
)
from retrieval.types import Query, Turn
from retrieval.worded_day import Since, named_day, since_at

Known = Callable[[NameKind, str], bool]
Reason = Literal["empty", "no_day", "too_long", "too_many"]

_KEYS: dict[str, Kind] = {
    "source": "source", "author": "author", "after": "after", "since": "after", "before": "before",
}  # fmt: skip
_KEY = re.compile(r"(?<![\w:/.-])(source|author|after|since|before)[:：](?!/)", re.IGNORECASE)
_QUOTED = re.compile(
    r"""\s?(?:"((?:[^"]|"")*)"|[“„]([^“”„]*)[”“]|[«»]([^«»]*)[»«]|['‘]([^'‘’]*)['’](?!\w))"""
)
_WORD = re.compile(r"\S+")
# Behind this, or at the beginning, "source: Reuters" is no part of a sentence.
_BREAK = re.compile(r"(?:^|[?!.…؟;,])\s*$")
_QUOTES = "\"“”„«»'‘’:([ "
# What may stand between a name or a day and the rest of the question.
_EDGE = "?!.,;…؟،)]"
_MAX_WORDS = 6
# More than all names that are allowed.
_MAX_KEYS = 3 * MAX_NAMES
# Ordinary words are looked for among so many at the end: "in the last 7 days" has five.
_LAST_WORDS = 9
_FILLERS = re.compile(r"[\W_]*(?:(?:and|und|y|и|а|та|و)\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Problem:
    """A filter that cannot be meant as it is written.

    Args:
        kind: Which it would have been.
        value: What is written behind it, as far as a name may go; may be empty.
        reason: ``empty``: nothing is; ``no_day``: it is no day, month or year; ``too_long``, ``too_many``.
    """

    kind: Kind
    value: str
    reason: Reason

    @property
    def example(self) -> str:
        """One that is written well."""
        return (
            f'{self.kind}:"Harbour Line"' if self.kind in ("source", "author") else f"{self.kind}:2024-05-31"
        )


@dataclass(frozen=True, slots=True)
class FilteredQuestion:
    """A question taken apart.

    Args:
        text: The question without any filter; may be empty.
        wide: The question with those still in it that are ordinary words: what is asked where they give way.
        filters: What an article must be.
        problems: What could not be read; a question with any is better not answered.
    """

    text: str
    wide: str
    filters: Filters
    problems: tuple[Problem, ...] = ()

    def query(self, history: tuple[Turn, ...] = (), asked: date | None = None) -> Query:
        """What is searched for; the arguments are those of `Query`."""
        return Query(self.text, history, asked, self.filters, self.wide)


def read_filters(text: str, asked: date, known: Known = lambda kind, name: False) -> FilteredQuestion:
    """The filters in ``text``, and the question without them.

    Args:
        text: As it was typed, in one line.
        asked: The day of asking.
        known: Whether any article has this name of a kind, which tells where one without quotes ends.
    """
    reading = _Reading(asked, known)
    wide = reading.explicit(text)
    question = reading.ordinary(wide) if not reading.problems else wide
    return FilteredQuestion(question, wide, reading.filters(), tuple(reading.problems))


class _Reading:
    """What was read of one question so far."""

    def __init__(self, asked: date, known: Known) -> None:
        self._asked = asked
        self._known = known
        self._names: dict[NameKind, list[str]] = {"source": [], "author": []}
        self._days: dict[DayKind, date] = {}
        self._worded: set[DayKind] = set()
        self.problems: list[Problem] = []

    def filters(self) -> Filters:
        """What was read."""
        return Filters(
            source=tuple(self._names["source"]),
            author=tuple(self._names["author"]),
            after=self._days.get("after"),
            before=self._days.get("before"),
            worded=frozenset(self._worded),
        )

    def explicit(self, text: str) -> str:
        """Read what is written as ``kind:value``, and give the text without it."""
        keys = list(_KEY.finditer(text))
        if len(keys) > _MAX_KEYS:
            self._object(_KEYS[keys[-1][1].lower()], "", "too_many")
            return text
        cuts: list[tuple[int, int]] = []
        limits = [*(key.start() for key in keys), len(text)][1:]
        for key, limit in zip(keys, limits, strict=False):
            if cuts and key.start() < cuts[-1][1]:  # inside the quotes of the one before
                continue
            end = self._taken(_KEYS[key[1].lower()], text, key, limit)
            if end is not None:
                cuts.append((key.start(), end))
        for start, end in reversed(cuts):
            text = _without(text, start, end)
        return text

    def ordinary(self, text: str) -> str:
        """Read what is said in ordinary words, and give the text without it."""
        for _ in get_args(DayKind):
            found = next(self._worded_in(text), None)
            if found is None:
                break
            start, since = found
            for kind, day in _days(since):
                self._days[kind] = day
                self._worded.add(kind)
            text = _without(text, start, since.end)
        return text

    def _worded_in(self, text: str) -> Iterator[tuple[int, Since]]:
        """Where the question begins or ends with words that say since when."""
        opening = _FILLERS.match(text)
        first = opening.end() if opening else 0
        words = [word.start() for word in _WORD.finditer(text)]
        for start in sorted({first, *words[-_LAST_WORDS:]}):
            for since in sorted(since_at(text, start, self._asked), key=lambda each: -each.end):
                is_new = not any(kind in self._days for kind, _ in _days(since))
                if is_new and _is_apart(text, start, since, is_first=start == first):
                    yield start, since

    def _taken(self, kind: Kind, text: str, key: re.Match[str], limit: int) -> int | None:
        """Take the value behind a key, and say where it ends; None where the key is an ordinary word."""
        if quoted := _QUOTED.match(text, key.end()):
            value = one_line(next(group for group in quoted.groups() if group is not None).replace('""', '"'))
            self._add(kind, value)
            return quoted.end()
        tried = list(_beginnings(text, key.end(), limit))
        if not tried:
            self._object(kind, "", "empty")
            return limit
        for value, end in reversed(tried):
            if self._is_value(kind, value):
                self._add(kind, value)
                return end
        is_ordinary = text[key.end()].isspace() and not _BREAK.search(text[: key.start()])
        if is_ordinary:
            return None
        has_question_before = any(map(str.isalnum, text[: key.start()]))
        value, end = tried[-1 if kind in get_args(NameKind) and has_question_before else 0]
        self._add(kind, value)
        return end

    def _is_value(self, kind: Kind, value: str) -> bool:
        if kind in ("after", "before"):
            return named_day(value, self._asked) is not None
        return self._known(cast(NameKind, kind), value)

    def _add(self, kind: Kind, value: str) -> None:
        """Take a value, or say what is wrong with it."""
        if kind == "source" or kind == "author":
            self._add_name(kind, value)
        elif (named := named_day(value, self._asked)) is None:
            self._object(kind, value, "no_day" if value else "empty")
        else:
            known = self._days.get(kind, named.first)  # of two, the one that lets less through
            self._days[kind] = max(known, named.first) if kind == "after" else min(known, named.first)

    def _add_name(self, kind: NameKind, value: str) -> None:
        names = self._names[kind]
        if not folded(value):
            self._object(kind, value, "empty")
        elif len(value) > MAX_NAME_CHARS:
            self._object(kind, value, "too_long")
        elif value in names:
            pass
        elif len(names) == MAX_NAMES:
            self._object(kind, value, "too_many")
        else:
            names.append(value)

    def _object(self, kind: Kind, value: str, reason: Reason) -> None:
        self.problems.append(Problem(kind, value[:MAX_NAME_CHARS], reason))


def _days(since: Since) -> list[tuple[DayKind, date]]:
    days: tuple[tuple[DayKind, date | None], ...] = (("after", since.after), ("before", since.before))
    return [(kind, day) for kind, day in days if day is not None]


def _beginnings(text: str, start: int, limit: int) -> Iterator[tuple[str, int]]:
    """The first word, the first two and so on, each with where it ends; what ends a sentence ends them."""
    for number, word in enumerate(_WORD.finditer(text, start, limit), start=1):
        end = word.start() + len(word[0].rstrip(_EDGE))
        if value := one_line(text[start:end].strip(_QUOTES)):
            yield value, end
        if end < word.end() or number == _MAX_WORDS:
            return


def _is_apart(text: str, start: int, since: Since, *, is_first: bool) -> bool:
    """Whether the words stand at an end of the question, and are not what it asks."""
    after = text[since.end :]
    rest = _without(text, start, since.end)
    opening = _FILLERS.match(rest)
    if re.match(since.wording.how_long, rest[opening.end() if opening else 0 :], re.IGNORECASE):
        return False
    n_after = len(re.findall(r"\w+", after))
    if n_after <= since.wording.verbs and n_after < len(re.findall(r"\w+", rest)):
        return True
    return is_first and n_after > 0 and (since.opening == "since" or after.lstrip()[:1] in ",،:–—")


def _without(text: str, start: int, end: int) -> str:
    """The text without what stands there, the two sides joined as one would write them."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    if not any(map(str.isalnum, before)):
        return before + after.lstrip(" ,،:–—-")
    if after[:1] in _EDGE:
        is_ended = before[-1] in _EDGE and not any(map(str.isalnum, after))
        return before if is_ended else before.rstrip(",") + after
    return f"{before} {after}"

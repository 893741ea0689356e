"""The day that a few words name, and the words that say since when. Decides only; fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, cast

from retrieval.filter_words import WORDINGS, Wording
from retrieval.mentioned import NUMBERS, days_before

Opening = Literal["since", "after", "before"]
Told = Literal["day", "month", "year", "ago"]

# "Since 1990" is what a question is about. So is a month that is older than this, and a bare year sooner.
_RECENT_YEARS = 5
_RECENT_BARE_YEARS = 2
_DAYS_IN = (1, 7, 30, 365)
_MAX_LATELY_DAYS = 3 * 365

_ISO = r"(?P<year>\d{4})(?:[-/](?P<number>\d{1,2})(?:[-/](?P<day>\d{1,2}))?)?"
_DOTTED = r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4})"


@dataclass(frozen=True, slots=True)
class NamedDay:
    """The first day that words name.

    Args:
        first: The day.
        told: How it was told; ``ago`` is whatever depends on the day of asking.
        month: The spelling of a month that stands alone, None for any other.
    """

    first: date
    told: Told
    month: str | None = None


@dataclass(frozen=True, slots=True)
class Since:
    """Words that say since when, or until when.

    Args:
        end: Where they end in the text.
        after: The first day that is meant, None where there is none.
        before: The day after the last, None where there is none.
        opening: What kind of word they open with.
        wording: The language they are in.
    """

    end: int
    after: date | None
    before: date | None
    opening: Opening
    wording: Wording


def named_day(words: str, asked: date) -> NamedDay | None:
    """The day, month or year that ``words`` are, whatever the language; None where they are something else.

    A day or month without a year is the last one that is not after ``asked``.
    """
    for wording in WORDINGS:
        grammar = _grammar(wording)
        for pattern in grammar.days:
            found = pattern.fullmatch(words)
            if found and (named := _read(found, grammar, asked)):
                return named
    return None


def since_at(text: str, start: int, asked: date) -> Iterator[Since]:
    """What the words from ``start`` on may say of since when; several readings of the same words come apart.

    What is too long ago to be searched in, or to come, is none.
    """
    for wording in WORDINGS:
        if _opens(wording).match(text, start):
            yield from _lately(text, start, wording, asked=asked)
            yield from _dated_since(text, start, wording, asked=asked)


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The patterns of one language; each ends at the end of a word."""

    opening: re.Pattern[str]
    days: tuple[re.Pattern[str], ...]
    lately: re.Pattern[str]
    of_last: re.Pattern[str]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    names: re.Pattern[str]
    nouns: re.Pattern[str]


def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(f"(?:{written})(?!\\w)".replace(" ", r"\s+"), re.IGNORECASE)


@cache
def _opens(wording: Wording) -> re.Pattern[str]:
    """What all of a language begins with; to compile all its patterns takes 15 ms."""
    last = f"(?:{wording.of_last}) (?:{'|'.join(wording.last)})"
    return _pattern("|".join((wording.since, wording.after, wording.before, wording.lately, last)))


@cache
def _grammar(wording: Wording) -> _Grammar:
    months, weekdays = tuple(wording.months.split()), tuple(wording.weekdays.split())
    month = f"(?P<month>{'|'.join(months)})"
    article = f"(?:(?:{wording.article}) )?" if wording.article else ""
    year = f"{_YEAR}(?: {wording.year})?" if wording.year else _YEAR
    last = "|".join(f"(?P<last{n}>{words})" for n, words in enumerate(wording.last))
    units = "|".join(f"(?P<unit{n}>{words})" for n, words in enumerate(wording.units))
    openings = f"(?:(?P<since>{wording.since})|(?P<after>{wording.after})|(?P<before>{wording.before})) "
    past = f" (?:{wording.past})" if wording.past else ""
    days = (
        f"{article}{_DAY}(?:st|nd|rd|th|\\.)? (?:of |de )?{month}(?:(?:\\.?,| of| del?)? {year})?",
        f"{month}\\.? {_DAY}(?:st|nd|rd|th)?(?:,? {year})?",
        f"{month}(?:(?:\\.?,| of| del?)? {year})?",
        f"{article}(?P<weekday>{'|'.join(weekdays)})",
        f"(?P<today>{wording.today})|(?P<yesterday>{wording.yesterday})",
        last,
        _ISO,
        _DOTTED,
        f"{article}{year}",
    )
    return _Grammar(
        opening=re.compile(openings.replace(" ", r"\s+"), re.IGNORECASE),
        days=tuple(map(_pattern, days)),
        lately=_pattern(
            f"(?:{wording.lately}) (?:(?P<many>\\d{{1,3}}|{'|'.join(NUMBERS)}) )?(?:{units}){past}"
        ),
        of_last=_pattern(f"(?:{wording.of_last}) (?:{last})"),
        months=months,
        weekdays=weekdays,
        names=re.compile(wording.names or "(?!)", re.IGNORECASE),
        nouns=re.compile(wording.nouns or "(?!)", re.IGNORECASE),
    )


def _lately(text: str, start: int, wording: Wording, *, asked: date) -> Iterator[Since]:
    """What is told by how long ago it was."""
    grammar = _grammar(wording)
    if found := grammar.lately.match(text, start):
        days = _days_of(found, wording)
        if 0 < days <= _MAX_LATELY_DAYS:
            yield Since(found.end(), days_before(asked, days), None, "since", wording)
    if found := grammar.of_last.match(text, start):
        yield Since(found.end(), *_ago(found, asked), "since", wording)


def _dated_since(text: str, start: int, wording: Wording, *, asked: date) -> Iterator[Since]:
    """What is told by a day, a month or a year."""
    grammar = _grammar(wording)
    opened = grammar.opening.match(text, start)
    if opened is None:
        return
    opening = cast(Opening, opened.lastgroup)
    for pattern in grammar.days:
        found = pattern.match(text, opened.end())
        named = _read(found, grammar, asked) if found else None
        if found and named and _is_meant(named, opening, grammar, asked):
            after, before = (None, named.first) if opening == "before" else (named.first, None)
            yield Since(found.end(), after, before, opening, wording)


def _read(found: re.Match[str], grammar: _Grammar, asked: date) -> NamedDay | None:
    """What was found, None where there is no such day."""
    parts = found.groupdict()
    if parts.get("weekday"):
        days = (asked.weekday() - _number(parts["weekday"], grammar.weekdays)) % 7
        return NamedDay(days_before(asked, days), "ago")
    if parts.get("today") or parts.get("yesterday"):
        return NamedDay(days_before(asked, 1 if parts["yesterday"] else 0), "ago")
    if "last0" in parts:
        return NamedDay(_ago(found, asked)[0], "ago")
    month = _number(parts["month"], grammar.months) + 1 if parts.get("month") else parts.get("number")
    try:
        return _dated(parts.get("year"), month, parts.get("day"), asked=asked, alone=parts.get("month"))
    except ValueError:  # 31 June, month 13
        return None


def _dated(
    year: str | None, month: int | str | None, day: str | None, *, asked: date, alone: str | None
) -> NamedDay:
    """What a year, a month and a day name, as far as they are given.

    Raises:
        ValueError: There is no such day.
    """
    if month is None:
        return NamedDay(date(int(year or 0), 1, 1), "year")
    number = int(month)
    first = date(int(year or asked.year), number, int(day or 1))
    if not year and first > asked:
        first = first.replace(year=first.year - 1)
    if day:
        return NamedDay(first, "day")
    return NamedDay(first, "month", None if year else alone)


def _ago(found: re.Match[str], asked: date) -> tuple[date, date]:
    """The first day of the last week, month or year before the present one, and of the present one."""
    if found["last0"]:
        monday = days_before(asked, asked.weekday())
        return days_before(monday, 7), monday
    if found["last1"]:
        month = asked.replace(day=1)
        return days_before(month, 1).replace(day=1), month
    return date(max(1, asked.year - 1), 1, 1), date(asked.year, 1, 1)


def _is_meant(named: NamedDay, opening: Opening, grammar: _Grammar, asked: date) -> bool:
    """Whether articles can be meant: it is not too long ago, not to come, and no name or noun."""
    years = _RECENT_BARE_YEARS if named.told == "year" else _RECENT_YEARS
    if named.first > asked or asked.year - named.first.year > years:
        return False
    if opening != "since" and named.told == "ago":  # "the day before yesterday"
        return False
    month = named.month or ""
    return not (grammar.nouns.fullmatch(month) or (opening != "since" and grammar.names.fullmatch(month)))


def _days_of(found: re.Match[str], wording: Wording) -> int:
    """How many days back the words go; 0 for "over the past years", which do not say."""
    unit = next(n for n in range(len(_DAYS_IN)) if found[f"unit{n}"])
    if many := found["many"]:
        return _DAYS_IN[unit] * (NUMBERS.get(many.lower()) or int(many))
    single = wording.units[unit].split("|")[0]
    return _DAYS_IN[unit] if found[f"unit{unit}"].lower() == single else 0


def _number(name: str, groups: tuple[str, ...]) -> int:
    """Which of the groups of spellings a name is of."""
    return next(n for n, group in enumerate(groups) if re.fullmatch(group, name, re.IGNORECASE))

"""The dates that a question names, and how near an article is to the day of asking.

Everything here is a preference: it moves articles that answer about as well, and excludes none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "january jan januar janvier enero январь январе января",
            "february feb februar février febrero февраль феврале февраля",
            "march mar märz mars marzo март марте марта",
            "april apr avril abril апрель апреле апреля",
            "may mai mayo май мае мая",
            "june jun juni juin junio июнь июне июня",
            "july jul juli juillet julio июль июле июля",
            "august aug août agosto август августе августа",
            "september sep sept septembre septiembre сентябрь сентябре сентября",
            "october oct oktober octobre octubre октябрь октябре октября",
            "november nov novembre noviembre ноябрь ноябре ноября",
            "december dec dezember décembre diciembre декабрь декабре декабря",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = f"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})"
_DAYS = (
    re.compile(rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"\b{_DAY}(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?{_MONTH}\b\.?,?(?:\s+(?:de\s+)?{_YEAR})?"),
    re.compile(rf"\b{_MONTH}\.?\s+{_DAY}(?:st|nd|rd|th)?\b(?!\d)(?:,?\s+{_YEAR})?"),
)
# "May" and "march" alone are also verbs, so a month without a year counts only after one of these words.
_BEFORE_MONTH = "in|since|during|last|this|early|mid|late|im|seit|en|depuis|desde|в|с"
_MONTH_AND_YEAR = re.compile(rf"\b{_MONTH}\.?,?\s+(?:de\s+|of\s+)?{_YEAR}\b")
_MONTH_ALONE = re.compile(rf"\b(?:{_BEFORE_MONTH})\s+{_MONTH}\b(?P<year>)")
_RELATIVE = (
    (re.compile(r"\b(?:today|tonight|heute|hoy|aujourd['’]hui|сегодня)\b"), 0, 0),
    (re.compile(r"\b(?:yesterday|gestern|ayer|hier|вчера)\b"), 1, 1),
    (re.compile(r"\b(?:this week|diese woche|esta semana|cette semaine|на этой неделе)\b"), 6, 0),
    (re.compile(r"\b(?:last week|letzte woche|semana pasada|semaine dernière|на прошлой неделе)\b"), 13, 3),
    (re.compile(r"\b(?:this month|diesen monat|este mes|ce mois|в этом месяце)\b"), 30, 0),
    (re.compile(r"\b(?:last month|letzten monat|mes pasado|mois dernier|в прошлом месяце)\b"), 61, 14),
)  # fmt: skip

# An article appears a day before or after the day its readers remember.
_SLACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both in it."""

    first: date
    last: date

    def near(self, day: date) -> bool:
        """Whether ``day`` is in it, give or take a day."""
        return self.first - _SLACK <= day <= self.last + _SLACK


def named_periods(question: str, asked: date) -> tuple[Period, ...]:
    """The days and months that ``question`` names; ``asked`` is the day of asking.

    A day or month without a year is the last one that is not after ``asked``.
    """
    text = question.casefold()
    days = [_day(found, asked) for pattern in _DAYS for found in pattern.finditer(text)]
    months = [_month(found, asked) for found in _MONTH_AND_YEAR.finditer(text)]
    alone = [_month(found, asked) for found in _MONTH_ALONE.finditer(text)]
    relative = [
        Period(asked - timedelta(days=first), asked - timedelta(days=last))
        for pattern, first, last in _RELATIVE
        if pattern.search(text)
    ]
    # "In May 2020" is also "in May", and "3 May 2020" also "May 2020": the narrowest reading holds.
    for periods in (days, months, alone, relative):
        if named := tuple(dict.fromkeys(period for period in periods if period is not None)):
            return named
    return ()


def published_in(published: date | None, periods: tuple[Period, ...]) -> bool:
    """Whether an article is of one of the ``periods``."""
    return published is not None and any(period.near(published) for period in periods)


def recency(published: date | None, asked: date, half_life: float) -> float:
    """How near an article's date is to the day of asking, in [0, 1]: 1 that day, 0.5 ``half_life`` days off.

    That is half_life / (half_life + days): it falls slowly, so that last year's article keeps an edge
    over that of ten years ago. An article without a date has none.
    """
    if published is None:
        return 0.0
    return half_life / (half_life + abs((asked - published).days))


def day_of(published: str | None) -> date | None:
    """The day in an ISO 8601 date or moment; None where there is none to the day."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _day(found: re.Match[str], asked: date) -> Period | None:
    month = _MONTHS.get(found["month"]) or int(found["month"])
    try:
        day = date(int(found["year"] or asked.year), month, int(found["day"]))
        if not found["year"] and day > asked:
            day = day.replace(year=day.year - 1)
    except ValueError:  # 31 June, or 29 February of another year
        return None
    return Period(day, day)


def _month(found: re.Match[str], asked: date) -> Period:
    month = _MONTHS[found["month"]]
    year = int(found["year"] or (asked.year if month <= asked.month else asked.year - 1))
    first = date(year, month, 1)
    return Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))

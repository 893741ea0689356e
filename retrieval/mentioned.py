"""The days, months and years that a question names, and how near an article is to the day of asking.

Everything here is a preference: it moves articles that answer about as well, and excludes none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

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
# "4 July 1776" is a day of a year that no article is from, and not one of this year.
_NO_OTHER_YEAR = r"(?!\.?,?\s+(?:de\s+|of\s+)?\d{3,4}\b)"
_DAYS = (
    re.compile(rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"\b{_DAY}\.(?P<month>\d{{1,2}})\.{_YEAR}\b"),
    re.compile(
        rf"\b{_DAY}(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?{_MONTH}\b"
        rf"(?:\.?,?\s+(?:de\s+|of\s+)?{_YEAR}\b|{_NO_OTHER_YEAR})"
    ),
    re.compile(
        rf"\b{_MONTH}\.?\s+{_DAY}(?:st|nd|rd|th)?\b(?!\d)(?:,?\s+(?:of\s+)?{_YEAR}\b|{_NO_OTHER_YEAR})"
    ),
)
# "May" and "march" alone are also verbs, so a month without a year counts only after one of these words.
_BEFORE_MONTH = "in|since|during|last|this|early|mid|late|im|seit|en|depuis|desde|в|с"
_MONTH_AND_YEAR = re.compile(rf"\b{_MONTH}\.?,?\s+(?:de\s+|of\s+)?{_YEAR}\b")
_MONTH_ALONE = re.compile(rf"\b(?:{_BEFORE_MONTH})\s+{_MONTH}\b(?P<year>){_NO_OTHER_YEAR}")

# Winter lies in two years, and which of them is meant is not said.
_SEASONS = {
    name: months
    for months, names in (
        ((3, 5), "spring frühling frühjahr primavera printemps весной"),
        ((6, 8), "summer sommer verano été летом"),
        ((9, 11), "autumn fall herbst otoño automne осенью"),
    )
    for name in names.split()
}
_SEASON = re.compile(rf"\b(?P<season>{'|'.join(_SEASONS)})\s+(?:of\s+|de\s+|des\s+jahres\s+)?{_YEAR}\b")
_YEAR_ALONE = re.compile(
    rf"\b(?:in|during|since|year|jahr|jahre|seit|en|año|desde|année|depuis|в|с)\s+{_YEAR}\b"
    r"(?!\s*[-–—/]\s*\d)"
)

_RELATIVE = (
    (re.compile(r"\b(?:today|tonight|heute|hoy|aujourd['’]hui|сегодня)\b"), 0, 0),
    (re.compile(r"\b(?:yesterday|gestern|ayer|hier|вчера)\b"), 1, 1),
    (re.compile(r"\b(?:this week|diese woche|esta semana|cette semaine|на этой неделе)\b"), 6, 0),
    (re.compile(r"\b(?:last week|letzte woche|semana pasada|semaine dernière|на прошлой неделе)\b"), 13, 3),
    (re.compile(r"\b(?:this month|diesen monat|este mes|ce mois|в этом месяце)\b"), 30, 0),
    (re.compile(r"\b(?:last month|letzten monat|mes pasado|mois dernier|в прошлом месяце)\b"), 61, 14),
)  # fmt: skip
_RELATIVE_YEARS = (
    (re.compile(r"\b(?:this year|diese[sm] jahr|este año|cette année|в этом году)\b"), 0),
    (
        re.compile(
            r"\b(?:last year|letzte[sn]? jahr(?:es)?|vergangenen jahr|año pasado|année dernière|an dernier"
            r"|в прошлом году)\b"
        ),
        1,
    ),
)

# The days of the week after what means the last one: "mardi gras" is none, and "next Tuesday" is to come.
_ON = {
    "on|since": "monday tuesday wednesday thursday friday saturday sunday",
    "am|seit": "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "el": "lunes martes miércoles jueves viernes sábado domingo",
    "depuis": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "во?": "понедельник вторник среду четверг пятницу субботу воскресенье",
}
_WEEKDAYS = {name: day for names in _ON.values() for day, name in enumerate(names.split())}
_ANY_WEEKDAY = "|".join(_WEEKDAYS)
# Bild am Sonntag and Welt am Sonntag are newspapers.
_WEEKDAY = tuple(
    re.compile(rf"(?<!bild )(?<!welt )\b(?:{before})\s+(?P<weekday>{'|'.join(names.split())})\b(?!\s+pasado)")
    for before, names in _ON.items()
)
_LAST_WEEKDAY = re.compile(
    rf"\b(?:(?:last|letzten|vergangenen|прошл(?:ый|ую|ое))\s+(?P<weekday>{_ANY_WEEKDAY})\b"
    rf"|(?P<before>{_ANY_WEEKDAY})\s+(?:pasado|dernier)\b)"
)

NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            "a an one einem einer un una une",
            "two zwei dos deux два две",
            "three drei tres trois три",
            "four vier cuatro quatre четыре",
            "five fünf cinco cinq пять",
            "six sechs seis шесть",
            "seven sieben siete sept семь",
            "eight acht ocho huit восемь",
            "nine neun nueve neuf девять",
            "ten zehn diez dix десять",
        ),
        start=1,
    )
    for name in names.split()
}
# Days in a unit, and how far off a number of them may be: "two weeks ago" is no day.
_UNITS = {
    name: unit
    for unit, names in (
        ((1, 0), "day days tag tagen día días jour jours день дня дней"),
        ((7, 3), "week weeks woche wochen semana semanas semaine semaines неделю недели недель"),
        ((30, 15), "month months monat monaten mes meses mois месяц месяца месяцев"),
        ((365, 182), "year years jahr jahren año años an ans год года лет"),
    )
    for name in names.split()
}
_HOW_MANY = rf"(?<![\d.,])\b(?P<number>\d{{1,3}}|{'|'.join(NUMBERS)})\s+(?P<unit>{'|'.join(_UNITS)})\b"
_AGO = (
    re.compile(rf"{_HOW_MANY}\s+(?:ago|назад)\b"),
    re.compile(rf"\b(?:vor|hace|il y a)\s+{_HOW_MANY}"),
)

# An article appears a day before or after the day its readers remember.
_SLACK_DAYS = 1


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both in it."""

    first: date
    last: date

    def near(self, day: date) -> bool:
        """Whether ``day`` is in it, give or take a day."""
        return days_before(self.first, _SLACK_DAYS) <= day <= days_before(self.last, -_SLACK_DAYS)


def named_periods(question: str, asked: date) -> tuple[Period, ...]:
    """The days, months, seasons and years that ``question`` names; ``asked`` is the day of asking.

    A day or month without a year is the last one that is not after ``asked``; seasons are those of the north.
    """
    text = question.casefold()
    # "In May 2020" is also "in May", and "3 May 2020" also "May 2020": the narrowest reading holds.
    for periods in (
        (_day(found, asked) for pattern in _DAYS for found in pattern.finditer(text)),
        (_month(found, asked) for found in _MONTH_AND_YEAR.finditer(text)),
        (_months(int(found["year"]), *_SEASONS[found["season"]]) for found in _SEASON.finditer(text)),
        (_month(found, asked) for found in _MONTH_ALONE.finditer(text)),
        _relative(text, asked),
        _years(text, asked),
    ):
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


def _relative(text: str, asked: date) -> Iterator[Period]:
    """What is told by how long ago it was."""
    for pattern, first, last in _RELATIVE:
        if pattern.search(text):
            yield Period(days_before(asked, first), days_before(asked, last))
    for pattern in _WEEKDAY:
        for found in pattern.finditer(text):
            day = days_before(asked, (asked.weekday() - _WEEKDAYS[found["weekday"]]) % 7)
            yield Period(day, day)
    for found in _LAST_WEEKDAY.finditer(text):
        weekday = _WEEKDAYS[found["weekday"] or found["before"]]
        day = days_before(asked, (asked.weekday() - weekday - 1) % 7 + 1)
        yield Period(day, day)
    for pattern in _AGO:
        for found in pattern.finditer(text):
            number = NUMBERS.get(found["number"]) or int(found["number"])
            days, off = _UNITS[found["unit"]]
            yield Period(days_before(asked, number * days + off), days_before(asked, number * days - off))


def _years(text: str, asked: date) -> Iterator[Period]:
    for found in _YEAR_ALONE.finditer(text):
        yield _months(int(found["year"]), 1, 12)
    for pattern, ago in _RELATIVE_YEARS:
        if pattern.search(text):
            yield _months(max(date.min.year, asked.year - ago), 1, 12)


def days_before(day: date, days: int) -> date:
    """So many days earlier, within the calendar."""
    return date.fromordinal(min(max(day.toordinal() - days, date.min.toordinal()), date.max.toordinal()))


def _months(year: int, first: int, last: int) -> Period:
    """From the first day of one month to the last of another, in the same year."""
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


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
    return _months(max(date.min.year, year), month, month)

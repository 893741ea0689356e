"""The words by which people say since when: a table a language, for `retrieval.read_filters`.

Everything is in lower case. Where a language has cases, months stand in those that follow its words.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language says it; every part is a regular expression.

    Args:
        since: What stands before the first day that is meant.
        after: The same, in words that also stand before names: "after May" may mean a person.
        before: What stands before the first day that is not meant.
        lately: "in the last", before a number and a unit, or the unit alone.
        past: What follows them: "در ۷ روز گذشته".
        of_last: "from" in "from last week".
        article: What may stand before a day: "dem 3. Mai".
        months: The twelve months, a space apart; spellings of one with a bar between.
        names: Months that are names too: without a day or a year they count behind ``since`` only.
        nouns: Months that are ordinary words too: they count with a day or a year only.
        weekdays: The same from Monday.
        today: The day of asking.
        yesterday: The day before.
        last: "last week", "last month", "last year".
        units: Spellings of day, week, month and year, the one for a single one first.
        year: What may follow the number of a year: "2024 года".
        how_long: Questions that ask for the time itself, and of which "since" is a part.
        verbs: So many words may follow at the end of a question: "seit März beschlossen worden?"
    """

    since: str
    after: str
    before: str
    lately: str
    past: str
    of_last: str
    article: str
    months: str
    names: str
    nouns: str
    weekdays: str
    today: str
    yesterday: str
    last: tuple[str, str, str]
    units: tuple[str, str, str, str]
    year: str
    how_long: str
    verbs: int = 0


ENGLISH = Wording(
    since="since|starting in|starting from",
    after="after",
    before="before|prior to",
    lately=r"(?:in|over|during|within|from) the (?:last|past)",
    past="",
    of_last="from|of",
    article="the",
    months=(
        "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug "
        "september|sept|sep october|oct november|nov december|dec"
    ),
    names="may|march|mar|jan",
    nouns="",
    weekdays="monday tuesday wednesday thursday friday saturday sunday",
    today="today",
    yesterday="yesterday",
    last=("last week", "last month", "last year"),
    units=("day|days", "week|weeks", "month|months", "year|years"),
    year="",
    how_long="how (?:long|much time|many (?:days|weeks|months|years))",
)

GERMAN = Wording(
    since="seit|ab",
    after="nach",
    before="vor",
    lately="(?:in|während) den (?:letzten|vergangenen)|in der (?:letzten|vergangenen)"
    "|im (?:letzten|vergangenen)",
    past="",
    of_last="von|aus",
    article="dem",
    months="januar|jänner februar märz april mai juni juli august september oktober november dezember",
    names="",
    nouns="",
    weekdays="montag dienstag mittwoch donnerstag freitag samstag|sonnabend sonntag",
    today="heute",
    yesterday="gestern",
    last=("(?:der )?letzte[rn]? woche", "(?:dem )?letzte[mn] monat", "(?:dem )?letzte[mn] jahr"),
    units=("tag|tage|tagen", "woche|wochen", "monat|monate|monaten", "jahr|jahre|jahren"),
    year="",
    how_long="(?:seit )?wie (?:lange|viele (?:tage|wochen|monate|jahre))",
    verbs=2,
)

SPANISH = Wording(
    since="desde|a partir de",
    after="después del?|tras",
    before="antes del?",
    lately="(?:en|durante) (?:el|la|los|las) (?:últim[oa]s?|pasad[oa]s?)",
    past="",
    of_last="de",
    article="el|la",
    months=(
        "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre"
    ),
    names="",
    nouns="",
    weekdays="lunes martes miércoles jueves viernes sábado domingo",
    today="hoy",
    yesterday="ayer",
    last=("la semana pasada", "el mes pasado", "el año pasado"),
    units=("día|días", "semana|semanas", "mes|meses", "año|años"),
    year="",
    how_long="¿?(?:cuánto(?: tiempo)?|hace cuánto|cuánt[oa]s (?:días|semanas|meses|años))",
)

RUSSIAN = Wording(
    since="со?|начиная со?",
    after="после",
    before="до",
    lately="за последни[еюй]й?|за последнюю|за прошедши[ей]",
    past="",
    of_last="за|с",
    article="",
    months="января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    names="",
    nouns="",
    weekdays="понедельника вторника среды четверга пятницы субботы воскресенья",
    today="сегодня|сегодняшнего дня",
    yesterday="вчера|вчерашнего дня",
    last=("прошл(?:ой|ую) недел[июе]", "прошл(?:ого|ый) месяца?", "прошл(?:ого|ый) года?"),
    units=("день|дня|дней", "неделю|недели|недель", "месяц|месяца|месяцев", "год|года|лет"),
    year=r"(?:года?|г\.?)",
    how_long="(?:как долго|сколько (?:времени|дней|недель|месяцев|лет))",
)

UKRAINIAN = Wording(
    since="з|із|зі|від|починаючи з",
    after="після",
    before="до",
    lately="за останн(?:ій|ні|і|ю)|протягом останніх",
    past="",
    of_last="за|з",
    article="",
    months="січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    names="",
    nouns="",
    weekdays="понеділка вівторка середи четверга п['’]ятниці суботи неділі",
    today="сьогодні|сьогоднішнього дня",
    yesterday="вчора|учора|вчорашнього дня",
    last=("минул(?:ого|ий) тиж(?:ня|день)", "минул(?:ого|ий) місяц[яь]", "минул(?:ого|ий) р(?:оку|ік)"),
    units=("день|дні|днів", "тиждень|тижні|тижнів", "місяць|місяці|місяців", "рік|роки|років"),
    year=r"(?:року|рік|р\.?)",
    how_long="(?:як довго|скільки (?:часу|днів|тижнів|місяців|років))",
)

# The months of the Gregorian calendar as Persian spells them; the Iranian year begins in March.
PERSIAN = Wording(
    since="از",
    after="پس از|بعد از",
    before="پیش از|قبل از|تا",
    lately="در|طی",
    past="گذشته|اخیر",
    of_last="از",
    article="",
    months="ژانویه فوریه مارس آوریل مه|می ژوئن|جون ژوئیه|جولای اوت|آگوست سپتامبر اکتبر نوامبر دسامبر",
    names="",
    nouns="مه|می|جون",
    weekdays=r"دوشنبه سه[\u200c\s]?شنبه چهارشنبه پنج[\u200c\s]?شنبه جمعه شنبه یکشنبه",
    today="امروز",
    yesterday="دیروز",
    last=("هفته (?:گذشته|پیش|قبل)", "ماه (?:گذشته|پیش|قبل)", "سال (?:گذشته|پیش|قبل)"),
    units=("روز", "هفته", "ماه", "سال"),
    year="",
    how_long="(?:چه مدت|چند (?:روز|هفته|ماه|سال))",
    verbs=3,
)

WORDINGS = (ENGLISH, GERMAN, SPANISH, RUSSIAN, UKRAINIAN, PERSIAN)

"""Dates that questions name, and recency."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.mentioned import Period, day_of, named_periods, published_in, recency

ASKED = date(2023, 12, 20)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("What did The Verge report on 2023-11-24?", date(2023, 11, 24), date(2023, 11, 24)),
        ("who resigned on 3 May 2020", date(2020, 5, 3), date(2020, 5, 3)),
        ("What happened on March 5th?", date(2023, 3, 5), date(2023, 3, 5)),
        ("What was decided on December 24?", date(2022, 12, 24), date(2022, 12, 24)),
        ("Was geschah am 3. Oktober 2023?", date(2023, 10, 3), date(2023, 10, 3)),
        ("¿Qué pasó el 5 de mayo de 2021?", date(2021, 5, 5), date(2021, 5, 5)),
        ("Что решили в мае?", date(2023, 5, 1), date(2023, 5, 31)),
        ("what was said in May 2020", date(2020, 5, 1), date(2020, 5, 31)),
        ("who won in february", date(2023, 2, 1), date(2023, 2, 28)),
        ("what happened yesterday?", date(2023, 12, 19), date(2023, 12, 19)),
        ("Was war letzte Woche los?", date(2023, 12, 7), date(2023, 12, 17)),
    ],
)
def test_a_named_day_or_month_is_understood(question: str, first: date, last: date) -> None:
    """A day, a month or a word for a recent time is read as the days it stands for, in five languages."""
    assert named_periods(question, ASKED) == (Period(first, last),)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("What happened in 2022?", date(2022, 1, 1), date(2022, 12, 31)),
        ("Was geschah im Jahr 2022?", date(2022, 1, 1), date(2022, 12, 31)),
        ("Что случилось в 2022 году?", date(2022, 1, 1), date(2022, 12, 31)),
        ("Who won last year?", date(2022, 1, 1), date(2022, 12, 31)),
        ("¿Quién ganó el año pasado?", date(2022, 1, 1), date(2022, 12, 31)),
        ("Qui a gagné cette année ?", date(2023, 1, 1), date(2023, 12, 31)),
        ("What was said in the spring of 2022?", date(2022, 3, 1), date(2022, 5, 31)),
        ("Wer gewann im Sommer 2022?", date(2022, 6, 1), date(2022, 8, 31)),
        ("Кто победил осенью 2022 года?", date(2022, 9, 1), date(2022, 11, 30)),
        ("Was geschah am 03.05.2022?", date(2022, 5, 3), date(2022, 5, 3)),
        ("Who resigned on Tuesday?", date(2023, 12, 19), date(2023, 12, 19)),
        ("Who resigned on Wednesday?", date(2023, 12, 20), date(2023, 12, 20)),
        ("Who resigned last Wednesday?", date(2023, 12, 13), date(2023, 12, 13)),
        ("Wer trat am Donnerstag zurück?", date(2023, 12, 14), date(2023, 12, 14)),
        ("¿Quién dimitió el lunes pasado?", date(2023, 12, 18), date(2023, 12, 18)),
        ("Qui a démissionné mardi dernier ?", date(2023, 12, 19), date(2023, 12, 19)),
        ("Кто ушёл во вторник?", date(2023, 12, 19), date(2023, 12, 19)),
        ("Who resigned three days ago?", date(2023, 12, 17), date(2023, 12, 17)),
        ("Who resigned two weeks ago?", date(2023, 12, 3), date(2023, 12, 9)),
        ("Wer trat vor 2 Wochen zurück?", date(2023, 12, 3), date(2023, 12, 9)),
        ("¿Quién dimitió hace dos semanas?", date(2023, 12, 3), date(2023, 12, 9)),
        ("Qui a démissionné il y a deux semaines ?", date(2023, 12, 3), date(2023, 12, 9)),
        ("Кто ушёл две недели назад?", date(2023, 12, 3), date(2023, 12, 9)),
        ("Who resigned a month ago?", date(2023, 11, 5), date(2023, 12, 5)),
    ],
)
def test_a_time_named_in_another_way_is_understood(question: str, first: date, last: date) -> None:
    """Years, seasons, days of the week and how long ago it was are read; what is vague is a longer time."""
    assert named_periods(question, ASKED) == (Period(first, last),)


@pytest.mark.parametrize(
    "question",
    [
        "may I ask who marched?",
        "Who was May's successor?",
        "on 31 June",
        "the march of time",
        "2023?",
        "Who was born on 4 July 1776?",
        "Who was born on July 4, 1776?",
        "What was signed in July 1776?",
        "Who won in the 1990s?",
        "Who won in 2021-22?",
        "Who lived here 10,000 years ago?",
        "Who plays next Tuesday?",
        "Où fête-t-on mardi gras ?",
        "Wer schreibt für Bild am Sonntag?",
    ],
)
def test_words_that_only_look_like_dates_are_not_taken_for_any(question: str) -> None:
    """Verbs that are also months, days of no year or another century's, and bare years name no period."""
    assert named_periods(question, ASKED) == ()


def test_an_article_of_the_named_day_or_the_day_beside_it_is_of_that_period() -> None:
    """A report appears a day before or after the day readers remember."""
    day = (Period(date(2023, 11, 24), date(2023, 11, 24)),)
    assert published_in(date(2023, 11, 25), day)
    assert not published_in(date(2023, 11, 26), day)
    assert not published_in(None, day)


def test_recency_is_one_on_the_day_and_a_half_after_the_half_life() -> None:
    """The half-life is what its name says, and an article without a date has no recency."""
    assert recency(ASKED, ASKED, 14) == 1
    assert recency(ASKED - timedelta(days=14), ASKED, 14) == pytest.approx(0.5)
    assert recency(None, ASKED, 14) == 0


@given(DAYS, DAYS, DAYS, st.floats(0.1, 10_000))
def test_the_nearer_article_is_never_less_recent(
    asked: date, one: date, other: date, half_life: float
) -> None:
    """Recency falls with the distance from the day of asking and stays in [0, 1]."""
    near, far = sorted((one, other), key=lambda day: abs((asked - day).days))
    assert 0 <= recency(far, asked, half_life) <= recency(near, asked, half_life) <= 1


@pytest.mark.parametrize("asked", [date.min, date.max])
@pytest.mark.parametrize(
    "question",
    ["in May", "in December", "May 3", "yesterday", "last week", "last year", "on Friday", "2 years ago"],
)
def test_the_calendar_has_ends(question: str, asked: date) -> None:
    """On the first and the last day there is, a question is read and a period compared all the same."""
    periods = named_periods(question, asked)

    assert not periods or published_in(periods[0].first, periods)


@given(st.text(), DAYS)
def test_any_question_is_read(question: str, asked: date) -> None:
    """Whatever is asked, reading it does not fail, and a period has its days in order."""
    assert all(period.first <= period.last for period in named_periods(question, asked))


@pytest.mark.parametrize("published", [None, "", "soon", "2023", "2023-13-01"])
def test_a_date_that_is_not_known_to_the_day_is_none(published: str | None) -> None:
    """Only a full date counts as one."""
    assert day_of(published) is None

"""Filters: how they are written, read from a question, shown and taken away."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.filters import (
    MAX_NAME_CHARS,
    MAX_NAMES,
    NO_FILTERS,
    Filter,
    Filters,
    close_names,
    folded,
    is_part,
    one_line,
)
from retrieval.read_filters import Problem, read_filters
from retrieval.types import Query

SETS = Path(__file__).parents[2] / "shared" / "eval"
ASKED = date(2026, 11, 26)
OUTLETS = ["Harbour Line", "Wethersund Courier", "Küstenblatt Brelum", "朝日新聞"]
AUTHORS = ["Moira Tennant", "José Ibáñez"]


def known(kind: str, name: str) -> bool:
    """Whether one of these outlets or authors has the name."""
    names = OUTLETS if kind == "source" else AUTHORS
    return any(is_part(folded(name), folded(each)) for each in names)


def read(text: str):
    """What is read of a question, asked on a Thursday."""
    return read_filters(text, ASKED, known)


names = st.text(min_size=1, max_size=20).map(one_line).filter(folded)
some_names = st.lists(names, max_size=3, unique=True).map(tuple)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
filters = st.builds(
    Filters, source=some_names, author=some_names, after=st.none() | days, before=st.none() | days
)
kinds = st.sampled_from(["source", "author", "after", "before"])


@given(filters)
def test_filters_survive_being_written(asked_for):
    """What a filter is written as is read as the same filter, and leaves the question as it was."""
    question = "What did the ferry cost?"

    said = read(asked_for.written(question))

    assert said.filters == asked_for
    assert said.problems == ()
    assert said.text == said.wide == question


@given(filters)
def test_filters_survive_words_like_theirs(asked_for):
    """Where the question has words that look like half a filter, the filters are still read as they were."""
    question = read('author:"d" When was it before: "026').text

    assert question == 'When was it before: "026'
    assert read(asked_for.written(question)).filters == asked_for


@given(filters)
def test_chips_are_taken_away_one_at_a_time(asked_for):
    """Every chip can be taken away, which leaves the others; after the last one nothing is filtered."""
    left = asked_for
    for chip in asked_for:
        assert chip in left
        left = left.without_one(chip)
        assert chip not in left

    assert left == NO_FILTERS
    assert not left


@given(filters, st.lists(kinds))
def test_kinds_are_taken_away(asked_for, gone):
    """Without some kinds the others stay as they are."""
    left = asked_for.without(*gone)

    assert left.kinds == tuple(kind for kind in asked_for.kinds if kind not in gone)
    assert list(left) == [chip for chip in asked_for if chip.kind not in gone]
    assert asked_for.only(left.kinds) == left


@given(st.text(max_size=300))
def test_anything_can_be_read(text):
    """Whatever is typed gets filters, problems or neither, and no more words than it had."""
    said = read(text)

    assert len(said.text) <= len(said.wide) <= len(text)
    assert len(said.filters.source) <= MAX_NAMES
    assert said.query(asked=ASKED).filters == said.filters


PIECES = [
    *(
        "source:",
        "author:",
        "after:",
        "before:",
        "since:",
        '"',
        '""',
        "“",
        "”",
        "«",
        "since",
        "after",
        "before",
    ),
    *("May", "2026", "1", "31", "last", "week", "seit", "vor", "März", "с", "марта", "до", "з", "від", "از"),
    *("مارس", "desde", "el", "in", "the", "past", "7", "days", ",", "?", "!", "Harbour", "Line", ":", ":://"),
    *("2024-13-45", "\u200f", "\x00"),
]
words_of_filters = st.sampled_from(PIECES)


@given(st.lists(words_of_filters, max_size=25), st.sampled_from(["", " "]))
def test_anything_made_of_filters_can_be_read(parts, between):
    """The pieces of filters in any order make no error, and what is read can be written and read again."""
    said = read(between.join(parts))

    explicit = Filters(said.filters.source, said.filters.author, said.filters.after, said.filters.before)
    assert read(explicit.written("ferry")).filters == explicit


@pytest.mark.parametrize(
    ("typed", "question", "written"),
    [
        ("What did it cost? source:Harbour Line", "What did it cost?", 'source:"Harbour Line"'),
        ("source:Harbour Line What did it cost?", "What did it cost?", 'source:"Harbour Line"'),
        ("What source:harbour did it cost?", "What did it cost?", 'source:"harbour"'),
        ('source:"Harbour Line" fares', "fares", 'source:"Harbour Line"'),
        ("source:“Harbour Line” fares", "fares", 'source:"Harbour Line"'),
        ("source:«Harbour Line» fares", "fares", 'source:"Harbour Line"'),
        ("SOURCE: Harbour Line, fares", "fares", 'source:"Harbour Line"'),
        ('source:"Say ""no""" fares', "fares", 'source:"Say ""no"""'),
        ('source:"Harbour Line fares', "fares", 'source:"Harbour Line"'),
        ("fares source:Daily Planet", "fares", 'source:"Daily Planet"'),
        ("source:Reuters What is it?", "What is it?", 'source:"Reuters"'),
        ("source:Harbour source:Courier fares", "fares", 'source:"Harbour" source:"Courier"'),
        ("source:\u200f\u202eharbour\x00 fares", "fares", 'source:"harbour"'),
        ("author:tennant source:courier fares", "fares", 'source:"courier" author:"tennant"'),
        ("after:2024-01-01 fares", "fares", "after:2024-01-01"),
        ("fares after:2024-05", "fares", "after:2024-05-01"),
        ("fares after:2024?", "fares?", "after:2024-01-01"),
        ("fares before:2024", "fares", "before:2024-01-01"),
        ("fares before:9999-12-31", "fares", "before:9999-12-31"),
        ("after:0001-01-01 fares", "fares", "after:0001-01-01"),
        ("after:2024/05/03 fares", "fares", "after:2024-05-03"),
        ("after:today fares", "fares", "after:2026-11-26"),
        ("source:'Harbour Line' fares", "fares", 'source:"Harbour Line"'),
        ("source:harbour_line fares", "fares", 'source:"harbour_line"'),
        ("fares (source:Harbour Line)", "fares ()", 'source:"Harbour Line"'),
        ("since:3 May 2024 fares", "fares", "after:2024-05-03"),
        ('since:"3 May 2024" fares', "fares", "after:2024-05-03"),
        ("fares after: 3.5.2024", "fares", "after:2024-05-03"),
        ("after:yesterday fares", "fares", "after:2026-11-25"),
        (
            "after:2020 after:2024 before:2026 before:2025 fares",
            "fares",
            "after:2024-01-01 before:2025-01-01",
        ),
        ("before:2030 after:1850 fares", "fares", "after:1850-01-01 before:2030-01-01"),
    ],
)
def test_written_filters(typed, question, written):
    """A filter may stand anywhere, with or without quotes, and is taken out of the question."""
    said = read(typed)

    assert (said.text, said.filters.written(), said.problems) == (question, written, ())
    assert said.wide == said.text
    assert not said.filters.worded


@pytest.mark.parametrize(
    ("typed", "kind", "value", "reason"),
    [
        ("source:", "source", "", "empty"),
        ("fares source:", "source", "", "empty"),
        ('fares source:""', "source", "", "empty"),
        ('fares source:"?!"', "source", "?!", "empty"),
        ("author: source:Harbour fares", "author", "", "empty"),
        ("fares after:2024-13-45", "after", "2024-13-45", "no_day"),
        ("after:2023-02-29 fares", "after", "2023-02-29", "no_day"),
        ("after:0000 fares", "after", "0000", "no_day"),
        ("before:soon fares", "before", "soon", "no_day"),
        ("since:the war", "after", "the", "no_day"),
        (f"source:{'x' * 500} fares", "source", "x" * MAX_NAME_CHARS, "too_long"),
        (f"fares {' '.join(f'source:x{n}' for n in range(9))}", "source", "x8", "too_many"),
        (f"fares {'source:x ' * 10_000}", "source", "", "too_many"),
    ],
)
def test_what_cannot_be_meant_is_said(typed, kind, value, reason):
    """A filter that makes no sense is named with what was written, and an example that can be read."""
    problems = read(typed).problems

    assert Problem(kind, value, reason) in problems
    assert read(f"{problems[0].example} fares").problems == ()


@pytest.mark.parametrize(
    "question",
    [
        "What is the source: a leak?",
        "What came after: the war or the peace?",
        "See http://source://x and after://y",
        "resource:x or my-source:x",
        "the aftermath: what is known?",
        "What is the source of the Orrey?",
    ],
)
def test_ordinary_words_before_a_colon(question):
    """A colon alone makes no filter."""
    said = read(question)

    assert (said.text, said.filters, said.problems) == (question, NO_FILTERS, ())


@pytest.mark.parametrize(
    ("typed", "question", "written"),
    [
        ("What was decided since March?", "What was decided?", "after:2026-03-01"),
        ("Since March, what was decided?", "what was decided?", "after:2026-03-01"),
        ("since march what was decided", "what was decided", "after:2026-03-01"),
        ("What was decided since December?", "What was decided?", "after:2025-12-01"),
        ("Who resigned since 2024?", "Who resigned?", "after:2024-01-01"),
        ("What did it cost since 3 May 2024?", "What did it cost?", "after:2024-05-03"),
        ("What did it cost since May 3rd, 2024?", "What did it cost?", "after:2024-05-03"),
        ("What changed after 1 June?", "What changed?", "after:2026-06-01"),
        ("What was the fare before May 2023?", "What was the fare?", "before:2023-05-01"),
        ("What was reported from last week?", "What was reported?", "after:2026-11-16 before:2026-11-23"),
        ("Which strikes in the last 7 days?", "Which strikes?", "after:2026-11-19"),
        ("Which strikes in the past two weeks", "Which strikes", "after:2026-11-12"),
        ("Who resigned since yesterday?", "Who resigned?", "after:2026-11-25"),
        ("Who resigned since Monday?", "Who resigned?", "after:2026-11-23"),
        ("Who resigned since March before May?", "Who resigned since March before May?", ""),
        ("Who resigned since March before 2 May?", "Who resigned?", "after:2026-03-01 before:2026-05-02"),
        ("And since March?", "And?", "after:2026-03-01"),
        ("Was hat der Rat seit März beschlossen?", "Was hat der Rat beschlossen?", "after:2026-03-01"),
        ("Was kostet sie seit dem 3. Mai 2024?", "Was kostet sie?", "after:2024-05-03"),
        ("Wer streikte in den letzten 7 Tagen?", "Wer streikte?", "after:2026-11-19"),
        ("¿Qué decidió el concejo desde marzo?", "¿Qué decidió el concejo?", "after:2026-03-01"),
        ("¿Desde marzo, qué decidió?", "¿qué decidió?", "after:2026-03-01"),
        ("¿Qué pasó después del 1 de junio?", "¿Qué pasó?", "after:2026-06-01"),
        ("Что решил совет с марта?", "Что решил совет?", "after:2026-03-01"),
        ("Что решил совет после 1 мая?", "Что решил совет?", "after:2026-05-01"),
        ("Кто ушёл за последние 7 дней?", "Кто ушёл?", "after:2026-11-19"),
        ("Що вирішила рада з березня?", "Що вирішила рада?", "after:2026-03-01"),
        ("Что было с 5 мая 2026 г.?", "Что было?", "after:2026-05-05"),
        ("Хто пішов до 1 травня 2024 року?", "Хто пішов?", "before:2024-05-01"),
        ("شورا چه تصمیمی گرفت از مارس ۲۰۲۴؟", "شورا چه تصمیمی گرفت؟", "after:2024-03-01"),
    ],
)
def test_ordinary_words(typed, question, written):
    """Words that say since when are a filter at either end of a question, in six languages."""
    said = read(typed)

    assert (said.text, said.filters.written(), said.wide) == (question, written, typed)
    assert said.filters.worded == set(said.filters.kinds)


@pytest.mark.parametrize(
    "question",
    [
        "How many visitors came since 1990?",
        "What has changed since the war?",
        "How long has it been since March?",
        "Wie lange ist es seit März her?",
        "Who was prime minister after May?",
        "What did he say the day before yesterday?",
        "What has been done over the past years?",
        "What happened in the last year of his reign?",
        "What happened since the March election?",
        "Who won after the 1 June game was stopped?",
        "What is planned since May 2027?",
        "since March?",
        "What grows in March?",
        "Who may march before the mayor?",
    ],
)
def test_words_that_are_part_of_what_is_asked(question):
    """Eras, names, days to come and whatever stands inside a question are no filters."""
    said = read(question)

    assert (said.text, said.filters) == (question, NO_FILTERS)


@pytest.mark.parametrize("asked", [date.min, date(1, 1, 3), date(2024, 2, 29), date.max])
@pytest.mark.parametrize(
    "typed",
    [
        "who in the last 999 days",
        "who since last week",
        "who since last month",
        "since last year who",
        "who from last year",
        "who since Monday",
        "who since yesterday",
        "who since 29 February",
        "who after 2024",
    ],
)
def test_any_day_of_asking(typed, asked):
    """Whatever day it is, what is read of a question is no error and never begins after that day."""
    said = read_filters(typed, asked)

    assert said.problems == ()
    assert (said.filters.after or asked) <= asked


@pytest.mark.skipif(not SETS.exists(), reason="needs the public sets in shared/eval")
def test_false_alarms():
    """Of the questions of public sets, which ask for no articles of a time, hardly any is read so."""
    files = sorted(SETS.glob("*/queries.jsonl"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines() if line]
    questions = [json.loads(line)["question"] for line in lines]

    said = [read_filters(each, date(2024, 1, 15)) for each in questions]

    assert len(questions) > 10_000
    assert sum(bool(each.filters) for each in said) <= 0.001 * len(questions)
    assert not any(each.problems for each in said)


def test_what_is_wide():
    """Where filters in ordinary words give way, those that were written stay."""
    query = read("What was decided since March? source:Courier").query()

    wide = query.widened()

    assert (query.text, query.filters.kinds) == ("What was decided?", ("source", "after"))
    assert wide == Query("What was decided since March?", filters=Filters(source=("Courier",)))
    assert wide.widened() == wide


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("harbour", "Harbour Line"),
        ("LINE", "Harbour Line"),
        ("kustenblatt", "Küstenblatt Brelum"),
        ("Ibanez", "José Ibáñez"),
        ("courier wethersund", "Wethersund Courier"),
        ("our", "Harbour Line"),
        ("新聞", "朝日新聞"),
        ("Еж", "Ёжик"),
    ],
)
def test_a_part_of_a_name(wanted, name):
    """A name is met by what a word in it begins with, whatever the case and the accents."""
    assert is_part(folded(wanted), folded(name)) == (wanted not in ("our", "courier wethersund"))


def test_close_names():
    """The names that are spelt nearly so are offered, as they are written, and no others."""
    assert close_names("Harbor Lien", OUTLETS) == ("Harbour Line",)
    assert close_names("kuestenblatt brelum", OUTLETS) == ("Küstenblatt Brelum",)
    assert close_names("Courrier", OUTLETS) == ("Wethersund Courier",)
    assert close_names("Reuters", OUTLETS) == close_names("", OUTLETS) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": ("",)},
        {"source": ("?",)},
        {"author": ("a\nb",)},
        {"author": (" a",)},
        {"source": ("x" * (MAX_NAME_CHARS + 1),)},
        {"source": ("a", "a")},
        {"source": tuple(f"x{n}" for n in range(MAX_NAMES + 1))},
        {"worded": frozenset({"after"})},
    ],
)
def test_filters_that_cannot_be(wrong):
    """What could not be written and read again is refused where it is made."""
    with pytest.raises(ValueError, match=r"got|worded"):
        Filters(**wrong)


def test_a_chip_says_what_it_is():
    """A chip has no words of any language, and says whether ordinary words made it."""
    chips = list(read("Was hat der Rat seit März beschlossen? source:Courier").filters)

    assert chips == [Filter("source", "Courier"), Filter("after", "2026-03-01", worded=True)]
    assert [chip.written() for chip in chips] == ['source:"Courier"', "after:2026-03-01"]

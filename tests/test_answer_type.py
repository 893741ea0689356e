import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer_type import ANSWER_TYPES, answer_type, candidates_of

LANGUAGES = ("en", "de", "es", "fr", "ru", "und")
PIECES = [
    "1 ",
    "1st and ",
    "May ",
    "two hundred and ",
    "at the ",
    "A. ",
    "when ",
    "how ",
    "1,1",
    "I",
    "a",
    "-5 ",
]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When does the last boat leave?", "date"),
        ("In what year was it built?", "date"),
        ("Wann wurde die Brücke gesperrt?", "date"),
        ("In welchem Jahrhundert?", "date"),
        ("¿Cuándo se estrenó la película?", "date"),
        ("Quand le pont a-t-il rouvert ?", "date"),
        ("В каком году это было?", "date"),
        ("How much will the barrier cost?", "number"),
        ("What does it cost to take a bicycle?", "number"),
        ("What was the population of Orrey?", "number"),
        ("Wie viele Seehunde wurden gezählt?", "number"),
        ("¿Cuántas personas viajaban?", "number"),
        ("Combien de temps dure la traversée ?", "number"),
        ("Сколько человек приехало?", "number"),
        ("Who paid for the research?", "person"),
        ("Which magazine printed it?", "person"),
        ("Wem gehört der Leuchtturm?", "person"),
        ("¿Quién dirigió la película?", "person"),
        ("Qui a payé ?", "person"),
        ("Кто построил мост?", "person"),
        ("Where did they meet?", "place"),
        ("In which country is Normandy?", "place"),
        ("Wo steht der Turm?", "place"),
        ("¿Dónde está?", "place"),
        ("Dans quelle ville ?", "place"),
        ("Куда ушёл паром?", "place"),
        ("What did they do when it rained?", None),
        ("When it rained, what did they do?", None),
        ("When compared to 2020, who grew faster?", "person"),
        ("Why is it late?", None),
        ("Qu’est-ce qui manque ?", None),
        ("ferry timetable", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_a_question_asks_for(question, expected, language):
    """The first question word tells, in each of the five languages, whatever the articles are in."""
    assert answer_type(question, language) == expected


@pytest.mark.parametrize(
    ("kind", "text", "language", "expected"),
    [
        ("date", "On Thursday 14 May 2026 at 7.10am, or May 14, 2026.", "en",
         ["Thursday 14 May 2026", "7.10am", "May 14, 2026"]),
        ("date", "In the 10th and 11th centuries, the 1990s and 1914–18, he may march.", "en",
         ["10th and 11th centuries", "1990s", "1914–18"]),
        ("date", "Am 3. März 1899 um 15 Uhr, im 19. Jahrhundert", "de",
         ["3. März 1899", "15 Uhr", "19. Jahrhundert"]),
        ("date", "El 14 de mayo de 2026 y el siglo XX", "es", ["14 de mayo de 2026", "siglo XX"]),
        ("date", "le 1er août 1914, au XIXe siècle", "fr", ["1er août 1914", "XIXe siècle"]),
        ("date", "14 мая 2026 года", "ru", ["14 мая 2026"]),
        ("date", "It closed at 7.40pm. It opens at 8 a.m. on Dec. 3, 2026, or 4 Jan.", "en",
         ["7.40pm", "8 a.m.", "Dec. 3, 2026", "4 Jan."]),
        ("date", "Peñasal de Mar. El mes de mayo", "es", ["mayo"]),
        ("date", "Version 3.14 of 12,000 parts", "en", []),
        ("number", "4,320 oysters, £2.40, 38 per cent, 5,5 % and forty-five minutes in 2026", "en",
         ["4,320 oysters", "£2.40", "38 per cent", "5,5 %", "forty-five minutes"]),
        ("number", "rund 3 Millionen Euro und 2 000 Menschen", "de", ["3 Millionen Euro", "2 000 Menschen"]),
        ("number", "The A9 and AS-206 of 14 May", "en", []),
        ("person", "Yesterday Mayor Anna O’Brien met J. van der Berg on Monday.", "en",
         ["Yesterday Mayor Anna O’Brien", "J. van der Berg"]),
        ("person", "Der Bürgermeister traf Anna Brody am Hafen.", "de", ["Anna Brody"]),
        ("person", "It was late.", "en", []),
        ("place", "Anna Brody met him in Carrowmere.", "en", ["Carrowmere"]),
        ("place", "Die Firma aus Schweden nutzt Dampf.", "de", ["Schweden"]),
        ("place", "They met behind the old depot.", "en", ["behind the old depot"]),
        ("place", "Carrowmere was the town.", "en", ["Carrowmere"]),
    ],
)  # fmt: skip
def test_what_could_answer(kind, text, language, expected):
    """Dates and times, numbers with what they count, names, and places are found where they stand."""
    assert [span.of(text) for span in candidates_of(kind, text, language)] == expected


@given(st.text(), st.sampled_from(ANSWER_TYPES), st.sampled_from(LANGUAGES))
def test_spans_are_in_order(text, kind, language):
    """Whatever the text, the spans lie inside it, in order, and never share a letter."""
    edge = 0
    for span in candidates_of(kind, text, language):
        assert edge <= span.start < span.end <= len(text)
        edge = span.end


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_text_is_quick(piece):
    """No text of the length of a long passage takes a noticeable time, however it repeats itself."""
    text = piece * (2_000 // len(piece))

    started = time.process_time()
    answer_type(text, "en")
    for kind in ANSWER_TYPES:
        candidates_of(kind, text, "en")

    assert time.process_time() - started < 0.5

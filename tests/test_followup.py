import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.followup import MAX_EARLIER, MAX_EARLIER_CHARS, Reading, leans, read_query
from retrieval.types import Query, Turn

BEFORE = {
    "en": "Who is the chairman of the Ashlow Oyster Growers?",
    "de": "Wer war der letzte Leuchtturmwärter?",
    "es": "¿Quién es la directora de la película?",
    "fr": "Qui a construit le phare de Brelum ?",
    "ru": "Когда построили мост через Кудру?",
}
LEANING = {
    "en": """
        And his father? / What about Peter Gannet? / When was that? / Why? / How old is he? / Who built it?
        What has the company offered them? / Where was her sister at the time? / Which one is cheaper?
        No, I meant the eastern beds / Ok thanks. And when does it open? / how much was the fine for this?
        WHEN DID HE DIE? / In which year? / Did the council agree to do so? / Who lives there? / Who won?
        In which American city was she born? / How long did it take? / What happened? / How many died?
        """,
    "de": """
        Und während der Arbeiten? / Wie alt ist er? / Warum?
        Wann hat sie ihre Schule verlassen? / Wer gewann?
        Was ist mit dem Hafen? / Wie hoch war diese Rechnung? / Wie viele Menschen kann sie tragen?
        Danke! Und wann war das? / Was sagte er dazu?
        """,
    "es": """
        ¿Y cuánto dinero recibe por el premio? / ¿Cuándo nació? / ¿Quién es su padre? / ¿Por qué?
        ¿Qué hay de los actores? / ¿Cuánto costó este barco? / ¿En qué año? / ¿Quién ganó?
        """,
    "fr": """
        Et son père ? / Quand est-il né ? / Pourquoi ? / Qu'en est-il du port ? / Combien coûte ce phare ?
        Où est-ce qu'elle habite ? / Merci. Et à quelle heure ? / Qui a gagné ? / Que s'est-il passé ?
        """,
    "ru": """
        И сколько раз его ремонтировали? / Почему? / Когда он родился? / А что насчёт порта?
        Сколько стоил этот корабль? / В каком году? / Кто победил?
        """,
}
STANDING = {
    "en": """
        Who invented the telephone? / When was the Sula built? / What is DNS? / Virtualization / Are you sure?
        flood barrier cost / How long does it take to cross to Orrey? / Is it safe to eat the oysters?
        What did the mayor of Orrey say about his resignation last week? / What happened this year? / Thanks!
        Did Emilia Clarke say why she left? / How many seals were there?
        Who said that the ferry was late? / ok / What is the ferry that left at dawn called? / 🎉
        """,
    "de": """
        Wer erfand das Telefon? / Wie viele Häfen gibt es?
        Wann hat das Museum seine Türen geöffnet? / Danke!
        Was ist ein Gletscher? / Können Sie mir die Fahrzeiten nennen? / Was geschah dieses Jahr?
        """,
    "es": """
        ¿Quién inventó el teléfono? / ¿Qué es un glaciar? / ¿Dónde está el museo? / ¿Cuándo nació Cervantes?
        ¿Cuál es el río más largo de Europa del Este? / Gracias
        """,
    "fr": """
        Qui a inventé le téléphone ? / Combien d'habitants y a-t-il à Lyon ? / Qu'est-ce que le plancton ?
        Que s'est-il passé cette année ? / Merci !
        """,
    "ru": """
        Кто изобрёл телефон? / Что такое ледник? / Когда построили мост?
        Что случилось в этом году? / Спасибо!
        """,
}


def each(questions):
    """Language and question, one by one."""
    split = ((language, re.split(r" / |\n", text.strip())) for language, text in questions.items())
    return [(language, question.strip()) for language, found in split for question in found]


turns = st.builds(Turn, st.sampled_from(["user", "agent"]), st.text(max_size=700))
histories = st.lists(turns, max_size=8).map(tuple)
questions = st.one_of(
    st.text(max_size=200), st.sampled_from([question for _, question in each(LEANING) + each(STANDING)])
)


def after(*asked):
    """A conversation of these questions, each of which got a reply."""
    return tuple(turn for text in asked for turn in (Turn("user", text), Turn("agent", f"Reply to {text}")))


@pytest.mark.parametrize(("language", "question"), each(LEANING))
def test_leaning(language, question):
    """What cannot be understood alone is searched together with the question before it."""
    reading = read_query(Query(question, after(BEFORE[language])))

    assert reading.earlier == (BEFORE[language],)
    assert reading.shown == f"Reply to {BEFORE[language]}"
    assert reading.searched == f"{BEFORE[language]} {question}"


@pytest.mark.parametrize(("language", "question"), each(STANDING))
def test_standing(language, question):
    """What can be understood alone is searched as it is, whatever was said before."""
    assert read_query(Query(question, after(BEFORE[language]))) == Reading(question)


def test_a_question_that_leans_on_one_that_leans():
    """The question before counts with what it leans on itself, and nothing from before that."""
    history = after("How long is the pier?", "When was the Sula built?", "Who built it?")

    reading = read_query(Query("Where was he born?", history))

    assert reading.earlier == ("Who built it?", "When was the Sula built?")
    assert reading.searched == "When was the Sula built? Who built it? Where was he born?"
    assert reading.brief == "Who built it? Where was he born?"


def test_thanks_are_passed_over():
    """A turn that names nothing does not stand between a question and the one it leans on."""
    history = (*after("When was the Sula built?"), Turn("user", "Thanks!"), Turn("agent", "Not found."))

    reading = read_query(Query("Who built it?", history))

    assert reading.earlier == ("When was the Sula built?",)
    assert reading.shown == "Reply to When was the Sula built?"


def test_only_questions_are_leant_on():
    """Where nobody asked anything before, a question is searched as it is."""
    assert read_query(Query("Who built it?", (Turn("agent", "Hello."),))) == Reading("Who built it?")
    assert read_query(Query("Who built it?", (Turn("user", "Thanks!"),))) == Reading("Who built it?")


def test_what_has_no_end_gets_one():
    """A question without its mark is kept apart from the next."""
    assert read_query(Query("Who built it?", after("Jumbo frames"))).searched == "Jumbo frames. Who built it?"


def test_the_language_of_the_questions_before_helps():
    """Where a question has no small word of its own, the questions before tell its language."""
    assert not leans("Peter Gannet?")
    assert leans("Und Peter Gannet?", ["Wer war der Wärter?"])
    assert leans("Su padre?", ["¿Quién es la directora?"])


@given(questions)
def test_without_history(question):
    """A question without history is searched as it is."""
    assert read_query(Query(question)) == Reading(question)
    assert read_query(Query(question)).searched == question


@given(questions, histories)
@example("Why?", after("x" * 5000, "\ud83d", "?", "…"))
@example("\u0130\u0307 it?", after("\u0130stanbul \u0130"))
def test_any_conversation(question, history):
    """Whatever was said, the question stands last in what is searched, after at most three short ones."""
    reading = read_query(Query(question, history))

    asked = [" ".join(turn.text.split()) for turn in history if turn.role == "user"]
    assert reading.question == question
    assert reading.searched.endswith(question)
    assert len(reading.earlier) <= MAX_EARLIER
    assert all(any(each.startswith(text.removesuffix("…")) for each in asked) for text in reading.earlier)
    assert all(len(text) <= MAX_EARLIER_CHARS for text in [*reading.earlier, reading.shown])
    assert all(re.search(r"\w", text) for text in reading.earlier)
    assert bool(reading.earlier) or reading == Reading(question)
    again = Query(reading.searched)
    assert read_query(again).searched == reading.searched


@given(histories)
def test_a_question_of_its_own_is_never_changed(history):
    """Nothing that was said before changes a question that stands on its own."""
    question = "Who invented the telephone?"

    assert read_query(Query(question, history)) == Reading(question)

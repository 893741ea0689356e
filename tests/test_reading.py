"""A searcher whose cross-encoder reads the first excerpts."""

from __future__ import annotations

from datetime import date

import pytest
from build import article
from hashing_encoder import HashingEncoder
from home import Home

from retrieval.answer import Thresholds
from retrieval.quoting import titled
from retrieval.reader import MAX_TERMS_READ, READ, READ_AT_ONCE
from retrieval.search import SearchOptions
from retrieval.types import Answer, Query, Related, Turn

ECHO = article(
    key="echo",
    title="Letters",
    text="How many oranges did the ferry carry? How many, readers ask. Nobody knows.",
)
TOLD = article(
    key="told", title="The ferry", text="Aboard the ferry were forty oranges, all of them for the fair."
)
QUESTION = "How many oranges did the ferry carry?"


@pytest.fixture
def ask(tmp_path, cross_encoder):
    """Searches articles, with the cross-encoder or without."""

    def asked(*articles, read: bool = True, options=None):
        home = Home(tmp_path / "home", HashingEncoder())
        home.put(*articles)
        home.reindex()
        return home.searcher(options, cross_encoder if read else None)

    return asked


def test_what_answers_comes_before_what_repeats_the_question(ask):
    """Words alone prefer the text that repeats the question; who reads it prefers the one that answers."""
    assert ask(ECHO, TOLD, read=False).find(Query(QUESTION)).excerpts[0].article.id == "echo"
    assert ask(ECHO, TOLD).find(Query(QUESTION)).excerpts[0].article.id == "told"


def test_ranked_articles_and_excerpts_agree(ask):
    """The candidates are in the order in which they would be shown, those that were read first."""
    found = ask(ECHO, TOLD).find(Query(QUESTION))

    assert [each.article.id for each in found.excerpts] == [
        each.stored.article_id for each in found.candidates
    ]
    assert all(each.logit is not None for each in found.candidates)


def test_only_the_first_are_read(ask):
    """Reading costs time, so that it stops after a few."""
    many = [article(key=f"a{n}", text=f"Ferry {n} sails past the trees.") for n in range(3 * READ)]

    read = [each.logit is not None for each in ask(*many).find(Query(QUESTION)).candidates]

    assert read == [True] * READ + [False] * (len(read) - READ)


def test_what_is_sure_ends_the_reading(ask):
    """Once one of the first two surely answers, the others wait unread: each costs as much as the search."""
    sure = article(
        key="sure", title="Oranges", text=f"{QUESTION} The ferry carried forty oranges to the fair."
    )
    others = [article(key=f"a{n}", text=f"The ferry is number {n}.") for n in range(READ)]

    read = [each for each in ask(sure, *others).find(Query(QUESTION)).candidates if each.logit is not None]

    assert len(read) == READ_AT_ONCE
    assert read[0].stored.article_id == "sure"


def test_a_hurried_question_is_read_where_it_is_in_doubt(ask):
    """One excerpt is shown, and read only where its words leave in doubt whether it answers."""
    doubted = [article(key=f"a{n}", text=f"Ferry {n} sails past the trees.") for n in range(READ)]
    searcher = ask(TOLD, *doubted)

    for question, wanted in (
        ("What were the forty oranges aboard the ferry for?", 0),
        ("Does the ferry carry lorries?", 1),
        ("Where is the moon?", 0),
    ):
        found = searcher.find(Query(question, hurried=True))
        n_read = sum(each.logit is not None for each in found.candidates)
        assert (n_read, len(found.excerpts)) == (wanted, 1), question
        assert found.is_unread == (n_read == 0), question


def test_a_hurried_question_is_refused_as_surely(ask):
    """What only shares words with a question is told from an answer even where others wait."""
    echo = article(key="echo", title="Letters", text="Readers ask about oranges that the ferry carried.")
    others = [article(key=f"a{n}", text=f"Ferry {n} sails past the trees.") for n in range(READ)]
    asked = Query("How many oranges were sold?", hurried=True)

    replies = [ask(echo, *others, read=read).answer(asked) for read in (False, True)]

    assert isinstance(replies[0], Answer)
    assert not isinstance(replies[1], Answer)


def test_what_it_was_not_trained_on_is_not_read(ask):
    """Articles in another language and questions of a great many words keep their order."""
    german = article(
        key="told", title="Die Fähre", text="An Bord der Fähre waren vierzig Orangen.", language="de"
    )
    words = " ".join(f"word{n}" for n in range(MAX_TERMS_READ + 1))

    for found in (
        ask(german).find(Query("Wie viele Orangen waren an Bord?")),
        ask(ECHO, TOLD).find(Query(f"{QUESTION} {words}")),
    ):
        assert all(each.logit is None for each in found.candidates)
        assert found.excerpts


@pytest.mark.parametrize(
    ("question", "read", "is_unread"),
    [
        (QUESTION, True, False),
        (QUESTION, False, True),
        (f"{QUESTION} {' '.join(f'word{n}' for n in range(MAX_TERMS_READ))}", False, False),
    ],
    ids=["read", "unread", "long"],
)
def test_what_nobody_read_has_to_be_surer(ask, question, read, is_unread):
    """What is just sure enough is an answer where it was read; unread only where the question is long."""
    found = ask(ECHO, TOLD, read=read).find(Query(question))
    enough = Thresholds(answer=found.excerpts[0].score, related=0.0)
    more = Thresholds(answer=found.excerpts[0].score / 2, related=0.0)

    replies = [
        ask(ECHO, TOLD, read=read, options=SearchOptions(thresholds=each)).answer(Query(question))
        for each in (enough, more)
    ]

    assert found.is_unread == is_unread
    assert isinstance(replies[0], Related if is_unread else Answer)
    assert isinstance(replies[1], Answer)


def test_what_was_answered_before_does_not_answer_again(ask):
    """A question that leans on an earlier one is not answered by what answers only the earlier one."""
    searcher = ask(TOLD, article(key="other", title="Letters", text="Nobody wrote about the moon."))
    history = (Turn("user", QUESTION), Turn("agent", TOLD.text))

    before = searcher.answer(Query(QUESTION))
    answers = [searcher.answer(Query(asked, history)) for asked in ("And for what?", "And how deep is it?")]

    assert isinstance(before, Answer)
    assert isinstance(answers[0], Answer)
    assert not isinstance(answers[1], Answer)


def test_the_title_is_read_too(ask):
    """Whom "he" and what "it" is, the title names."""
    excerpt = ask(TOLD).find(Query(QUESTION)).excerpts[0]

    assert titled(excerpt) == f"The ferry\n{excerpt.text}"


def test_newer_news_comes_first_and_is_not_trusted_more(ask):
    """Of two reports that say the same, the one nearer to the day of asking comes first."""
    text = "The council closed the bridge."
    old = article(key="old", text=text + " Lorries go round.", published="2021-03-01")
    new = article(key="new", text=text + " Buses go round.", published="2024-04-30")
    searcher = ask(old, new, read=False)

    for asked, first in ((date(2024, 5, 1), "new"), (date(2021, 3, 2), "old")):
        excerpts = searcher.find(Query("Who closed the bridge?", asked=asked)).excerpts
        assert excerpts[0].article.id == first


def test_a_named_source_or_day_is_preferred(ask):
    """A question that says where or when it was printed means that report."""
    told = {"text": "The council closed the bridge.", "title": "Bridge"}
    shelf = (
        article(key="post", source="The Morning Post", published="2024-05-01", **told),
        article(key="echo", source="Evening Echo", published="2024-05-09", **told),
    )
    searcher = ask(*shelf, read=False)

    for question, first in (
        ("According to the Morning Post, who closed the bridge?", "post"),
        ("Who closed the bridge, says the Evening Echo?", "echo"),
        ("Who closed the bridge on 1 May 2024?", "post"),
        ("Who closed the bridge on 9 May 2024?", "echo"),
    ):
        candidates = searcher.find(Query(question, asked=date(2024, 6, 1))).candidates
        assert candidates[0].stored.article_id == first, question

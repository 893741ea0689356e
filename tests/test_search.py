import threading

import pytest
from build import article
from hashing_encoder import HashingEncoder
from home import Home
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.answer import DEFAULT_THRESHOLDS, Thresholds
from retrieval.followup import MAX_EARLIER, MAX_EARLIER_CHARS
from retrieval.quoting import QuoteOptions
from retrieval.search import SearchOptions
from retrieval.types import Answer, NotFound, Query, Related, Turn

SHELF = (
    article(
        key="ferry", title="Ferry", text="The ferry left at dawn. It carried forty oranges. It was cold."
    ),
    article(
        key="bridge", title="Bridge", text="The bridge reopened in spring. Engineers replaced every bolt."
    ),
    article(
        key="count", title="Count", text="Volunteers counted seals. They saw ninety of them on the sandbank."
    ),
)
# Nothing is an answer and everything is related, so that every excerpt chosen is shown.
ALL = SearchOptions(thresholds=Thresholds(answer=1.0, related=0.0))
# Everything is an answer.
SURE = SearchOptions(thresholds=Thresholds(answer=0.0, related=0.0))

WORDS = ["ferry", "bridge", "orange", "seal", "harbour", "council", "engineer", "storm", "ninety", "left"]
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(lambda words: " ".join(words) + ".")
odd = st.sampled_from(
    ["🙂 Ferry!", "«Mare» — e\u0301cole.", "Heading of it", "משט יצא.", "漁船は出た。", "—"]
)
paragraphs = st.lists(st.one_of(sentences, odd), min_size=1, max_size=12).map(" ".join)
texts = st.lists(paragraphs, min_size=1, max_size=4).map("\n\n".join)
libraries = st.lists(st.tuples(texts, st.sampled_from(["en", "de", "ru", "und"])), min_size=1, max_size=5)


@pytest.fixture
def home(tmp_path):
    """A home with an empty library."""
    return Home(tmp_path / "home", HashingEncoder())


def searcher(home, *articles, options=None):
    """Searches these articles."""
    home.put(*articles)
    home.reindex()
    return home.searcher(options)


@settings(max_examples=25)
@given(libraries, sentences)
def test_every_excerpt_is_verbatim(tmp_path_factory, library, question):
    """Whatever the library and the question, excerpts are slices of stored versions, and not too many."""
    home = Home(tmp_path_factory.mktemp("home"), HashingEncoder())
    shelf = [article(key=f"a{n}", text=text, language=language) for n, (text, language) in enumerate(library)]

    found = searcher(home, *shelf, options=ALL)
    reply = found.answer(Query(question))

    excerpts = reply.excerpts
    with home.library() as stored:
        for excerpt in excerpts:
            version = stored.version(excerpt.version_seq)
            assert (version.hash, version.article_id) == (excerpt.version, excerpt.article.id)
            assert version.text[excerpt.span.start : excerpt.span.end] == excerpt.text
    assert 1 <= len(excerpts) <= 3
    for number, one in enumerate(excerpts):
        others = [each for each in excerpts[number + 1 :] if each.article.id == one.article.id]
        assert len(others) <= 1
        assert not any(one.span.overlaps(other.span) for other in others)
    assert found.answer(Query(question)) == reply


@pytest.mark.parametrize(
    ("question", "article_id", "quoted"),
    [
        ("What did the ferry carry?", "ferry", "forty oranges"),
        ("Who replaced the bolts?", "bridge", "Engineers replaced every bolt"),
        ("How many seals did volunteers see on the sandbank?", "count", "ninety"),
    ],
)
def test_a_question_is_answered(home, question, article_id, quoted):
    """The excerpt that shares its words with the question comes first, with those words marked."""
    reply = searcher(home, *SHELF).answer(Query(question))

    assert isinstance(reply, Answer)
    assert reply.excerpts[0].article.id == article_id
    assert quoted in reply.excerpts[0].text
    assert reply.excerpts[0].highlights
    assert reply.snapshot == home.searcher().info


def test_what_is_not_there_is_not_found(home):
    """A question about something else gets neither an answer nor an excerpt."""
    reply = searcher(home, *SHELF).answer(Query("Which glacier melted fastest?"))

    assert isinstance(reply, NotFound)
    assert reply.confidence < DEFAULT_THRESHOLDS.related


def test_marks_are_words_of_the_sentence_that_answers(home):
    """What is marked are the words that answer; where no rule knows those, words of the question."""
    found = searcher(home, *SHELF, options=SURE)

    number = found.answer(Query("How many oranges did the ferry carry?")).excerpts[0]
    other = found.answer(Query("Did the ferries carry an orange?")).excerpts[0]

    assert [span.of(number.text) for span in number.highlights] == ["forty oranges"]
    assert [span.of(other.text) for span in other.highlights] == ["carried", "oranges"]


def test_nothing_is_marked_that_does_not_answer(home):
    """Excerpts that are only related have no marks: whoever reads but the bold words reads nothing."""
    reply = searcher(home, *SHELF, options=ALL).answer(Query("How many oranges did the ferry carry?"))

    assert isinstance(reply, Related)
    assert [excerpt.highlights for excerpt in reply.excerpts] == [()] * len(reply.excerpts)


QUESTIONS = {
    "empty": "",
    "spaces": " \n\t ",
    "emoji": "🙂🛥️👨‍👩‍👧",
    "punctuation": "?!…—",
    "right to left": "מה נשאה המעבורת? \u202eferry",
    "long": "ferry oranges " * 720,
    "long word": "x" * 10_000,
    "many words": " ".join(f"word{n}" for n in range(1_300)),
    "markup": "<b>ferry</b> <script>alert('1')</script> &amp; &#x27;",
    "control characters": "ferry\x00\x07\x1b[31m \x7foranges",
    "query syntax": 'title:ferry AND ("oranges" OR -x)^2 ~ *',
    "combining": "ferry" + "\u0301" * 1_000,
    "question words": "Who did what to whom?",
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_any_question_has_a_reply(home, question):
    """However strange, a question gets a verdict, not an error, and is handed back as it was."""
    reply = searcher(home, *SHELF).answer(Query(question))

    assert isinstance(reply, Answer | Related | NotFound)
    assert reply.question == question
    assert 0 <= reply.confidence <= 1


def test_one_article_is_a_library(home):
    """A library of a single article answers questions about it and no others."""
    one = searcher(home, SHELF[0])

    assert "forty oranges" in one.answer(Query("What did the ferry carry?")).excerpts[0].text
    assert isinstance(one.answer(Query("Which glacier melted fastest?")), NotFound)


def test_articles_in_several_languages(home):
    """Each article is found by questions in its own language, in other forms of its words too."""
    found = searcher(
        home,
        SHELF[0],
        article(
            key="bruecke", text="Die alten Brücken wurden gesperrt. Es regnete.", language="de", title="B"
        ),
        article(key="pelicula", text="Las películas ganaron tres premios.", language="es", title="P"),
        article(key="kapal", text="Kapal itu tiba di pelabuhan.", language="id", title="K"),
    )

    replies = {
        "ferry": found.answer(Query("What did the ferry carry?")),
        "bruecke": found.answer(Query("Wann wurde die alte Brücke gesperrt?")),
        "pelicula": found.answer(Query("¿Qué película ganó premios?")),
        "kapal": found.answer(Query("Kapal tiba di mana?")),
    }

    assert {key: reply.excerpts[0].article.id for key, reply in replies.items()} == {
        key: key for key in replies
    }


def test_a_long_article_gives_two_excerpts_at_most(home):
    """One article never fills the reply, however much of it fits; the next article is heard."""
    long = "\n\n".join(
        f"Ferry {n} carried oranges. " + "Nothing else was said of that day. " * 15 for n in range(6)
    )
    found = searcher(home, article(key="long", text=long), SHELF[0], options=ALL)

    ids = [excerpt.article.id for excerpt in found.answer(Query("Which ferry carried oranges?")).excerpts]

    assert ids.count("long") == 2
    assert ids.count("ferry") == 1


def test_options_are_kept(home):
    """The number and the length of excerpts are as the settings say."""
    few = SearchOptions(QuoteOptions(max_excerpts=2, max_an_article=1, max_excerpt_chars=30), ALL.thresholds)

    excerpts = searcher(home, *SHELF, options=few).answer(Query("Who carried forty oranges?")).excerpts

    assert excerpts[0].text == "It carried forty oranges."
    assert len(excerpts) == len({excerpt.article.id for excerpt in excerpts}) == 2


def test_ranks_are_in_order(home):
    """Every passage worth considering is ranked, best first, and the best is shown first."""
    found = searcher(home, *SHELF).find(Query("What did the ferry carry?"))

    scores = [candidate.score for candidate in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert {candidate.stored.article_id for candidate in found.candidates} == {"ferry", "bridge", "count"}
    assert found.excerpts[0].article.id == found.candidates[0].stored.article_id == "ferry"


def test_articles_are_listed(home):
    """The articles of the snapshot can be listed, newest first, a page at a time."""
    dated = [
        article(key=f"a{month}", text=f"In {month}.", published=f"2026-0{month}-01") for month in (1, 2, 3)
    ]

    found = searcher(home, *dated)

    assert [each.id for each in found.articles(0, 2)] == ["a3", "a2"]
    assert [each.id for each in found.articles(2, 2)] == ["a1"]


def test_many_threads_may_ask(home):
    """Questions asked at the same time get the same replies as one after another."""
    found = searcher(home, *SHELF)
    questions = ["What did the ferry carry?", "Who replaced the bolts?", "Which glacier melted?"]
    expected = [found.answer(Query(question)) for question in questions]
    wrong = []

    def ask():
        for _ in range(10):
            if [found.answer(Query(question)) for question in questions] != expected:
                wrong.append(1)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


WHICH_FERRY = (Turn("user", "What did the ferry carry?"), Turn("agent", "It carried forty oranges."))
WHICH_BRIDGE = (Turn("user", "When did the bridge reopen?"), Turn("agent", "It reopened in spring."))


@pytest.mark.parametrize(("history", "found"), [(WHICH_FERRY, "ferry"), (WHICH_BRIDGE, "bridge")])
def test_a_question_leans_on_the_one_before(home, history, found):
    """What cannot be understood alone is searched together with the question before it, and says so."""
    reply = searcher(home, *SHELF, options=ALL).answer(Query("And when was that?", history))

    assert reply.excerpts[0].article.id == found
    assert (reply.question, reply.searched) == ("And when was that?", f"{history[0].text} And when was that?")


def test_nothing_shown_before_is_quoted(home):
    """What was shown before helps to find the place; every excerpt is of an article nevertheless."""
    shown = (Turn("user", "What did the ferry carry?"), Turn("agent", "It carried the Queen of Sheba."))

    reply = searcher(home, *SHELF, options=ALL).answer(Query("And who was she?", shown))

    texts = {each.text for each in SHELF}
    assert reply.excerpts
    assert all(any(excerpt.text in text for text in texts) for excerpt in reply.excerpts)


@pytest.mark.parametrize("history", [WHICH_FERRY, WHICH_BRIDGE, WHICH_FERRY + WHICH_BRIDGE])
def test_a_question_of_its_own_is_answered_as_if_nothing_was_said(home, history):
    """Earlier turns change nothing about a question that stands on its own."""
    found = searcher(home, *SHELF)
    question = "How many seals did the volunteers see?"

    assert found.answer(Query(question, history)) == found.answer(Query(question))


def test_a_question_is_a_few_texts_to_the_encoder(tmp_path):
    """However much a question leans on, it is encoded as a few short texts, not as a library is."""
    encoded = []

    class Counting(HashingEncoder):
        def encode(self, texts, role):
            encoded.append(list(texts))
            return super().encode(texts, role)

    found = searcher(Home(tmp_path / "home", Counting()), *SHELF)
    history = tuple(
        Turn(role, f"And {text * 200}?") for text in ("ferry ", "oranges ") for role in ("user", "agent")
    )
    encoded.clear()

    found.answer(Query("And why was that?", (*WHICH_FERRY, *history)))

    [texts] = encoded
    assert len(texts) == 3
    assert max(map(len, texts)) <= MAX_EARLIER * (MAX_EARLIER_CHARS + 2)

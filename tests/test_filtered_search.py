"""Searches of some of the articles: with real vectors, a real word index and real passages."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import tantivy
from build import article
from hashing_encoder import HashingEncoder
from home import Home
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.answer import Thresholds
from retrieval.dense import DenseIndex
from retrieval.filters import Filters
from retrieval.lexical import LexicalIndex, LexicalWriter
from retrieval.places import Places, PlacesWriter
from retrieval.search import SearchOptions
from retrieval.types import Answer, NotFound, Query, Related, Scope
from retrieval.vectors import VectorIndex, VectorWriter

ASKED = date(2026, 11, 26)
FARES = "An adult day return on the ferry to Orrey costs {} pounds. Bicycles go free."


def fares(key: str, price: str, **about: str):
    """An article that says what the ferry costs."""
    return article(key=key, title="Ferry fares", text=FARES.format(price), **about)


SHELF = (
    fares("old", "twelve", source="Harbour Line", author="Moira Tennant", published="2024-02-03"),
    fares("new", "fourteen", source="Harbour Line", author="José Ibáñez", published="2026-05-06T08:00:00Z"),
    fares("other", "thirteen", source="Wethersund Courier", author="Priya Lockett", published="2025-07-01"),
    fares("undated", "nine", source="Café Wethersund"),
    article(key="seals", title="Seals", text="Volunteers counted ninety seals.", published="2026-06-01"),
    article(key="nameless", title="Tides", text="The tide was high at noon.", published="2026-06-02"),
)
QUESTION = "What does an adult day return on the ferry to Orrey cost?"
ALL = SearchOptions(thresholds=Thresholds(answer=1.0, related=0.0))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home that holds the shelf."""
    home = Home(tmp_path_factory.mktemp("home"), HashingEncoder())
    home.put(*SHELF)
    home.reindex()
    return home


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(source=("harbour",)), {"old", "new"}),
        (Filters(source=("HARBOUR LINE", "courier")), {"old", "new", "other"}),
        (Filters(source=("cafe",)), {"undated"}),
        (Filters(source=("line",), author=("ibanez",)), {"new"}),
        (Filters(author=("tennant", "lockett")), {"old", "other"}),
        (Filters(after=date(2026, 5, 6)), {"new", "seals", "nameless"}),
        (Filters(after=date(2026, 5, 7)), {"seals", "nameless"}),
        (Filters(before=date(2025, 7, 1)), {"old"}),
        (Filters(before=date(2025, 7, 2)), {"old", "other"}),
        (Filters(after=date(2025, 1, 1), before=date(2026, 1, 1)), {"other"}),
        (Filters(after=date(1, 1, 1)), {"old", "new", "other", "seals", "nameless"}),
        (Filters(before=date(9999, 12, 31)), {"old", "new", "other", "seals", "nameless"}),
    ],
)
def test_only_what_is_let_through_is_searched(home, filters, found):
    """Names are parts of names, days are inclusive at the beginning, and what says neither is out."""
    searcher = home.searcher(ALL)

    ranked = searcher.find(Query(QUESTION, asked=ASKED, filters=filters))
    reply = searcher.decide(ranked)

    assert {each.stored.article_id for each in ranked.candidates} == found
    assert {each.article.id for each in reply.excerpts} <= found
    assert reply.scope == Scope(filters, len(found))


@pytest.mark.parametrize(
    "filters",
    [
        Filters(source=("reuters",)),
        Filters(source=("our",)),
        Filters(after=date(2027, 1, 1)),
        Filters(before=date(1, 1, 1)),
        Filters(after=date(2026, 1, 1), before=date(2025, 1, 1)),
    ],
)
def test_nothing_is_let_through(home, filters):
    """Where no article fits nothing is found, and the reply says that none was searched."""
    reply = home.searcher().answer(Query(QUESTION, asked=ASKED, filters=filters))

    assert isinstance(reply, NotFound)
    assert reply.scope == Scope(filters, 0)


def test_no_filters_change_nothing(home):
    """A question without filters is answered from all articles, and says so by saying nothing."""
    reply = home.searcher().answer(Query(QUESTION, asked=ASKED))

    assert isinstance(reply, Answer)
    assert reply.scope == Scope()


def test_written_filters_stay(home):
    """A filter that was written keeps an answer out, and leaving it out is offered with what comes of it."""
    searcher = home.searcher()
    query = searcher.read(f"{QUESTION} author:tennant since:2026", ASKED).query(asked=ASKED)

    reply, widened = searcher.answer(query), searcher.widened(query)

    assert isinstance(reply, NotFound)
    assert reply.scope == Scope(query.filters, 0)
    assert [(each.dropped, each.articles, each.verdict) for each in widened] == [
        (("after",), 1, "answer"),
        (("author",), 3, "answer"),
    ]
    assert isinstance(searcher.answer(widened[0].query), Answer)


def test_all_filters_are_left_out_together(home):
    """Where leaving out one filter would not do, leaving out all is offered."""
    searcher = home.searcher()

    filters = Filters(source=("x",), author=("y",))
    widened = searcher.widened(Query(QUESTION, asked=ASKED, filters=filters))

    assert [(each.dropped, each.articles, each.verdict) for each in widened] == [
        (("source", "author"), 6, "answer")
    ]


def test_nothing_wider_helps(home):
    """What no article holds is found without filters neither, and nothing is offered."""
    query = Query("Which glacier melted fastest?", asked=ASKED, filters=Filters(source=("Harbour",)))

    assert home.searcher().widened(query) == ()


def test_ordinary_words_give_way(home):
    """Words like "since June" narrow a question that is answered there, and give way where it is not."""
    searcher = home.searcher()

    kept = searcher.answer(searcher.read(f"{QUESTION[:-1]} since May?", ASKED).query(asked=ASKED))
    gave_way = searcher.answer(searcher.read(f"{QUESTION[:-1]} since June?", ASKED).query(asked=ASKED))

    assert isinstance(kept, Answer)
    assert {each.article.id for each in kept.excerpts} == {"new"}
    assert (kept.scope.filters.written(), kept.scope.articles) == ("after:2026-05-01", 3)
    assert isinstance(gave_way, Answer)
    assert gave_way.question == f"{QUESTION[:-1]} since June?"
    assert gave_way.scope.filters.written() == ""
    assert gave_way.scope.articles is None
    assert gave_way.scope.dropped.written() == "after:2026-06-01"


def test_ordinary_words_give_way_to_written_ones(home):
    """Where ordinary words give way, the filters that were written still count."""
    query = home.searcher().read(f"{QUESTION[:-1]} since June? source:courier", ASKED).query(asked=ASKED)

    reply = home.searcher().answer(query)

    assert {each.article.id for each in reply.excerpts} == {"other"}
    assert (reply.scope.filters.written(), reply.scope.articles) == ('source:"courier"', 1)
    assert reply.scope.dropped.kinds == ("after",)


def test_what_is_related_stays(home):
    """Ordinary words do not give way to what is no better than what they found."""
    query = home.searcher().read(f"{QUESTION[:-1]} since May?", ASKED).query(asked=ASKED)

    reply = home.searcher(ALL).answer(query)

    assert isinstance(reply, Related)
    assert reply.scope.filters.kinds == ("after",)


def test_names_that_are_not_there(home):
    """A name that no article has is told apart from one that is, with what is spelt nearly so."""
    searcher = home.searcher()

    assert searcher.close_names("source", "harbour") is None
    assert searcher.close_names("source", "Harbor Lime") == ("Harbour Line",)
    assert searcher.close_names("author", "Jose Ibanes") == ("José Ibáñez",)
    assert searcher.close_names("author", "Reuters") == ()
    assert searcher.read("fares source:Harbour Line of old").filters.source == ("Harbour Line",)


def test_one_in_many(tmp_path):
    """The one article of its outlet is found among hundreds that answer as well."""
    home = Home(tmp_path / "home", HashingEncoder())
    home.put(*(fares(f"a{n}", str(n), source=f"Outlet {n}") for n in range(300)))
    home.reindex()

    reply = home.searcher().answer(Query(QUESTION, filters=Filters(source=("Outlet 277",))))

    assert [each.article.id for each in reply.excerpts] == ["a277"]
    assert reply.scope.articles == 1


def unit_vectors(seed: int, n: int):
    """Unit vectors, float32, shape (n, 16)."""
    vectors = np.random.default_rng(seed).normal(size=(n, 16)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def index_of(folder, ids, vectors):
    """These passages and vectors in two layers."""
    layers = []
    for at in range(2):
        here = slice(at * len(ids) // 2, (at + 1) * len(ids) // 2)
        places, writer = PlacesWriter(folder / f"{at}.places"), VectorWriter(folder / f"{at}.faiss", 16)
        places.add(ids[here].tolist(), 1)
        writer.add(vectors[here])
        places.finish()
        writer.finish()
        writer.close()
        layers.append(VectorIndex(folder / f"{at}.faiss", Places(folder / f"{at}.places")))
    return DenseIndex(layers, 16)


@settings(max_examples=50)
@given(st.sets(st.integers(0, 2**63 - 1), min_size=1, max_size=60), st.data())
def test_nearest_of_some(tmp_path_factory, ids, data):
    """The nearest of some passages are those of all passages, the others left out."""
    vectors, numbers = unit_vectors(1, len(ids)), np.array(data.draw(st.permutations(sorted(ids))))
    index = index_of(tmp_path_factory.mktemp("layers"), numbers, vectors)
    among = data.draw(st.sets(st.sampled_from(sorted(ids))))
    k = data.draw(st.integers(1, 70))

    found = index.search(vectors[0], k, among=np.array(sorted(among), dtype=np.int64))

    everything = [hit for hit in index.search(vectors[0], len(ids)) if hit.passage_id in among]
    assert found == everything[:k]


@pytest.fixture(scope="module")
def worded(tmp_path_factory):
    """A thousand passages by id, and the folder of their word index."""
    folder = tmp_path_factory.mktemp("words") / "lexical"
    texts = {7 * n + 1: f"ferry {'orange ' * (n % 7)} crate {n}" for n in range(1000)}
    writer = LexicalWriter(folder, {"en"})
    for passage_id, text in texts.items():
        writer.add(passage_id, text=text, title="", language="en")
    writer.finish()
    writer.close()
    return texts, folder


@pytest.mark.parametrize("n_among", [0, 1, 40, 99, 101, 500, 1000])
@pytest.mark.parametrize("k", [1, 50, 2000])
def test_words_of_some(worded, n_among, k):
    """The best by words of some passages are those of all, the others left out, scored the same."""
    texts, folder = worded
    index = LexicalIndex(folder, {"en"})
    among = np.sort(np.random.default_rng(n_among).choice(list(texts), n_among, replace=False))

    found = index.search("orange ferry", k, among=among)

    everything = [hit for hit in index.search("orange ferry", len(texts)) if hit.passage_id in among]
    assert [hit.score for hit in found] == [hit.score for hit in everything[:k]]
    assert {hit.passage_id for hit in found} <= set(among.tolist())


def test_words_of_some_that_come_last(worded):
    """Passages are found though all others have more of the words."""
    texts, folder = worded
    worst = np.array([number for number, text in texts.items() if "orange" not in text])

    found = LexicalIndex(folder, {"en"}).search("orange ferry", 50, among=worst)

    assert len(found) == 50
    assert {hit.passage_id for hit in found} <= set(worst.tolist())


def test_words_of_some_in_an_older_index(tmp_path):
    """A word index from before there were filters, which cannot look up an id, finds the same."""
    folder = tmp_path / "lexical"
    folder.mkdir()
    schema = tantivy.SchemaBuilder().add_unsigned_field("passage_id", fast=True)
    for field in ("text_plain", "title_plain"):
        schema.add_text_field(field, tokenizer_name="plain", index_option="freq")
    index = tantivy.Index(schema.build(), path=str(folder))
    index.register_tokenizer("plain", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).build())
    writer = index.writer(num_threads=1)
    for number in range(500):
        entry = tantivy.Document(text_plain="ferry")
        entry.add_unsigned("passage_id", number)
        writer.add_document(entry)
    writer.commit()
    writer.wait_merging_threads()

    found = LexicalIndex(folder, {"und"}).search("ferry", 50, among=np.array([3, 499]))

    assert [hit.passage_id for hit in found] == [3, 499]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import admin_render
from bot.admin_buttons import Decide
from bot.editor import Card, Glimpse, Removed, SentPreview, Taken
from bot.simulator.html import parse_html
from bot.words import ENGLISH
from corpus.errors import Busy, UnreadableSource
from corpus.fetched import Validators
from corpus.readable_library import Sight
from corpus.sources import Sighting, Source
from corpus.types import ArticleVersion, Metadata
from corpus.watches import Watch
from retrieval.build_types import Preview
from retrieval.types import Article

NOW = "2026-05-14T09:00:00+00:00"

words = st.text(max_size=30) | st.sampled_from(
    ["x" * 700, "<b>&amp;</i>" * 60, "\u202e\u2066خبر" * 80, "🎉" * 300, ""]
)
counts = st.integers(0, 10**9)
metadata = st.builds(
    Metadata,
    words,
    url=st.sampled_from([None, "https://example.org/" + "a" * 2_000]),
    source=st.none() | words,
    author=st.none() | words,
    published=st.none() | st.sampled_from(["2026-05-14", NOW]) | words,
)
articles = st.builds(Article, st.text(min_size=1, max_size=200), metadata)
fates = st.dictionaries(st.sampled_from(["added", "updated", "unchanged", "duplicate", "failed"]), counts)
problems = st.builds(lambda text: UnreadableSource(text, text, source=text), words)
glimpses = st.builds(
    Glimpse,
    metadata=metadata,
    beginning=words.map(lambda text: text[:401]),
    language=st.sampled_from(["en", "und", "xx"]),
    n_passages=counts,
    status=st.sampled_from(["added", "updated", "unchanged", "duplicate"]),
    known=st.none() | articles,
    near=st.lists(articles, max_size=3).map(tuple),
)
previews = st.builds(
    SentPreview,
    sent_id=st.just("0123456789ab"),
    origin=words,
    glimpses=st.lists(glimpses, max_size=3).map(tuple),
    listed=st.lists(metadata, max_size=5).map(tuple),
    n_articles=counts,
    n_links=counts,
    n_problems=counts,
    problem=st.none() | problems,
    has_same_name=st.booleans(),
)
outcomes = st.builds(Taken, words, fates, counts, st.none() | words)
versions = st.builds(
    ArticleVersion,
    words,
    st.integers(1, 10**9),
    st.just("0" * 64),
    metadata,
    words,
    st.just("en"),
    st.just(NOW),
)
found = st.builds(Sighting, watch=st.none() | words)
sources = st.builds(
    lambda origin, gone, found: Source("k", "a", origin, 1, "h", "en", NOW, NOW, gone, found, 1),
    *(words, st.sampled_from([None, NOW]), found),
)
cards = st.builds(
    Card,
    article=articles,
    head=st.none() | versions,
    history=st.lists(st.builds(Sight, versions, st.just(NOW)), max_size=12).map(tuple),
    sources=st.lists(sources, max_size=12).map(tuple),
    gone_utc=st.sampled_from([None, NOW]),
    near=st.lists(articles, max_size=5).map(tuple),
)
watches = st.builds(
    Watch,
    source=words,
    every_s=st.integers(60, 10**9),
    policy=st.just("mark"),
    added_utc=st.just(NOW),
    tried_utc=st.just(NOW),
    succeeded_utc=st.sampled_from([None, NOW]),
    failures=counts,
    problem=st.none() | words,
    alarm=st.none() | words,
    validators=st.just(Validators()),
    n_articles=counts,
)
reindexes = st.builds(
    Preview,
    *(st.lists(articles, max_size=9).map(tuple) for _ in range(3)),
    st.none() | words,
)


def buttons_of(shown):
    """The buttons under a message, row after row."""
    return tuple(button for row in shown.rows for button in row)


def check(shown):
    """Telegram takes it: it parses, is no longer than a message and has no more entities and bytes."""
    text, entities = parse_html(shown.html)
    assert 0 < len(text.encode("utf-16-le")) // 2 <= 4096
    assert len(entities) <= 100
    assert len(shown.html.encode()) <= 32_768
    assert all(0 < len(button.payload.encode()) <= 64 for button in buttons_of(shown))


@given(previews)
def test_previews_fit(preview):
    """Whatever was sent, its preview is one message."""
    check(admin_render.sent(ENGLISH, preview))


@given(outcomes, st.lists(outcomes, min_size=1, max_size=12).map(tuple))
def test_outcomes_fit(outcome, several):
    """However much was added or read, what became of it is one message."""
    check(admin_render.taken(ENGLISH, outcome))
    check(admin_render.refreshed(ENGLISH, several))


@given(cards, articles)
def test_cards_fit(card, article):
    """However long an article's history is, its card is one message."""
    check(admin_render.card(ENGLISH, card))
    check(admin_render.removed(ENGLISH, Removed(article, 7)))
    check(admin_render.put_back(ENGLISH, article))


@given(st.lists(articles, max_size=admin_render.TITLES_A_PAGE).map(tuple), words, counts)
def test_lists_fit(listed, search, offset):
    """A page of the list is one message, and its buttons hold what is searched."""
    search = admin_render.searchable(search)
    shown = admin_render.titled(ENGLISH, listed, search, offset=offset % 10**8, total=10**8 + 100)

    check(shown)
    assert not listed or ENGLISH("next-page") in [button.label for button in buttons_of(shown)]


@given(st.lists(watches, max_size=20).map(tuple), st.lists(words, max_size=20).map(tuple))
def test_watches_fit(watched, sources):
    """However much is watched, its list is one message."""
    check(admin_render.watches(ENGLISH, watched))
    check(admin_render.reading(ENGLISH, sources, ENGLISH("reading", number=len(sources))))


@given(reindexes, st.booleans())
def test_reindexes_fit(preview, in_order):
    """However much a reindex would change, what it would is one message."""
    check(admin_render.reindex(ENGLISH, preview, in_order=in_order))


@given(problems)
def test_troubles_fit(problem):
    """Whatever a problem is called, it is told in one message."""
    check(admin_render.trouble(ENGLISH, problem))
    check(admin_render.trouble(ENGLISH, problem, Decide("add", "0123456789ab")))


@pytest.mark.parametrize("retry", [None, Decide("add", "0123456789ab")])
def test_busy_is_calm(retry):
    """That somebody else changes the library is said without the names of processes and folders."""
    shown = admin_render.trouble(ENGLISH, Busy("process 41 is writing to /home/secret", "wait"), retry)

    assert "secret" not in shown.html
    assert [button.label for button in buttons_of(shown)] == (["Try again", "Cancel"] if retry else [])

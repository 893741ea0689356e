import pytest
from build import article

from corpus.library import Library
from corpus.sources import Sighting

LONG = "The ferry left at dawn with forty passengers and a crate of oranges, and came back at night. " * 6
WATCHED = Sighting(watch="/in")


@pytest.fixture
def library(tmp_path):
    """A new library with one watch."""
    with Library.open(tmp_path / "library.db") as opened:
        with opened.watching() as table:
            table.put("/in", every_s=60, policy="mark", now="2026-01-01T00:00:00+00:00")
        yield opened


def from_page(n=1, text=LONG, **fields):
    """An article of a page."""
    return article(key=f"url:https://p.example/{n}", text=text, url=f"https://p.example/{n}", **fields)


def test_the_same_words_from_everywhere_are_one_article(library):
    """A file, a page and a feed entry with the same words are one article, whatever else they say."""
    outcomes = [
        library.put(article(key="path:/in/a.txt", title="a", text=LONG)),
        library.put(from_page(title="The ferry", author="A. Reed")),
        library.put(
            article(key="guid:https://f.example/feed#7", title="Ferry!", text=LONG, published="2026-03-04")
        ),
    ]
    article_id = outcomes[0].article_id
    revision = library.revision
    again = library.put(from_page(title="The ferry", author="A. Reed"))

    assert [outcome.status for outcome in outcomes] == ["added", "duplicate", "duplicate"]
    assert {outcome.article_id for outcome in outcomes} == {article_id}
    assert (again.status, library.revision) == ("unchanged", revision)
    assert library.latest(article_id).metadata.title == "a"
    said = {source.key: library.version(source.seq).metadata for source in library.sources(article_id)}
    assert said["url:https://p.example/1"].author == "A. Reed"
    assert said["guid:https://f.example/feed#7"].published == "2026-03-04"
    assert library.find("https://P.example/1?utm_source=x") == article_id


def test_short_words_under_another_title_are_another_article(library):
    """Of a few words the title is a part: they may say something else under another one."""
    library.put(from_page(1, "See the notice.", title="Closed on Monday"))

    assert library.put(from_page(2, "See the notice.", title="Closed on Sunday")).status == "added"
    assert library.put(from_page(3, "See the notice.", title="Closed on Monday")).status == "duplicate"


def test_what_is_said_beside_the_words_changes_with_its_source(library):
    """Another date from the source that is shown is a new version; from another source it is kept with it."""
    article_id = library.put(from_page(1)).article_id
    library.put(from_page(2))

    shown = library.put(from_page(1, published="2026-03-04"))
    beside = library.put(from_page(2, published="2026-03-05"))

    assert (shown.status, beside.status) == ("updated", "unchanged")
    assert library.latest(article_id).metadata.published == "2026-03-04"
    assert library.version(library.source("url:https://p.example/2").seq).metadata.published == "2026-03-05"
    assert library.count() == 1


def test_an_article_goes_with_the_source_that_is_left(library):
    """A renamed file is a further source; when it changes later the article changes, and no old one stays."""
    article_id = library.put(article(key="path:/in/old.txt", text=LONG), WATCHED).article_id
    library.put(article(key="path:/in/new.txt", text=LONG), WATCHED)
    library.lose(library.source("path:/in/old.txt"), remove=True)

    outcome = library.put(article(key="path:/in/new.txt", text="It sank."), WATCHED)

    assert (outcome.status, outcome.article_id) == ("updated", article_id)
    assert [version.text for version in library.current()] == ["It sank."]


def test_aliases_are_keys(library):
    """A page that has moved and a feed's name for it lead to the same article, also after another move."""
    moved = article(key="url:https://p.example/new", text="New words.")
    first = library.put(article(key="url:https://p.example/old", text="Old words."))

    aliased = type(moved)(**{**fields(moved), "aliases": ("url:https://p.example/old", "guid:f#1")})
    second = library.put(aliased)
    third = library.put(article(key="guid:f#1", text="Newest words."))

    assert (second.status, third.status) == ("updated", "updated")
    assert {first.article_id, second.article_id, third.article_id} == {library.find("https://p.example/new")}
    assert library.count() == 1


def fields(clean):
    """What an article is made of."""
    return {name: getattr(clean, name) for name in ("key", "origin", "metadata", "text", "language")}


def test_history_says_when_each_version_was_seen(library):
    """Every version is there with its first and last sight, of a removed article too."""
    for text in ("One.", "Two.", "One.", "Three."):
        article_id = library.put(from_page(text=text)).article_id
    library.remove(article_id)

    history = list(library.history(article_id))

    assert [sight.version.text for sight in history] == ["One.", "Two.", "Three."]
    assert all(sight.version.seen_utc <= sight.last_seen_utc for sight in history)
    assert library.about(article_id) == from_page().metadata
    assert list(library.history("unknown")) == []
    assert library.about("unknown") is None


def test_what_is_gone(library):
    """An article is gone when all of its sources are; one that is there again is not."""
    article_id = library.put(from_page(1)).article_id
    library.put(from_page(2))
    seen = []
    for change in (
        lambda: library.lose(library.source("url:https://p.example/1"), remove=False),
        lambda: library.lose(library.source("url:https://p.example/2"), remove=False),
        lambda: library.put(from_page(2), WATCHED),
    ):
        change()
        seen.append(set(library.gone()))

    assert seen == [set(), {article_id}, set()]
    assert library.count() == 1


def test_a_lost_article_is_removed_with_its_last_source(library):
    """Where the policy is to remove, an article stays while another source still gives it."""
    library.put(from_page(1))
    library.put(from_page(2))
    counts = []
    for n in (1, 2):
        library.lose(library.source(f"url:https://p.example/{n}"), remove=True)
        counts.append(library.count())

    assert counts == [1, 0]
    assert library.put(from_page(2), WATCHED).status == "added"


def test_a_watch_does_not_bring_back_what_a_person_removed(library):
    """What was taken out by hand stays out, changed or not, until a person names it."""
    library.remove(library.put(from_page(1), WATCHED).article_id)

    same, changed = library.put(from_page(1), WATCHED), library.put(from_page(1, "It sank."), WATCHED)
    by_hand = library.put(from_page(1, "It sank."))

    assert [same.status, changed.status, by_hand.status] == ["unchanged", "unchanged", "added"]
    assert [version.text for version in library.current()] == ["It sank."]


def test_a_source_stays_with_its_watch(library):
    """What a watch found and a person names too is still the watch's; without the watch it is nobody's."""
    library.put(from_page(1), WATCHED)
    library.put(from_page(1))
    [source] = library.watched_sources("/in")

    with library.watching() as table:
        table.drop("/in")

    assert source.found.watch == "/in"
    assert library.source(source.key).found.watch is None
    assert library.count() == 1

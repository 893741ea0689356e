import sqlite3
from contextlib import ExitStack, closing
from functools import partial

import pytest

from corpus.asking_again import MAX_UNNAMED
from corpus.gather import Way
from corpus.library import Library
from corpus.losing import Losing
from corpus.reading import read
from corpus.sandbox import Sandbox
from corpus.watch import Refreshed, find_watch, refresh, watch

WORDS = "The {} was mended in {} by forty workers from the islands, who were paid by the harbour board."
AUTHOR = "<author>ann@coast.test (Ann Tennant)</author>"
LOGIN = "Whoever reads this paper pays for it: give your name and the word that you chose, and go on."
LONG_AGO = "2020-01-01T00:00:00+00:00"


@pytest.fixture
def way(fetching):
    """How pages are fetched and read, with nobody waiting for their turn."""
    with Sandbox() as sandbox, fetching() as fetcher, ExitStack() as page:

        def fetch(url, validators):
            page.close()
            return page.enter_context(fetcher.fetch(url, validators))

        yield Way(read=partial(read, sandbox=sandbox), fetch=fetch)


@pytest.fixture
def library(tmp_path):
    """A new, empty library."""
    with Library.open(tmp_path / "library.db") as opened:
        yield opened


def article(name, month="June"):
    """The page of an article."""
    words = WORDS.format(name, month)
    return (
        f"<html><head><title>The {name}</title></head><body><article><h1>The {name}</h1><p>{words}</p>"
        f"<p>Nobody had thought that the {name} would be open before the winter.</p></article></body></html>"
    )


def put(web, path, *bodies):
    """What stands at an address, one after the other; None is a page that is gone."""
    for body in bodies:
        if body is None:
            web.page(path, b"", status=410)
        else:
            web.page(path, body.encode(), etag=f'"{hash(body)}"')


def feed(web, *names):
    """A feed that always says the same of these pages."""
    entries = "".join(
        f"<item><title>The {name}</title><link>{web.url}/{name}</link>{AUTHOR}</item>" for name in names
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Coast</title>{entries}</channel></rss>'
    )


def begun(library, way, url, policy="mark"):
    """Watch a feed and read it once."""
    watch(library, url, every_s=60, policy=policy)
    return told(library, way, url)


def told(library, way, url, **how):
    """The statuses that reading a watch again tells, those of articles in order, and the watch's last."""
    return [each.status for each in refresh(library, find_watch(library, url), way, **how)]


def texts(library):
    """What each article says, by title."""
    return {each.metadata.title: each.text for each in library.current()}


def asked_long_ago(tmp_path):
    """As if all pages had been asked for in another year."""
    with closing(sqlite3.connect(tmp_path / "library.db")) as database, database:
        database.execute("UPDATE sources SET asked_utc = ?", (LONG_AGO,))


def test_a_named_refresh_asks_every_page(library, web, way):
    """Named, a watch whose feed says nothing new finds what changed, and what is as it was costs a 304."""
    put(web, "/feed", feed(web, "pier", "ferry"))
    put(web, "/pier", article("pier"), article("pier", "July"))
    put(web, "/ferry", article("ferry"))
    begun(library, way, f"{web.url}/feed")
    web.asked.clear()

    again = told(library, way, f"{web.url}/feed", is_named=True)

    assert sorted(again) == ["refreshed", "unchanged", "updated"]
    assert sorted(web.paths()) == ["/feed", "/ferry", "/pier"]
    assert all("If-None-Match" in headers for path, headers in web.asked if path != "/robots.txt")
    assert "in July" in texts(library)["The pier"]


@pytest.mark.parametrize(("policy", "left", "marked"), [("mark", 2, 1), ("keep", 2, 0), ("remove", 1, 0)])
def test_a_page_that_is_gone_is_noticed(library, web, way, policy, left, marked):
    """A 410 behind a feed that is as it was acts by the policy of the watch."""
    put(web, "/feed", feed(web, "pier", "ferry"))
    put(web, "/pier", article("pier"), None)
    put(web, "/ferry", article("ferry"))
    begun(library, way, f"{web.url}/feed", policy)

    told(library, way, f"{web.url}/feed", is_named=True)

    assert (library.count(), len(library.gone())) == (left, marked)


def test_a_page_that_left_its_feed(library, web, way):
    """A page that the feed shows no longer is asked for too, and keeps what the feed told of it."""
    put(web, "/feed", feed(web, "pier", "ferry"), feed(web, "ferry"))
    put(web, "/pier", article("pier"), article("pier", "July"))
    put(web, "/ferry", article("ferry"))
    begun(library, way, f"{web.url}/feed")

    again = told(library, way, f"{web.url}/feed", is_named=True)

    assert sorted(again) == ["refreshed", "unchanged", "updated"]
    [pier] = [each for each in library.current() if each.metadata.title == "The pier"]
    assert ("in July" in pier.text, pier.metadata.author) == (True, "Ann Tennant")


def test_a_failure_is_no_deletion(library, web, way):
    """A known page that answers with an error, or with the page to log in, stays what it was."""
    put(web, "/feed", feed(web, "pier", "ferry"))
    put(web, "/pier", article("pier"))
    put(web, "/ferry", article("ferry"))
    begun(library, way, f"{web.url}/feed", "remove")
    before = texts(library)
    web.forget("/pier", "/ferry")
    web.page("/pier", b"", status=403)
    web.redirect("/ferry", "/login", 302)
    put(
        web,
        "/login",
        article("pier").replace(WORDS.format("pier", "June"), LOGIN).replace("The pier", "Log in"),
    )

    [*problems, last] = refresh(library, find_watch(library, f"{web.url}/feed"), way, is_named=True)

    assert [each.status for each in problems] == ["failed", "failed"]
    assert any("leads to another page than it did" in each.reason for each in problems)
    assert last == Refreshed(f"{web.url}/feed", "refreshed", 0, None)
    assert (texts(library), library.gone()) == (before, {})


def test_a_page_that_moved(library, web, way):
    """A page that has moved and says what it said is the same article."""
    put(web, "/feed", feed(web, "pier"))
    put(web, "/pier", article("pier"))
    begun(library, way, f"{web.url}/feed")
    web.forget("/pier")
    web.redirect("/pier", "/2026/pier")
    put(web, "/2026/pier", article("pier"))

    again = [told(library, way, f"{web.url}/feed", is_named=True) for _ in range(2)]

    assert library.count() == 1
    assert [each[-1] for each in again] == ["refreshed", "refreshed"]
    assert "failed" not in again[0] + again[1]


def test_a_scheduled_refresh_asks_some(library, web, way, tmp_path):
    """Unnamed, pages are asked for that were not for a day, no more than some at once, the oldest first."""
    names = [f"pier-{n}" for n in range(MAX_UNNAMED + 3)]
    put(web, "/feed", feed(web, *names))
    for name in names:
        put(web, f"/{name}", article(name))
    begun(library, way, f"{web.url}/feed")
    asked = []
    for is_old in (False, True, False):
        if is_old:
            asked_long_ago(tmp_path)
        web.asked.clear()
        told(library, way, f"{web.url}/feed")
        asked.append([path for path in web.paths() if path != "/feed"])

    assert [len(paths) for paths in asked] == [0, MAX_UNNAMED, 3]
    assert not set(asked[1]) & set(asked[2])


def test_whole_entries_are_no_pages(library, web, way, tmp_path):
    """An entry that holds its whole text is never asked for at its address."""
    words = " ".join([WORDS.format("pier", "June")] * 8)
    whole = (
        f"<item><title>The pier</title><link>{web.url}/pier</link><content:encoded>{words}"
        "</content:encoded></item>"
    )
    put(
        web,
        "/feed",
        feed(web)
        .replace('version="2.0">', 'version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">')
        .replace("</channel>", f"{whole}</channel>"),
    )
    begun(library, way, f"{web.url}/feed")
    asked_long_ago(tmp_path)

    told(library, way, f"{web.url}/feed")
    told(library, way, f"{web.url}/feed", is_named=True)

    assert library.count() == 1
    assert set(web.paths()) == {"/feed"}


def test_an_alarm_about_pages_lasts(library, web, way, tmp_path):
    """Where most pages are gone at once nothing is lost, and the next refresh finds the same."""
    names = [f"pier-{n}" for n in range(8)]
    put(web, "/feed", feed(web, *names))
    for name in names:
        put(web, f"/{name}", article(name), None)
    begun(library, way, f"{web.url}/feed", "remove")
    asked_long_ago(tmp_path)

    last = [told(library, way, f"{web.url}/feed")[-1] for _ in range(2)]
    forced = told(library, way, f"{web.url}/feed", is_named=True, losing=Losing(force=True))

    assert last == ["alarm", "alarm"]
    assert (forced[-1], library.count()) == ("refreshed", 0)

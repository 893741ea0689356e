import pytest
from site_of_tests import FEED, Site, entry, feed, page

from corpus.ingest import add
from corpus.library import Library

PAGES = [f"https://paper.example/{n}" for n in range(3)]


@pytest.fixture
def site(tmp_path):
    """A feed of three pages."""
    made = Site(tmp_path)
    made.pages = {url: page(f"Words of {url}.", title=f"Title of {url}") for url in PAGES}
    made.pages[FEED] = feed(*PAGES)
    return made


@pytest.fixture
def library(tmp_path):
    """A new, empty library."""
    with Library.open(tmp_path / "home" / "library.db") as opened:
        yield opened


def statuses(library, site, *sources):
    """The statuses of adding, in order."""
    return [added.status for added in add(library, sources, site.way)]


def test_any_mix(tmp_path, library, site):
    """Files, folders, pages and feeds may be added at once; each problem is one line and the rest goes on."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("One article.")
    site.fail("https://paper.example/down")

    added = list(
        add(
            library,
            [str(tmp_path / "in"), "https://paper.example/down", FEED, "ftp://paper.example/x", PAGES[0]],
            site.way,
        )
    )

    assert [one.status for one in added] == [
        *("added", "failed", "added", "added", "added", "failed", "unchanged")
    ]
    assert all("Fix: " in one.reason for one in added if one.status == "failed")
    assert library.count() == 4


def test_a_feed_is_followed_once(library, site):
    """Read again, a feed whose entries say what they said costs one request."""
    first = statuses(library, site, FEED)
    site.asked.clear()

    again = statuses(library, site, FEED)

    assert (first, again) == (["added"] * 3, ["unchanged"] * 3)
    assert site.asked == [FEED]


def test_an_entry_that_changed_is_followed_again(library, site):
    """An entry with another date or title has its page read again, and only that."""
    site.pages[FEED] = feed(entry(PAGES[0], published="2026-03-04"), *PAGES[1:])
    statuses(library, site, FEED)
    site.pages[FEED] = feed(entry(PAGES[0], published="2026-03-05"), *PAGES[1:])
    site.pages[PAGES[0]] = page("Corrected words.")
    site.asked.clear()

    again = statuses(library, site, FEED)

    assert again == ["updated", "unchanged", "unchanged"]
    assert site.asked == [FEED, PAGES[0]]
    assert library.latest(library.find(PAGES[0])).text == "Corrected words."


def test_a_page_that_is_as_it_was_is_not_read(library, site):
    """An entry with another date whose page answers that nothing changed leaves the article as it is."""
    statuses(library, site, FEED)
    site.pages[FEED] = feed(*(entry(url, published="2026-03-05") for url in PAGES))

    assert statuses(library, site, FEED) == ["unchanged"] * 3
    site.asked.clear()
    statuses(library, site, FEED)
    assert site.asked == [FEED]


def test_the_page_speaks_first_and_the_feed_fills_gaps(library, site):
    """What the page says of itself counts; what it leaves out is taken from the feed."""
    site.pages[PAGES[0]] = page("Words.", title="The page's title", author="A. Reed")
    site.pages[FEED] = feed(entry(PAGES[0], "The feed's title", "2026-03-04"))

    statuses(library, site, FEED)

    about = library.latest(library.find(PAGES[0])).metadata
    assert (about.title, about.author, about.published) == ("The page's title", "A. Reed", "2026-03-04")
    assert about.url == PAGES[0]


def test_a_feeds_name_for_an_article_keeps_it_one(library, site):
    """An entry that has another address and the same name is the same article."""
    site.pages[FEED] = feed(entry(PAGES[0], guid="1"))
    statuses(library, site, FEED)
    site.pages[FEED] = feed(entry("https://paper.example/renamed", guid="1"))
    site.pages["https://paper.example/renamed"] = page("New words.")

    assert statuses(library, site, FEED) == ["updated"]
    assert library.count() == 1


def test_a_page_that_moved_for_good(library, site):
    """Its new address is a further key and its link: both find it, and adding either changes nothing more."""
    new = "https://paper.example/new"
    statuses(library, site, PAGES[0])
    site.pages[new], site.moves[PAGES[0]] = site.pages[PAGES[0]], new

    assert statuses(library, site, PAGES[0], new, PAGES[0]) == ["updated", "unchanged", "unchanged"]
    assert library.latest(library.find(PAGES[0])).metadata.url == new
    assert library.count() == 1
    assert library.find(new) == library.find(PAGES[0])


def test_a_canonical_address_is_the_key(library, site):
    """Two addresses whose page names the same canonical one are one article."""
    for url in PAGES[:2]:
        site.pages[url] = page("Words.", key="url:https://paper.example/canonical")

    assert statuses(library, site, *PAGES[:2], "https://paper.example/0?utm_medium=x") == [
        *("added", "unchanged", "failed")
    ]
    assert library.count() == 1


def test_links_that_all_lead_to_one_page(library, site):
    """A page to log in, to which every link leads, is taken once and told for the others."""
    for url in PAGES:
        site.pages[url] = page("Please log in.", key="url:https://paper.example/login")

    assert statuses(library, site, FEED) == ["added", "failed", "failed"]
    site.pages[PAGES[1]] = page("Words of the second page.")
    assert statuses(library, site, FEED)[1] == "added"


def test_more_links_than_are_followed_at_once(library, site):
    """A huge feed is followed in goes; each says how many are left, and none is read twice."""
    urls = [f"https://paper.example/many/{n}" for n in range(25)]
    site.pages |= {url: page(f"Words of {url}.") for url in urls} | {FEED: feed(*urls)}
    goes = []
    for _ in range(4):
        goes.append([(one.status, one.reason) for one in add(library, [FEED], site.way)])

    assert [sum(status == "added" for status, _ in go) for go in goes] == [10, 10, 5, 0]
    assert "names 15 more pages" in goes[0][-1][1]
    assert goes[3] == [("unchanged", None)] * 25
    assert sorted(site.asked) == sorted([FEED] * 4 + urls)


def test_a_failed_link_is_tried_again(library, site):
    """A page that could not be had is told, and read the next time."""
    held = site.pages[PAGES[1]]
    site.fail(PAGES[1])
    first = statuses(library, site, FEED)
    site.pages[PAGES[1]] = held

    assert first == ["added", "failed", "added"]
    assert statuses(library, site, FEED) == ["unchanged", "added", "unchanged"]


def test_a_page_that_is_gone_is_kept(library, site):
    """Adding a known page that is gone says so and keeps what it said."""
    statuses(library, site, PAGES[0])
    del site.pages[PAGES[0]]

    [added] = add(library, [PAGES[0]], site.way)

    assert added.status == "failed"
    assert "is gone" in added.reason
    assert library.count() == 1


def test_what_a_person_removed_comes_back_when_asked_for(library, site):
    """Adding the feed or the page again brings back what was removed, though nothing has changed there."""
    statuses(library, site, FEED)
    for source in (FEED, PAGES[0]):
        library.remove(library.find(PAGES[0]))
        assert "added" in statuses(library, site, source)

    assert library.count() == 3


def test_a_web_address_where_only_files_are_read(library):
    """Without a way to the web an address is refused with what to do instead."""
    [added] = add(library, [PAGES[0]])

    assert (added.status, added.source) == ("failed", PAGES[0])
    assert "reads files only" in added.reason


def test_feeds_that_name_the_same_page(library, site):
    """Two feeds that speak of one page in their own words do not make each other read it again."""
    second = "https://paper.example/sport/feed"
    site.pages[FEED] = feed(entry(PAGES[0], "One title"))
    site.pages[second] = feed(entry(PAGES[0], "Another title"))
    for source in (FEED, second):
        statuses(library, site, source)
    site.asked.clear()

    assert statuses(library, site, FEED, second, FEED) == ["unchanged"] * 3
    assert site.asked == [FEED, second, FEED]
    site.pages[second] = feed(entry(PAGES[0], "A corrected title"))
    site.pages[PAGES[0]] = page("Corrected words.")
    assert statuses(library, site, FEED, second, FEED) == ["unchanged", "updated", "unchanged"]


def test_an_index_of_sitemaps(library, site):
    """A sitemap that names sitemaps leads to their pages; one that names itself, or goes on, ends."""
    index, below = "https://paper.example/index", "https://paper.example/below"
    site.pages[index] = feed(FEED, index, below)
    site.pages[below] = feed("https://paper.example/deeper")
    site.pages["https://paper.example/deeper"] = feed(*(f"https://paper.example/deep/{n}" for n in range(3)))

    added = list(add(library, [index], site.way))

    assert sum(one.status == "added" for one in added) == 3
    assert [one.source for one in added if one.status == "failed"] == ["https://paper.example/deeper"]
    assert len(site.asked) < 10


def test_a_page_that_is_said_to_have_changed(library, site):
    """A page is read again when the sitemap gives another moment of its last change, and not otherwise."""
    for changed, words in (
        ("2026-03-04", "Old words."),
        ("2026-03-04", "Newer."),
        ("2026-03-05", "New words."),
    ):
        site.pages[FEED] = feed(entry(PAGES[0], changed=changed))
        site.pages[PAGES[0]] = page(words)
        [status] = statuses(library, site, FEED)
        text = library.latest(library.find(PAGES[0])).text

        assert (status, text) == {
            "Old words.": ("added", "Old words."),
            "Newer.": ("unchanged", "Old words."),
            "New words.": ("updated", "New words."),
        }[words]

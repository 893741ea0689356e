"""How a server is treated that is fetched from, on loopback."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fetching import refusal
from web import serving

from corpus.fetched import Fetched


@pytest.mark.parametrize(("contact", "told"), [("", " ("), ("me@news.example", " (+me@news.example; ")])
def test_server_is_told_who_reads(web, fetching, contact, told):
    """The user agent begins with the name that robots.txt is read for, and says whom to write to."""
    url = web.page("/a")

    with fetching(contact=contact) as fetcher, fetcher.fetch(url):
        pass

    agents = {headers["User-Agent"] for _, headers in web.asked}
    assert len(agents) == 1
    name, rest = agents.pop().split("/")
    assert name == "Footnote"
    assert rest.partition(" ")[2].startswith(told.strip())


def test_trouble_that_passes_is_waited_out(web, fetching, patience):
    """A busy server is asked again, each time later, and the page is there in the end."""
    for status in (503, 500, 429):
        web.page("/a", b"", status=status)
    url = web.page("/a", b"words")

    with fetching() as fetcher, fetcher.fetch(url) as page:
        assert page.source.path.read_bytes() == b"words"

    backed_off = [wait for wait in patience.waited_s if wait > 0]
    assert len(backed_off) == 3
    assert backed_off[0] < backed_off[1] < backed_off[2]


def test_connection_that_breaks_is_tried_again(web, fetching):
    """Half a page is asked for again, and what came of it is written over."""
    web.raw("/a", lambda _asked: [b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + b"x" * 50])
    url = web.page("/a", b"words")

    with fetching() as fetcher, fetcher.fetch(url) as page:
        assert page.source.path.read_bytes() == b"words"


def test_only_so_many_tries(web, fetching):
    """What does not pass ends after the tries that are allowed; what cannot pass is tried once."""
    busy = web.page("/busy", b"", status=503)
    closed = web.page("/closed", b"", status=403)

    with fetching(retries=2) as fetcher:
        refusal(fetcher, busy)
        refusal(fetcher, closed)

    assert web.paths() == ["/busy"] * 3 + ["/closed"]


def test_server_says_when_to_come_back(web, fetching, patience):
    """A short wait that a server asks for is kept to."""
    web.page("/a", b"", status=429, retry_after="7")
    url = web.page("/a")

    with fetching() as fetcher, fetcher.fetch(url):
        pass

    assert 7.0 in patience.waited_s


def test_server_that_wants_to_be_left_alone_is(web, fetching, patience):
    """A long wait is not waited: the error says when to try again, and until then nothing there is asked."""
    busy = web.page("/a", b"", status=503, retry_after="7200")
    other = web.page("/b")

    with fetching() as fetcher:
        assert refusal(fetcher, busy).remedy == "try again in 120 minutes"
        assert "left alone" in refusal(fetcher, other).message
        assert web.paths() == ["/a"]
        patience.pause(7_201)
        with fetcher.fetch(other) as page:
            assert isinstance(page, Fetched)


def test_host_that_is_down_is_left_alone(web, fetching, patience):
    """After three pages in a row without an answer the others of that host fail at once, for five minutes."""
    for path in "abcd":
        web.page(f"/{path}", b"", status=500)
    works = web.page("/works")

    with fetching(retries=0) as fetcher:
        for path in "ab":
            refusal(fetcher, f"{web.url}/{path}")
        with fetcher.fetch(works):
            pass
        for path in "abcd":
            refusal(fetcher, f"{web.url}/{path}")
        error = refusal(fetcher, works)
        assert web.paths() == ["/a", "/b", "/works", "/a", "/b", "/c"]
        patience.pause(301)
        with fetcher.fetch(works) as page:
            assert isinstance(page, Fetched)

    assert "left alone" in error.message
    assert error.remedy == "try again in 5 minutes"


def test_host_is_asked_once_in_a_while(web, fetching, patience):
    """Between two pages of a host there is a pause; its robots.txt and a page are one visit."""
    first, second = web.page("/a"), web.page("/b")

    with fetching(host_delay_s=5) as fetcher:
        for url in (first, second):
            with fetcher.fetch(url):
                pass

    assert [round(wait) for wait in patience.waited_s] == [5]


def test_host_is_asked_by_one_thread_at_a_time(web, fetching):
    """However many threads there are, a host has one request at a time."""
    at_once, most = [], []

    def counting(_asked):
        at_once.append(1)
        most.append(len(at_once))
        web.closing.wait(0.01)
        at_once.pop()
        return [b"HTTP/1.1 200 OK\r\n\r\nwords"]

    url = web.raw("/a", counting)

    def fetch(fetcher):
        with fetcher.fetch(url) as page:
            return page.source.path.read_bytes()

    with fetching(host_delay_s=0) as fetcher, ThreadPoolExecutor(8) as threads:
        assert set(threads.map(fetch, [fetcher] * 16)) == {b"words"}

    assert set(most) == {1}
    assert [path for path, _ in web.asked].count("/robots.txt") == 1


def test_what_robots_txt_forbids_is_not_asked(web, fetching):
    """A page that is forbidden to us is refused with a way out, and the others are read."""
    web.page("/robots.txt", b"User-agent: *\nDisallow: /all\n\nUser-agent: footnote\nDisallow: /ours\n")
    web.page("/all"), web.page("/ours/a")

    with fetching() as fetcher:
        error = refusal(fetcher, f"{web.url}/ours/a")
        with fetcher.fetch(f"{web.url}/all") as page:
            assert isinstance(page, Fetched)

    assert "robots.txt forbids it" in error.message
    assert "save the page" in error.remedy
    assert [path for path, _ in web.asked] == ["/robots.txt", "/all"]


def test_robots_txt_of_the_host_that_a_redirect_leads_to_counts(web, fetching):
    """A redirect does not lead around another host's robots.txt."""
    with serving() as other:
        other.page("/robots.txt", b"User-agent: *\nDisallow: /")
        other.page("/a")
        url = web.redirect("/a", f"{other.url}/a")

        with fetching() as fetcher:
            assert "robots.txt forbids it" in refusal(fetcher, url).message
        assert other.paths() == []


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 503 Busy\r\n\r\n",
        b"HTTP/1.1 429 Busy\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nrules",
    ],
)
def test_robots_txt_that_cannot_be_told_forbids_all(web, fetching, said):
    """While a server cannot say what it allows nothing of it is read, and it is not asked again at once."""
    web.raw("/robots.txt", lambda _asked: [said])
    url = web.page("/a")

    with fetching(retries=0) as fetcher:
        assert "(asked for robots.txt)" in refusal(fetcher, url).message
        refusal(fetcher, url)

    assert [path for path, _ in web.asked] == ["/robots.txt"]


def test_robots_txt_that_drips_forbids_all(web, fetching):
    """Rules that never end in coming are not taken for none."""
    web.drip("/robots.txt", b"HTTP/1.1 200 OK\r\n\r\n", b"#")
    url = web.page("/a")

    with fetching(total_s=0.2) as fetcher:
        assert "took longer than 0.2 seconds in all (asked for robots.txt)" in refusal(fetcher, url).message
    assert web.paths() == []


def test_robots_txt_is_asked_for_again_in_time(web, fetching, patience):
    """Rules are kept for an hour, trouble for minutes."""
    web.page("/robots.txt", b"", status=503)
    web.page("/robots.txt", b"")
    web.page("/robots.txt", b"User-agent: *\nDisallow: /")
    url = web.page("/a")

    with fetching(retries=0) as fetcher:
        refusal(fetcher, url)
        patience.pause(301)
        with fetcher.fetch(url):
            pass
        patience.pause(3_601)
        assert "forbids it" in refusal(fetcher, url).message


@pytest.mark.parametrize("status", [401, 403, 404])
def test_robots_txt_that_is_not_there_forbids_nothing(web, fetching, status):
    """Where a site has no rules, or shows them to nobody, there are none."""
    web.page("/robots.txt", b"", status=status)

    with fetching() as fetcher, fetcher.fetch(web.page("/a")) as page:
        assert isinstance(page, Fetched)


def test_robots_txt_may_be_elsewhere(web, fetching):
    """Its redirects are followed; where they lead in a circle nothing is read."""
    web.redirect("/robots.txt", "/rules.txt", 302)
    web.page("/rules.txt", b"\xef\xbb\xbfUser-agent: *\nDisallow: /")
    url = web.page("/a")

    with serving() as other:
        other.redirect("/robots.txt", "/robots.txt")
        with fetching() as fetcher:
            assert "forbids" in refusal(fetcher, url).message
            assert "round in a circle (asked for robots.txt)" in refusal(fetcher, other.page("/a")).message


def test_crawl_delay_is_kept_within_reason(web, fetching, patience):
    """The pause that a site asks for is made, up to ten seconds."""
    web.page("/robots.txt", b"User-agent: *\nCrawl-delay: 86400")
    url = web.page("/a")

    with fetching() as fetcher:
        for _ in range(2):
            with fetcher.fetch(url):
                pass

    assert [round(wait) for wait in patience.waited_s] == [10]


def test_huge_robots_txt_is_read_to_its_limit(web, fetching):
    """What stands beyond half a megabyte does not count, and an endless file keeps nobody."""
    rules = b"User-agent: *\nDisallow: /first\n"
    web.page("/robots.txt", rules + b"#" * 600_000 + b"\nDisallow: /last\n")
    web.page("/first"), web.page("/last")

    with fetching() as fetcher:
        assert "forbids" in refusal(fetcher, f"{web.url}/first").message
        with fetcher.fetch(f"{web.url}/last") as page:
            assert isinstance(page, Fetched)

"""Fetching from the web, against a real server on loopback."""

import gzip
import shutil
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from web import CERTIFICATE, serving

from corpus.errors import UnreadableSource
from corpus.fetch import Fetcher
from corpus.fetched import Fetched, FetchOptions, Gone, NotModified, Validators


class Patience:
    """A clock that waiting turns forward, so that nobody has to wait."""

    def __init__(self):
        self.waited_s = []

    def pause(self, seconds):
        """Wait, in no time."""
        self.waited_s.append(seconds)

    def clock(self):
        """Seconds, as they go by and as they were waited."""
        return time.monotonic() + sum(self.waited_s)


@pytest.fixture
def web():
    """A web server that has no pages yet."""
    with serving() as web:
        yield web


@pytest.fixture
def patience():
    """How a fetcher of `fetching` waits."""
    return Patience()


@pytest.fixture
def fetching(patience):
    """Makes fetchers that may read from loopback."""

    @contextmanager
    def make(resolve=None, **options):
        options = {"allowed_hosts": frozenset({"127.0.0.1"}), **options}
        seams = {"resolve": resolve} if resolve else {}
        with Fetcher(FetchOptions(**options), pause=patience.pause, clock=patience.clock, **seams) as fetcher:
            yield fetcher

    return make


def refusal(fetcher, url):
    """The error that fetching it ends with."""
    with pytest.raises(UnreadableSource) as caught, fetcher.fetch(url):
        pass
    return caught.value


def test_page_is_a_file_while_it_is_read(web, fetching):
    """A page is a file with its address, its kind and what to ask with next time, and then deleted."""
    url = web.page("/news/a.html", b"<p>A.</p>", etag='"1"', last_modified="Wed, 25 Nov 2026 10:00:00 GMT")

    with fetching() as fetcher:
        with fetcher.fetch(url + "?utm_source=x#part") as page:
            assert isinstance(page, Fetched)
            assert page.file.path.read_bytes() == b"<p>A.</p>"
        assert not page.file.path.exists()

    assert page.file.name == "a.html"
    assert page.file.key == f"url:{url}"
    assert page.file.media_type == "text/html; charset=utf-8"
    assert page.validators == Validators('"1"', "Wed, 25 Nov 2026 10:00:00 GMT")
    assert page.moved_to is None


def test_page_that_has_not_changed_is_not_sent_again(web, fetching):
    """Asked with what came along the last time, an unchanged page is only said to be unchanged."""
    url = web.page("/a", b"<p>A.</p>", etag='"1"')
    dated = web.page("/b", b"<p>B.</p>", last_modified="Wed, 25 Nov 2026 10:00:00 GMT")

    with fetching() as fetcher:
        for known in (url, dated):
            with fetcher.fetch(known) as first:
                pass
            with fetcher.fetch(known, first.validators) as second:
                assert second == NotModified()
        with fetcher.fetch(url, Validators('"0"')) as changed:
            assert isinstance(changed, Fetched)


def test_unasked_for_not_modified_is_refused(web, fetching):
    """A server that says "as before" to someone who was never there has given nothing."""
    url = web.page("/a", b"", status=304)

    with fetching() as fetcher:
        assert "304" in refusal(fetcher, url).message


@pytest.mark.parametrize("status", [404, 410])
def test_page_that_is_gone_is_said_to_be_gone(web, fetching, status):
    """404 and 410 are no failure: the server knows that there is no page."""
    url = web.page("/a", b"No.", status=status)

    with fetching() as fetcher, fetcher.fetch(url) as page:
        assert page == Gone(status)


@pytest.mark.parametrize("status", [204, 206, 300, 400, 401, 403, 451, 418, 429, 500, 503])
def test_failure_is_never_taken_for_a_deletion(web, fetching, status):
    """Whatever else a server answers is an error that names the page, the answer and a way out."""
    url = web.page("/a", b"", status=status)

    with fetching() as fetcher:
        error = refusal(fetcher, url)

    assert error.source == url
    assert error.message.startswith(url)
    assert str(status) in error.message
    assert error.remedy


def test_empty_page_is_refused(web, fetching):
    """A page without a word is no page, and no reason to think the article gone."""
    url = web.page("/a", b"")

    with fetching() as fetcher:
        assert refusal(fetcher, url).message == f"{url} was answered with an empty page"


def test_compressed_page_is_read(web, fetching):
    """A page that is compressed is the page."""
    words = b"<p>Words and words.</p>" * 100_000
    url = web.gzipped("/a", words)

    with fetching() as fetcher, fetcher.fetch(url) as page:
        assert page.file.path.read_bytes() == words
    assert web.asked[-1][1]["Accept-Encoding"] == "gzip"


def test_letters_beyond_ascii_reach_the_server(web, fetching):
    """A path in any alphabet is asked for as browsers do."""
    web.page("/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8.html")

    with fetching() as fetcher, fetcher.fetch(f"{web.url}/новости.html") as page:
        assert page.file.name == "новости.html"


# Redirects


def test_permanent_move_is_told(web, fetching):
    """Where every step says "for good", the new address is given; a step "for now" is only followed."""
    web.page("/new")
    web.redirect("/middle", "/new", 308)
    web.redirect("/old", "/middle", 301)
    web.redirect("/now", "/old", 302)
    web.redirect("/half", "/now", 301)

    with fetching() as fetcher:
        moved = {}
        for path in ("/old", "/now", "/half", "/new"):
            with fetcher.fetch(web.url + path) as page:
                moved[path] = page.moved_to
                assert page.file.key == f"url:{web.url}/new"

    assert moved == {"/old": f"{web.url}/new", "/now": None, "/half": f"{web.url}/now", "/new": None}


@pytest.mark.parametrize(
    ("location", "problem"),
    [
        ("/a", "in a circle"),
        ("file:///etc/passwd", "not a web address"),
        ("gopher://127.0.0.1/", "not a web address"),
        ("http://user:pass@127.0.0.1/", "name or password"),
        ("http://[broken/", "not a web address"),
        ("http://a..b/", "no server can have"),
        ("http://" + "x" * 3_000 + "/", "not a web address"),
    ],
)
def test_redirect_to_nowhere_is_refused(web, fetching, location, problem):
    """A redirect is checked as if it had been given by hand."""
    url = web.redirect("/a", location)

    with fetching() as fetcher:
        assert problem in refusal(fetcher, url).message


def test_redirect_without_an_address_is_refused(web, fetching):
    """A redirect that does not say where to is an error."""
    url = web.page("/a", b"", status=302)

    with fetching() as fetcher:
        assert "without saying where" in refusal(fetcher, url).message


def test_redirects_end(web, fetching):
    """An endless staircase is left after as many steps as are allowed."""
    for step in range(9):
        web.redirect(f"/{step}", f"/{step + 1}", 302)
    web.page("/9")

    with fetching(max_redirects=8) as fetcher:
        assert "more than 8 times" in refusal(fetcher, f"{web.url}/0").message
        with fetcher.fetch(f"{web.url}/1") as page:
            assert isinstance(page, Fetched)


# Where it may connect


def test_loopback_is_refused_unless_it_is_listed(web, fetching):
    """Nothing inside is asked, however it is spelled, and the error says which setting allows it."""
    web.page("/a")
    spellings = [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "[::ffff:127.0.0.1]",
    ]

    with fetching(allowed_hosts=frozenset()) as fetcher:
        errors = [refusal(fetcher, f"{web.at(spelling)}/a") for spelling in spellings]

    assert all("not on the public internet" in error.message for error in errors), errors
    assert "add 127.0.0.1 to the setting fetch_allowed_hosts" in errors[0].remedy
    assert web.asked == []


def test_redirect_inside_is_refused(web, fetching):
    """A page outside may not lead inside."""
    url = web.redirect("/a", f"http://localhost:{web.port}/secret")
    web.page("/secret")

    with fetching() as fetcher:
        error = refusal(fetcher, url)

    assert f"{url} leads to http://localhost:{web.port}/secret, which is at" in error.message
    assert web.paths() == ["/a"]


def test_name_that_changes_its_address_is_checked_each_time(web, fetching, patience):
    """A host that is outside when it is looked up and inside the next time is not reached (rebinding)."""

    def resolve(_host, _port):
        if patience.waited_s:
            return ("127.0.0.1",)
        patience.pause(999)  # the lookup takes so long that nobody outside is asked
        return ("192.0.43.8",)

    with fetching(resolve=resolve) as fetcher:
        assert "took longer" in refusal(fetcher, web.at("news.example") + "/a").message
        patience.pause(999)
        assert "is at 127.0.0.1" in refusal(fetcher, web.at("news.example") + "/a").message
    assert web.asked == []


def test_address_that_was_checked_is_the_one_connected_to(web, fetching):
    """Between the check and the connection a name is not looked up again."""
    web.page("/a")
    looked_up = []

    def resolve(host, _port):
        looked_up.append(host)
        return ("127.0.0.1",)

    listed = frozenset({"no-such-host.invalid"})
    url = web.at("no-such-host.invalid") + "/a"
    with fetching(resolve=resolve, allowed_hosts=listed) as fetcher, fetcher.fetch(url) as page:
        assert isinstance(page, Fetched)

    assert looked_up == ["no-such-host.invalid"] * len(web.asked)


def test_host_with_one_address_inside_is_refused(web, fetching):
    """All addresses of a host must be outside: which one is taken is chance."""
    with fetching(resolve=lambda _host, _port: ("192.0.43.8", "::1")) as fetcher:
        assert "is at ::1" in refusal(fetcher, web.at("news.example") + "/a").message


def test_listed_host_may_be_inside(web, fetching):
    """A host that the setting lists is read though it is inside; another of the same address is not."""
    web.page("/a")
    listed = frozenset({"Intranet.Example"})

    with fetching(resolve=lambda _host, _port: ("127.0.0.1",), allowed_hosts=listed) as fetcher:
        with fetcher.fetch(web.at("intranet.example") + "/a") as page:
            assert isinstance(page, Fetched)
        assert "is at 127.0.0.1" in refusal(fetcher, web.at("other.example") + "/a").message


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/a", "file:///etc/passwd", "//127.0.0.1/a", "words", "", "http://", "http://a b/"]
)
def test_only_web_addresses_are_asked(fetching, url):
    """What is not http or https is refused before anything is asked."""
    with fetching() as fetcher:
        assert "is not a web address" in refusal(fetcher, url).message


def test_passwords_are_neither_sent_nor_shown(web, fetching):
    """An address with a name and password is refused, and no message repeats them or a token."""
    url = web.page("/a", b"", status=403)

    with fetching() as fetcher:
        with_password = refusal(fetcher, url.replace("//", "//anna:hunter2@"))
        with_token = refusal(fetcher, url + "?id=5&access_token=hunter2&page=2")

    assert "hunter2" not in str(with_password) + with_password.source
    assert "hunter2" not in str(with_token) + with_token.source
    assert "id=5" in with_token.message
    assert web.paths() == ["/a?id=5&access_token=hunter2&page=2"]


def test_environment_and_cookies_are_not_heeded(web, fetching, monkeypatch):
    """Neither proxies of the environment nor cookies of a page before change what is asked."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    url = web.page("/a", b"A.", set_cookie="id=1; Path=/")

    with fetching() as fetcher:
        for _ in range(2):
            with fetcher.fetch(url):
                pass

    assert set(web.asked[-1][1]) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


def test_server_that_does_not_prove_who_it_is_is_refused(fetching, monkeypatch):
    """A certificate must be trusted and for this host, though the connection goes to a number."""
    names = frozenset({"news.example", "other.example"})
    seams = {"resolve": lambda _host, _port: ("127.0.0.1",), "allowed_hosts": names}
    with serving(CERTIFICATE) as web:
        web.page("/a")
        web.redirect("/down", "http://news.example/a")
        with fetching(**seams) as fetcher:
            assert "does not prove who it is" in refusal(fetcher, web.at("news.example") + "/a").message
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        with fetching(**seams) as fetcher:
            with fetcher.fetch(web.at("news.example") + "/a") as page:
                assert isinstance(page, Fetched)
            assert "does not prove who it is" in refusal(fetcher, web.at("other.example") + "/a").message
            assert "from https to http" in refusal(fetcher, web.at("news.example") + "/down").message


def test_server_that_speaks_no_https_is_refused(web, fetching):
    """A server that answers https with something else is named, without its words."""
    with fetching() as fetcher:
        assert "does not speak https" in refusal(fetcher, web.url.replace("http:", "https:") + "/a").message


# What a page may cost


def test_endless_page_is_left(web, fetching):
    """Reading stops at the limit, compressed or not, declared or not."""

    def endless(_asked):
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        while True:
            yield b"words " * 10_000

    web.raw("/endless", endless)
    web.page("/declared", b"few", content_length="99999999999")
    web.gzipped("/bomb", b"\0" * 30_000_000)

    with fetching(max_bytes=1_000_000) as fetcher:
        for path in ("/endless", "/declared", "/bomb"):
            assert "is larger than 1 MB" in refusal(fetcher, web.url + path).message


def test_bomb_of_compression_takes_no_memory(web, fetching):
    """A piece from the wire that becomes a thousand times as much is taken apart in small steps."""
    url = web.gzipped("/bomb", b"\0" * 50_000_000)

    with fetching() as fetcher:
        refusal(fetcher, url)  # what is imported or cached once is not counted
        tracemalloc.start()
        try:
            refusal(fetcher, url)
            _, peak_bytes = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

    assert peak_bytes < 2_000_000


def test_slow_page_is_left(web, fetching):
    """A server that sends a drop now and then keeps nobody, in its headers as little as in its words."""
    web.drip("/words", b"HTTP/1.1 200 OK\r\n\r\n", b"w")
    web.drip("/headers", b"HTTP/1.1 200 OK\r\n", b"a: b\r\n")
    web.drip("/first", b"", b"H")
    web.drip("/informed", b"", b"HTTP/1.1 100 Continue\r\n\r\n")

    with fetching(total_s=0.3) as fetcher:
        for path in ("/words", "/headers", "/informed"):
            assert "took longer than 0.3 seconds" in refusal(fetcher, web.url + path).message
        refusal(fetcher, web.url + "/first")


def test_silent_server_is_left(web, fetching):
    """A server that says nothing is left after the gap that is allowed, not after the whole time."""

    def silent(_asked):
        web.closing.wait()
        return []

    url = web.raw("/a", silent)

    with fetching(read_gap_s=0.05, retries=1) as fetcher:
        assert "stopped answering" in refusal(fetcher, url).message
    assert web.paths() == ["/a", "/a"]


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\0\1\2\3 nonsense\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.0\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 200_000 + b"\r\n\r\nwords",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot compressed",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nwords",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + 2 * gzip.compress(b"words"),
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\nwords",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"words" * 99)[:-9],
    ],
)
def test_broken_answer_is_refused(web, fetching, said):
    """Half a page is no page, and nonsense is none either; the error repeats none of it."""
    url = web.raw("/a", lambda _asked: [said])

    with fetching(retries=0) as fetcher:
        error = refusal(fetcher, url)

    assert error.message.isprintable()
    assert "nonsense" not in error.message


def test_what_no_header_can_hold_is_not_sent(web, fetching):
    """Validators that were damaged where they were kept do no harm."""
    url = web.page("/a")

    with fetching() as fetcher, fetcher.fetch(url, Validators('"ü"', "a\r\nX: y")) as page:
        assert isinstance(page, Fetched)
    with pytest.raises(ValueError, match="printable ASCII"):
        FetchOptions(user_agent="Footnote\n")
    with pytest.raises(ValueError, match=r"got 'http://intranet/'"):
        Fetcher(FetchOptions(allowed_hosts=frozenset({"http://intranet/"})))


def test_disk_that_is_full_is_a_reason(web, fetching):
    """Where a page cannot be written the error says so, and the next one is tried."""
    url = web.page("/a", b"words" * 1_000)

    with fetching() as fetcher:
        shutil.rmtree(fetcher.folder)
        assert "cannot be kept here" in refusal(fetcher, url).message


# How it behaves


def test_trouble_that_passes_is_waited_out(web, fetching, patience):
    """A busy server is asked again, each time later, and the page is there in the end."""
    for status in (503, 500, 429):
        web.page("/a", b"", status=status)
    url = web.page("/a", b"words")

    with fetching() as fetcher, fetcher.fetch(url) as page:
        assert page.file.path.read_bytes() == b"words"

    backed_off = [wait for wait in patience.waited_s if wait > 0]
    assert len(backed_off) == 3
    assert backed_off[0] < backed_off[1] < backed_off[2]


def test_connection_that_breaks_is_tried_again(web, fetching):
    """Half a page is asked for again, and what came of it is written over."""
    web.raw("/a", lambda _asked: [b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + b"x" * 50])
    url = web.page("/a", b"words")

    with fetching() as fetcher, fetcher.fetch(url) as page:
        assert page.file.path.read_bytes() == b"words"


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
            return page.file.path.read_bytes()

    with fetching(host_delay_s=0) as fetcher, ThreadPoolExecutor(8) as threads:
        assert set(threads.map(fetch, [fetcher] * 16)) == {b"words"}

    assert set(most) == {1}
    assert [path for path, _ in web.asked].count("/robots.txt") == 1


# What a site allows


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

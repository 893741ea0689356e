"""What comes of fetching a page, against a real server on loopback."""

import pytest
from fetching import refusal

from corpus.fetched import Fetched, Gone, NotModified, Validators


def test_page_is_a_file_while_it_is_read(web, fetching):
    """A page is a file with its address, its kind and what to ask with next time, and then deleted."""
    url = web.page("/news/a.html", b"<p>A.</p>", etag='"1"', last_modified="Wed, 25 Nov 2026 10:00:00 GMT")

    with fetching() as fetcher:
        with fetcher.fetch(url + "?utm_source=x#part") as page:
            assert isinstance(page, Fetched)
            assert page.source.path.read_bytes() == b"<p>A.</p>"
        assert not page.source.path.exists()

    assert page.source.name == "a.html"
    assert page.source.key == f"url:{url}"
    assert page.source.media_type == "text/html; charset=utf-8"
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
        assert page == Gone()


def test_page_that_is_elsewhere_for_now_is_not_gone(web, fetching):
    """A step "for now" to a page that is not there says nothing of the page; one "for good" does."""
    moved, lent = web.redirect("/moved", "/none", 301), web.redirect("/lent", "/none", 302)

    with fetching() as fetcher:
        with fetcher.fetch(moved) as page:
            assert page == Gone()
        assert f"{web.url}/none, which was answered with 404" in refusal(fetcher, lent).message


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
        assert page.source.path.read_bytes() == words
    assert web.asked[-1][1]["Accept-Encoding"] == "gzip"


def test_letters_beyond_ascii_reach_the_server(web, fetching):
    """A path in any alphabet is asked for as browsers do."""
    web.page("/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8.html")

    with fetching() as fetcher, fetcher.fetch(f"{web.url}/новости.html") as page:
        assert page.source.name == "новости.html"


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
                assert page.source.key == f"url:{web.url}/new"

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

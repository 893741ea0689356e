"""Where fetching may connect, against a real server on loopback."""

import pytest
from fetching import refusal
from web import CERTIFICATE, serving

from corpus.fetched import Fetched


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

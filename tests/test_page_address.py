"""The form in which an address is asked for, and in which it is shown."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.page_address import address_after, address_to_ask, host_form, name_of, shown
from corpus.refused import Refused
from corpus.web_address import is_web_address


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("HTTP://News.Example", "http://news.example/"),
        ("https://news.example./a#part", "https://news.example/a"),
        (
            "https://bücher.example/straße?q=ä&x=%20",
            "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4&x=%20",
        ),
        ("https://FAẞ.example/", "https://xn--fa-hia.example/"),
        ("http://１２７.０.０.１/", "http://127.0.0.1/"),
        ("http://[2001:DB8:0::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("https://news.example?q=1", "https://news.example/?q=1"),
        ("https://news.example/%7Ea;b=1", "https://news.example/%7Ea;b=1"),
    ],
)
def test_address_is_asked_for_in_ascii(url, asked):
    """Letters of any alphabet, a host in capitals and a fragment become what a server expects."""
    assert address_to_ask(url) == asked


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_address_that_is_asked_for_is_plain(words):
    """Whatever is in an address, what is sent is ASCII without spaces, and settled; or it is refused."""
    for url in (f"http://{words}/", f"https://news.example/{words}", f"https://news.example/?{words}"):
        with suppress(Refused):
            asked = address_to_ask(url)
            assert asked.isascii()
            assert is_web_address(asked)
            assert "@" not in asked.split("/")[2]
            assert address_to_ask(asked) == asked


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_redirect_leads_to_an_address_or_is_refused(location):
    """No Location header breaks anything."""
    with suppress(Refused):
        assert is_web_address(address_after("https://news.example/a/b?c", location))


@pytest.mark.parametrize(
    ("location", "address"),
    [
        ("c", "https://news.example/a/c"),
        ("/c d", "https://news.example/c%20d"),
        ("?x=1", "https://news.example/a/b?x=1"),
        ("//other.example/c", "https://other.example/c"),
        ("https://bücher.example/ä b", "https://xn--bcher-kva.example/%C3%A4%20b"),
        (" /c\r\nX: y ", "https://news.example/c%0D%0AX:%20y"),
    ],
)
def test_redirect_is_read_from_where_it_stands(location, address):
    """A redirect may name a part of an address, and have spaces and letters that it should not have."""
    assert address_after("https://news.example/a/b?c", location) == address


@pytest.mark.parametrize("host", ["", "..", "a..b", "a b", "a/b", "a:b", "::g", "a" * 300, "a\0b", "\u2024"])
def test_host_that_cannot_be_is_refused(host):
    """What no server can be called is refused before anything is looked up."""
    with pytest.raises(Refused):
        host_form(host)


@given(st.text(max_size=80))
def test_what_is_shown_fits_on_a_line(words):
    """Whatever an address holds, messages show it on one line, without its password."""
    assert shown(words).isprintable()
    assert "hunter2" not in shown(f"https://anna:hunter2@{words.replace('hunter2', '')}")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("https://a:b@news.example/x?id=1", "https://news.example/x?id=1"),
        ("https://a@b@news.example/", "https://news.example/"),
        ("https://news.example?x@y", "https://news.example?x@y"),
        (
            "https://news.example/?apikey=1&b=2&X-Amz-Signature=3",
            "https://news.example/?apikey=…&b=2&X-Amz-Signature=…",
        ),
    ],
)
def test_secrets_are_not_shown(url, message):
    """What opens something is left out of messages."""
    assert shown(url) == message


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://news.example/a/report.pdf?x=1", "report.pdf"),
        ("https://news.example/", ""),
        ("https://news.example/a/", ""),
        ("https://news.example/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "passwd"),
        ("https://news.example/..", ""),
        ("https://news.example/a%00b%0a.txt", "ab.txt"),
        ("https://news.example/%D0%B0.html", "а.html"),
    ],
)
def test_name_is_the_last_part(address, name):
    """A page is called what its address ends with, as a file could be."""
    assert name_of(address) == name

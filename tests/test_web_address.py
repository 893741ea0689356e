"""Web addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.web_address import canonical, is_web_address


@pytest.mark.parametrize(
    ("spelt", "same"),
    [
        ("HTTPS://Example.COM", "https://example.com/"),
        ("https://example.com:443/a#part", "https://example.com/a"),
        ("http://example.com:8080/a?", "http://example.com:8080/a"),
        ("https://example.com/a?id=3&utm_source=x&fbclid=y", "https://example.com/a?id=3"),
        ("https://example.com/ä ".strip(), "https://example.com/%C3%A4"),
        ("https://example.com./a", "https://example.com/a"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://BÜCHER。example./a", "https://xn--bcher-kva.example/a"),
        ("https://вести.рф:443/", "https://xn--b1agj9af.xn--p1ai/"),
    ],
)
def test_spellings_of_one_address_are_the_same(spelt, same):
    """What changes the spelling of an address and not the page is taken off."""
    assert canonical(spelt) == same


@pytest.mark.parametrize(
    "kept", ["https://example.com/a?p=1", "https://example.com/a?p=2", "http://x.example/A"]
)
def test_what_names_another_page_is_kept(kept):
    """Paths and parameters name the page."""
    assert canonical(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com",
        "ftp://example.com",
        "http://",
        "http://[::1",
        "http://a b",
        "http://x:99999/",
        "file:///a",
    ],
)
def test_what_is_no_web_address_is_told(text):
    """Only http and https with a host are web addresses."""
    assert not is_web_address(text)


@given(st.text(max_size=60).map("https://host.example/".__add__))
def test_the_canonical_address_is_its_own(url):
    """Making an address canonical twice gives what once gave."""
    if is_web_address(url):
        assert canonical(canonical(url)) == canonical(url)
        assert is_web_address(canonical(url))

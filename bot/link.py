"""The address of a sentence on the page that published it."""

from __future__ import annotations

import html
from urllib.parse import quote, urlsplit

from bot.alphabets import mixes_alphabets
from corpus.web_address import ascii_host

# The words at either end that find the sentence again; more of them break on the first typographic
# difference between the page and the article's text.
_EDGE_WORDS = 5
_EDGE_CHARS = 60
# Telegram states no limit; three of these, escaped, still leave room for the quotations.
_MAX_URL_BYTES = 2_048


def page_link(url: str | None) -> str | None:
    """The page's address, None where there is no address that a reader could open and trust.

    A host whose letters are of several alphabets, to look like another, is written as name servers know it;
    an address with a name before its host, which looks like one, is none.
    """
    if url is None or not _openable(url):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if "@" in parts.netloc:
        return None
    if not mixes_alphabets(host):
        return url
    known = ascii_host(host)
    netloc = known if port is None else f"{known}:{port}"
    return parts._replace(netloc=netloc).geturl() if known.isascii() else None


def sentence_link(url: str | None, text: str) -> str | None:
    """The page's address with a text fragment that opens it at ``text``.

    Args:
        url: Where the article was published.
        text: Words of the article, verbatim.

    Returns:
        The address with the fragment, the bare address where the fragment makes it too long, None
        where there is no address that a reader could open.
    """
    page = page_link(url)
    if page is None:
        return None
    aimed = f"{page}{'' if '#' in page else '#'}:~:text={_directive(text)}"
    return aimed if _short_enough(aimed) else page


def _openable(url: str) -> bool:
    scheme, _, rest = url.partition("://")
    clean = url.isprintable() and not any(character.isspace() for character in url)
    return scheme.lower() in ("http", "https") and bool(rest) and clean and _short_enough(url)


def _short_enough(url: str) -> bool:
    return len(html.escape(url).encode()) <= _MAX_URL_BYTES


def _directive(text: str) -> str:
    """``start`` or ``start,end``: a browser looks for each inside one block of the page."""
    lines = [line.split() for line in text.splitlines() if line.strip()]
    if len(lines) == 1 and len(lines[0]) <= 2 * _EDGE_WORDS:
        return _encoded(_at_start(lines[0], 2 * _EDGE_WORDS))
    return f"{_encoded(_at_start(lines[0], _EDGE_WORDS))},{_encoded(_at_end(lines[-1], _EDGE_WORDS))}"


def _at_start(words: list[str], count: int) -> str:
    kept = words[:count]
    while len(kept) > 1 and len(" ".join(kept)) > _EDGE_CHARS * count // _EDGE_WORDS:
        kept.pop()
    return " ".join(kept)


def _at_end(words: list[str], count: int) -> str:
    kept = words[-count:]
    while len(kept) > 1 and len(" ".join(kept)) > _EDGE_CHARS:
        kept.pop(0)
    return " ".join(kept)


def _encoded(words: str) -> str:
    # A dash marks a prefix or suffix in a text directive; percent-encoding alone would leave it.
    return quote(words, safe="").replace("-", "%2D")

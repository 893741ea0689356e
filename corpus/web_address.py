"""Web addresses: which are ones, and when two are the same."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

MAX_URL_CHARS = 2_048

# What senders add to follow a reader. The page is the same without.
_TRACKING = frozenset({"fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid"})
_TRACKING_PREFIX = "utm_"
_PORTS = {"http": 80, "https": 443}

# What stands in a path as it is; all else is percent-encoded.
PATH_SAFE = "/%:@!$&'()*+,;=~-._"


def is_web_address(text: str) -> bool:
    """Whether ``text`` is an http or https address with a host, and nothing that would break a link."""
    if len(text) > MAX_URL_CHARS or not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        has_host = bool((parts.hostname or "").strip("."))
        return parts.scheme in _PORTS and has_host and (parts.port or 1) > 0
    except ValueError:
        return False


def ascii_host(host: str) -> str:
    """A host as name servers know it, ``xn--bcher-kva.example`` for ``bücher.example``.

    One that cannot be stays as it is.
    """
    if host.isascii():
        return host
    import idna  # most addresses need none of its tables, which take long to import

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except ValueError:
        return host


def canonical(url: str) -> str:
    """The address with all taken off that does not change the page: equal ones are the same article.

    The scheme and host are in small letters, the host in those of `ascii_host`; the scheme's own port, the
    fragment, a bare ``?`` and what senders add to follow readers are gone; the path is percent-encoded in
    one way.

    Args:
        url: As `is_web_address` takes it.
    """
    parts = urlsplit(url)
    host = ascii_host(parts.hostname or "").rstrip(".")
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, _PORTS.get(parts.scheme)) else f":{parts.port}"
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _TRACKING and not name.lower().startswith(_TRACKING_PREFIX)
    ]
    path = quote(parts.path or "/", safe=PATH_SAFE)
    return urlunsplit((parts.scheme, host + port, path, urlencode(kept), ""))

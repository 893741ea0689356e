"""The form in which a web address is asked for, and the form in which it is shown."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from corpus.refused import Refused
from corpus.web_address import MAX_URL_CHARS, PATH_SAFE, ascii_host, is_web_address

_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", re.ASCII)
_NOT_IN_NAMES = frozenset('\\/:*?"<>|')
_QUERY_SAFE = PATH_SAFE + "?"
# Parts of an address that open what others may not read. They are left out where it is shown.
_SECRET = re.compile(
    r"(?i)(?<=[?&;])([^=&;]*(?:token|key|secret|signature|sig|password|passwd|pwd|auth|session)[^=&;]*=)[^&;]+"
)


def address_to_ask(url: str) -> str:
    """The address as it is sent: ASCII, percent-encoded, its host in small letters, without a fragment.

    Raises:
        Refused: It is no http or https address, or carries a name and password.
    """
    try:
        parts = urlsplit(url)
        has_user = "@" in parts.netloc
    except ValueError:
        parts, has_user = None, False
    if parts is None or not is_web_address(url):
        raise Refused(
            "is not a web address that can be read",
            f"give one that begins with https:// or http:// and has at most {MAX_URL_CHARS:,} characters",
        )
    if has_user:
        raise Refused(
            "carries a name or password, which would be kept with the article",
            "leave out what stands before the @; what only opens with a password, save and add as a file",
        )
    host = host_form(parts.hostname or "")
    port = "" if parts.port is None else f":{parts.port}"
    path = quote(parts.path or "/", safe=PATH_SAFE)
    asked = urlunsplit((parts.scheme, f"{host}{port}", path, quote(parts.query, safe=_QUERY_SAFE), ""))
    if len(asked) > MAX_URL_CHARS:
        raise Refused("is too long", f"give an address of at most {MAX_URL_CHARS:,} characters when encoded")
    return asked


def address_after(address: str, location: str) -> str:
    """The address that a redirect from ``address`` leads to.

    Raises:
        Refused: It is no address to follow: not http or https, or http where ``address`` was https.
    """
    # Spaces are not allowed there, yet common.
    location = "".join(
        letter if letter.isprintable() and letter != " " else quote(letter) for letter in location.strip()
    )
    try:
        joined = urljoin(address, location)
        scheme = urlsplit(joined).scheme
    except ValueError:
        joined = scheme = ""
    if scheme not in ("http", "https"):
        raise Refused(
            "sends on to what is not a web address", "open it in a browser and add what it leads to"
        )
    if address.startswith("https:") and scheme == "http":
        raise Refused(
            "sends on from https to http, where anyone on the way could change the words",
            "if that is well, give the http address it leads to",
        )
    return address_to_ask(joined)


def host_form(host: str) -> str:
    """A host as it is asked for and compared: small ASCII letters, IPv6 in brackets.

    Raises:
        Refused: No host can have this name.
    """
    host = unquote(host.strip("[]")).removesuffix(".").lower()
    try:
        if ":" in host:
            return f"[{IPv6Address(host).compressed}]"
    except ValueError as error:
        raise _bad_host() from error
    asked = ascii_host(host)
    if not _HOST.fullmatch(asked) or len(asked) > 253:
        raise _bad_host()
    return asked


def _bad_host() -> Refused:
    return Refused("has a host that no server can have", "check the spelling of the address")


def host_of(address: str) -> str:
    """The host of an address that `address_to_ask` gave, in the form of `host_form`."""
    host = urlsplit(address).hostname or ""
    return f"[{host}]" if ":" in host else host


def origin_of(address: str) -> str:
    """Scheme, host and port of an address: what one robots.txt speaks for."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def name_of(address: str) -> str:
    """The last part of its path, as a file would be called; empty where it has none."""
    last = unquote(urlsplit(address).path).rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable() and letter not in _NOT_IN_NAMES).strip(
        ". "
    )[-200:]


def shown(url: str) -> str:
    """The address for messages: without name, password or what looks like a token, on one line."""
    printable = "".join(letter if letter.isprintable() else "\ufffd" for letter in url[:MAX_URL_CHARS])
    before, slashes, rest = printable.partition("//")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    return _SECRET.sub(r"\1…", before + slashes + rest[authority.rfind("@") + 1 :])

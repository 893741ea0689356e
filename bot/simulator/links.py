"""Which addresses Telegram accepts in a link or a button, and how it writes them (pure)."""

import re
from urllib.parse import urlsplit

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WEB = ("http", "https", "ftp")
_OWN = ("tg", "ton", "tonsite")
_HOST = re.compile(r"[^\s.@:/?#]+(\.[^\s.@:/?#]+)+")
_USER = re.compile(r"tg:(?://)?user\?id=(\d+)", re.IGNORECASE)


def checked_link(address: str) -> str:
    """The address as Telegram would keep it, or an empty string when Telegram would drop it.

    A web address needs a host with a dot in it, which is why http://localhost makes no link.
    """
    address = address.strip()
    if address.lower().startswith(tuple(f"{scheme}:" for scheme in _OWN)):
        return address
    if not _SCHEME.match(address) or "://" not in address:
        address = f"http://{address}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - a port that is no number raises here
    except ValueError:
        return ""
    if parts.scheme.lower() not in _WEB or not _HOST.fullmatch(host):
        return ""
    return parts._replace(path=parts.path or "/").geturl()


def linked_user_id(address: str) -> int | None:
    """The user a tg://user?id=N link mentions, if it is one."""
    match = _USER.fullmatch(address.strip())
    return int(match[1]) if match else None

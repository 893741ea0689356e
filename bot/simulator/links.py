"""Which addresses Telegram accepts in a link or a button, and how it writes them (pure)."""

import re
from urllib.parse import parse_qs, urlsplit

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WEB = ("http", "https", "ftp")
_OWN = ("tg", "ton", "tonsite")
_HOST = re.compile(r"[^\s.@:/?#]+(\.[^\s.@:/?#]+)+")
_TELEGRAM_HOSTS = {"t.me", "telegram.me", "telegram.dog"}
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
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


def start_payload(address: str, username: str) -> str | None:
    """What a deep link to the bot hands over with /start; None when it is no such link.

    Telegram takes 1 to 64 of A-Z, a-z, 0-9, _ and -, and opens the chat without a payload otherwise.
    """
    address = address.strip()
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
    except ValueError:
        return None
    given = parse_qs(parts.query)
    host, name = (parts.hostname or "").lower(), parts.path.strip("/")
    if parts.scheme == "tg" and host == "resolve":
        name = given.get("domain", [""])[0]
    elif parts.scheme not in ("http", "https") or host not in _TELEGRAM_HOSTS:
        return None
    payload = given.get("start", [""])[0]
    fits = name.lower() == username.lower() and is_start_parameter(payload)
    return payload if fits else None


def is_start_parameter(word: str) -> bool:
    """Whether Telegram hands this word over with /start."""
    return _PAYLOAD.fullmatch(word) is not None


def linked_user_id(address: str) -> int | None:
    """The user a tg://user?id=N link mentions, if it is one."""
    match = _USER.fullmatch(address.strip())
    return int(match[1]) if match else None

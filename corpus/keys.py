"""What makes a source the same source when it is added again."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_GIVEN = "id:"
_SENT = "sent:"
_ADDRESS = "url:"
_PATH = "path:"
_POST = "guid:telegram/"


def given_key(article_id: str) -> str:
    """The key of an article that came with an id of its own; the file it stood in may move."""
    return _GIVEN + article_id


def given_id(key: str) -> str | None:
    """The id that a key of `given_key` holds, None for another kind of key."""
    return key.removeprefix(_GIVEN) if key.startswith(_GIVEN) else None


def path_key(path: Path | str) -> str:
    """The key of a file: its absolute path with links resolved, whether it exists or not."""
    try:
        resolved: Path | str = Path(path).resolve()
    except (OSError, RuntimeError, ValueError):  # a link to itself, or a name no system allows
        resolved = path
    return _PATH + printable(resolved)


def key_path(key: str) -> Path | None:
    """The path that a key of `path_key` holds, None for another kind of key."""
    return Path(key.removeprefix(_PATH)) if key.startswith(_PATH) else None


def url_key(url: str) -> str:
    """The key of what is published at a canonical web address (`corpus.web_address.canonical`)."""
    return _ADDRESS + url


def key_address(key: str) -> str | None:
    """The web address that a key of `url_key` holds, None for another kind of key."""
    return key.removeprefix(_ADDRESS) if key.startswith(_ADDRESS) else None


def guid_key(feed_url: str, guid: str) -> str:
    """The key of an entry that a feed names itself; names of other feeds may be the same."""
    return f"guid:{feed_url}#{guid}"


def is_post_key(key: str) -> bool:
    """Whether it is the key of a post in a chat, as `corpus.kinds.telegram` gives them."""
    return key.startswith(_POST)


def sent_key(name: str) -> str:
    """The key of a file that a person sent under a name; another of that name is taken for a new version."""
    return _SENT + printable(name).casefold()


def is_sent_key(key: str) -> bool:
    """Whether it is a key of `sent_key`."""
    return key.startswith(_SENT)


def printable(path: Path | str) -> str:
    """The path as text that can be stored; bytes that are no text are shown as escapes."""
    return os.fspath(path).encode("utf-8", "backslashreplace").decode()


def derived_id(key: str) -> str:
    """An article id made from a key: 12 hex digits, the same in every library."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]

"""Load a channel from the export that Telegram Desktop writes (`result.json`): an article for each post."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO

import ijson

from corpus.decode import check_is_file, unreadable
from corpus.source_file import SourceFile
from corpus.telegram_post import Post
from corpus.types import RawArticle

# A post with fewer words says nothing that could be quoted.
_MIN_WORDS = 3
_CHANNELS = ("public_channel", "private_channel")
_REMEDY = "in Telegram Desktop open the channel, Export chat history, format JSON, and add result.json"


def load_telegram(source: SourceFile) -> Iterator[RawArticle]:
    """The posts of a channel that have words, in the order of the export; an edited one replaces itself.

    Raises:
        UnreadableSource: It is other JSON, an export of something else than a channel, or breaks off.
    """
    check_is_file(source.path)
    n_posts = 0
    try:
        with source.path.open("rb") as file:
            channel = _Channel(source, file)
            for post in ijson.items(file, "messages.item", use_float=True):
                article = channel.article(post)
                if article is not None:
                    n_posts += 1
                    yield article
    except (ijson.JSONError, UnicodeDecodeError) as error:
        where = f"breaks off after {n_posts:,} posts" if n_posts else "is no JSON"
        raise unreadable(
            source.path, f"{where}: {str(error).strip().splitlines()[0][:100]}", _REMEDY
        ) from error
    if n_posts == 0:
        raise unreadable(source.path, "is an export without posts that have words", _REMEDY)


class _Channel:
    """Whose posts they are.

    Args:
        source: The export.
        file: Its bytes; read to where the posts begin, and wound back.
    """

    def __init__(self, source: SourceFile, file: IO[bytes]) -> None:
        stated = _stated_before_posts(file)
        if stated is None or not (stated.keys() & {"type", "personal_information", "chats"}):
            raise unreadable(source.path, "is JSON but not an export of a Telegram channel", _REMEDY)
        if "personal_information" in stated or "chats" in stated:
            raise unreadable(source.path, "is an export of a whole account, not of one channel", _REMEDY)
        kind = str(stated.get("type"))
        if kind not in _CHANNELS:
            raise unreadable(
                source.path, f"is an export of a {kind.replace('_', ' ')}, not of a channel", _REMEDY
            )
        file.seek(0)
        self._source = source
        self._title = str(stated.get("name") or "").strip()
        self._name = f"telegram/{stated.get('id', source.key)}"
        self._username = str(stated.get("username") or "").strip().lstrip("@")

    def article(self, post: object) -> RawArticle | None:
        """A post as an article; None for a service message or one without words."""
        if not isinstance(post, dict) or post.get("type") != "message" or not isinstance(post.get("id"), int):
            return None
        text = _text(post.get("text")).strip()
        if len(text.split()) < _MIN_WORDS:
            return None
        made = Post(
            text,
            _moment(post),
            channel=self._title,
            name=self._name,
            number=str(post["id"]),
            username=self._username,
            author=str(post.get("author") or post.get("forwarded_from") or ""),
        )
        return made.article(f"{self._source.origin}#{post['id']}")


def _stated_before_posts(file: IO[bytes]) -> dict[str, object] | None:
    """The fields of the outermost object up to its posts, or to what shows that it has none."""
    stated: dict[str, object] = {}
    depth, field = 0, ""
    # Without the path of each value, which for deep nesting takes time that grows with its square.
    for event, value in ijson.basic_parse(file, use_float=True):
        if event == "map_key" and depth == 1:
            field = value
        elif event in ("start_map", "start_array"):
            if depth == 1 and field in ("messages", "personal_information", "chats"):
                return stated if field == "messages" else {**stated, field: None}
            depth += 1
        elif event in ("end_map", "end_array"):
            depth -= 1
        elif depth == 1:
            stated[field] = value
    return None


def _text(text: object) -> str:
    """The words of a post: text, or a list of text and of objects that say how some of it looks."""
    parts = text if isinstance(text, list) else [text]
    words = (part.get("text") if isinstance(part, dict) else part for part in parts)
    return "".join(word for word in words if isinstance(word, str))


def _moment(post: dict[str, object]) -> str | None:
    """When it was posted; exports also give the time without a zone, in that of whoever exported."""
    seconds = str(post.get("date_unixtime") or "")
    try:
        return datetime.fromtimestamp(int(seconds), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        date = post.get("date")
        return date if isinstance(date, str) else None

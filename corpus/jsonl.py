"""Load articles from JSON lines: one object a line with `id`, `title`, `text` and what else is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from corpus.decode import MAX_ARTICLE_BYTES, cannot_be_read, check_is_file, unreadable
from corpus.errors import UnreadableSource
from corpus.keys import given_key, printable
from corpus.metadata import read_metadata
from corpus.types import RawArticle

# A whole file may be of any size: it is read a line at a time. A line is JSON, which may spell a letter
# with six bytes.
MAX_LINE_BYTES = 2 * MAX_ARTICLE_BYTES
MAX_ID_CHARS = 200

_BOM = b"\xef\xbb\xbf"
_FORMAT = 'give it the form {"id": "…", "title": "…", "text": "…"} and add the file again'


def load_jsonl(path: Path) -> Iterator[RawArticle | UnreadableSource]:
    """The articles of a file in its order; a bad line is told by its number, and the others go on."""
    try:
        check_is_file(path)
        with path.open("rb") as file:
            if b"\x00" in file.peek(1):
                raise unreadable(
                    path, "is not JSON lines in UTF-8 but a binary file", "save it as UTF-8 text"
                )
            yield from _articles(path, file)
    except OSError as error:
        yield cannot_be_read(path, error)
    except UnreadableSource as problem:
        yield problem


def _articles(path: Path, file: BinaryIO) -> Iterator[RawArticle | UnreadableSource]:
    ids: set[str] = set()
    number = 0
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        try:
            article = _article(path, number, line)
            if article.key in ids:
                # Were both taken, each adding of the file would store two changes.
                problem = f"has the id of an earlier line: {article.key.removeprefix('id:')!r}"
                raise unreadable(path, problem, "give every article an id of its own", line=number)
        except UnreadableSource as problem:
            yield problem
        else:
            ids.add(article.key)
            yield article
    if number == 0:
        yield unreadable(path, "is empty", _FORMAT)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Lines of any length, but no more than one byte beyond the limit of each."""
    while line := file.readline(MAX_LINE_BYTES + 1):
        yield line.removeprefix(_BOM)
        while len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE_BYTES + 1)


def _article(path: Path, number: int, line: bytes) -> RawArticle:
    if len(line) > MAX_LINE_BYTES:
        problem = f"is too long: the limit is {MAX_LINE_BYTES:,} bytes"
        raise unreadable(path, problem, "split it into several articles", line=number)
    try:
        fields = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise unreadable(
            path, "is not UTF-8", "save the file as UTF-8 and add it again", line=number
        ) from error
    except (ValueError, RecursionError) as error:
        raise unreadable(path, f"is not JSON: {error}", _FORMAT, line=number) from error
    if not isinstance(fields, dict):
        raise unreadable(path, f"is not an object but {_kind(fields)}", _FORMAT, line=number)
    article_id, text = _id(fields.get("id")), fields.get("text")
    if article_id is None:
        found = _kind(fields.get("id"))
        problem = f"has no usable id: expected text of up to {MAX_ID_CHARS} characters, found {found}"
        raise unreadable(path, problem, _FORMAT, line=number)
    if not isinstance(text, str) or not text.strip():
        raise unreadable(path, f"has no text: found {_kind(text)}", _FORMAT, line=number)
    origin = f"{printable(path)}#{article_id}"
    return RawArticle(given_key(article_id), origin, read_metadata(fields), text)


def _id(value: object) -> str | None:
    """The id as text; a number is taken as it is written."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    article_id = str(value).strip()
    return article_id if 0 < len(article_id) <= MAX_ID_CHARS and article_id.isprintable() else None


def _kind(value: object) -> str:
    """What a JSON value is, in words."""
    if isinstance(value, str):
        return f"{value[:40]!r}" if value.strip() else "empty text"
    kinds = {type(None): "nothing", bool: "true or false", list: "a list", dict: "an object"}
    return kinds.get(type(value), "a number")

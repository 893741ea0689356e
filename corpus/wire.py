"""What the reading process and the process that started it say to each other: one line for each thing.

A line is a letter that says what it holds, and JSON. What is found is not believed to be well formed: it
comes from a process that has read hostile files.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import UnreadableSource
from corpus.kind import ParsedKind
from corpus.source_file import SourceFile
from corpus.types import Link, RawArticle

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Found = RawArticle | Link | UnreadableSource

READY = b"ready\n"
END = b"end\n"

_ARTICLE, _LINK, _PROBLEM = b"a", b"l", b"p"


@dataclass(frozen=True, slots=True)
class Request:
    """A file to read, and as what."""

    kind: ParsedKind
    source: SourceFile


@dataclass(frozen=True, slots=True)
class _Problem:
    message: str
    remedy: str
    source: str


def request_line(request: Request) -> bytes:
    """A request as one line."""
    return json.dumps(asdict(request), default=str).encode() + b"\n"


def read_request(line: bytes) -> Request:
    """The request that `request_line` wrote; it comes from the process that started this one."""
    request = json.loads(line)
    source = request["source"]
    return Request(request["kind"], SourceFile(**{**source, "path": Path(source["path"])}))


def found_line(found: Found) -> bytes:
    """Something found as one line; what is no letter of any alphabet is a question mark."""
    if isinstance(found, UnreadableSource):
        return _line(_PROBLEM, _Problem(found.message, found.remedy, found.source))
    return _line(_ARTICLE if isinstance(found, RawArticle) else _LINK, found)


def read_found(line: bytes) -> Found:
    """What `found_line` wrote.

    Raises:
        ValueError: The line is something else.
    """
    letter, fields = line[:1], line[1:]
    if letter == _PROBLEM:
        problem: _Problem = _adapter(_Problem).validate_json(fields)
        return UnreadableSource(problem.message, problem.remedy, source=problem.source)
    if letter not in (_ARTICLE, _LINK):
        raise ValueError(f"a line begins with one of a, l and p, not with {letter!r}")
    found: RawArticle | Link = _adapter(RawArticle if letter == _ARTICLE else Link).validate_json(fields)
    return found


def _line(letter: bytes, fields: RawArticle | Link | _Problem) -> bytes:
    return letter + json.dumps(asdict(fields), ensure_ascii=False).encode("utf-8", "replace") + b"\n"


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)

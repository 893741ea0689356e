"""Read what a file holds, whatever its kind: articles, links to articles, and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.decode import check_is_file, read_first
from corpus.errors import UnreadableSource
from corpus.jsonl import load_jsonl
from corpus.keys import printable
from corpus.kind import FIRST_BYTES, kind_of
from corpus.load import load_text, of_no_kind
from corpus.sandbox import Sandbox
from corpus.source_file import SourceFile
from corpus.types import RawArticle
from corpus.wire import Found


def read(source: SourceFile, sandbox: Sandbox) -> Iterator[Found]:
    """What a file holds, as it is found; never raises for what the file holds or is.

    Args:
        source: The file. Messages name it by its origin.
        sandbox: Where files that are not text are read.
    """
    source = replace(source, path=source.path.absolute())  # the sandbox is in another folder
    try:
        for found in _read(source, sandbox):
            yield _named(source, found)
    except UnreadableSource as problem:
        yield _named(source, problem)


def _read(source: SourceFile, sandbox: Sandbox) -> Iterator[Found]:
    check_is_file(source.path)
    kind = kind_of(source, read_first(source.path, FIRST_BYTES))
    match kind:
        case None:
            raise of_no_kind(source)
        case "jsonl":
            yield from load_jsonl(source.path)
        case "plain" | "markdown":
            yield load_text(source, kind)
        case _:
            yield from sandbox.read(kind, source)


def _named(source: SourceFile, found: Found) -> Found:
    """The same with the origin where loaders, who see files only, wrote the path."""
    path, origin = printable(source.path), source.origin
    if isinstance(found, UnreadableSource):
        message = found.message.replace(path, origin, 1)
        return UnreadableSource(message, found.remedy, source=found.source.replace(path, origin, 1))
    if isinstance(found, RawArticle) and found.origin.startswith(path):
        return replace(found, origin=origin + found.origin.removeprefix(path))
    return found

"""Find the files a person names, and load those of plain text and Markdown."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePath

from corpus.decode import check_is_file, read_text, unreadable
from corpus.errors import UnreadableSource
from corpus.front_matter import front_matter
from corpus.jsonl import load_jsonl
from corpus.keys import path_key, printable
from corpus.kind import SUFFIXES, kind_by_name
from corpus.markup import first_heading
from corpus.metadata import read_metadata
from corpus.source_file import SourceFile
from corpus.types import Markup, RawArticle

MAX_TITLE_CHARS = 200
# A title stands at the top; the rest of a long text need not be parsed for it.
HEADING_WITHIN_CHARS = 20_000

# "War and Peace" has 66,000 lines. Text is read in this process, where nothing stops what takes too long:
# 10 MB of short lines would take 20 seconds, and 10 MB of brackets that never close some minutes.
MAX_LINES = 500_000
MAX_SIGNS = 100_000
_SIGNS = "[]*_`<>#~|\\&\n"
_TITLE_LINE = re.compile(rf"\s*(\S[^\n]{{0,{MAX_TITLE_CHARS - 1}}})\n[^\S\n]*\n\s*(?=\S)")
_NAME_JOINTS = re.compile(r"[\s_-]+")


def find_files(source: Path) -> Iterator[Path]:
    """The files to load for a source: itself, or for a folder every file of a kind we read, sorted.

    What is hidden, links to folders, and links that lead out of the folder are passed over: who may
    write to a folder of articles need not be let into the rest of the machine. A folder that cannot be
    listed is given as it is, for `load_file` to say so.
    """
    if not source.is_dir():
        yield source
        return
    root = source.resolve()
    unlisted: list[Path] = []
    for folder, folders, names in os.walk(
        source, onerror=lambda error: unlisted.append(Path(error.filename))
    ):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from unlisted
        unlisted.clear()
        for name in sorted(names):
            path = Path(folder, name)
            if not name.startswith(".") and kind_by_name(name) and not _leads_out(path, root):
                yield path
    yield from unlisted


def _leads_out(path: Path, root: Path) -> bool:
    try:
        return path.is_symlink() and not path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a link to itself: `load_file` says so
        return False


def local_file(path: Path) -> SourceFile:
    """A file on this machine, known by its path."""
    return SourceFile(path, printable(path), path_key(path), printable(path.name))


def load_file(path: Path) -> Iterator[RawArticle | UnreadableSource]:
    """The articles of a file of text; what cannot be read is yielded as the error that says why."""
    source = local_file(path)
    kind = kind_by_name(source.name)
    try:
        match kind:
            case "jsonl":
                yield from load_jsonl(path)
            case "plain" | "markdown":
                yield load_text(source, kind)
            case _:
                check_is_file(path)
                raise of_no_kind(source)
    except UnreadableSource as problem:
        yield problem


def of_no_kind(source: SourceFile) -> UnreadableSource:
    """The error for a file that no loader reads."""
    suffix = PurePath(source.name).suffix
    kind = f"its name ends in {suffix.lower()!r}" if suffix else "its name has no ending"
    if source.media_type:
        kind = f"its server calls it {source.media_type!r}"
    remedy = f"save it as one of these and add it again: {', '.join(SUFFIXES)}"
    return unreadable(source.path, f"is not of a kind that can be read: {kind}", remedy)


def load_text(source: SourceFile, markup: Markup) -> RawArticle:
    """The one article that a file of text is.

    Raises:
        UnreadableSource: It is missing, empty, too large or no text; Markdown may have bad front matter.
            It has so many lines or signs that no article has them.
    """
    text = read_text(source.path)
    if (n_lines := text.count("\n")) > MAX_LINES:
        problem = f"has {n_lines:,} lines, which no article does"
        raise unreadable(source.path, problem, "split it into a file for each article")
    if markup == "markdown" and (n_signs := sum(map(text.count, _SIGNS))) > MAX_SIGNS:
        problem = f"has {n_signs:,} signs of Markdown, which no article does"
        raise unreadable(source.path, problem, "split it, or save it as plain text (.txt)")
    return _markdown(source, text) if markup == "markdown" else _plain(source, text)


def _plain(source: SourceFile, text: str) -> RawArticle:
    """A first line of its own is the title, else the file's name is."""
    title = _TITLE_LINE.match(text)
    metadata = read_metadata({"title": title[1] if title else title_from_name(source), "url": source.url})
    return RawArticle(source.key, source.origin, metadata, text[title.end() :] if title else text)


def _markdown(source: SourceFile, text: str) -> RawArticle:
    """The title is that of the front matter, else the first heading, else the file's name."""
    fields, body = front_matter(source.path, text)
    title = ""
    if not fields.get("title") and (heading := first_heading(body[:HEADING_WITHIN_CHARS])):
        title, body = heading[0], heading[1] + body[HEADING_WITHIN_CHARS:]
    metadata = read_metadata({"url": source.url, **fields}, title.strip() or title_from_name(source))
    return RawArticle(source.key, source.origin, metadata, body, "markdown")


def title_from_name(source: SourceFile) -> str:
    """`2026-03-04_the-ferry.md` gives `2026 03 04 the ferry`."""
    return _NAME_JOINTS.sub(" ", PurePath(source.name).stem).strip()

"""Tell what kind of file a source is: by its ending and its first bytes, or by what a server said of it."""

from __future__ import annotations

import re
from posixpath import splitext
from typing import Literal

from corpus.source_file import SourceFile

TextKind = Literal["plain", "markdown", "jsonl"]
# What is read in a process of its own (`corpus.sandbox`). A feed, a sitemap and XHTML are "xml" until then.
ParsedKind = Literal["html", "xml", "pdf", "docx", "epub", "telegram"]
Kind = TextKind | ParsedKind

# Of any length, and read as it comes: an export holds all that a channel ever said.
ENDLESS_KINDS: tuple[ParsedKind, ...] = ("telegram",)

_BY_SUFFIX: dict[str, Kind] = {
    ".txt": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "jsonl",
    ".html": "html",
    ".htm": "html",
    ".xml": "xml",
    ".rss": "xml",
    ".atom": "xml",
    ".pdf": "pdf",
    ".docx": "docx",
    ".epub": "epub",
    ".json": "telegram",
}
SUFFIXES = tuple(_BY_SUFFIX)

_BY_MEDIA_TYPE: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/xml": "xml",
    "application/xml": "xml",
    "application/rss+xml": "xml",
    "application/atom+xml": "xml",
    "application/rdf+xml": "xml",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/epub+zip": "epub",
    "application/json": "telegram",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
    "text/markdown": "markdown",
    "text/plain": "plain",
}
_TEXT_KINDS = ("plain", "markdown", "jsonl")

# How many bytes of a file `first_kind` wants.
FIRST_BYTES = 2_048

_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[\s?]|<(?:rss|feed|rdf:RDF|urlset|sitemapindex|channel)[\s>]", re.IGNORECASE)
_BEFORE_MARKUP = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->)*", re.DOTALL)
_EPUB_MEMBER = b"mimetypeapplication/epub+zip"


def kind_of(source: SourceFile, first: bytes) -> Kind | None:
    """The kind of a file, None when it is of none that can be read.

    A local file of text is what its ending says, whatever it begins with; of what was fetched or is no
    text, the first bytes are believed before the ending or the server.

    Args:
        source: The file; its ending is that of its name.
        first: Its first `FIRST_BYTES` bytes.
    """
    claimed = _claimed(source)
    if source.media_type is None and (claimed is None or claimed in _TEXT_KINDS):
        return claimed
    return first_kind(first, claimed) or claimed


def first_kind(first: bytes, claimed: Kind | None = None) -> Kind | None:
    """The kind that the first bytes of a file give away; None where they do not."""
    if b"%PDF-" in first[:1_024]:
        return "pdf"
    if first.startswith(b"PK\x03\x04"):
        if _EPUB_MEMBER in first[:100]:
            return "epub"
        return "docx" if claimed is None and b"[Content_Types].xml" in first else claimed
    if first.startswith(b"\x1f\x8b"):
        return "xml"
    markup = _BEFORE_MARKUP.sub(b"", first, count=1)
    if _HTML.match(markup):
        return "html"
    if _XML.match(markup):
        return "xml"
    return None


def _claimed(source: SourceFile) -> Kind | None:
    """What the server says it is, or the file's ending."""
    by_suffix = kind_by_name(source.name)
    if source.media_type is None:
        return by_suffix
    media_type = source.media_type.split(";", 1)[0].strip().lower()
    said = _BY_MEDIA_TYPE.get(media_type) or ("xml" if media_type.endswith("+xml") else None)
    # Servers that do not know better say text/plain or octet-stream.
    return by_suffix or said if said in (None, "plain") else said


def kind_by_name(name: str) -> Kind | None:
    """The kind that an ending stands for; ``.xml.gz`` is a sitemap or a feed."""
    name = name.lower()
    return "xml" if name.endswith(".xml.gz") else _BY_SUFFIX.get(splitext(name)[1])

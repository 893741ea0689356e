"""What kind of file a source is."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.kind import SUFFIXES, kind_of
from corpus.source_file import SourceFile

ZIP, BOOK = b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/epub+zip"
WORD = ZIP + b"\0" * 26 + b"[Content_Types].xml"


def named(name, media_type=None):
    """A file with a name, as a server called it."""
    return SourceFile(Path(name or "x"), name, "path:x", name, media_type)


@pytest.mark.parametrize(
    ("name", "first", "kind"),
    [
        ("x.txt", b"<html>", "plain"),
        ("x.MD", b"%PDF-1.4", "markdown"),
        ("x.jsonl", b"{}", "jsonl"),
        ("x.html", b"words", "html"),
        ("x.htm", b"<?xml version='1.0'?><html>", "xml"),
        ("x.pdf", b"%PDF-1.4", "pdf"),
        ("x.pdf", b"\xef\xbb\xbf \n<!-- x --><!DOCTYPE html>", "html"),
        ("x.docx", ZIP, "docx"),
        ("x.docx", BOOK, "epub"),
        ("x.epub", ZIP, "epub"),
        ("x.rss", b"<rss version='2.0'>", "xml"),
        ("x.xml", b"<html lang='en'>", "html"),
        ("x.xml.gz", b"\x1f\x8b", "xml"),
        ("result.json", b"{", "telegram"),
        ("x.png", b"<html>", None),
        ("x", b"%PDF-1.4", None),
        (".md", b"", None),
    ],
)
def test_a_local_file_is_what_its_name_and_bytes_say(name, first, kind):
    """Text is what its ending says; of the rest the first bytes are believed; no ending, no guess."""
    assert kind_of(named(name), first) == kind


@pytest.mark.parametrize(
    ("name", "media_type", "first", "kind"),
    [
        ("", "text/html; charset=utf-8", b"words", "html"),
        ("", "text/html", b"<?xml version='1.0'?><rss>", "xml"),
        ("", "text/html", b"%PDF-1.4", "pdf"),
        ("", "Application/RSS+XML", b"<rss>", "xml"),
        ("", "application/vnd.x+xml", b"", "xml"),
        ("feed", "text/plain", b"<rss version='2.0'>", "xml"),
        ("x.md", "text/plain", b"# Boat", "markdown"),
        ("x.txt", "text/plain", b"Boat", "plain"),
        ("", "text/plain", b"Boat", "plain"),
        ("x.pdf", "application/octet-stream", b"?", "pdf"),
        ("", "application/octet-stream", WORD, "docx"),
        ("", "application/octet-stream", BOOK, "epub"),
        ("", "image/png", b"\x89PNG", None),
        ("", "", b"", None),
    ],
)
def test_what_was_fetched_is_what_it_begins_with(name, media_type, first, kind):
    """The first bytes are believed before the server, and it before the name unless it knows no better."""
    assert kind_of(named(name, media_type), first) == kind


@settings(max_examples=50)
@given(st.text(max_size=20), st.none() | st.text(max_size=20), st.binary(max_size=60))
def test_any_name_and_bytes_have_a_kind_or_none(name, media_type, first):
    """Nothing that a stranger sends makes telling the kind fail."""
    kind_of(named(name, media_type), first)


def test_endings_are_small_letters():
    """Each ending begins with a dot and is in small letters, as names are compared."""
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in SUFFIXES)

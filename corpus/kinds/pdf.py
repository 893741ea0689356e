"""Load a PDF: its paragraphs put together again from lines, without page numbers and running heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.decode import check_is_file, unreadable
from corpus.errors import UnreadableSource
from corpus.kinds.dates import plausible
from corpus.kinds.lines import Line, paragraphs
from corpus.load import title_from_name
from corpus.metadata import read_metadata
from corpus.source_file import SourceFile
from corpus.types import Metadata, RawArticle

MAX_PDF_BYTES = 200_000_000
# About 200 are read in a second.
MAX_PAGES = 1_000

# PDFium puts together the two parts of a word that a hyphen parted at a line's end, with one of these
# between; whether the hyphen belongs to the word is for us to say.
_END_HYPHEN = re.compile("[\x02\ufffe]$")
_LINE = re.compile("[^\\s\x02\ufffe](?:[^\n\x02\ufffe]*(?:[\x02\ufffe]|[^\\s\x02\ufffe]))?")

# `D:20260304093000+01'00'`
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
# Titles that programs give: the name of a file, of the program, or nothing.
_NO_TITLE = re.compile(
    r".*\.(?:docx?|odt|rtf|indd|qxp|pdf|pptx?|tex|dvi|xlsx?|html?|pages)|microsoft word.*|untitled.*|unknown"
    r"|powerpoint.*|document\d*|slide \d+|about:blank|[\W\d_]*|title",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"admin(?:istrator)?|user\d*|owner|unknown|author|root|.*[\\/@].*|[\W\d_]*", re.IGNORECASE
)


def load_pdf(source: SourceFile) -> Iterator[RawArticle | UnreadableSource]:
    """The one article of a file, and which of its pages are broken.

    Raises:
        UnreadableSource: It is broken, encrypted, too large, or has no text.
    """
    n_bytes = check_is_file(source.path)
    if n_bytes > MAX_PDF_BYTES:
        problem = f"is too large: {n_bytes:,} bytes, the limit is {MAX_PDF_BYTES:,}"
        raise unreadable(source.path, problem, "split it, or save it without its pictures")
    try:
        with pdfium.PdfDocument(source.path) as pdf:
            if len(pdf) > MAX_PAGES:
                problem = f"has {len(pdf):,} pages, the limit is {MAX_PAGES:,}"
                raise unreadable(source.path, problem, "split it into a file for each part")
            pages = [_page_lines(pdf, index) for index in range(len(pdf))]
            text = "\n\n".join(paragraphs([lines or () for lines in pages]))
            stated = pdf.get_metadata_dict(skip_empty=True)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise unreadable(
                source.path, "is encrypted", "save it without a password and add that"
            ) from error
        problem = f"is a broken PDF: {str(error).rstrip('.')}"
        raise unreadable(source.path, problem, "open it, print it to a new PDF, and add that") from error
    if not text:
        problem = "has no text, so its pages are probably pictures"
        raise unreadable(source.path, problem, "let a program read the letters (OCR), and add what it saves")
    yield RawArticle(source.key, source.origin, _metadata(source, stated), text)
    broken = [str(number) for number, lines in enumerate(pages, start=1) if lines is None]
    if broken:
        problem = f"is read but for its broken pages: {', '.join(broken[:20])}"
        yield unreadable(source.path, problem, "open it, print it to a new PDF, and add that")


def _metadata(source: SourceFile, stated: dict[str, str]) -> Metadata:
    """What the file says of itself, unless a program said it."""
    title, author = stated.get("Title", "").strip(), stated.get("Author", "").strip()
    day = _DATE.match(stated.get("CreationDate", ""))
    fields = {
        "title": None if _NO_TITLE.fullmatch(title) else title,
        "author": None if _NO_AUTHOR.fullmatch(author) else author,
        "published": plausible("-".join(day.groups()), datetime.now(UTC) + timedelta(days=1))
        if day
        else None,
        "url": source.url,
    }
    return read_metadata(fields, title_from_name(source))


def _page_lines(pdf: pdfium.PdfDocument, index: int) -> list[Line] | None:
    """The lines of a page in the order of its text, with where they stand; None for a broken page."""
    try:
        page = pdf[index]
    except pdfium.PdfiumError:
        return None
    words = page.get_textpage()
    found = []
    for line in _LINE.finditer(words.get_text_range()):
        left, bottom, _, top = _box(words, line.start())
        right = _box(words, line.end() - 1)[2]
        found.append(Line(_END_HYPHEN.sub("-", line[0]), left, right, bottom, top - bottom))
    words.close()
    page.close()
    return found


def _box(words: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a letter, in points; letters that are nowhere are at zero."""
    try:
        letter = max(0, pdfium_c.FPDFText_GetCharIndexFromTextIndex(words, index))
        left, bottom, right, top = words.get_charbox(letter, loose=True)
    except pdfium.PdfiumError:
        return (0.0, 0.0, 0.0, 0.0)
    return (left, bottom, right, top)

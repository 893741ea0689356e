"""Load a Word file: its paragraphs, lists and tables in their order, without what was struck out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from corpus.decode import unreadable
from corpus.kinds.archive import opened
from corpus.load import title_from_name
from corpus.metadata import read_metadata
from corpus.source_file import SourceFile
from corpus.types import RawArticle

if TYPE_CHECKING:
    from docx.document import Document

_PARAGRAPH, _TABLE, _ROW, _CELL = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc"))
# What a person wrote, and what stands for a space or a line end. Text struck out is `w:delText`.
_WRITTEN = {qn("w:t"): None, qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# A second spelling of what stands beside it, and text moved elsewhere.
_SKIPPED = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    qn("w:moveFrom"),
    qn("w:del"),
    qn("w:instrText"),
}
_TITLE_STYLES = ("title", "heading 1")
# What programs write where nobody said anything.
_NO_TITLES = ("", "word document", "untitled", "document", "normal", "dokument")
_NO_AUTHORS = ("", "python-docx", "user", "microsoft office user", "administrator", "admin", "unknown")


def load_docx(source: SourceFile) -> Iterator[RawArticle]:
    """The one article of a file.

    Raises:
        UnreadableSource: It is broken, encrypted, a bomb, or has no words.
    """
    with opened(source):  # which may be unpacked: the library does not ask
        try:
            article = _article(source, docx.Document(str(source.path)))
        # What is missing or is something else is met as whatever the library did with it.
        except (OpcError, KeyError, AttributeError, TypeError, etree.LxmlError) as error:
            problem = f"is a broken Word file: {str(error)[:200]}"
            raise unreadable(source.path, problem, "open it in Word, save it again, and add that") from error
    yield article


def _article(source: SourceFile, document: Document) -> RawArticle:
    paragraphs = [words for words in map(str.strip, _blocks(document.element.body)) if words]
    if not paragraphs:
        raise unreadable(source.path, "has no words, perhaps only pictures", "add its text as a file")
    title, author = _said(document)
    title = _title(document) or ("" if title.lower() in _NO_TITLES else title)
    fields = {
        "title": title,
        "author": author if author.lower() not in _NO_AUTHORS else None,
        "url": source.url,
    }
    metadata = read_metadata(fields, title_from_name(source))
    if paragraphs[0] == title and len(paragraphs) > 1:
        del paragraphs[0]
    return RawArticle(source.key, source.origin, metadata, "\n\n".join(paragraphs))


def _said(document: Document) -> tuple[str, str]:
    """The title and author that the file says it has; empty where it says none."""
    try:
        properties = document.core_properties
        return (properties.title or "").strip(), (properties.author or "").strip()
    except AttributeError:  # they are XML of another kind
        return "", ""


def _title(document: Document) -> str:
    """The first paragraph, if its style says that it is the title."""
    for paragraph in document.paragraphs[:10]:
        if paragraph.text.strip():
            style = (paragraph.style.name or "") if paragraph.style is not None else ""
            return paragraph.text.strip() if style.lower() in _TITLE_STYLES else ""
    return ""


def _blocks(parent: etree._Element) -> Iterator[str]:
    """The paragraphs and tables inside an element, whatever they are wrapped in."""
    for element in parent:
        if element.tag == _PARAGRAPH:
            yield _words(element)
        elif element.tag == _TABLE:
            yield "\n".join(_row(row) for row in _own(element, _ROW))
        elif element.tag not in _SKIPPED and isinstance(element.tag, str):
            yield from _blocks(element)


def _row(row: etree._Element) -> str:
    """Its cells side by side, each with the tables inside it, which are nobody else's."""
    return " | ".join(" ".join(_blocks(cell)).strip() for cell in _own(row, _CELL))


def _own(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, whatever they are wrapped in."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag not in _SKIPPED and isinstance(element.tag, str):
            yield from _own(element, tag)


def _words(element: etree._Element) -> str:
    if element.tag in _WRITTEN:
        filling = _WRITTEN[element.tag]
        return (element.text or "") if filling is None else filling
    return "".join(_words(part) for part in element if part.tag not in _SKIPPED)

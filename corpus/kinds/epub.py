"""Load a book in EPUB: an article for each chapter with text, so that a quotation names its chapter."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from corpus.clean import clean, clean_line
from corpus.decode import decode_markup, unreadable
from corpus.errors import UnreadableSource
from corpus.kinds.archive import member, opened
from corpus.kinds.safe_xml import local_name, parse_xml
from corpus.load import title_from_name
from corpus.metadata import read_metadata
from corpus.source_file import SourceFile
from corpus.types import RawArticle

# Title pages and the like have fewer words.
_MIN_WORDS = 30
MAX_CHAPTERS = 2_000

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
# Fonts may be hidden from copiers in a book whose text is not.
_FONT_METHODS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_HEADING = re.compile(r"<h([1-3])\b[^>]*>(.*?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_HEAD = re.compile(r"<head\b.*?</head\s*>|<\?xml[^>]*\?>", re.IGNORECASE | re.DOTALL)
_DECLARED = re.compile(rb"""encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_YEAR_OR_DAY = re.compile(r"\d{4}(?:-\d{2}-\d{2})?")
_SAVE_AGAIN = "open it in a reader of books, save it as HTML, and add that"


def load_epub(source: SourceFile) -> Iterator[RawArticle | UnreadableSource]:
    """The chapters of a book that have text, in reading order.

    Raises:
        UnreadableSource: It is broken, protected, a bomb, or has no chapter with text.
    """
    with opened(source) as archive:
        if _is_protected(archive):
            raise unreadable(
                source.path, "is protected against copying (DRM)", "ask its seller for a free copy"
            )
        package_name = _package_name(source, archive)
        package = _parsed(source, archive, package_name)
        book = _metadata(package)
        n_chapters = 0
        for name in _chapter_names(package, package_name):
            chapter = _chapter(source, archive, name, book)
            if chapter is None:
                continue
            n_chapters += 1
            if n_chapters > MAX_CHAPTERS:
                problem = f"has more than {MAX_CHAPTERS:,} chapters; the first of them were read"
                yield unreadable(source.path, problem, _SAVE_AGAIN)
                return
            yield chapter
        if n_chapters == 0:
            raise unreadable(source.path, "has no chapter with text, perhaps only pictures", _SAVE_AGAIN)


def _is_protected(archive: ZipFile) -> bool:
    rights = member(archive, _ENCRYPTION)
    if rights is None:
        return False
    methods = [
        one.get("Algorithm", "") for one in parse_xml(rights).iter() if local_name(one) == "EncryptionMethod"
    ]
    return any(not method.startswith(_FONT_METHODS) for method in methods)


def _package_name(source: SourceFile, archive: ZipFile) -> str:
    container = _parsed(source, archive, _CONTAINER)
    for one in container.iter():
        if local_name(one) == "rootfile" and one.get("full-path"):
            return str(one.get("full-path"))
    raise unreadable(source.path, "is a broken book: it does not say where its contents are", _SAVE_AGAIN)


def _parsed(source: SourceFile, archive: ZipFile, name: str) -> etree._Element:
    raw = member(archive, name)
    if raw is None:
        raise unreadable(source.path, f"is a broken book: it has no {name}", _SAVE_AGAIN)
    return parse_xml(raw)


def _metadata(package: etree._Element) -> dict[str, object]:
    """What the package says of the book; its title may be empty."""
    fields: dict[str, list[str]] = {}
    for one in package.iter():
        words = clean_line(one.text or "") if isinstance(one.tag, str) else ""
        if words:
            fields.setdefault(local_name(one), []).append(words)
    day = next(iter(fields.get("date", ())), "")[:10]
    return {
        "title": next(iter(fields.get("title", ())), ""),
        "author": list(dict.fromkeys(fields.get("creator", ()))),
        "source": next(iter(fields.get("publisher", ())), None),
        "published": day if _YEAR_OR_DAY.fullmatch(day) and len(day) == 10 else None,
    }


def _chapter_names(package: etree._Element, package_name: str) -> Iterator[str]:
    """The members that hold the text, in reading order."""
    folder = posixpath.dirname(package_name)
    files = {one.get("id"): one.get("href", "") for one in package.iter() if local_name(one) == "item"}
    seen = set()
    for one in package.iter():
        if local_name(one) != "itemref":
            continue
        href = files.get(one.get("idref")) or ""
        name = posixpath.normpath(posixpath.join(folder, unquote(href.split("#", 1)[0])))
        if href and name not in seen:
            seen.add(name)
            yield name


def _chapter(source: SourceFile, archive: ZipFile, name: str, book: dict[str, object]) -> RawArticle | None:
    raw = member(archive, name)
    if raw is None:
        return None
    declared = _DECLARED.search(raw[:200])
    page = decode_markup(raw, [declared[1].decode() if declared else None])
    text = clean(_HEAD.sub("", page), "plain")
    if len(text.split()) < _MIN_WORDS:
        return None
    heading = _HEADING.search(page)
    chapter = clean_line(heading[2]) if heading else title_from_name(SourceFile(source.path, "", "", name))
    title = " – ".join(filter(None, (str(book["title"]) or title_from_name(source), chapter)))
    metadata = read_metadata({**book, "title": title, "url": source.url})
    return RawArticle(f"{source.key}#{name}", f"{source.origin}#{name}", metadata, text)

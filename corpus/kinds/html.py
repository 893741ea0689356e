"""Load the article of a web page: its words by trafilatura, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from trafilatura import bare_extraction, html2txt
from trafilatura.utils import load_html as parse

from corpus.decode import decode_markup, read_bytes, unreadable
from corpus.keys import url_key
from corpus.kinds.page_metadata import page_metadata
from corpus.source_file import SourceFile
from corpus.types import RawArticle
from corpus.web_address import canonical

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META_WITHIN_BYTES = 8_192
# The article-extraction-benchmark's F1 is .960 in trafilatura's balanced mode and .965 in its precise one,
# which finds next to nothing in a few pages. Asked again in the balanced mode where it found little, and
# answered with much more, it is .968; `make extraction` measures it.
# Without the title where the text repeats it, it is .972.
_LITTLE_CHARS = 1_000
_LITTLE_SHARE = 0.15
_MUCH_MORE = 2
# Less is a label that was left over: "Home", "Loading…".
_MIN_CHARS = 50
_TITLE_WITHIN_PARAGRAPHS = 3
_NO_LETTER = re.compile(r"\W+")
# Lines of these belong to the line before: entries of a list, rows of a table.
_NEW_PARAGRAPH = re.compile(r"\n+(?![-|] ?)")


def load_html(source: SourceFile) -> Iterator[RawArticle]:
    """The one article of a page.

    Raises:
        UnreadableSource: The page is missing or too large, or has no text that could be an article.
    """
    page = decode_page(source, read_bytes(source.path, "save the article alone as text and add that"))
    tree = parse(page)
    text = "" if tree is None else article_text(tree)
    if tree is None or len(text) < _MIN_CHARS:
        problem = "holds no article: no text that is more than links and labels"
        raise unreadable(source.path, problem, "name the address of one article, not of a list or an app")
    metadata = page_metadata(tree, source)
    text = without_title(text, metadata.title)
    key, aliases = source.key, tuple[str, ...]()
    if source.url is not None:
        key = url_key(canonical(metadata.url or source.url))
        others = dict.fromkeys((source.key, url_key(canonical(source.url))))
        aliases = tuple(other for other in others if other != key)
    yield RawArticle(key, source.origin, metadata, text, aliases=aliases)


def decode_page(source: SourceFile, raw: bytes) -> str:
    """The text of a page: what its server and its own `meta` say of its encoding, checked by its letters."""
    by_server = _CHARSET.search(source.media_type or "")
    by_itself = _CHARSET.search(raw[:_META_WITHIN_BYTES].decode("latin-1"))
    return decode_markup(raw, [found[1] if found else None for found in (by_server, by_itself)])


def article_text(tree: HtmlElement) -> str:
    """The words of the article in a page, paragraphs parted by empty lines; empty when there is none."""
    text = _extracted(tree, favor_precision=True)
    if len(text) < _LITTLE_CHARS or len(text) < _LITTLE_SHARE * len(html2txt(tree)):
        more = _extracted(tree, favor_precision=False)
        text = more if len(more) > _MUCH_MORE * len(text) else text
    return text


def without_title(text: str, title: str) -> str:
    """The text without a paragraph at its top that only repeats the title."""
    paragraphs = text.split("\n\n")
    for index, paragraph in enumerate(paragraphs[:_TITLE_WITHIN_PARAGRAPHS]):
        if len(paragraphs) > 1 and _letters(paragraph) == _letters(title):
            return "\n\n".join(paragraphs[:index] + paragraphs[index + 1 :])
    return text


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text).casefold()


def _extracted(tree: HtmlElement, *, favor_precision: bool) -> str:
    article = bare_extraction(tree, favor_precision=favor_precision, include_comments=False)
    text = getattr(article, "text", None)  # a dict only where a deprecated option asks for one
    return _NEW_PARAGRAPH.sub("\n\n", text) if text else ""

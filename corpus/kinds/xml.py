"""Load a file of XML: a feed, a sitemap, or a page that calls itself XML."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from corpus.decode import decode_markup, read_bytes, unreadable
from corpus.kinds.feed import load_feed
from corpus.kinds.html import load_html
from corpus.kinds.sitemap import load_sitemap
from corpus.source_file import SourceFile
from corpus.wire import Found

# What the sitemap protocol allows; feeds are seldom a hundredth of it.
MAX_XML_BYTES = 50_000_000

_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
# The first tag, after declarations, comments and a document type, whose entities are no concern of ours.
# What has been passed over is not tried in other ways: for many comments there are too many.
_ROOT = re.compile(
    r"(?:[^<]|<!--.*?-->|<\?.*?\?>|<![^\[>-]*(?:\[.*?\]\s*)?>)*+<(?:[\w.-]{1,100}:)?(\w{1,100})", re.DOTALL
)
_ROOT_WITHIN_CHARS = 100_000


def load_xml(source: SourceFile) -> Iterator[Found]:
    """The articles and links of a feed, the links of a sitemap, or the article of a page.

    Raises:
        UnreadableSource: It is missing, too large, or of another kind of XML.
    """
    raw = _unzipped(source, read_bytes(source.path, "split it into smaller files", limit=MAX_XML_BYTES))
    text = _DECLARATION.sub("", decode_markup(raw, _declared(source, raw)), count=1).lstrip()
    if not text:
        raise unreadable(source.path, "is empty", "check that it was saved whole and add it again")
    root = _ROOT.match(text[:_ROOT_WITHIN_CHARS])
    match root[1].lower() if root else "":
        case "urlset" | "sitemapindex":
            yield from load_sitemap(source, text)
        case "html":
            yield from load_html(source)
        case _:
            yield from load_feed(source, text)


def _declared(source: SourceFile, raw: bytes) -> list[str | None]:
    by_server = _CHARSET.search(source.media_type or "")
    by_itself = _ENCODING.search(raw[:200])
    return [by_server[1] if by_server else None, by_itself[1].decode() if by_itself else None]


def _unzipped(source: SourceFile, raw: bytes) -> bytes:
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unzipped = stream.decompress(raw, MAX_XML_BYTES + 1)
    except zlib.error as error:
        raise unreadable(source.path, f"is broken gzip: {error}", "fetch or save it again") from error
    if len(unzipped) > MAX_XML_BYTES:
        problem = f"unpacks to more than {MAX_XML_BYTES:,} bytes"
        raise unreadable(source.path, problem, "split it into smaller files")
    return unzipped

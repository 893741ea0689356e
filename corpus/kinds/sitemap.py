"""Load a sitemap: the addresses of a site's articles, and what a news sitemap says of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from corpus.decode import unreadable
from corpus.errors import UnreadableSource
from corpus.kinds.dates import plausible
from corpus.kinds.safe_xml import local_name, parse_xml
from corpus.metadata import read_metadata
from corpus.source_file import SourceFile
from corpus.types import Link, Metadata
from corpus.web_address import is_web_address

# As many as the protocol allows in one file.
MAX_ADDRESSES = 50_000


def load_sitemap(source: SourceFile, text: str) -> Iterator[Link | UnreadableSource]:
    """A link for each page of a site, and one for each sitemap that an index of sitemaps names.

    Raises:
        UnreadableSource: It cannot be parsed or names nothing.
    """
    try:
        root = parse_xml(text.encode("utf-8", "replace"))
    except ValueError as error:
        raise unreadable(source.path, f"is a broken sitemap: {error}", "fetch or save it again") from error
    latest = datetime.now(UTC) + timedelta(days=1)
    n_links = 0
    for entry in root:
        fields = {local_name(one): (one.text or "").strip() for one in entry.iter() if one.text}
        url = fields.get("loc", "")
        if not is_web_address(url):
            continue
        n_links += 1
        if n_links > MAX_ADDRESSES:
            problem = f"names more than {MAX_ADDRESSES:,} addresses; the first of them were read"
            yield unreadable(source.path, problem, "split it into several sitemaps")
            return
        yield Link(url, _metadata(fields, url, latest), changed=fields.get("lastmod"))
    if n_links == 0:
        raise unreadable(
            source.path, "is a sitemap that names no web address", "check that it is saved whole"
        )


def _metadata(fields: dict[str, str], url: str, latest: datetime) -> Metadata:
    """What a news sitemap says; when a page was last changed is not when it was published."""
    return read_metadata(
        {
            "title": fields.get("title"),
            "url": url,
            "source": fields.get("name"),
            "published": plausible(fields.get("publication_date", ""), latest),
        }
    )

"""Pages that a feed or sitemap once named are asked for again, because they change without it saying so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from corpus.keys import key_address, url_key
from corpus.library import Library
from corpus.prepare import prepared
from corpus.sources import Source
from corpus.types import CleanArticle, Link, Metadata, RawArticle
from corpus.web_address import canonical, is_web_address

# Hosts are asked once a second: what nobody waits for takes no longer than a minute of each refresh.
MAX_UNNAMED = 50
UNNAMED_AFTER = timedelta(days=1)


def due_again(sources: Iterable[Source], watch: str, *, now: datetime, is_named: bool) -> list[Source]:
    """The pages that a watch is to ask for again, the one that was not asked for longest first.

    Entries whose whole text stood in the feed are no pages to ask for.

    Args:
        sources: All that the watch led to.
        watch: What is watched.
        now: In UTC.
        is_named: Whether a person named the watch, and waits; all its pages are asked for then.
    """
    if not is_web_address(watch):
        return []
    itself = url_key(canonical(watch))
    pages = [
        source
        for source in sources
        if source.found.entry is not None and source.found.place not in (None, itself) and address_of(source)
    ]
    pages.sort(key=lambda source: (source.asked_utc or "", source.key))
    if is_named:
        return pages
    before, later = ((now - past).isoformat(timespec="seconds") for past in (UNNAMED_AFTER, timedelta(0)))
    # What was asked for later than now was so by a clock that went wrong.
    return [source for source in pages if not before < (source.asked_utc or "") <= later][:MAX_UNNAMED]


def address_of(source: Source) -> str | None:
    """Where a page was had from last, to the letter where that is known."""
    place = source.found.place or ""
    if is_web_address(source.origin) and url_key(canonical(source.origin)) == place:
        return source.origin
    return key_address(place)


def remembered(library: Library, source: Source, address: str) -> Link:
    """What a feed or sitemap that names a page no longer would say of it."""
    version = None if source.seq is None else library.version(source.seq)
    return Link(address, version.metadata if version else Metadata("", address))


def is_elsewhere(library: Library, known: Source, found: RawArticle) -> bool:
    """Whether what stands at a known page's address now is another page: one to log in, or a site's first.

    One that has moved is the same as long as it says nearly what it said.
    """
    other = library.source(found.key)
    if other is not None:
        return other.article_id != known.article_id
    article = prepared(found)
    if not isinstance(article, CleanArticle):
        return True
    return all(near.article_id != known.article_id for near in library.near_text(article.text))

"""Load an RSS or Atom feed: its entries are articles where they hold the whole text, else links."""

from __future__ import annotations

import calendar
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import struct_time

import feedparser

from corpus.clean import clean, clean_line
from corpus.decode import unreadable
from corpus.keys import guid_key, url_key
from corpus.kinds.page_metadata import author_line
from corpus.metadata import read_metadata
from corpus.source_file import SourceFile
from corpus.types import Link, Metadata, RawArticle
from corpus.web_address import canonical, is_web_address
from corpus.wire import Found

# Feeds hold tens of entries, long ones hundreds; feedparser reads a thousand in a second.
MAX_ENTRIES = 3_000

# With so many words an entry of `content` is the article, and one of `summary`, which is meant for less.
_WHOLE_CONTENT_WORDS = 80
_WHOLE_SUMMARY_WORDS = 250
_GOES_ON = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.\.\.|&#8230;)\]|(?:continue reading|read more|read the (?:full|whole)|keep reading"
    r"|full story|weiterlesen|lire la suite|leer más|читать далее|continua a leggere|leia mais)[^.\n]{0,80})"
    r"[\s»→>\])]*$",
    re.IGNORECASE,
)
_END_OF_ENTRY = re.compile(r"</(?:[\w-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_EMAIL = re.compile(r"\S+@\S+\s*(?:\((.*)\))?")


def load_feed(source: SourceFile, text: str) -> Iterator[Found]:
    """The entries of a feed, in its order.

    Raises:
        UnreadableSource: It is no feed, or one without entries.
    """
    whole, n_entries = _shortened(text)
    headers = {"content-type": "application/xml; charset=utf-8"}
    if source.url is not None:
        headers["content-location"] = source.url
    feed = feedparser.parse(
        io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>\n' + whole.encode("utf-8", "replace")),
        response_headers=headers,
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not feed.entries:
        what = "is a feed without entries" if feed.version else "is XML but neither a feed nor a sitemap"
        raise unreadable(source.path, what, "name the address of a feed, or save the articles as text")
    loader = _Entries(source, feed)
    is_empty = True
    for entry in feed.entries:
        for found in loader.load(entry):
            is_empty = False
            yield found
    if is_empty:
        problem = "is a feed whose entries have neither words nor web addresses"
        raise unreadable(source.path, problem, "name the feed of a site with articles")
    if n_entries > MAX_ENTRIES:
        problem = f"holds {n_entries:,} entries; the first {MAX_ENTRIES:,} were read"
        yield unreadable(source.path, problem, "split it into several feeds to read all of it")


def _shortened(text: str) -> tuple[str, int]:
    """The feed without the entries beyond the limit, and how many it had."""
    ends = [end.end() for end in _END_OF_ENTRY.finditer(text)]
    if len(ends) <= MAX_ENTRIES:
        return text, len(ends)
    return text[: ends[MAX_ENTRIES - 1]] + text[ends[-1] :], len(ends)


class _Entries:
    """Makes articles and links of a feed's entries."""

    def __init__(self, source: SourceFile, feed: feedparser.FeedParserDict) -> None:
        self._source = source
        self._name = source.key.split(":", 1)[-1]
        self._outlet = clean_line(feed.feed.get("title", "")) or None
        self._latest = datetime.now(UTC) + timedelta(days=1)
        # An address that several entries have is that of the site, not of an article.
        addresses = Counter(self._address(entry) for entry in feed.entries)
        self._shared = {address for address, n_entries in addresses.items() if n_entries > 1}

    def load(self, entry: feedparser.FeedParserDict) -> Iterator[Found]:
        url = self._address(entry)
        guid = str(entry.get("id") or "").strip()
        aliases = (guid_key(self._name, guid),) if guid else ()
        metadata = self._metadata(entry, url)
        words, is_whole = _words_of(entry)
        is_own = url is not None and (url not in self._shared or not guid)
        if url is not None and is_own and not is_whole:
            yield Link(url, metadata, words, aliases, _changed(entry))
        elif words:
            if url is not None and is_own:
                key = url_key(canonical(url))
            elif aliases:
                key, aliases = aliases[0], ()
            else:
                named = metadata.title or hashlib.sha256(words.encode()).hexdigest()
                key = guid_key(self._name, named)
            yield RawArticle(key, self._source.origin, metadata, words, aliases=aliases)

    def _address(self, entry: feedparser.FeedParserDict) -> str | None:
        link = str(entry.get("link") or "").strip()
        return link if is_web_address(link) else None

    def _metadata(self, entry: feedparser.FeedParserDict, url: str | None) -> Metadata:
        authors = [str(one.get("name") or "") for one in entry.get("authors") or () if one]
        names = tuple(_EMAIL.sub(r"\1", name) for name in authors or [str(entry.get("author") or "")])
        moments = [entry[field] for field in ("published_parsed", "updated_parsed") if field in entry]
        return read_metadata(
            {
                "title": clean_line(str(entry.get("title") or "")),
                "url": url,
                "source": self._outlet,
                "author": author_line(names, self._outlet),
                "published": self._moment(next(filter(None, moments), None)),
            }
        )

    def _moment(self, moment: struct_time | None) -> str | None:
        if moment is None:
            return None
        try:
            published = datetime.fromtimestamp(calendar.timegm(moment), UTC)
        except (ValueError, OverflowError, OSError):
            return None
        return published.isoformat() if published <= self._latest else None


def _words_of(entry: feedparser.FeedParserDict) -> tuple[str, bool]:
    """The longest text of an entry, and whether it is the whole article."""
    contents = [str(one.get("value") or "") for one in entry.get("content") or ()]
    content = clean(max(contents, key=len, default=""), "plain")
    summary = clean(str(entry.get("summary") or ""), "plain")
    words = max(content, summary, key=len)
    wanted = _WHOLE_CONTENT_WORDS if words == content else _WHOLE_SUMMARY_WORDS
    return words, len(words.split()) >= wanted and not _GOES_ON.search(words)


def _changed(entry: feedparser.FeedParserDict) -> str | None:
    """When an entry says that it was last changed; by itself the library answers with its first day."""
    return str(dict.get(entry, "updated") or "") or None

"""A small web: pages, feeds and moves held in memory, asked for as a fetcher asks for real ones."""

from __future__ import annotations

import json
from pathlib import Path

from corpus.errors import UnreadableSource
from corpus.fetched import Fetched, Gone, NotModified, Validators
from corpus.gather import Way
from corpus.keys import url_key
from corpus.load import find_files, load_file
from corpus.source_file import SourceFile
from corpus.types import Link, Metadata, RawArticle
from corpus.web_address import canonical

FEED = "https://paper.example/feed"


class Site:
    """Answers as a fetcher does, and remembers what it was asked.

    Args:
        folder: Where the files go that are "fetched".

    Attributes:
        pages: What stands at each address: `page`, `feed`, or an answer of a fetcher.
        asked: Every address that was asked for, in order.
    """

    def __init__(self, folder: Path) -> None:
        self.pages = {}
        self.moves = {}
        self.asked = []
        self._folder = folder

    @property
    def way(self) -> Way:
        """The way to this web and to files."""
        return Way(find=find_files, read=read, fetch=self, max_links=10)

    def __call__(self, url, validators):
        """See `Fetch`."""
        self.asked.append(url)
        moved_to = self.moves.get(url)
        at = moved_to or url
        content = self.pages.get(at, Gone())
        if isinstance(content, UnreadableSource):
            raise content
        if isinstance(content, Gone):
            return content
        etag = str(hash(content))
        if validators.etag == etag:
            return NotModified()
        path = self._folder / "fetched.json"
        path.write_text(content, encoding="utf-8")
        source = SourceFile(path, at, url_key(canonical(at)), "page", "application/json", at)
        return Fetched(source, Validators(etag), moved_to)

    def fail(self, url):
        """From now on nothing can be had from ``url``."""
        self.pages[url] = UnreadableSource(f"{url} does not answer", "try again later", source=url)


def page(text, title="The ferry", **fields):
    """What stands at the address of an article; `fields` are those of `Metadata`."""
    return json.dumps({"text": text, "title": title, **fields})


def feed(*entries):
    """What stands at the address of a feed: its entries as `entry` or as urls."""
    return json.dumps({"entries": [each if isinstance(each, dict) else entry(each) for each in entries]})


def entry(url, title="", published=None, guid=None, changed=None):
    """An entry of a feed."""
    return {"url": url, "title": title, "published": published, "guid": guid, "changed": changed}


def read(source):
    """The articles and links of a page of this web, or of a file."""
    if source.media_type is None:
        yield from load_file(source.path)
        return
    content = json.loads(source.path.read_text("utf-8"))
    for each in content.get("entries", []):
        aliases = (f"guid:{source.url}#{each['guid']}",) if each["guid"] else ()
        metadata = Metadata(each["title"], published=each["published"])
        yield Link(each["url"], metadata, aliases=aliases, changed=each["changed"])
    if content.get("text"):
        fields = {name: content[name] for name in ("url", "source", "author", "published") if name in content}
        metadata = Metadata(content["title"], **fields)
        yield RawArticle(content.get("key", source.key), source.origin, metadata, content["text"])

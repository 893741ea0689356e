"""Find, fetch and read what a source holds, and follow the links in it; nothing is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.asking_again import address_of, is_elsewhere, remembered
from corpus.errors import UnreadableSource
from corpus.fetched import Fetch, Fetched, Gone, NotModified, Validators
from corpus.keys import key_address, url_key
from corpus.kind import SUFFIXES
from corpus.language import detect
from corpus.library import Library
from corpus.load import find_files, load_file, local_file
from corpus.prepare import completed, prepared
from corpus.source_file import SourceFile
from corpus.sources import Sighting, Source
from corpus.types import CleanArticle, Link, Metadata, RawArticle
from corpus.web_address import canonical, is_web_address

# A feed or sitemap of more has its links followed in several goes, so that the first is not endless.
MAX_LINKS = 1_000

# An index of sitemaps names sitemaps, and those name pages.
MAX_DEPTH = 1

# Several feeds may name one page, each in its own words: so many are remembered, or it would be read anew
# whenever they take turns.
MAX_ENTRIES = 4

Read = Callable[[SourceFile], Iterator[RawArticle | Link | UnreadableSource]]


def _read_local(source: SourceFile) -> Iterator[RawArticle | Link | UnreadableSource]:
    yield from load_file(source.path)


@dataclass(frozen=True, slots=True)
class Way:
    """How sources are found, read and fetched.

    Args:
        find: The files to read for a path.
        read: The articles and links in a file.
        fetch: What stands at a web address; None where only files are read.
        max_links: How many pages that a feed or sitemap names are fetched at once.
    """

    find: Callable[[Path], Iterator[Path]] = find_files
    read: Read = _read_local
    fetch: Fetch | None = None
    max_links: int = MAX_LINKS


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article ready to be stored, and how it was found."""

    article: CleanArticle
    sighting: Sighting


@dataclass(frozen=True, slots=True)
class Still:
    """A known source that is there and, as far as is known, says what it said."""

    source: Source
    watch: str | None
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Vanished:
    """A known page of which its server says that it is gone."""

    source: Source


Piece = Arrival | Still | Vanished | UnreadableSource


@dataclass(slots=True)
class Gathering:
    """One reading of one source.

    Args:
        library: Asked for what is known of pages.
        way: How to read.
        watch: The watch this is done for; None for a person.
        validators: To ask for the source itself; afterwards those to ask with next time.
        places: Afterwards the keys of all files that were found.
        again: Pages to ask for again though no feed says that they changed, in this order, by key.
        asked: Afterwards those of them that were asked for.
    """

    library: Library
    way: Way
    watch: str | None = None
    validators: Validators = field(default_factory=Validators)
    places: set[str] = field(default_factory=set)
    again: dict[str, Source] = field(default_factory=dict)
    asked: list[Source] = field(default_factory=list)
    _named: dict[str, Link] = field(default_factory=dict)
    _followed: set[str] = field(default_factory=set)
    _landed: set[str] = field(default_factory=set)
    _n_fetched: int = 0
    _n_left: int = 0
    _depth: int = 0

    def pieces(self, source: str) -> Iterator[Piece]:
        """Everything that a file, a folder or a web address holds, and every problem on the way."""
        if is_web_address(source):
            yield from self._at_address(source)
        elif "://" in source:
            remedy = "name a page, a feed or a sitemap by http:// or https://, or a file"
            yield UnreadableSource(f"{source} is not a web address that can be read", remedy, source=source)
        elif not source.strip():
            remedy = f"name a file ({', '.join(SUFFIXES)}) or a folder: footnote add PATH"
            yield UnreadableSource(f"{source!r} is not a file or folder", remedy, source=source)
        else:
            yield from self._in_files(source)
        if self._n_left:
            message = (
                f"{source} names {self._n_left:,} more pages than the {self.way.max_links:,} read at once"
            )
            yield UnreadableSource(message, "read it again for the next of them", source=f"{source} (rest)")

    def in_file(self, file: SourceFile) -> Iterator[Piece]:
        """The same for one file, wherever it came from."""
        for found in self.way.read(file):
            yield from self._taken(found, Sighting(place=file.key, watch=self.watch))

    def _in_files(self, source: str) -> Iterator[Piece]:
        is_empty = True
        for path in self.way.find(Path(source)):
            file = local_file(path)
            self.places.add(file.key)
            for found in self.way.read(file):
                is_empty = False
                yield from self._taken(found, Sighting(place=file.key, watch=self.watch))
        if is_empty:
            remedy = f"name a folder that holds {', '.join(SUFFIXES)} files"
            yield UnreadableSource(f"{source} holds no articles", remedy, source=source)

    def _at_address(self, url: str) -> Iterator[Piece]:
        self._followed.add(_key(url))
        match self._fetched(url, self.validators):
            case UnreadableSource() as problem:
                yield problem
            case NotModified():
                known = self.library.source(_key(url))
                yield from [Still(known, self.watch)] if known else []
                yield from self._asked_again()
            case Gone():
                yield self._gone(url, self.library.source(_key(url)))
            case Fetched() as page:
                self.validators = page.validators
                yield from self.in_page(url, page)
                yield from self._asked_again()

    def in_page(self, url: str, page: Fetched) -> Iterator[Piece]:
        """What stands at an address that was named itself: an article, or a feed or sitemap of many."""
        found, place = list(self.way.read(page.source)), page.source.key
        if len(found) == 1 and isinstance(found[0], RawArticle):
            raw = replace(found[0], aliases=(*found[0].aliases, *_keys_of(url, page)))
            raw = replace(raw, metadata=completed(raw.metadata, self._told(raw, url)))
            yield self.arrival(raw, Sighting(place, self.watch, validators=page.validators))
            return
        for piece in found:
            yield from self._taken(piece, Sighting(place, self.watch))
        if not found:
            yield _no_articles(url)

    def _told(self, raw: RawArticle, url: str) -> Metadata:
        """What is known of a page beside what it says: what a feed once said of it."""
        known = self.library.source(raw.key, *raw.aliases)
        if known is None or known.found.entry is None or known.seq is None:
            return Metadata("", key_address(raw.key) or url)
        version = self.library.version(known.seq)
        return version.metadata if version else Metadata("", url)

    def _taken(self, found: RawArticle | Link | UnreadableSource, sighting: Sighting) -> Iterator[Piece]:
        match found:
            case RawArticle():
                yield self.arrival(found, sighting)
            case Link():
                yield from self._at_link(found)
            case UnreadableSource():
                yield found

    def _at_link(self, link: Link) -> Iterator[Piece]:
        """The page that a feed or sitemap names, unless it is known and named as it was before."""
        if not is_web_address(link.url):
            remedy = "nothing to do here; tell whoever makes the feed"
            yield UnreadableSource(f"{link.url} is no web address", remedy, source=link.url)
            return
        key = _key(link.url)
        if key in self._followed:
            return
        self._followed.add(key)
        known, digest = self.library.source(key, *link.aliases), _digest(link)
        entries = (known.found.entry or "").split() if known else []
        # What a person took out comes back when a person asks for it, so it has to be read again.
        is_out = known is not None and known.head is None
        # What was gone may be back, which only its server can say.
        has_to_be_read = (is_out and self.watch is None) or (known is not None and known.gone_utc is not None)
        if known and digest in entries and not has_to_be_read:
            if known.key in self.again:
                self._named[known.key] = link
            else:
                yield Still(known, self.watch)
        elif self._n_fetched >= self.way.max_links:
            self._n_left += 1
        else:
            self._n_fetched += 1
            if known:
                self.again.pop(known.key, None)
            validators = known.found.validators if known and not is_out else Validators()
            entry = " ".join([*entries[1 - MAX_ENTRIES :], digest])
            yield from self._followed_to(link, self._fetched(link.url, validators), known=known, entry=entry)

    def _asked_again(self) -> Iterator[Piece]:
        """The pages that were named before, whether they are named now or not."""
        for known in tuple(self.again.values()):
            link, address = self._named.get(known.key), address_of(known)
            if self._n_fetched >= self.way.max_links:
                self._n_left += 1
                yield from [Still(known, self.watch)] if link else []
            elif link or address:
                self._n_fetched += 1
                self.asked.append(known)
                yield from self._known_page(known, link or remembered(self.library, known, address or ""))

    def _known_page(self, known: Source, link: Link) -> Iterator[Piece]:
        """A page that is known, asked for again; it stays what it was where it is another page now."""
        match self._fetched(link.url, known.found.validators):
            case UnreadableSource() as problem:
                yield problem
            case NotModified():
                yield Still(known, self.watch)
            case Gone():
                yield Vanished(known)
            case Fetched() as page:
                found = next(
                    (each for each in self.way.read(page.source) if not isinstance(each, Link)), None
                )
                if found is None:
                    yield _no_articles(link.url)
                elif isinstance(found, RawArticle) and is_elsewhere(self.library, known, found):
                    yield _elsewhere(link.url)
                else:
                    sighting = Sighting(page.source.key, self.watch, validators=page.validators)
                    named = replace(link, aliases=(*link.aliases, known.key))
                    yield self._linked(found, named, page=page, sighting=sighting)

    def _followed_to(
        self,
        link: Link,
        page: Fetched | NotModified | Gone | UnreadableSource,
        *,
        known: Source | None,
        entry: str,
    ) -> Iterator[Piece]:
        match page:
            case UnreadableSource():
                yield page
            case NotModified():
                yield from [Still(known, self.watch, entry)] if known else []
            case Gone():
                yield self._gone(link.url, known)
            case Fetched():
                in_page = list(self.way.read(page.source))
                found = [each for each in in_page if not isinstance(each, Link)]
                sighting = Sighting(page.source.key, self.watch, entry, page.validators)
                yield from (self._linked(each, link, page=page, sighting=sighting) for each in found[:1])
                if not found:
                    yield from self._below(link, [each for each in in_page if isinstance(each, Link)])

    def _below(self, link: Link, links: list[Link]) -> Iterator[Piece]:
        """The links in what a link leads to, as in the sitemaps that an index of them names."""
        if not links or self._depth >= MAX_DEPTH:
            yield _no_articles(link.url)
            return
        self._depth += 1
        for each in links:
            yield from self._at_link(each)
        self._depth -= 1

    def _linked(
        self, found: RawArticle | UnreadableSource, link: Link, *, page: Fetched, sighting: Sighting
    ) -> Piece:
        if isinstance(found, UnreadableSource):
            return found
        if found.key in self._landed:
            # A page to log in or to consent; were it taken, every link would be known as that page for good.
            remedy = "open it in a browser: it may ask to log in or to consent"
            return UnreadableSource(
                f"{link.url} leads to the same page as another link", remedy, source=link.url
            )
        self._landed.add(found.key)
        told = replace(link.metadata, url=key_address(found.key) or link.metadata.url or link.url)
        aliases = (*found.aliases, *link.aliases, *_keys_of(link.url, page))
        return self.arrival(
            replace(found, metadata=completed(found.metadata, told), aliases=aliases), sighting
        )

    def arrival(self, raw: RawArticle, sighting: Sighting) -> Arrival | UnreadableSource:
        """An article as it is stored, or why it cannot be."""
        article = prepared(raw)
        if isinstance(article, UnreadableSource):
            return article
        # To tell a language takes longer than all else that is done for an article that has not changed.
        known = self.library.source(article.key, *article.aliases)
        if known is not None and known.language and known.hash == article.content_hash():
            return Arrival(replace(article, language=known.language), sighting)
        return Arrival(replace(article, language=detect(article.text)), sighting)

    def _fetched(self, url: str, validators: Validators) -> Fetched | NotModified | Gone | UnreadableSource:
        if self.way.fetch is None:
            message = f"{url} is a web address, and footnote reads files only"
            return UnreadableSource(message, "save the page as text or Markdown and add the file", source=url)
        try:
            return self.way.fetch(url, validators)
        except UnreadableSource as problem:
            return problem

    def _gone(self, url: str, known: Source | None) -> Vanished | UnreadableSource:
        if known is not None:
            return Vanished(known)
        return UnreadableSource(f"{url} is not there (404 or 410)", "check the address", source=url)


def _no_articles(url: str) -> UnreadableSource:
    remedy = "name the page of an article, a feed or a sitemap"
    return UnreadableSource(f"{url} holds no articles", remedy, source=url)


def _elsewhere(url: str) -> UnreadableSource:
    remedy = "open it in a browser: it may ask to log in, or have moved; what was there is kept"
    return UnreadableSource(f"{url} leads to another page than it did", remedy, source=url)


def _key(url: str) -> str:
    return url_key(canonical(url))


def _keys_of(url: str, page: Fetched) -> Iterable[str]:
    """Every key by which a page was reached: as it was asked for, and where it has moved for good."""
    return (_key(url), *([_key(page.moved_to)] if page.moved_to else []))


def _digest(link: Link) -> str:
    """Equal while a feed or sitemap says the same of a page: its date, title and first words."""
    meta = link.metadata
    fields = [link.url, meta.title, meta.source, meta.author, meta.published, link.teaser, link.changed]
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()[:16]

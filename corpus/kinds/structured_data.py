"""Read what a page states of its article for machines: schema.org in JSON-LD, and `meta` tags."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# NewsArticle, BlogPosting, Report and the like, alone or with an address before.
_ARTICLE_TYPE = re.compile(r"(?:.*[/:])?(?:\w*Article|\w*Posting|Report)", re.IGNORECASE)
_MAX_OBJECTS = 1_000
_MAX_DEPTH = 20
_MAX_TYPE_CHARS = 100

_DATE_TAGS = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "og:pubdate",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "article.published",
)
_AUTHOR_TAGS = ("author", "byl", "parsely-author", "sailthru.author", "dc.creator", "citation_author")
_TITLE_TAGS = ("og:title", "twitter:title", "dc.title", "citation_title")
_OUTLET_TAGS = ("og:site_name", "application-name", "dc.publisher", "citation_journal_title")


@dataclass(frozen=True, slots=True)
class Stated:
    """What was found; empty where nothing was.

    Args:
        headlines: Of the page's articles, the likeliest first.
        authors: The names of who wrote the first article that names any.
        dates: When it was published, as it is written, the likeliest first.
        outlets: The names of who published it, the likeliest first.
    """

    headlines: tuple[str, ...]
    authors: tuple[str, ...]
    dates: tuple[str, ...]
    outlets: tuple[str, ...]


def stated_in(tree: HtmlElement, address: str | None = None) -> Stated:
    """What a page states of the article it shows.

    Args:
        tree: The page.
        address: Where it stands, where that is known; what it states of articles elsewhere comes last.
    """
    articles = [one for one in _objects(tree) if _is_article(one)]
    if address is not None:
        articles.sort(key=lambda one: _is_elsewhere(one, address))
    tags = {
        (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower(): tag.get("content", "")
        for tag in reversed(tree.findall(".//meta[@content]"))
    }
    by_authors = [tuple(_names(one.get("author"))) for one in articles]
    by_authors += [(tags[name],) for name in _AUTHOR_TAGS if name in tags]
    return Stated(
        headlines=(*_words(articles, "headline"), *(tags[name] for name in _TITLE_TAGS if name in tags)),
        authors=next(filter(None, by_authors), ()),
        dates=(
            *_words(articles, "datePublished"),
            *(tags[name] for name in _DATE_TAGS if name in tags),
            *_dates_within(tree),
        ),
        outlets=(
            *(tags[name] for name in _OUTLET_TAGS if name in tags),
            *(name for one in articles for name in _names(one.get("publisher"))),
        ),
    )


def _words(articles: list[dict[str, object]], field: str) -> Iterator[str]:
    return (words for one in articles if isinstance(words := one.get(field), str) and words.strip())


def _is_elsewhere(article: dict[str, object], address: str) -> bool:
    """Whether an article states an address, and none that leads to ``address``."""
    page = article.get("mainEntityOfPage")
    stated = [article.get("url"), article.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    paths = {_path(one) for one in stated if isinstance(one, str)}
    return bool(paths) and _path(address) not in paths


def _path(address: str) -> str:
    """Its path, by which a page is the same whatever is said of hosts and how it was reached."""
    try:
        return urlsplit(address).path.rstrip("/")
    except ValueError:
        return address


def _dates_within(tree: HtmlElement) -> Iterator[str]:
    """The dates of microdata: ``<time itemprop=datePublished datetime=…>``."""
    for marked in tree.iterfind(".//*[@itemprop='datePublished']"):
        yield marked.get("datetime") or marked.get("content") or marked.get("title") or ""


def _objects(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """The objects of all JSON-LD in a page, outer before inner, the first thousand."""
    n_objects = 0
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            found = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        level = [found]
        for _ in range(_MAX_DEPTH):
            objects = [one for one in level if isinstance(one, dict)]
            yield from objects
            n_objects += len(objects)
            if not level or n_objects > _MAX_OBJECTS:
                break
            level = [inner for one in level for inner in _inside(one)]


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return [inner for inner in value.values() if isinstance(inner, dict | list)]
    return list(value) if isinstance(value, list) else []


def _is_article(found: dict[str, object]) -> bool:
    types = found.get("@type")
    return any(
        isinstance(one, str) and len(one) <= _MAX_TYPE_CHARS and _ARTICLE_TYPE.fullmatch(one) is not None
        for one in (types if isinstance(types, list) else [types])
    )


def _names(author: object) -> Iterator[str]:
    """The names in an author: text, a person, or a list of them."""
    for one in author if isinstance(author, list) else [author]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip():
            yield name.strip()

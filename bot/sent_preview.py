"""Look at what somebody sent: what it holds, and what adding it would do; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.editor import Glimpse, SentPreview
from bot.inbox import Sent, SentFile, SentPage, SentPost
from corpus.errors import UnreadableSource
from corpus.gather import Arrival, Gathering, Piece, Way
from corpus.keys import is_sent_key
from corpus.library import Library
from corpus.sources import Sighting
from corpus.split import split
from corpus.storing import PutOutcome, PutStatus
from corpus.types import CleanArticle, Link, Metadata, RawArticle
from retrieval.types import Article

# So many articles are compared with the library; the others of a long feed are counted only.
MAX_COMPARED = 50
MAX_LISTED = 5
_MAX_NEAR = 3
_BEGINNING_CHARS = 400

Found = Arrival | RawArticle | Link | UnreadableSource


def look_at(sent: Sent, library: Library, way: Way) -> Look:
    """What there is in what was sent.

    Args:
        sent: What was sent.
        library: Asked for what is known already.
        way: How files are read.

    Raises:
        UnreadableSource: It holds nothing that could be added.
    """
    gathering, look = Gathering(library, way), Look(sent.origin)
    for found in _found_in(sent, gathering):
        if isinstance(found, RawArticle) and look.has_room():
            look.take(gathering.arrival(found, Sighting()))
        else:
            look.take(found)
    if look.n_articles + look.n_links == 0:
        remedy = "send the page or file of an article, a feed, or a post with words"
        raise look.problem or UnreadableSource(f"{sent.origin} holds no articles", remedy, source=sent.origin)
    return look


def _found_in(sent: Sent, gathering: Gathering) -> Iterator[Found | Piece]:
    read = gathering.way.read
    match sent:
        case SentFile(file):
            yield from read(file)
        case SentPost(article):
            yield article
        case SentPage(url, page):
            found = list(read(page.source))
            if len(found) == 1 and isinstance(found[0], RawArticle):
                yield from gathering.in_page(url, page)
            else:
                yield from found


@dataclass(slots=True)
class Look:
    """What was found in what was sent.

    Attributes:
        origin: What a person would call it.
        articles: The first articles, ready to be stored.
        listed: What is known of the first articles and links.
        problem: Why the first of those that cannot be read cannot.
    """

    origin: str
    articles: list[CleanArticle] = field(default_factory=list)
    listed: list[Metadata] = field(default_factory=list)
    problem: UnreadableSource | None = None
    n_articles: int = 0
    n_links: int = 0
    n_problems: int = 0

    def take(self, found: Found | Piece) -> None:
        """Count and remember one of them."""
        match found:
            case UnreadableSource():
                self.n_problems += 1
                self.problem = self.problem or found
            case Arrival(article):
                self.articles.append(article)
                self.n_articles += 1
                self._list(article.metadata)
            case RawArticle():
                self.n_articles += 1
                self._list(found.metadata)
            case Link():
                self.n_links += 1
                self._list(found.metadata)

    def preview(self, sent_id: str, library: Library, max_passage_chars: int) -> SentPreview:
        """What adding it would do.

        Args:
            sent_id: By which it is kept.
            library: It is left as it is.
            max_passage_chars: Of the longest passage.
        """
        outcomes = _outcomes(library, self.articles)
        glimpses = tuple(map(self._glimpse, self.articles, outcomes, [max_passage_chars] * len(outcomes)))
        is_alone = self.n_articles + self.n_links == 1 and bool(glimpses)
        return SentPreview(
            sent_id=sent_id,
            origin=self.origin,
            glimpses=glimpses,
            listed=tuple(self.listed),
            n_articles=self.n_articles,
            n_links=self.n_links,
            n_problems=self.n_problems,
            problem=self.problem,
            has_same_name=is_alone and glimpses[0].status == "updated" and is_sent_key(self.articles[0].key),
        )

    def has_room(self) -> bool:
        """Whether another article would be compared with the library."""
        return len(self.articles) < MAX_COMPARED

    def _list(self, about: Metadata) -> None:
        if len(self.listed) < MAX_LISTED:
            self.listed.append(about)

    def _glimpse(self, article: CleanArticle, outcome: _Outcome, max_passage_chars: int) -> Glimpse:
        return Glimpse(
            metadata=article.metadata,
            beginning=_beginning(article.text),
            language=article.language,
            n_passages=len(split(article.text, article.language, max_passage_chars)),
            status=outcome.status,
            known=outcome.known,
            near=outcome.near,
        )


def _beginning(text: str) -> str:
    if len(text) <= _BEGINNING_CHARS:
        return text
    return text[:_BEGINNING_CHARS].rsplit(maxsplit=1)[0] + "…"


@dataclass(frozen=True, slots=True)
class _Outcome:
    status: PutStatus
    known: Article | None
    near: tuple[Article, ...]


def _outcomes(library: Library, articles: list[CleanArticle]) -> list[_Outcome]:
    with library.trial():
        put = [library.put(article) for article in articles]
    return [_outcome(library, article, each) for article, each in zip(articles, put, strict=True)]


def _outcome(library: Library, article: CleanArticle, put: PutOutcome) -> _Outcome:
    about = None if put.status == "added" else library.about(put.article_id)
    known = None if about is None else Article(put.article_id, about)
    # An article with the same words is said to be that, not to be like others.
    alike = library.near_text(article.text) if put.status in ("added", "updated") else ()
    ids = [each.article_id for each in alike if each.article_id != put.article_id][:_MAX_NEAR]
    near = tuple(Article(each, found) for each in ids if (found := library.about(each)))
    return _Outcome(put.status, known, near)

"""What passes between the steps of answering a question, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from corpus.types import Metadata, Span
from retrieval.filters import NO_FILTERS, Filters, Kind

Stage = Literal["dense", "lexical"]


@dataclass(frozen=True, slots=True)
class Turn:
    """Something said earlier in the conversation."""

    role: Literal["user", "agent"]
    text: str

    def __post_init__(self) -> None:
        if self.role not in ("user", "agent"):
            raise ValueError(f"a turn is of user or agent, got {self.role!r}")


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was asked, with what was said before.

    Args:
        text: The question.
        history: Earlier turns of the same conversation, oldest first.
        asked: The day of asking, None for today.
        filters: What an article must be to be searched.
        wide: What is asked where filters in ordinary words give way; the question itself where empty.
        hurried: Whether others wait behind it: then it is read only as far as the verdict needs.
    """

    text: str
    history: tuple[Turn, ...] = ()
    asked: date | None = None
    filters: Filters = NO_FILTERS
    wide: str = ""
    hurried: bool = False

    def widened(self) -> Query:
        """The question without those filters that were read from ordinary words."""
        return replace(
            self, text=self.wide or self.text, filters=self.filters.without(*self.filters.worded), wide=""
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found by one stage.

    Args:
        passage_id: The passage's stable id in its snapshot.
        score: Higher is better; cosine for ``dense``, BM25 for ``lexical``; never compared across stages.
        stage: Which search gave it.
    """

    passage_id: int
    score: float
    stage: Stage


@dataclass(frozen=True, slots=True)
class Article:
    """What a citation says of the article it quotes."""

    id: str
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A verbatim slice of one stored version: ``text == version.text[span.start:span.end]``.

    Args:
        article: The article it quotes.
        version: Hex hash of the version it is a slice of.
        version_seq: The version's number in its library.
        span: Where it stands in the version's text.
        text: The words themselves.
        highlights: Ordered, disjoint spans within ``text``: the words that answer, or match the question.
        score: The calibrated probability that it answers, in [0, 1].
        also_in: Other articles that tell the same in the same words, newest first.
        seal: That of the version, once the excerpt was compared with it; see `ArticleVersion`.
    """

    article: Article
    version: str
    version_seq: int
    span: Span
    text: str
    highlights: tuple[Span, ...]
    score: float
    also_in: tuple[Article, ...] = ()
    seal: str = field(default="", repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.text) != len(self.span):
            raise ValueError(f"excerpt of {len(self.text)} characters does not fill {self.span}")
        edge = 0
        for span in self.highlights:
            if span.start < edge or span.end > len(self.text):
                raise ValueError(f"highlight {span} overlaps or leaves an excerpt of {len(self.text)}")
            edge = span.end
        ids = [self.article.id, *(article.id for article in self.also_in)]
        if len(ids) != len(set(ids)):
            raise ValueError(f"an excerpt names each article once, got {ids}")


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """What a reader is told of the snapshot that answered.

    Args:
        id: Its folder's name.
        built_at: ISO 8601 moment, UTC.
        articles: How many articles it holds.
        passages: How many passages it holds.
        newest: ISO 8601 date of the newest article, None where no article states one.
    """

    id: str
    built_at: str
    articles: int
    passages: int
    newest: str | None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which of the articles a reply was looked for in.

    Args:
        filters: What was asked of an article.
        articles: How many were let through, None where nothing was asked of them and all were searched.
        dropped: What was read from ordinary words and gave way, since what it let through does not answer.
    """

    filters: Filters = NO_FILTERS
    articles: int | None = None
    dropped: Filters = NO_FILTERS


EVERYWHERE = Scope()


@dataclass(frozen=True, slots=True)
class Answer:
    """The first excerpt answers the question, with this calibrated probability.

    Args:
        question: As it was asked, without its filters.
        searched: What was searched for; the question itself where earlier turns did not matter.
        confidence: The probability that the first excerpt answers.
        excerpts: Best first.
        snapshot: What was searched.
        scope: Which of its articles were.
    """

    question: str
    searched: str
    confidence: float
    excerpts: tuple[Excerpt, ...]
    snapshot: SnapshotInfo
    scope: Scope = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Related:
    """Close, but not an answer: the excerpts are what the articles hold nearest to the question.

    The fields are those of `Answer`.
    """

    question: str
    searched: str
    confidence: float
    excerpts: tuple[Excerpt, ...]
    snapshot: SnapshotInfo
    scope: Scope = EVERYWHERE


@dataclass(frozen=True, slots=True)
class NotFound:
    """The articles do not hold the answer; the fields are those of `Answer`."""

    question: str
    searched: str
    confidence: float
    snapshot: SnapshotInfo
    scope: Scope = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Nearest:
    """What the articles hold nearest to a question, however far that is.

    Args:
        excerpts: Best first, nothing in them marked.
        articles: Those that were found, best first, each once.
    """

    excerpts: tuple[Excerpt, ...]
    articles: tuple[Article, ...]


Reply = Answer | Related | NotFound
Verdict = Literal["answer", "related", "not_found"]


def verdict_of(reply: Reply) -> Verdict:
    """The verdict in one word, as every JSON output has it."""
    match reply:
        case Answer():
            return "answer"
        case Related():
            return "related"
        case NotFound():
            return "not_found"


@dataclass(frozen=True, slots=True)
class Widening:
    """A way to ask the same of more articles, and what comes of it.

    Args:
        query: What to ask.
        dropped: The kinds of filters that it leaves out.
        articles: How many articles it lets through.
        verdict: Its verdict.
    """

    query: Query
    dropped: tuple[Kind, ...]
    articles: int
    verdict: Verdict

"""From ranked passages to the excerpts that would be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.types import Span
from retrieval.excerpt import choose_span
from retrieval.folding import Report, report, retells
from retrieval.highlight import Sought, highlight
from retrieval.lexical import terms
from retrieval.passages import PassageStore, StoredPassage
from retrieval.premises import missing_premises
from retrieval.ranking import Asked, Candidate, Ranker
from retrieval.reprints import reprints
from retrieval.types import Excerpt


@dataclass(frozen=True, slots=True)
class QuoteOptions:
    """What may be shown.

    Args:
        max_excerpts: At most so many in a reply.
        max_an_article: At most so many of them from one article.
        max_excerpt_chars: How far neighbours may widen an excerpt.
    """

    max_excerpts: int = 3
    max_an_article: int = 2
    max_excerpt_chars: int = 400


DEFAULT_QUOTES = QuoteOptions()


@dataclass(frozen=True, slots=True)
class Quoted:
    """An excerpt with what is known of it.

    Args:
        excerpt: What would be shown.
        candidate: What it was cut from.
        told: Its words, to compare it by with those of other articles.
        missing: Words of the question that it does not bear out (`retrieval.premises`).
    """

    excerpt: Excerpt
    candidate: Candidate
    told: Report
    missing: tuple[str, ...]


class Quoter:
    """Cuts excerpts from the passages of one snapshot. Thread-safe, and without side effects."""

    def __init__(self, ranker: Ranker, passages: PassageStore, options: QuoteOptions) -> None:
        self._ranker = ranker
        self._passages = passages
        self._options = options

    def choose(
        self,
        candidates: Sequence[Candidate],
        quoted: Callable[[Candidate], Quoted],
        wanted: int | None = None,
    ) -> list[Quoted]:
        """The first excerpts, no words twice and not too many of one article.

        Several articles may tell the same, as reprints of one agency report do: the best is shown, and
        names the others.

        Args:
            candidates: Best first.
            quoted: Cuts the excerpt of one; that takes a while, and is asked only of those that may be shown.
            wanted: At most so many excerpts; as the options say where None.
        """
        wanted = wanted or self._options.max_excerpts
        shown: list[Quoted] = []
        for candidate in candidates:
            same = [other for other in shown if _article_id(other) == candidate.stored.article_id]
            if len(same) == self._options.max_an_article:
                continue
            each = quoted(candidate)
            is_new = not any(retells(each.told, other.told) for other in shown)
            if is_new and not any(each.excerpt.span.overlaps(other.excerpt.span) for other in same):
                shown.append(each)
            if len(shown) == wanted:
                break
        found = [candidate.stored for candidate in candidates]
        return [replace(each, excerpt=self._with_reprints(each, found)) for each in shown]

    def quote(self, asked: Asked, candidate: Candidate) -> Quoted:
        """The sentence of the passage that answers best, with neighbours, as far as the article goes."""
        stored = candidate.stored
        version = self._passages.version(stored.version_seq)
        near = self._passages.near(stored, self._options.max_excerpt_chars)
        scores = self._ranker.sentence_scores(asked, near)
        start = stored.first_sentence - near[0].first_sentence
        sentences = [span for passage in near for span in passage.passage.sentences]
        best = max(range(start, start + stored.n_sentences), key=lambda row: scores[row])
        span = choose_span(
            version.text, sentences, scores, best=best, max_chars=self._options.max_excerpt_chars
        )
        text, answering = span.of(version.text), sentences[best]
        sought = Sought(
            asked.reading.question,
            stored.language,
            wanted=asked.terms[stored.language],
            terms=lambda words: terms(words, stored.language),
        )
        excerpt = Excerpt(
            article=version.article,
            version=version.hash,
            version_seq=version.seq,
            span=span,
            text=text,
            highlights=highlight(
                text, Span(answering.start - span.start, answering.end - span.start), sought
            ),
            score=candidate.score,
        )
        shown = [sentence for sentence in sentences if sentence.overlaps(span)]
        told = report(
            [sentence.of(version.text) for sentence in shown],
            best=shown.index(answering),
            outlet=version.article.metadata.source,
        )
        return Quoted(excerpt, candidate, told, _missing(asked, excerpt, stored))

    def _with_reprints(self, quoted: Quoted, found: Iterable[StoredPassage]) -> Excerpt:
        also_in = reprints(quoted.excerpt, quoted.told, found, self._passages)
        return replace(quoted.excerpt, also_in=also_in)


def _article_id(quoted: Quoted) -> str:
    return quoted.candidate.stored.article_id


def titled(excerpt: Excerpt) -> str:
    """The excerpt under its title, which says what "he" and "it" are."""
    return f"{excerpt.article.metadata.title}\n{excerpt.text}"


def _missing(asked: Asked, excerpt: Excerpt, stored: StoredPassage) -> tuple[str, ...]:
    if asked.is_across(stored.language):
        return ()  # what is named in another language is spelt otherwise
    header = (excerpt.article.metadata.source, excerpt.article.metadata.author, stored.published)
    around = "\n".join(filter(None, (*header, stored.text)))
    return missing_premises(asked.reading.question, titled(excerpt), around, stored.language)

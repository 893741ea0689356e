"""Questions to begin with, made of the library's own words and tried out before they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bot.catalogue import LOCALES
from bot.desk import SampleQuestion
from bot.question import tidy
from bot.words import Words
from corpus.types import ArticleVersion, Span
from retrieval.examples import ExampleKind, examples_in
from retrieval.receipt import receipt_of
from retrieval.types import Answer, Article, Excerpt, Query, Reply

SHOWN = 3
# Of each article so many are tried, and so many in all: trying one takes as long as answering it.
_TRIED_AN_ARTICLE = 2
_TRIED = 12


def sample_questions(
    versions: Iterable[ArticleVersion], answer: Callable[[Query], Reply]
) -> tuple[SampleQuestion, ...]:
    """Up to three questions about different articles, each answered by the article it was made of.

    Args:
        versions: The articles, those to begin with first.
        answer: Tries a question.
    """
    chosen: list[SampleQuestion] = []
    n_tried = 0
    for version in versions:
        for question in _possible(version):
            n_tried += 1
            if _is_answered(question, version, answer(Query(question_text(question)))):
                chosen.append(question)
                break
            if n_tried == _TRIED:
                return tuple(chosen)
        if len(chosen) == SHOWN:
            break
    return tuple(chosen)


def question_text(question: SampleQuestion) -> str:
    """The question as it is asked, in the language of the article."""
    return question_about(question.kind, question.name, question.language)


def question_about(kind: ExampleKind, name: str, language: str) -> str:
    """A question about ``name`` in one of the languages of `LOCALES`."""
    return tidy(Words(language)(f"example-{kind}", name=name))


def _possible(version: ArticleVersion) -> Iterator[SampleQuestion]:
    if version.language not in LOCALES:
        return
    found = examples_in(version.text, version.language)
    for example, _ in zip(found, range(_TRIED_AN_ARTICLE), strict=False):
        name, receipt = example.span.of(version.text), receipt_of(_excerpt(version, example.span))
        yield SampleQuestion(example.kind, name, version.language, receipt)


def _is_answered(question: SampleQuestion, version: ArticleVersion, reply: Reply) -> bool:
    if not isinstance(reply, Answer):
        return False
    first = reply.excerpts[0]
    return first.article.id == version.article_id and question.name in first.text


def _excerpt(version: ArticleVersion, span: Span) -> Excerpt:
    article = Article(version.article_id, version.metadata)
    quoted = span.of(version.text)
    return Excerpt(article, version.hash, version.seq, span, quoted, (), 0.0, seal=version.seal)

"""Finds the other articles that tell the same as an excerpt, among the passages that were searched."""

from __future__ import annotations

from collections.abc import Iterable

from retrieval.folding import Report, may_retell, report, retells
from retrieval.passages import PassageStore, StoredPassage
from retrieval.types import Article, Excerpt


def reprints(
    excerpt: Excerpt, told: Report, searched: Iterable[StoredPassage], passages: PassageStore
) -> tuple[Article, ...]:
    """The articles that tell the same, newest first, those without a date last.

    Args:
        excerpt: What is shown.
        told: Its words.
        searched: Passages that may tell it too, best first.
        passages: Where they are from: an excerpt may stand on both sides of a passage's edge.
    """
    found = {excerpt.article.id: excerpt.article}
    for stored in searched:
        if stored.article_id in found or not may_retell(stored.text, told):
            continue
        near = passages.near(stored, len(excerpt.text))
        sentences = [sentence for passage in near for sentence in passage.sentence_texts()]
        if retells(told, report(sentences, outlet=stored.source)):
            found[stored.article_id] = passages.version(stored.version_seq).article
    _, *others = found.values()
    return tuple(sorted(others, key=lambda article: article.metadata.published or "", reverse=True))

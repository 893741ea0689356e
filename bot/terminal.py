"""What the command line shows: replies as text, replies as JSON, and progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from bot import words
from bot.link import sentence_link
from corpus.types import ArticleVersion, Span
from retrieval.build_types import Progress
from retrieval.receipt import receipt_of
from retrieval.types import Answer, Article, Excerpt, NotFound, Reply

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def reply_text(reply: Reply, *, styled: bool) -> str:
    """A reply for reading on a terminal: numbered quotations, each with its citation below.

    Args:
        reply: What to show.
        styled: Write the matching words in bold; for terminals only.
    """
    if isinstance(reply, NotFound):
        return words.not_found(reply.snapshot)
    heading = "" if isinstance(reply, Answer) else f"{words.RELATED_HEADING}\n\n"
    blocks = (
        _quotation(number, excerpt, styled=styled) for number, excerpt in enumerate(reply.excerpts, start=1)
    )
    return heading + "\n\n".join([*blocks, words.freshness(reply.snapshot)])


def reply_json(reply: Reply, took_ms: float) -> dict[str, object]:
    """A reply as the object that `footnote ask --json` prints."""
    verdict = {Answer: "answer", NotFound: "not_found"}.get(type(reply), "related")
    excerpts = () if isinstance(reply, NotFound) else reply.excerpts
    snapshot = reply.snapshot
    return {
        "question": reply.question,
        "verdict": verdict,
        "confidence": round(reply.confidence, 4),
        "excerpts": [_excerpt_json(number, excerpt) for number, excerpt in enumerate(excerpts, start=1)],
        "snapshot": {
            "id": snapshot.id,
            "built_at": snapshot.built_at,
            "articles": snapshot.articles,
            "passages": snapshot.passages,
            "newest": snapshot.newest,
        },
        "took_ms": round(took_ms, 1),
    }


def article_json(article: Article) -> dict[str, str | None]:
    """An article as it stands in every JSON output."""
    about = article.metadata
    return {
        "id": article.id,
        "title": about.title,
        "url": about.url,
        "source": about.source,
        "author": about.author,
        "published": about.published,
    }


def receipt_json(excerpt: Excerpt, latest: ArticleVersion | None) -> dict[str, object]:
    """What a receipt stands for, and whether the article has changed since."""
    return {
        "receipt": receipt_of(excerpt),
        "verified": True,
        "article": article_json(excerpt.article),
        "version": excerpt.version,
        "start": excerpt.span.start,
        "end": excerpt.span.end,
        "text": excerpt.text,
        "state": _state(excerpt, latest),
    }


def receipt_text(excerpt: Excerpt, latest: ArticleVersion | None) -> str:
    """The same for reading."""
    state = {
        "current": "Verified: these words stand in the article as it is now.",
        "updated": "Verified: these words stood in the article. It was updated since.",
        "removed": "Verified: these words stood in the article. It was removed since.",
    }[_state(excerpt, latest)]
    where = f"version {excerpt.version[:12]}, characters {excerpt.span.start:,}–{excerpt.span.end:,}"
    return f"{_quotation(1, excerpt, styled=False)}\n\n{state}\n{where}"


def _state(excerpt: Excerpt, latest: ArticleVersion | None) -> Literal["current", "updated", "removed"]:
    if latest is None:
        return "removed"
    return "current" if latest.hash == excerpt.version else "updated"


@contextmanager
def progress_shown() -> Iterator[Callable[[Progress], None]]:
    """Shows a build's progress on stderr: a bar on a terminal, a line a stage elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _progress_lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=console) as bars:
        task = bars.add_task("starting", total=None)

        def show(at: Progress) -> None:
            bars.update(task, description=at.stage, completed=at.done, total=at.total or None)

        yield show


def _progress_lines() -> Callable[[Progress], None]:
    """One line when a stage begins and one at each tenth of it."""
    said: list[tuple[str, int]] = []

    def show(at: Progress) -> None:
        tenth = 10 * at.done // at.total if at.total else 0
        if (at.stage, tenth) not in said[-1:]:
            said[:] = [(at.stage, tenth)]
            print(f"{at.stage}: {at.done:,} of {at.total:,}", file=sys.stderr)  # noqa: T201 - this is the output

    return show


def _quotation(number: int, excerpt: Excerpt, *, styled: bool) -> str:
    text = _bold(excerpt.text, excerpt.highlights) if styled else excerpt.text
    about = excerpt.article.metadata
    date = words.day(about.published) if about.published else None
    said = " · ".join(part for part in (about.title, about.source, date) if part)
    quoted = "\n".join(f"  │ {line}".rstrip() for line in text.split("\n"))
    lines = [quoted, f"  [{number}] {said or words.UNTITLED}", f"      {excerpt.article.metadata.url or ''}"]
    return "\n".join([*(line for line in lines if line.strip()), f"      receipt {receipt_of(excerpt)}"])


def _bold(text: str, spans: tuple[Span, ...]) -> str:
    for span in reversed(spans):
        text = f"{text[: span.start]}{_BOLD}{span.of(text)}{_PLAIN}{text[span.end :]}"
    return text


def _excerpt_json(number: int, excerpt: Excerpt) -> dict[str, object]:
    return {
        "n": number,
        "text": excerpt.text,
        "highlights": [[span.start, span.end] for span in excerpt.highlights],
        "score": round(excerpt.score, 4),
        "link": sentence_link(excerpt.article.metadata.url, excerpt.text),
        "receipt": receipt_of(excerpt),
        "article": article_json(excerpt.article),
        "version": excerpt.version,
        "start": excerpt.span.start,
        "end": excerpt.span.end,
    }

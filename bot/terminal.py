"""What the command line shows: replies as text, and replies as JSON."""

from __future__ import annotations

import shutil
import sys
from dataclasses import asdict

from bot.link import page_link, sentence_link
from bot.narrowed import (
    NO_OFFERS,
    Offers,
    filters_json,
    offer_lines,
    offers_json,
    scope_lines,
)
from bot.words import ENGLISH, MAX_ALSO_IN
from corpus.types import ArticleVersion, Span
from retrieval.build_types import Preview
from retrieval.receipt import receipt_of
from retrieval.types import Answer, Article, Excerpt, NotFound, Reply, verdict_of

BOLD, PLAIN = "\x1b[1m", "\x1b[0m"
_BAR = "│ "
_INDENT = "  "
_MAX_LINE_CHARS = 100
# Of what was searched for; a catalogue takes no value of more than 2,500 characters.
_NOTE_CHARS = 900
_NOTHING_TO_SEARCH = "There are no articles to search. Next: footnote add FOLDER, then footnote reindex"


def reply_text(reply: Reply, width: int | None = None, offered: Offers = NO_OFFERS) -> str:
    """A reply for reading: numbered quotations, each with its citation below.

    Args:
        reply: What to show.
        offered: What may be asked instead.
        width: Of the terminal, where long lines are broken and the marked words are bold; without one
            a quotation keeps its lines as they are in the article.
    """
    note = (
        []
        if reply.searched == reply.question
        else [ENGLISH("searched-for", question=reply.searched[:_NOTE_CHARS])]
    )
    note += scope_lines(ENGLISH, reply)
    if isinstance(reply, NotFound):
        said = ENGLISH("not-found-there") if reply.scope.filters else ENGLISH.not_found(reply.snapshot)
        empty = [] if reply.snapshot.articles else [_NOTHING_TO_SEARCH]
        return "\n\n".join([said, *empty, *note, *offer_lines(ENGLISH, offered)])
    heading = [] if isinstance(reply, Answer) else [ENGLISH("related-heading")]
    if width is not None:
        heading = [f"{BOLD}{line}{PLAIN}" for line in heading]
    heading += note
    blocks = (cited(number, excerpt, width) for number, excerpt in enumerate(reply.excerpts, start=1))
    return "\n\n".join([*heading, *blocks, ENGLISH.freshness(reply.snapshot)])


def reply_json(reply: Reply, took_ms: float, offered: Offers = NO_OFFERS) -> dict[str, object]:
    """A reply as the object that `footnote ask --json` prints."""
    scope = reply.scope
    excerpts = () if isinstance(reply, NotFound) else reply.excerpts
    return {
        "question": reply.question,
        "searched": reply.searched,
        "verdict": verdict_of(reply),
        "confidence": round(reply.confidence, 4),
        "excerpts": [_excerpt_json(number, excerpt) for number, excerpt in enumerate(excerpts, start=1)],
        "filters": filters_json(scope.filters),
        "dropped": filters_json(scope.dropped),
        "searched_articles": reply.snapshot.articles if scope.articles is None else scope.articles,
        **offers_json(offered),
        "snapshot": asdict(reply.snapshot),
        "took_ms": round(took_ms, 1),
    }


def said_json(line: str, said: str) -> dict[str, str]:
    """What `footnote chat --json` prints for a command, and for a question that cannot be answered."""
    return {"command": line, "said": said} if line.startswith("/") else {"question": line, "problem": said}


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


def article_text(version: ArticleVersion) -> str:
    """An article as one line: id, date, outlet and title, as far as they are known."""
    about = version.metadata
    known = (
        version.article_id,
        (about.published or "")[:10],
        about.source,
        about.title or ENGLISH("untitled"),
    )
    return "  ".join(part for part in known if part)


def preview_json(preview: Preview) -> dict[str, object]:
    """What a reindex would change as the object that `footnote reindex --dry-run --json` prints."""
    kinds = {"added": preview.added, "updated": preview.updated, "removed": preview.removed}
    named = {kind: [article_json(article) for article in articles] for kind, articles in kinds.items()}
    return {**asdict(preview.changes), "articles": named, "refusal": preview.refusal}


def setting_text(row: dict[str, object]) -> str:
    """A setting as one line: name, value, and where the value came from."""
    value = row["value"]
    if isinstance(value, tuple):
        value = ", ".join(map(str, value))
    shown = "not set" if value in (None, "") else value
    return f"{row['name']} = {shown}  ({row['origin']})"


def cited(number: int, excerpt: Excerpt, width: int | None = None) -> str:
    """A quotation with its citation, link and receipt below; for ``width`` see `reply_text`."""
    about = excerpt.article.metadata
    date = ENGLISH.day(about.published) if about.published else None
    known = (about.title or ENGLISH("untitled"), about.author, about.source, date)
    said = " · ".join(filter(None, known))
    lines = [quoted(excerpt.text, width, excerpt.highlights), f"[{number}] {said}"]
    address = page_link(about.url)
    lines += [f"    {address}"] if address else []
    lines += [f"    {line}" for line in _also_in(excerpt)]
    return indented("\n".join([*lines, f"    receipt {receipt_of(excerpt)}"]))


def quoted(text: str, width: int | None = None, highlights: tuple[Span, ...] = ()) -> str:
    """Every line of ``text`` behind a bar; for ``width`` see `reply_text`."""
    if width is not None:
        room = min(width, _MAX_LINE_CHARS) - len(_INDENT) - len(_BAR)
        text = _bold(_broken(text, room), highlights)
    return "\n".join(f"{_BAR}{line}".rstrip() for line in text.split("\n"))


def indented(text: str) -> str:
    """Every line of ``text`` a little to the right."""
    return "\n".join(f"{_INDENT}{line}".rstrip() for line in text.split("\n"))


def is_typed() -> bool:
    """Whether somebody types the input, and sees it."""
    return sys.stdin.isatty()


def terminal_width() -> int | None:
    """Of the terminal that the output goes to, None where it goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _also_in(excerpt: Excerpt) -> list[str]:
    """A line for each other article that tells the same, and one that counts the rest."""
    lines = []
    for article in excerpt.also_in[:MAX_ALSO_IN]:
        about = article.metadata
        date = ENGLISH.day(about.published) if about.published else None
        known = (about.source or about.title or ENGLISH("untitled"), date, page_link(about.url))
        lines.append(ENGLISH("also-in") + " " + " · ".join(part for part in known if part))
    left = len(excerpt.also_in) - len(lines)
    return [*lines, ENGLISH("and-more", number=left)] if left else lines


def _broken(text: str, width: int) -> str:
    """``text`` with spaces turned into line breaks where a line would be longer than ``width``."""
    letters = list(text)
    start = 0
    while start + width < len(text):
        end = text.find("\n", start, start + width + 1)
        if end == -1:
            end = text.rfind(" ", start, start + width + 1)
            end = end if end != -1 else text.find(" ", start)
        if end == -1:
            break
        letters[end] = "\n"
        start = end + 1
    return "".join(letters)


def _bold(text: str, spans: tuple[Span, ...]) -> str:
    for span in reversed(spans):
        bold = span.of(text).replace("\n", f"{PLAIN}\n{BOLD}")  # the bar before a line stays plain
        text = f"{text[: span.start]}{BOLD}{bold}{PLAIN}{text[span.end :]}"
    return text


def _excerpt_json(number: int, excerpt: Excerpt) -> dict[str, object]:
    return {
        "n": number,
        "text": excerpt.text,
        "highlights": [[span.start, span.end] for span in excerpt.highlights],
        "score": round(excerpt.score, 4),
        "link": sentence_link(excerpt.article.metadata.url, excerpt.text),
        "also_in": [article_json(article) for article in excerpt.also_in],
        "receipt": receipt_of(excerpt),
        "article": article_json(excerpt.article),
        "version": excerpt.version,
        "start": excerpt.span.start,
        "end": excerpt.span.end,
    }

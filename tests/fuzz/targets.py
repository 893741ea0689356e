"""What is fuzzed: from bytes to a promise that must hold for all of them.

Each target takes bytes and returns nothing; what it raises is a finding. `fuzz.py` runs one with coverage to
lead it, `test_fuzz.py` all of them on the inputs that are kept and on a few changes of those.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from bot import render
from bot.question import objection, tidy
from bot.simulator.entities import n_units
from bot.simulator.html import HtmlError, parse_html
from bot.simulator.types import Message
from bot.simulator.wording import word_message
from bot.simulator.world import GROUP, READER
from bot.words import ENGLISH
from corpus.clean import clean, clean_line
from corpus.errors import UnreadableSource
from corpus.jsonl import load_jsonl
from corpus.kinds.docx import load_docx
from corpus.kinds.epub import load_epub
from corpus.kinds.html import load_html
from corpus.kinds.pdf import load_pdf
from corpus.kinds.telegram import load_telegram
from corpus.kinds.xml import load_xml
from corpus.load import load_text, local_file
from corpus.source_file import SourceFile
from corpus.split import split
from corpus.types import Link, Metadata, RawArticle, Span
from retrieval.mentioned import named_periods
from retrieval.read_filters import read_filters
from retrieval.types import Article, Excerpt, SnapshotInfo

CORPUS = Path(__file__).with_name("corpus")
_SNAPSHOT = SnapshotInfo("s1", "2026-05-15T09:30:00Z", 1204, 9000, "2026-05-14")
_TODAY = date(2026, 5, 14)
_OFFSET = re.compile(r"byte offset (\d+)")
_FOLDER = Path(tempfile.mkdtemp(prefix="footnote-fuzz-"))


def renderer(content: bytes) -> None:
    """Telegram takes every answer, which quotes what it quotes letter by letter."""
    text, title, source, url, marks = (*_words(content).split("\0", 4), "", "", "", "")[:5]
    text = clean(text, "plain") or "x"
    places = sorted({ord(each) % (len(text) + 1) for each in marks})
    highlights = tuple(Span(*pair) for pair in zip(places[::2], places[1::2], strict=False))
    about = Metadata(title, url or None, source or None, title[:9] or None)
    excerpt = Excerpt(Article("a", about), "0f" * 32, 7, Span(0, len(text)), text, highlights, 1.0)

    html = render.excerpts(ENGLISH, "answer", (excerpt,) * 3, snapshot=_SNAPSHOT).html
    said, entities = word_message(html, "HTML", None, lambda user_id: None)

    message = Message(GROUP, 1, READER, 0, said, entities=entities)
    quoted = [message.slice(each) for each in entities if "blockquote" in each.kind]
    assert n_units(said) <= 4096
    assert len(parse_html(html)[1]) <= 100
    assert quoted
    assert all(text == each for each in quoted) or text.startswith(quoted[0])
    assert not [each for each in entities if each.kind in ("mention", "bot_command")]


def html_rules(content: bytes) -> None:
    """Markup is read, or refused at a place that it has; what is read has its entities inside its text."""
    markup = _words(content)
    text, entities, refusal = "", (), ""
    try:
        text, entities = parse_html(markup)
    except HtmlError as error:
        refusal = str(error)
    assert all(int(place) <= len(markup.encode()) for place in _OFFSET.findall(refusal))
    assert all(each.offset >= 0 and each.length > 0 and each.end <= n_units(text) for each in entities)


def query(content: bytes) -> None:
    """Every question can be read for its filters, and what is left of it can be asked, or objected to."""
    question = tidy(_words(content))
    assert tidy(question) == question
    read = read_filters(question, _TODAY, lambda kind, name: len(name) % 2 == 0)
    named_periods(question, _TODAY)
    objection(ENGLISH, read.text)
    for problem in read.problems:
        assert problem.example
    if not read.problems:
        again = read_filters(read.filters.written(read.text), _TODAY)
        assert len(again.filters.kinds) >= len(read.filters.kinds)


def splitter(content: bytes) -> None:
    """Passages stand in order inside the text, within the limit, and leave out nothing but white space."""
    words = _words(content)
    limit = 1 + (content[0] if content else 0)
    text = clean(words, "plain")
    assert clean(text, "plain") == text
    edge = 0
    for passage in split(text, "de" if limit % 2 else "en", limit):
        assert edge <= passage.span.start
        assert not text[edge : passage.span.start].strip()
        assert len(passage.span) <= limit
        places = [place for span in passage.sentences for place in (span.start, span.end)]
        assert places == sorted(places)
        edge = passage.span.end
    assert not text[edge:].strip()


def loaders() -> dict[str, Callable[[bytes], None]]:
    """A target for each kind of file: it gives articles, links, or words on why it cannot be read."""
    kinds: dict[str, Callable[[SourceFile], Iterator[object]]] = {
        "x.txt": lambda source: iter([load_text(source, "plain")]),
        "x.md": lambda source: iter([load_text(source, "markdown")]),
        "x.jsonl": lambda source: load_jsonl(source.path),
        "x.html": load_html,
        "x.xml": load_xml,
        "x.json": load_telegram,
        "x.docx": load_docx,
        "x.epub": load_epub,
        "x.pdf": load_pdf,
    }
    return {name.partition(".")[2]: _loader(name, load) for name, load in kinds.items()}


def _loader(name: str, load: Callable[[SourceFile], Iterator[object]]) -> Callable[[bytes], None]:
    def target(content: bytes) -> None:
        path = _FOLDER / name
        path.write_bytes(content)
        try:
            for found in load(local_file(path)):
                _check(found)
        except UnreadableSource as problem:
            _check(problem)
        except (MemoryError, RecursionError):
            return  # said of the file by who asked for it: corpus.worker

    return target


def _check(found: object) -> None:
    if isinstance(found, UnreadableSource):
        assert found.message
        assert found.remedy
        return
    assert isinstance(found, RawArticle | Link)
    clean_line(found.metadata.title)
    if isinstance(found, RawArticle):
        text = clean(found.text[:20_000], found.markup)
        split(text[:5_000], "en")


def _words(content: bytes) -> str:
    return content.decode("utf-8", "replace")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "renderer": renderer,
    "html_rules": html_rules,
    "query": query,
    "splitter": splitter,
    **loaders(),
}

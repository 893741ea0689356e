"""What the commands of `footnote chat` do: the bot's own, as far as a terminal has a use for them."""

from __future__ import annotations

from collections.abc import Callable

from bot.desk import Desk
from bot.further import further
from bot.terminal import cited, indented, is_typed, quoted, terminal_width
from bot.words import ENGLISH
from retrieval.receipt import receipt_of
from retrieval.types import Article, Excerpt, NotFound, Query, Reply

COMMANDS = ("new", "more", "context", "sources", "source", "status", "help", "quit")

_ARTICLES_A_PAGE = 20
_SHOWN_CHARS = 60


class ChatCommands:
    """Does what a line that begins with a slash asks for.

    Args:
        desk: Answers.
        verify: Says what a receipt stands for; None where it stands for nothing.
        forget: Is called to begin another conversation.
    """

    def __init__(self, desk: Desk, verify: Callable[[str], str | None], forget: Callable[[], None]) -> None:
        self._desk = desk
        self._verify = verify
        self._forget = forget
        self._last: tuple[Query, Reply] | None = None
        self._does: dict[str, Callable[[str], str]] = {
            "new": self._new,
            "more": self._more,
            "context": self._context,
            "sources": self._sources,
            "source": self._source,
            "status": lambda rest: ENGLISH.status(self._desk.info()),
            "help": self._help,
        }

    def answered(self, query: Query, reply: Reply) -> None:
        """Remember the last question, which ``/more`` and ``/context`` are about."""
        self._last = query, reply

    def do(self, line: str) -> str | None:
        """What is to be said; None where the conversation ends.

        Args:
            line: A tidy line that begins with a slash.
        """
        name, _, rest = line[1:].partition(" ")
        if name == "quit":
            return None
        does = self._does.get(name)
        return does(rest.strip()) if does else ENGLISH("chat-unknown")

    def _help(self, rest: str) -> str:
        # Elsewhere lines are not edited, and these keys do nothing.
        keys = ["chat-help-keys"] if is_typed() and terminal_width() is not None else []
        return "\n\n".join(map(ENGLISH, ["chat-help", *keys]))

    def _new(self, rest: str) -> str:
        self._last = None
        self._forget()
        return ENGLISH("new")

    def _more(self, rest: str) -> str:
        if self._last is None:
            return ENGLISH("chat-ask-first")
        query, reply = self._last
        shown = _excerpts(reply)
        others = further(self._desk, query, shown)
        if not others:
            return ENGLISH("no-more" if shown else "nothing-close")
        heading = ENGLISH("more-heading" if shown else "related-heading")
        numbered = enumerate(others, start=len(shown) + 1)
        return "\n\n".join([heading, *(cited(number, each, terminal_width()) for number, each in numbered)])

    def _context(self, rest: str) -> str:
        if self._last is None:
            return ENGLISH("chat-ask-first")
        excerpts = _excerpts(self._last[1])
        number = _number(rest or "1")
        if not 1 <= number <= len(excerpts):
            return ENGLISH("chat-which", number=len(excerpts))
        excerpt = excerpts[number - 1]
        around = self._desk.around(receipt_of(excerpt))
        if around is None:
            return ENGLISH("expired")
        text, span = around
        title = excerpt.article.metadata.title or ENGLISH("untitled")
        return indented(f"{quoted(text, terminal_width(), (span,))}\n[{number}] {title}")

    def _sources(self, rest: str) -> str:
        page = max(1, _number(rest or "1"))
        first = (page - 1) * _ARTICLES_A_PAGE
        articles, total = self._desk.articles(first, _ARTICLES_A_PAGE)
        if not total:
            return ENGLISH("no-articles")
        if not articles:
            return ENGLISH("chat-no-page", pages=-(-total // _ARTICLES_A_PAGE))
        heading = ENGLISH("articles-heading", first=first + 1, last=first + len(articles), total=total)
        return "\n".join([heading, *map(_listed, articles)])

    def _source(self, rest: str) -> str:
        if not rest:
            return ENGLISH("chat-name-a-receipt")
        return self._verify(rest) or ENGLISH("chat-no-receipt", receipt=rest[:_SHOWN_CHARS])


def _excerpts(reply: Reply) -> tuple[Excerpt, ...]:
    return () if isinstance(reply, NotFound) else reply.excerpts


def _number(text: str) -> int:
    """A whole number as it is typed; 0 for anything else, and for one longer than any page's."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _listed(article: Article) -> str:
    about = article.metadata
    day = ENGLISH.day(about.published) if about.published else None
    known = (about.title or ENGLISH("untitled"), about.author, about.source, day)
    return "• " + " · ".join(part for part in known if part)

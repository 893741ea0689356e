"""How a reply looks: quotations, citations and buttons that always fit one Telegram message.

Nothing here cuts or changes the words of a quotation: what does not fit is left out whole, titles are
shortened first, and only a single excerpt longer than a message ends early, which is said under it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from telegram.constants import MessageLimit

from bot.buttons import Press, Quoted, QuotedVerdict, ShowAround, ShowArticles
from bot.chat_settings import MAX_EXCERPTS
from bot.desk import SampleQuestion
from bot.inert import inert, tappable
from bot.keyboards import (
    Rows,
    answer_rows,
    back_row,
    example_rows,
    filter_rows,
    found_rows,
    rows_of,
    unanswered_rows,
    wider_rows,
)
from bot.lines import one_line
from bot.link import page_link, sentence_link
from bot.markup import Rich, bold, code, italic, joined, linked, plain, quotation, utf16_units
from bot.narrowed import NO_OFFERS, Offers, scope_lines, unknown_lines
from bot.words import MAX_ALSO_IN, Words
from corpus.types import Metadata, Span
from retrieval.receipt import receipt_of
from retrieval.types import Answer, Article, Excerpt, NotFound, Reply, SnapshotInfo

ARTICLES_A_PAGE = 8
FOUND_A_PAGE = 5
# From this length on a quotation is folded. The first is what was asked for and is read at once.
_FIRST_FOLDED_FROM_CHARS = 700
_FOLDED_FROM_CHARS = 300
# Three excerpts with so many highlights each, their links and those to reprints stay under Telegram's 100
# entities.
_MAX_HIGHLIGHTS = 22
_LISTED_TITLE_CHARS = 80
_SOURCE_CHARS = 60
_OUTLET_CHARS = 40
_NOTE_CHARS = 240


@dataclass(frozen=True, slots=True)
class _Room:
    """What a citation may hold.

    Args:
        title_chars: Of the title.
        also_in: So many other articles are named.
    """

    title_chars: int
    also_in: int


# Tried in turn until the message fits.
_ROOMS = (_Room(120, MAX_ALSO_IN), _Room(60, MAX_ALSO_IN), _Room(60, 0))
_LEAST_ROOM = _ROOMS[-1]


@dataclass(frozen=True, slots=True)
class Shown:
    """A message ready to be sent.

    Args:
        html: Telegram's.
        rows: The buttons under it.
        quoted: The excerpts that it is an answer, or what is related, with; None where it is neither.
        chips: Buttons above those: the filters of the question, or questions with fewer of them.
    """

    html: str
    rows: Rows = ()
    quoted: Quoted | None = None
    chips: Rows = ()


def notice(text: str) -> Shown:
    """A few words of our own."""
    return Shown(plain(text).html)


def start(say: Words, snapshot: SnapshotInfo, questions: tuple[SampleQuestion, ...]) -> Shown:
    """Hello: what is searched, what an answer is, what is kept, and questions to begin with."""
    newest = say.day(snapshot.newest) if snapshot.newest else "none"
    hello = say("start", articles=say.articles(snapshot.articles), newest=newest)
    invitation = [say("start-examples")] if questions else []
    return Shown(plain("\n\n".join([hello, *invitation])).html, example_rows(questions))


def reply(say: Words, verdict: Reply, offered: Offers = NO_OFFERS, *, dropped: str = "") -> Shown:
    """The message for an answer, for related passages, or for nothing found.

    Args:
        say: In the reader's language.
        verdict: What to show.
        offered: What may be asked instead, where filters let nothing through that answers.
        dropped: Letters of the question's filters that were taken away.
    """
    note, filters = _note(say, verdict), verdict.scope.filters
    chips = filter_rows(say, filters, dropped)
    if isinstance(verdict, NotFound) or not verdict.excerpts:
        said = say("not-found-there") if filters else say.not_found(verdict.snapshot)
        lines = [plain(said), *map(plain, unknown_lines(say, offered)), *_noted(note)]
        rows = wider_rows(say, filters, offered, dropped) + (chips if len(filters.kinds) > 1 else ())
        return Shown(joined("\n\n", lines).html, unanswered_rows(say), chips=rows)
    kind: QuotedVerdict = "answer" if isinstance(verdict, Answer) else "related"
    shown = excerpts(say, kind, verdict.excerpts, snapshot=verdict.snapshot, note=note, dropped=dropped)
    return replace(shown, chips=chips)


def excerpts(
    say: Words,
    verdict: QuotedVerdict,
    found: tuple[Excerpt, ...],
    *,
    snapshot: SnapshotInfo,
    note: str = "",
    is_asked: bool = True,
    dropped: str = "",
) -> Shown:
    """One to three numbered excerpts, how fresh the articles are, and a button for each excerpt.

    Args:
        say: In the reader's language.
        verdict: What is said of them.
        found: Best first.
        snapshot: What was searched.
        note: What was searched for, where that needs saying.
        is_asked: Whether the message replies to its question.
        dropped: Letters of its filters that were taken away.
    """
    heading = _heading(say, verdict, note)

    def shown(html: str, kept: tuple[Excerpt, ...]) -> Shown:
        quoted = quoted_in(verdict, kept, dropped)
        return Shown(html, answer_rows(say, quoted, is_asked=is_asked), quoted)

    for kept in range(min(len(found), MAX_EXCERPTS), 0, -1):
        for room in _ROOMS:
            message = _message(say, heading, [_cited(say, found[:kept], room)], snapshot)
            if message.fits():
                return shown(message.html, found[:kept])
    return shown(_cut_to_fit(say, heading, found[0], snapshot).html, found[:1])


def surroundings(
    say: Words, press: ShowAround, excerpt: Excerpt, *, text: str, span: Span, note: str = ""
) -> Shown:
    """An excerpt in bold among the sentences that stand around it, with a way back.

    Args:
        say: In the reader's language.
        press: What was pressed.
        excerpt: The one to show.
        text: What stands around it.
        span: Where in that it stands.
        note: What was searched for, where that needs saying.
    """
    heading = joined("\n\n", [*_heading(say, press.quoted.verdict, note), Rich()])
    citation = _citation(say, excerpt, press.number, _LEAST_ROOM)
    room = MessageLimit.MAX_TEXT_LENGTH - heading.units - citation.units - 1
    start = 0 if utf16_units(text) <= room else span.start
    end = end_within(text, start, room)
    quoted = _words(text, Span(start, end), (span,))
    return Shown(
        (heading + quotation(quoted, folded=False) + plain("\n") + citation).html,
        back_row(say, press.quoted),
    )


def articles(say: Words, listed: tuple[Article, ...], *, offset: int, total: int) -> Shown:
    """One page of the list of articles, with buttons to the pages beside it."""
    if not listed:
        return notice(say("no-articles"))
    heading = say("articles-heading", first=offset + 1, last=offset + len(listed), total=total)
    lines = [plain("• ") + listed_line(say, article.metadata) for article in listed]
    presses: dict[str, Press] = {}
    if offset > 0:
        presses[say("newer")] = ShowArticles(max(0, offset - ARTICLES_A_PAGE))
    if offset + len(listed) < total:
        presses[say("older")] = ShowArticles(offset + ARTICLES_A_PAGE)
    return Shown(joined("\n", [bold(plain(heading)), *lines]).html, rows_of(presses))


def more(say: Words, quoted: Quoted, others: tuple[Excerpt, ...]) -> Shown:
    """What else comes near a question, instead of its excerpts, with a way back.

    Args:
        say: In the reader's language.
        quoted: The excerpts that stand in the message.
        others: Further ones, best first.
    """
    if not others:
        return Shown(plain(say("no-more")).html, back_row(say, quoted))
    heading, first = [bold(plain(say("more-heading")))], len(quoted.receipts) + 1
    for kept in range(len(others), 0, -1):
        for room in _ROOMS:
            message = joined("\n\n", [*heading, _cited(say, others[:kept], room, first=first)])
            if message.fits():
                return Shown(message.html, back_row(say, quoted))
    return Shown(plain(say("no-more")).html, back_row(say, quoted))


def found(say: Words, quoted: Quoted, articles: tuple[Article, ...], *, page: int) -> Shown:
    """The articles that were found for a question, a page of them, with a way back."""
    shown = articles[page * FOUND_A_PAGE : (page + 1) * FOUND_A_PAGE]
    first = page * FOUND_A_PAGE + 1
    lines = [
        plain(f"{number}. ") + listed_line(say, article.metadata)
        for number, article in enumerate(shown, first)
    ]
    is_last = len(articles) <= (page + 1) * FOUND_A_PAGE
    return Shown(
        joined("\n", [bold(plain(say("found-heading"))), *lines]).html,
        found_rows(say, quoted, page=page, is_last=is_last),
    )


def closest(say: Words, nearest: tuple[Excerpt, ...], *, snapshot: SnapshotInfo, note: str = "") -> Shown:
    """What comes closest to a question that the articles do not answer, and said to be no answer."""
    if not nearest:
        return notice(say("nothing-close"))
    return excerpts(say, "related", nearest, snapshot=snapshot, note=note)


def quoted_in(verdict: QuotedVerdict, shown: tuple[Excerpt, ...], dropped: str = "") -> Quoted:
    """What the buttons under these excerpts carry."""
    return Quoted(verdict, tuple(receipt_of(excerpt) for excerpt in shown), dropped)


def _message(say: Words, heading: list[Rich], blocks: list[Rich], snapshot: SnapshotInfo) -> Rich:
    return joined("\n\n", [*heading, *blocks, italic(plain(say.freshness(snapshot)))])


def _heading(say: Words, verdict: QuotedVerdict, note: str) -> list[Rich]:
    """What is said first, and in bold, so that nobody in a hurry takes what is close for an answer."""
    related = [bold(plain(say("related-heading")))] if verdict == "related" else []
    return [*related, *_noted(note)]


def _note(say: Words, verdict: Reply) -> str:
    """What was searched for and in what, where that is not just the question and all articles."""
    lines = scope_lines(say, verdict)
    if verdict.searched != verdict.question:
        lines.insert(0, say("searched-for", question=one_line(verdict.searched, _NOTE_CHARS)))
    return "\n".join(lines)


def _noted(note: str) -> list[Rich]:
    return [italic(plain(note))] if note else []


def _cited(say: Words, found: tuple[Excerpt, ...], room: _Room, first: int = 1) -> Rich:
    blocks = []
    for number, excerpt in enumerate(found, start=first):
        quoted = _words(excerpt.text, Span(0, len(excerpt.text)), excerpt.highlights)
        folded = len(excerpt.text) >= (_FIRST_FOLDED_FROM_CHARS if number == 1 else _FOLDED_FROM_CHARS)
        citation = _citation(say, excerpt, number, room)
        blocks.append(quotation(quoted, folded=folded) + plain("\n") + citation)
    return joined("\n\n", blocks)


def _cut_to_fit(say: Words, heading: list[Rich], excerpt: Excerpt, snapshot: SnapshotInfo) -> Rich:
    ending = _citation(say, excerpt, 1, _LEAST_ROOM)
    ending = italic(plain(say("quotation-cut"))) + plain("\n") + ending
    frame = _message(say, heading, [plain("\n") + ending], snapshot)
    end = end_within(excerpt.text, 0, MessageLimit.MAX_TEXT_LENGTH - frame.units)
    quoted = quotation(_words(excerpt.text, Span(0, end), excerpt.highlights), folded=True)
    return _message(say, heading, [quoted + plain("\n") + ending], snapshot)


def _citation(say: Words, excerpt: Excerpt, number: int, room: _Room) -> Rich:
    about = excerpt.article.metadata
    link = sentence_link(about.url, excerpt.text)
    parts = [inert(part) for part in described(say, about, room.title_chars)]
    if link:
        parts.append(linked(plain(say("read-in-place")), link))
    lines = [plain(f"[{number}] ") + joined(" · ", parts)]
    if excerpt.also_in:
        lines.append(_also_in(say, excerpt, room.also_in))
    return joined("\n", lines)


def _also_in(say: Words, excerpt: Excerpt, named: int) -> Rich:
    """The other articles that tell the same, each with a link to the sentence there."""
    pieces = [_outlet(say, article.metadata, excerpt.text) for article in excerpt.also_in[:named]]
    left = len(excerpt.also_in) - len(pieces)
    if not pieces:
        return plain(say("also-in") + " " + say("other-articles", number=left))
    ending = " " + say("and-more", number=left) if left else ""
    return plain(say("also-in") + " ") + joined(say("list-comma"), pieces) + plain(ending)


def _outlet(say: Words, about: Metadata, text: str) -> Rich:
    name = one_line(about.source or about.title, _OUTLET_CHARS) or say("untitled")
    link = sentence_link(about.url, text)
    return linked(plain(name), link) if link else inert(name)


def listed_line(say: Words, about: Metadata) -> Rich:
    """An article as one line of a list: title, outlet and day, with a link to it."""
    title, *rest = described(say, about, _LISTED_TITLE_CHARS)
    link = page_link(about.url)
    shown = linked(plain(title), link) if link else inert(title)
    return joined(" · ", [shown, *map(inert, rest)])


def described(say: Words, about: Metadata, title_chars: int) -> list[str]:
    """Title, author, outlet and day, as far as they are known, none longer than a line."""
    title = one_line(about.title, title_chars) or say("untitled")
    author = one_line(about.author or "", _SOURCE_CHARS)
    source = one_line(about.source or "", _SOURCE_CHARS)
    published = one_line(say.day(about.published), _SOURCE_CHARS) if about.published else ""
    # The dot between them is ours: a title with dots of its own looks as if it named an outlet and a day.
    return [part.replace(" · ", " – ") for part in (title, author, source, published) if part]


def _words(text: str, shown: Span, highlights: tuple[Span, ...]) -> Rich:
    """The slice ``shown`` of ``text``, inert, with the parts of it that ``highlights`` name in bold."""
    pieces, at = Rich(), shown.start
    inside = tappable(shown.of(text))
    # Each of those may cut a bold part in two, and no more tags are to come of it.
    marked = highlights[: _MAX_HIGHLIGHTS - 2 * len(inside)]
    for span in inside:
        start, end = shown.start + span.start, shown.start + span.end
        pieces += _bolded(text, at, start, highlights=marked) + code(plain(text[start:end]))
        at = end
    return pieces + _bolded(text, at, shown.end, highlights=marked)


def _bolded(text: str, at: int, end: int, *, highlights: tuple[Span, ...]) -> Rich:
    pieces = Rich()
    for span in highlights:
        start, stop = max(span.start, at), min(span.end, end)
        if start < stop:
            pieces += plain(text[at:start]) + bold(plain(text[start:stop]))
            at = stop
    return pieces + plain(text[at:end])


def end_within(text: str, start: int, max_units: int) -> int:
    """Where a slice from ``start`` ends that has at most ``max_units`` and splits no word if it can."""
    end, units = start, 0
    while end < len(text) and (units := units + utf16_units(text[end])) <= max_units:
        end += 1
    if end == len(text):
        return end
    space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
    return space if space > start else end

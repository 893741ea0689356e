"""How what admins see looks: previews, lists, cards and outcomes that always fit one Telegram message."""

from __future__ import annotations

from bot import admin_words, words
from bot.buttons import Decide, ListTitled, Press, PutBack, Reindex, Remove
from bot.editor import Card, Glimpse, Removed, SentPreview, Taken
from bot.link import page_link
from bot.markup import Rich, bold, code, joined, linked, plain, quotation
from bot.render import Button, Shown, buttons_for, described, listed_line, one_line
from corpus.errors import Busy, FootnoteError
from corpus.types import Metadata
from corpus.watches import Watch
from retrieval.build_types import Preview
from retrieval.types import Article

TITLES_A_PAGE = 8
# What is searched travels in the buttons, which hold 64 bytes.
_SEARCH_BYTES = 45
_TITLE_CHARS = 200
_LISTED_CHARS = 80
_ORIGIN_CHARS = 120
_REASON_CHARS = 300
_ID_CHARS = 200
_MAX_VERSIONS = 6
_MAX_SOURCES = 6
_MAX_WATCHES = 8
_MAX_CHANGES = 5


def sent(preview: SentPreview) -> Shown:
    """What somebody sent, and buttons to decide about it."""
    is_one = preview.n_articles + preview.n_links == 1 and preview.glimpses
    blocks = _one(preview, preview.glimpses[0]) if is_one else _several(preview)
    if preview.problem is not None:
        reason = one_line(_reason(preview.problem), _REASON_CHARS)
        blocks.append(plain(admin_words.unread(preview, reason)))
    return Shown(joined("\n\n", blocks).html, buttons_for(_choices(preview)))


def taken(outcome: Taken) -> Shown:
    """What became of what was added."""
    lines = [bold(plain(one_line(outcome.source, _ORIGIN_CHARS))), plain(admin_words.taken(outcome))]
    if outcome.reason:
        lines.append(plain(one_line(outcome.reason, _REASON_CHARS)))
    return Shown(joined("\n", lines).html, _to_reindex(outcome.n_changed))


def refreshed(outcomes: tuple[Taken, ...]) -> Shown:
    """What became of everything that is watched, a line each."""
    lines = []
    for outcome in outcomes[:_MAX_WATCHES]:
        lines.append(_with_name(outcome.source, admin_words.refreshed(outcome)))
        if outcome.reason:
            lines.append(plain(one_line(outcome.reason, _REASON_CHARS // 2)))
    lines += _left(len(outcomes) - _MAX_WATCHES)
    return Shown(joined("\n", lines).html, _to_reindex(sum(each.n_changed for each in outcomes)))


def searchable(words: str) -> str:
    """As much of what is searched as the buttons can hold."""
    return words.encode()[:_SEARCH_BYTES].decode(errors="ignore").strip()


def titled(listed: tuple[Article, ...], search: str, *, offset: int, total: int) -> Shown:
    """A page of the list of articles, each with its id."""
    if not listed:
        return Shown(plain(admin_words.NO_MATCH if search else admin_words.NO_ARTICLES).html)
    heading = admin_words.listing(search, first=offset + 1, last=offset + len(listed), total=total)
    lines = [
        plain("• ") + listed_line(each.metadata) + plain("\n   ") + code(plain(each.id[:_ID_CHARS]))
        for each in listed
    ]
    presses: dict[str, Press] = {}
    if offset > 0:
        presses[admin_words.PREVIOUS] = ListTitled(max(0, offset - TITLES_A_PAGE), search)
    if offset + len(listed) < total:
        presses[admin_words.NEXT] = ListTitled(offset + TITLES_A_PAGE, search)
    whole = [bold(plain(heading)), *lines, plain(admin_words.ONE_OF_THEM)]
    return Shown(joined("\n", whole).html, buttons_for(presses))


def card(found: Card) -> Shown:
    """All there is to say of an article."""
    about = found.article.metadata
    blocks = [joined("\n", [*_described(about), code(plain(found.article.id[:_ID_CHARS]))])]
    state = [admin_words.WAS_REMOVED] if found.head is None else []
    state += [admin_words.gone_since(found.gone_utc)] if found.gone_utc else []
    state += [admin_words.is_near(_titles(found.near))] if found.near else []
    blocks += [plain(line) for line in state]
    seen = [
        plain("• " + admin_words.seen(sight.version.seen_utc, sight.last_seen_utc))
        for sight in reversed(found.history[-_MAX_VERSIONS:])
    ]
    heading = plain(admin_words.versions(len(found.history)))
    blocks.append(joined("\n", [heading, *seen, *_left(len(found.history) - _MAX_VERSIONS)]))
    blocks.append(joined("\n", _sources(found)))
    presses: dict[str, Press] = {}
    if found.head is not None:
        presses[admin_words.REMOVE] = Remove(found.head.seq)
    elif found.history:
        presses[admin_words.UNDO] = PutBack(found.history[-1].version.seq)
    return Shown(joined("\n\n", [block for block in blocks if block.units]).html, buttons_for(presses))


def removed(gone: Removed) -> Shown:
    """An article that was just taken out, with a way back."""
    lines = [_title(gone.article.metadata), plain(admin_words.removed())]
    return Shown(joined("\n", lines).html, buttons_for({admin_words.UNDO: PutBack(gone.seq)}))


def put_back(article: Article) -> Shown:
    """An article that is there again."""
    lines = [_title(article.metadata), plain(admin_words.IS_BACK)]
    return Shown(joined("\n", lines).html, _to_reindex(1))


def watches(watched: tuple[Watch, ...]) -> Shown:
    """Everything that is watched, and what is wrong with it."""
    if not watched:
        return Shown(plain(admin_words.NOTHING_WATCHED).html)
    lines = [bold(plain(admin_words.WATCHED))]
    for each in watched[:_MAX_WATCHES]:
        lines.append(_with_name(each.source, admin_words.watch(each)))
        if trouble := each.alarm or each.problem:
            reason = one_line(trouble, _REASON_CHARS // 2)
            lines.append(plain(admin_words.watch_trouble(each, reason)))
    return Shown(joined("\n", [*lines, *_left(len(watched) - _MAX_WATCHES)]).html)


def reading(sources: tuple[str, ...], heading: str) -> Shown:
    """What is watched and about to be read."""
    names = [plain("• " + one_line(each, _ORIGIN_CHARS)) for each in sources[:_MAX_WATCHES]]
    return Shown(joined("\n", [plain(heading), *names, *_left(len(sources) - _MAX_WATCHES)]).html)


def reindex(preview: Preview, *, in_order: bool) -> Shown:
    """What a reindex would change, and buttons to decide about it.

    Args:
        preview: What would change.
        in_order: Whether the present index was made with the present settings.
    """
    if preview.changes.added + preview.changes.updated + preview.changes.removed == 0:
        if in_order:
            return Shown(plain(admin_words.NOTHING_CHANGED).html)
        lines = [plain(admin_words.OTHER_SETTINGS)]
    else:
        lines = [bold(plain(words.pending(preview.changes)))]
    kinds = ("+", preview.added), ("~", preview.updated), ("−", preview.removed)
    for sign, articles in kinds:
        shown = articles[:_MAX_CHANGES]
        lines += [plain(f"{sign} {title}") for title in _titles(shown)]
        lines += [plain(f"{sign} ") + each for each in _left(len(articles) - len(shown))]
    if preview.refusal is not None:
        lines.append(plain(admin_words.would_lose(preview)))
    return Shown(joined("\n", lines).html, reindex_buttons(forced=preview.refusal is not None))


def reindex_buttons(*, forced: bool) -> tuple[Button, ...]:
    """Reindex or leave it; a reindex that loses many articles is called just that."""
    start = (
        {admin_words.REINDEX_ANYWAY: Reindex("force")} if forced else {admin_words.REINDEX: Reindex("start")}
    )
    return buttons_for({**start, admin_words.CANCEL: Reindex("cancel")})


def trouble(problem: FootnoteError, retry: Decide | None = None) -> Shown:
    """What is wrong and what mends it, with a way to try again what was sent."""
    is_busy = isinstance(problem, Busy)
    told = admin_words.BUSY if is_busy else words.to_mend(*_mended(problem))
    if retry is None:
        return Shown(plain(told).html)
    again: dict[str, Press] = {admin_words.TRY_AGAIN: retry}
    return Shown(
        plain(told).html, buttons_for({**again, admin_words.CANCEL: Decide("cancel", retry.sent_id)})
    )


def _one(preview: SentPreview, glimpse: Glimpse) -> list[Rich]:
    size = words.count(glimpse.n_passages, "passage")
    facts = [size, admin_words.language(glimpse.language), one_line(preview.origin, _ORIGIN_CHARS)]
    beginning = quotation(plain(glimpse.beginning), folded=True)
    lines = [*_described(glimpse.metadata), beginning, plain(" · ".join(facts))]
    return [joined("\n", [*lines, *map(plain, _standing(glimpse))])]


def _several(preview: SentPreview) -> list[Rich]:
    lines = [plain("• ") + listed_line(about) for about in preview.listed]
    lines += _left(preview.n_articles + preview.n_links - len(lines))
    heading = [bold(plain(one_line(preview.origin, _ORIGIN_CHARS))), plain(admin_words.holds(preview))]
    compared = admin_words.compared(preview)
    return [joined("\n", [*heading, *lines]), *([plain(compared)] if compared else [])]


def _standing(glimpse: Glimpse) -> list[str]:
    """How an article stands to those that the library has."""
    known = glimpse.known.metadata if glimpse.known else Metadata("")
    title, published = one_line(known.title, _LISTED_CHARS), known.published
    told = {
        "added": admin_words.is_new(),
        "updated": admin_words.is_version_of(title, published),
        "unchanged": admin_words.is_there(title, published),
        "duplicate": admin_words.has_same_words(title, published),
    }[glimpse.status]
    return [told, *([admin_words.is_near(_titles(glimpse.near))] if glimpse.near else [])]


def _choices(preview: SentPreview) -> dict[str, Press]:
    statuses = {glimpse.status for glimpse in preview.glimpses}
    is_all_there = statuses == {"unchanged"} and len(preview.glimpses) == preview.n_articles
    if is_all_there and not preview.n_links:
        return {}
    is_version = statuses == {"updated"} and preview.n_articles == 1 and not preview.n_links
    add: dict[str, Press] = {
        admin_words.REPLACE if is_version else admin_words.ADD: Decide("add", preview.sent_id)
    }
    if preview.has_same_name:
        add[admin_words.ADD_APART] = Decide("add apart", preview.sent_id)
    return {**add, admin_words.CANCEL: Decide("cancel", preview.sent_id)}


def _described(about: Metadata) -> list[Rich]:
    """The title, and below it date, author and outlet, as far as they are known."""
    day = words.day(about.published) if about.published else ""
    known = (one_line(each or "", _LISTED_CHARS) for each in (day, about.author, about.source))
    line = " · ".join(each for each in known if each)
    return [_title(about), *([plain(line)] if line else [])]


def _title(about: Metadata) -> Rich:
    shown = plain(described(about, _TITLE_CHARS)[0])
    link = page_link(about.url)
    return bold(linked(shown, link) if link else shown)


def _titles(articles: tuple[Article, ...]) -> list[str]:
    return [described(each.metadata, _LISTED_CHARS)[0] for each in articles]


def _sources(found: Card) -> list[Rich]:
    lines = []
    for source in found.sources[:_MAX_SOURCES]:
        origin = one_line(source.origin, _ORIGIN_CHARS)
        is_watched, is_gone = source.found.watch is not None, source.gone_utc is not None
        told = admin_words.source(origin, source.last_seen_utc, gone=is_gone, watched=is_watched)
        lines.append(plain(f"• {told}"))
    return [*lines, *_left(len(found.sources) - _MAX_SOURCES)]


def _with_name(source: str, told: str) -> Rich:
    return plain(f"• {one_line(source, _ORIGIN_CHARS)}: {told}")


def _left(number: int) -> list[Rich]:
    return [plain(words.and_more(number))] if number > 0 else []


def _to_reindex(n_changed: int) -> tuple[Button, ...]:
    return buttons_for({admin_words.REINDEX: Reindex("start")}) if n_changed else ()


def _reason(problem: FootnoteError) -> str:
    return words.to_mend(*_mended(problem))


def _mended(problem: FootnoteError) -> tuple[str, str]:
    return one_line(problem.message, _REASON_CHARS), one_line(problem.remedy, _REASON_CHARS)

"""How what admins see looks: previews, lists, cards and outcomes that always fit one Telegram message."""

from __future__ import annotations

from bot import admin_words
from bot.admin_buttons import Decide, Leave, ListTitled, PutBack, Reindex, Remove, RollBack, SwitchTo
from bot.buttons import Press
from bot.editor import Card, Glimpse, Removed, SentPreview, Taken
from bot.keyboards import Rows, rows_of
from bot.lines import one_line
from bot.link import page_link
from bot.markup import Rich, bold, code, joined, linked, plain, quotation
from bot.render import Shown, described, listed_line
from bot.words import Words
from corpus.errors import Busy, FootnoteError
from corpus.types import Metadata
from corpus.watches import Watch
from retrieval.build_types import BuildReport, Preview
from retrieval.errors import SmokeError
from retrieval.types import Article, SnapshotInfo

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


def sent(say: Words, preview: SentPreview) -> Shown:
    """What somebody sent, and buttons to decide about it."""
    is_one = preview.n_articles + preview.n_links == 1 and preview.glimpses
    blocks = _one(say, preview, preview.glimpses[0]) if is_one else _several(say, preview)
    if preview.problem is not None:
        reason = one_line(_reason(say, preview.problem), _REASON_CHARS)
        blocks.append(plain(say("unread", number=preview.n_problems, reason=reason)))
    return Shown(joined("\n\n", blocks).html, rows_of(_choices(say, preview)))


def taken(say: Words, outcome: Taken) -> Shown:
    """What became of what was added."""
    lines = [bold(plain(one_line(outcome.source, _ORIGIN_CHARS))), plain(admin_words.taken(say, outcome))]
    if outcome.reason:
        lines.append(plain(one_line(outcome.reason, _REASON_CHARS)))
    return Shown(joined("\n", lines).html, _to_reindex(say, outcome.n_changed))


def refreshed(say: Words, outcomes: tuple[Taken, ...]) -> Shown:
    """What became of everything that is watched, a line each."""
    lines = []
    for outcome in outcomes[:_MAX_WATCHES]:
        lines.append(_with_name(outcome.source, admin_words.refreshed(say, outcome)))
        if outcome.reason:
            lines.append(plain(one_line(outcome.reason, _REASON_CHARS // 2)))
    lines += _left(say, len(outcomes) - _MAX_WATCHES)
    return Shown(joined("\n", lines).html, _to_reindex(say, sum(each.n_changed for each in outcomes)))


def searchable(words: str) -> str:
    """As much of what is searched as the buttons can hold."""
    return words.encode()[:_SEARCH_BYTES].decode(errors="ignore").strip()


def titled(say: Words, listed: tuple[Article, ...], search: str, *, offset: int, total: int) -> Shown:
    """A page of the list of articles, each with its id."""
    if not listed:
        return Shown(plain(say("no-match" if search else "no-articles-sent")).html)
    heading = admin_words.listing(say, search, first=offset + 1, last=offset + len(listed), total=total)
    lines = [
        plain("• ") + listed_line(say, each.metadata) + plain("\n   ") + code(plain(each.id[:_ID_CHARS]))
        for each in listed
    ]
    presses: dict[str, Press] = {}
    if offset > 0:
        presses[say("previous-page")] = ListTitled(max(0, offset - TITLES_A_PAGE), search)
    if offset + len(listed) < total:
        presses[say("next-page")] = ListTitled(offset + TITLES_A_PAGE, search)
    whole = [bold(plain(heading)), *lines, plain(say("one-of-them"))]
    return Shown(joined("\n", whole).html, rows_of(presses))


def card(say: Words, found: Card) -> Shown:
    """All there is to say of an article."""
    about = found.article.metadata
    blocks = [joined("\n", [*_described(say, about), code(plain(found.article.id[:_ID_CHARS]))])]
    state = [say("was-removed")] if found.head is None else []
    state += [say("gone-since", moment=say.moment(found.gone_utc))] if found.gone_utc else []
    state += [admin_words.is_near(say, _titles(say, found.near))] if found.near else []
    blocks += [plain(line) for line in state]
    seen = [
        plain("• " + admin_words.seen(say, sight.version.seen_utc, sight.last_seen_utc))
        for sight in reversed(found.history[-_MAX_VERSIONS:])
    ]
    heading = plain(say("versions", number=len(found.history)))
    blocks.append(joined("\n", [heading, *seen, *_left(say, len(found.history) - _MAX_VERSIONS)]))
    blocks.append(joined("\n", _sources(say, found)))
    presses: dict[str, Press] = {}
    if found.head is not None:
        presses[say("remove")] = Remove(found.head.seq)
    elif found.history:
        presses[say("undo")] = PutBack(found.history[-1].version.seq)
    return Shown(joined("\n\n", [block for block in blocks if block.units]).html, rows_of(presses))


def removed(say: Words, gone: Removed) -> Shown:
    """An article that was just taken out, with a way back."""
    lines = [_title(say, gone.article.metadata), plain(say("removed"))]
    return Shown(joined("\n", lines).html, rows_of({say("undo"): PutBack(gone.seq)}))


def put_back(say: Words, article: Article) -> Shown:
    """An article that is there again."""
    lines = [_title(say, article.metadata), plain(say("is-back"))]
    return Shown(joined("\n", lines).html, _to_reindex(say, 1))


def watches(say: Words, watched: tuple[Watch, ...]) -> Shown:
    """Everything that is watched, and what is wrong with it."""
    if not watched:
        return Shown(plain(say("nothing-watched")).html)
    lines = [bold(plain(say("watched")))]
    for each in watched[:_MAX_WATCHES]:
        lines.append(_with_name(each.source, admin_words.watch(say, each)))
        if trouble := each.alarm or each.problem:
            reason = one_line(trouble, _REASON_CHARS // 2)
            lines.append(plain(admin_words.watch_trouble(say, each, reason)))
    return Shown(joined("\n", [*lines, *_left(say, len(watched) - _MAX_WATCHES)]).html)


def reading(say: Words, sources: tuple[str, ...], heading: str) -> Shown:
    """What is watched and about to be read."""
    names = [plain("• " + one_line(each, _ORIGIN_CHARS)) for each in sources[:_MAX_WATCHES]]
    return Shown(joined("\n", [plain(heading), *names, *_left(say, len(sources) - _MAX_WATCHES)]).html)


def reindex(say: Words, preview: Preview, *, in_order: bool) -> Shown:
    """What a reindex would change, and buttons to decide about it.

    Args:
        say: In the admin's language.
        preview: What would change.
        in_order: Whether the present index was made with the present settings.
    """
    if preview.changes.added + preview.changes.updated + preview.changes.removed == 0:
        if in_order:
            return Shown(plain(say("nothing-changed")).html)
        lines = [plain(say("other-settings"))]
    else:
        lines = [bold(plain(say.pending(preview.changes)))]
    kinds = ("+", preview.added), ("~", preview.updated), ("−", preview.removed)
    for sign, articles in kinds:
        shown = articles[:_MAX_CHANGES]
        lines += [plain(f"{sign} {title}") for title in _titles(say, shown)]
        lines += [plain(f"{sign} ") + each for each in _left(say, len(articles) - len(shown))]
    if preview.refusal is not None:
        lines.append(plain(say("would-lose", number=len(preview.removed))))
    return Shown(joined("\n", lines).html, reindex_buttons(say, forced=preview.refusal is not None))


def reindexed(say: Words, report: BuildReport) -> Shown:
    """What a reindex changed, with a way back."""
    rows = rows_of({say("roll-back"): RollBack(report.snapshot.id)}) if report.built else ()
    return Shown(plain(say.reindexed(report)).html, rows)


def held(say: Words, problem: SmokeError) -> Shown:
    """Which smoke questions a new snapshot failed, and buttons to decide about it."""
    heading = say("smoke-failed", number=len(problem.failing), total=problem.n_asked)
    shown = problem.failing[:_MAX_CHANGES]
    lines = [one_line(admin_words.failing(say, each), _REASON_CHARS) for each in shown]
    blocks = [plain(heading), *(plain(f"• {line}") for line in lines)]
    snapshot_id = problem.snapshot_id
    rows = rows_of({say("switch-anyway"): SwitchTo(snapshot_id), say("leave-it"): Leave(snapshot_id)})
    return Shown(joined("\n", [*blocks, *_left(say, len(problem.failing) - len(shown))]).html, rows)


def switched(say: Words, snapshot: SnapshotInfo) -> Shown:
    """That a snapshot answers now which failed its smoke questions, with a way back."""
    told = answering(say, "now-answering", snapshot)
    return Shown(plain(told).html, rows_of({say("roll-back"): RollBack(snapshot.id)}))


def rolled_back(say: Words, snapshot: SnapshotInfo) -> Shown:
    """Which snapshot answers again."""
    return Shown(plain(answering(say, "rolled-back", snapshot)).html)


def answering(say: Words, message: str, snapshot: SnapshotInfo) -> str:
    """A message that says from what is answered."""
    return say(message, moment=say.moment(snapshot.built_at), holds=say.freshness(snapshot))


def stop_button(say: Words) -> Rows:
    """A way to give up the reindex that runs."""
    return rows_of({say("cancel"): Reindex("stop")})


def reindex_buttons(say: Words, *, forced: bool) -> Rows:
    """Reindex or leave it; a reindex that loses many articles is called just that."""
    start = {say("reindex-anyway"): Reindex("force")} if forced else {say("reindex"): Reindex("start")}
    return rows_of({**start, say("cancel"): Reindex("cancel")})


def trouble(say: Words, problem: FootnoteError, retry: Decide | None = None) -> Shown:
    """What is wrong and what mends it, with a way to try again what was sent."""
    told = _reason(say, problem)
    if retry is None:
        return Shown(plain(told).html)
    again: dict[str, Press] = {say("try-again"): retry}
    return Shown(plain(told).html, rows_of({**again, say("cancel"): Decide("cancel", retry.sent_id)}))


def _one(say: Words, preview: SentPreview, glimpse: Glimpse) -> list[Rich]:
    size = say("passages", number=glimpse.n_passages)
    facts = [size, admin_words.language(say, glimpse.language), one_line(preview.origin, _ORIGIN_CHARS)]
    beginning = quotation(plain(glimpse.beginning), folded=True)
    lines = [*_described(say, glimpse.metadata), beginning, plain(" · ".join(facts))]
    return [joined("\n", [*lines, *map(plain, _standing(say, glimpse))])]


def _several(say: Words, preview: SentPreview) -> list[Rich]:
    lines = [plain("• ") + listed_line(say, about) for about in preview.listed]
    lines += _left(say, preview.n_articles + preview.n_links - len(lines))
    heading = [
        bold(plain(one_line(preview.origin, _ORIGIN_CHARS))),
        plain(say("holds", articles=preview.n_articles, pages=preview.n_links)),
    ]
    compared = admin_words.compared(say, preview)
    return [joined("\n", [*heading, *lines]), *([plain(compared)] if compared else [])]


def _standing(say: Words, glimpse: Glimpse) -> list[str]:
    """How an article stands to those that the library has."""
    known = glimpse.known.metadata if glimpse.known else Metadata("")
    article = admin_words.titled(say, one_line(known.title, _LISTED_CHARS), known.published)
    told = say(f"standing-{glimpse.status}", article=article)
    return [told, *([admin_words.is_near(say, _titles(say, glimpse.near))] if glimpse.near else [])]


def _choices(say: Words, preview: SentPreview) -> dict[str, Press]:
    statuses = {glimpse.status for glimpse in preview.glimpses}
    is_all_there = statuses == {"unchanged"} and len(preview.glimpses) == preview.n_articles
    if is_all_there and not preview.n_links:
        return {}
    is_version = statuses == {"updated"} and preview.n_articles == 1 and not preview.n_links
    add: dict[str, Press] = {say("replace") if is_version else say("add"): Decide("add", preview.sent_id)}
    if preview.has_same_name:
        add[say("add-apart")] = Decide("add apart", preview.sent_id)
    return {**add, say("cancel"): Decide("cancel", preview.sent_id)}


def _described(say: Words, about: Metadata) -> list[Rich]:
    """The title, and below it date, author and outlet, as far as they are known."""
    day = say.day(about.published) if about.published else ""
    known = (one_line(each or "", _LISTED_CHARS) for each in (day, about.author, about.source))
    line = " · ".join(each for each in known if each)
    return [_title(say, about), *([plain(line)] if line else [])]


def _title(say: Words, about: Metadata) -> Rich:
    shown = plain(described(say, about, _TITLE_CHARS)[0])
    link = page_link(about.url)
    return bold(linked(shown, link) if link else shown)


def _titles(say: Words, articles: tuple[Article, ...]) -> list[str]:
    return [described(say, each.metadata, _LISTED_CHARS)[0] for each in articles]


def _sources(say: Words, found: Card) -> list[Rich]:
    lines = []
    for source in found.sources[:_MAX_SOURCES]:
        origin = one_line(source.origin, _ORIGIN_CHARS)
        is_watched, is_gone = source.found.watch is not None, source.gone_utc is not None
        told = admin_words.source(say, origin, source.last_seen_utc, gone=is_gone, watched=is_watched)
        lines.append(plain(f"• {told}"))
    return [*lines, *_left(say, len(found.sources) - _MAX_SOURCES)]


def _with_name(source: str, told: str) -> Rich:
    return plain(f"• {one_line(source, _ORIGIN_CHARS)}: {told}")


def _left(say: Words, number: int) -> list[Rich]:
    return [plain(say("and-more", number=number))] if number > 0 else []


def _to_reindex(say: Words, n_changed: int) -> Rows:
    return rows_of({say("reindex"): Reindex("start")}) if n_changed else ()


def _reason(say: Words, problem: FootnoteError) -> str:
    if isinstance(problem, Busy):
        return say("busy")
    told, remedy = one_line(problem.message, _REASON_CHARS), one_line(problem.remedy, _REASON_CHARS)
    return say("to-mend", problem=told, remedy=remedy)

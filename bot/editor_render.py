"""How reports, gaps and numbers look to the people who run the bot (pure)."""

from __future__ import annotations

from bot.buttons import Press
from bot.counts import Day
from bot.editor_buttons import ExportGaps, ExportStats, Settle, ShowGaps
from bot.gaps import Gap
from bot.keyboards import Rows, rows_of
from bot.lines import one_line
from bot.markup import bold, code, joined, plain
from bot.receipt_render import cited
from bot.render import Shown, notice
from bot.reports import Report
from bot.verified import Verified
from bot.words import Words

GAPS_A_PAGE = 8
_QUESTION_CHARS = 200
_TITLE_CHARS = 120


def report(say: Words, told: Report, verified: Verified | None) -> Shown:
    """A report with what it is about, what was decided, and buttons for what can be.

    Args:
        say: In the admin's language.
        told: The report.
        verified: What its receipt stands for; None where the library does not hold it any more.
    """
    reasons = "both" if len(told.reasons) > 1 else next(iter(told.reasons), "none")
    heading = bold(plain(say("report-heading", reporters=told.reporters, reasons=reasons)))
    quoted = cited(say, verified.excerpt) if verified else plain(say("report-unquoted"))
    day = say.day(told.decided_day) if told.decided_day else ""
    state = [
        plain(say("receipt-itself") + " ") + code(plain(told.receipt)),
        plain(say(f"report-{told.state}", day=day)),
    ]
    return Shown(joined("\n\n", [heading, quoted, joined("\n", state)]).html, _settling(say, told))


def gaps(say: Words, found: tuple[Gap, ...], *, page: int) -> Shown:
    """A page of what was asked in vain, or the last one that there still is."""
    if not found:
        return notice(say("no-gaps"))
    last_page = (len(found) - 1) // GAPS_A_PAGE
    page = min(page, last_page)
    shown = found[page * GAPS_A_PAGE : (page + 1) * GAPS_A_PAGE]
    first = page * GAPS_A_PAGE + 1
    heading = say("gaps-heading", first=first, last=first + len(shown) - 1, total=len(found))
    lines = [plain(f"{number}. {_gap(say, each)}") for number, each in enumerate(shown, first)]
    others: dict[str, Press] = {}
    if page > 0:
        others[say("previous-page")] = ShowGaps(page - 1)
    if page < last_page:
        others[say("next-page")] = ShowGaps(page + 1)
    rows = rows_of(others, {say("export-csv"): ExportGaps()})
    return Shown(joined("\n", [bold(plain(heading)), *lines]).html, rows)


def stats(say: Words, days: tuple[Day, ...], unhelpful: tuple[tuple[str | None, int], ...]) -> Shown:
    """The numbers of some days together.

    Args:
        say: In the admin's language.
        days: The newest first, at least one.
        unhelpful: Titles of the articles with most votes down in them, and how many.
    """
    heading = say("stats-heading", days=len(days), first=say.day(days[-1].day), last=say.day(days[0].day))
    lines = _numbers(say, days) or [say("stats-nothing")]
    lines += [
        say("stats-unhelpful", title=one_line(title or "", _TITLE_CHARS) or say("untitled"), number=n)
        for title, n in unhelpful
    ]
    return Shown(
        joined("\n", [bold(plain(heading)), *map(plain, lines)]).html,
        rows_of({say("export-csv"): ExportStats(len(days))}),
    )


def _numbers(say: Words, days: tuple[Day, ...]) -> list[str]:
    total = {kind: sum(day.counts.get(kind, 0) for day in days) for day in days for kind in day.counts}
    if not any(total.values()):
        return []
    asked, people = total.get("asked", 0), [day.people for day in days]
    lines = [say("stats-asked", number=asked)]
    for verdict in ("answer", "related", "not_found"):
        number = total.get(verdict, 0)
        lines.append(say(f"stats-{verdict}", number=number, percent=round(100 * number / max(1, asked))))
    average = round(sum(people) / len(people), 1)
    told, reported = total.get("told_editors", 0), total.get("reported", 0)
    return [
        *lines,
        say("stats-inline", asked=total.get("inline_asked", 0), chosen=total.get("inline_chosen", 0)),
        say("stats-votes", up=total.get("up", 0), down=total.get("down", 0)),
        say("stats-told", told=told, reported=reported),
        say("stats-people", average=average, most=max(people)),
    ]


def _gap(say: Words, gap: Gap) -> str:
    question = one_line(gap.question, _QUESTION_CHARS)
    return say("gap", question=question, people=gap.people, day=say.day(gap.last_day))


def _settling(say: Words, told: Report) -> Rows:
    number = told.report_id
    if told.state == "hidden":
        return rows_of({say("report-show"): Settle("show", number)})
    if told.state != "open":
        return ()
    return rows_of(
        {
            say("report-hide"): Settle("hide", number),
            say("report-reindex"): Settle("reindex", number),
            say("report-dismiss"): Settle("dismiss", number),
        }
    )

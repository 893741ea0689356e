"""Filters on the command line: what was searched, what is wrong with one, what to ask instead."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from bot import words
from bot.desk import Desk
from retrieval.filters import Filter, Filters, NameKind
from retrieval.read_filters import Problem
from retrieval.types import NotFound, Query, Reply, Scope, SnapshotInfo, Widening


@dataclass(frozen=True, slots=True)
class Offers:
    """What may be asked instead, where filters let nothing through that answers.

    Args:
        wider: The same question of more articles, as far as something is found there.
        unknown: The names that no article has, each with up to three that are spelt nearly so.
    """

    wider: tuple[Widening, ...] = ()
    unknown: tuple[tuple[Filter, tuple[str, ...]], ...] = ()


NO_OFFERS = Offers()

# How many were searched stands below it.
NOT_FOUND_THERE = "Not in these articles."


def offers(desk: Desk, query: Query, reply: Reply) -> Offers:
    """What may be asked instead of ``query``; nothing where it found something, or had no filters."""
    if not isinstance(reply, NotFound) or not reply.scope.filters:
        return NO_OFFERS
    unknown = []
    kinds: tuple[NameKind, ...] = ("source", "author")
    for each in reply.scope.filters:
        for kind in kinds:
            close = desk.close_names(kind, each.value) if each.kind == kind else None
            unknown += [] if close is None else [(each, close)]
    return Offers(desk.widened(query), tuple(unknown))


def problem_text(problem: Problem) -> tuple[str, str]:
    """What is wrong with a filter, and how it is written."""
    written = f"{problem.kind}:{problem.value}"
    match problem.reason:
        case "empty":
            return f"{problem.kind}: has nothing behind it", f"write it as {problem.example}"
        case "no_day":
            month = problem.example.rpartition("-")[0]
            return f"{written} is no day", f"write it as {problem.example} or {month}"
        case "too_long":
            return f"{written[:40]}… is longer than any name", f"write it as {problem.example}"
        case "too_many":
            return f"there are too many filters of the kind {problem.kind}:", "name those that matter most"


def searched_text(scope: Scope, snapshot: SnapshotInfo) -> str:
    """``Searched 3 of 14 articles: source:"Harbour Line"``."""
    of_all = words.count(snapshot.articles, "article")
    return f"Searched {scope.articles:,} of {of_all}: {scope.filters.written()}"


def scope_lines(reply: Reply) -> list[str]:
    """What a reader has to know of which articles were searched; nothing where it was all, as asked."""
    scope = reply.scope
    lines = [searched_text(scope, reply.snapshot)] if scope.filters else []
    if scope.dropped:
        written = scope.dropped.written()
        lines.append(
            f"Nor without {written}."
            if isinstance(reply, NotFound)
            else f"Set aside, because no article within it answers: {written}"
        )
    return lines


def offer_lines(offered: Offers) -> list[str]:
    """What may be asked instead, a line each."""
    lines = []
    for each, close in offered.unknown:
        nearly = f" Nearly so: {', '.join(close)}." if close else ""
        lines.append(f"No article has the {each.kind} “{each.value}”.{nearly}")
    for wider in offered.wider:
        found = "an answer" if wider.verdict == "answer" else "something related"
        again = wider.query.filters.written(wider.query.text)
        lines.append(f"There is {found} without {' and '.join(wider.dropped)}. Ask: {again}")
    return lines


def filters_json(filters: Filters) -> list[dict[str, object]]:
    """Filters as they stand in every JSON output."""
    return [asdict(each) for each in filters]


def offers_json(offered: Offers) -> dict[str, object]:
    """What may be asked instead, as it stands beside a reply."""
    return {
        "wider": [
            {
                "question": wider.query.filters.written(wider.query.text),
                "dropped": list(wider.dropped),
                "articles": wider.articles,
                "verdict": wider.verdict,
            }
            for wider in offered.wider
        ],
        "unknown": [
            {"kind": each.kind, "value": each.value, "close": list(close)} for each, close in offered.unknown
        ],
    }

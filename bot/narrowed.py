"""Questions that say which articles: what was searched, what is wrong with it, what to ask instead."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from bot.desk import Desk
from bot.words import Words
from retrieval.filters import DayKind, Filter, Filters, NameKind
from retrieval.read_filters import Problem
from retrieval.types import NotFound, Query, Reply, Widening

_WRITTEN_CHARS = 60
_NAME_KINDS: tuple[NameKind, ...] = ("source", "author")
_DAY_KINDS: tuple[DayKind, ...] = ("after", "before")


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


def offers(desk: Desk, query: Query, reply: Reply) -> Offers:
    """What may be asked instead of ``query``; nothing where it found something, or had no filters."""
    if not isinstance(reply, NotFound) or not reply.scope.filters:
        return NO_OFFERS
    unknown = []
    for each in reply.scope.filters:
        for kind in _NAME_KINDS:
            close = desk.close_names(kind, each.value) if each.kind == kind else None
            unknown += [] if close is None else [(each, close)]
    return Offers(desk.widened(query), tuple(unknown))


def problem_text(say: Words, problem: Problem) -> tuple[str, str]:
    """What is wrong with a filter, and how it is written."""
    written = f"{problem.kind}:{problem.value[:_WRITTEN_CHARS]}"
    told = say(f"filter-{problem.reason.replace('_', '-')}", written=written)
    if problem.reason == "too_many":
        return told, say("filter-remedy-fewer")
    return told, say("filter-remedy", example=problem.example)


def filter_text(say: Words, one: Filter) -> str:
    """A filter in words: ``since 1 March 2026``."""
    if one.kind in _DAY_KINDS:
        return say(f"filter-{one.kind}", day=say.day(one.value))
    return say(f"filter-{one.kind}", name=one.value)


def filters_text(say: Words, filters: Filters) -> str:
    """All of them in words."""
    return say.listed(filter_text(say, each) for each in filters)


def scope_lines(say: Words, reply: Reply) -> list[str]:
    """What a reader has to know of which articles were searched; nothing where it was all, as asked."""
    scope, lines = reply.scope, []
    if scope.filters and scope.articles is not None:
        of, searched = say.articles(reply.snapshot.articles), filters_text(say, scope.filters)
        lines.append(say("searched-of", number=scope.articles, articles=of, filters=searched))
    if scope.dropped:
        message = "nothing-without" if isinstance(reply, NotFound) else "set-aside"
        lines.append(say(message, filters=filters_text(say, scope.dropped)))
    return lines


def unknown_lines(say: Words, offered: Offers) -> list[str]:
    """A line for each name that no article has."""
    lines = []
    for each, close in offered.unknown:
        if close:
            lines.append(say(f"no-such-{each.kind}-but", name=each.value, names=say.listed(close)))
        else:
            lines.append(say(f"no-such-{each.kind}", name=each.value))
    return lines


def offer_lines(say: Words, offered: Offers) -> list[str]:
    """What may be asked instead, a line each, where it is typed."""
    lines = unknown_lines(say, offered)
    for wider in offered.wider:
        lost = say.listed(wider.dropped)
        again = wider.query.filters.written(wider.query.text)
        message = "widen-typed-answer" if wider.verdict == "answer" else "widen-typed-related"
        lines.append(say(message, filters=lost, question=again))
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

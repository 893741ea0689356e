"""What readers are told of what is kept of them, before and after it is deleted (pure)."""

from __future__ import annotations

from bot import keeping
from bot.forget import Forgotten
from bot.forget_buttons import Forget
from bot.keyboards import rows_of
from bot.render import Shown, notice
from bot.words import Words


def privacy(say: Words) -> Shown:
    """What is kept, and how long."""
    return notice(
        say(
            "privacy",
            gaps=keeping.GAPS_KEPT.days,
            votes=keeping.VOTES_KEPT.days,
            reports=keeping.REPORTS_KEPT.days,
            counts=keeping.COUNTS_KEPT.days,
            acts=keeping.ACTS_KEPT.days,
        )
    )


def asked(say: Words, kept: Forgotten, user_id: int) -> Shown:
    """What would be deleted, and buttons to have it done or not."""
    lines = _lines(say, kept, reports="kept-reports")
    opening = [say("forget-asked"), *lines] if lines else [say("forget-nothing")]
    rows = rows_of(
        {say("forget-yes"): Forget(user_id, is_sure=True), say("forget-no"): Forget(user_id, is_sure=False)}
    )
    return Shown(notice("\n".join([*opening, "", say("forget-sure")])).html, rows)


def forgotten(say: Words, gone: Forgotten) -> Shown:
    """What was deleted."""
    lines = _lines(say, gone, reports="gone-reports")
    if not lines:
        return notice(say("forgotten-nothing"))
    return notice("\n".join([say("forgotten"), *lines, "", say("forgotten-talk")]))


def _lines(say: Words, what: Forgotten, *, reports: str) -> list[str]:
    counted = {"kept-votes": what.votes, "kept-gaps": what.gaps, reports: what.reports}
    said = [say(message, number=number) for message, number in counted.items() if number]
    said += [say("kept-language")] if what.language else []
    said += [say("kept-seen")] if what.seen else []
    return [f"• {each}" for each in said]

"""What there is to say of a receipt beside its words, for the chat and for the command line (pure)."""

from __future__ import annotations

from bot.verified import Verified
from bot.words import Words

_HASH_CHARS = 12


def standing(say: Words, verified: Verified) -> tuple[str, ...]:
    """Whether the quotation stands, and whether it is hidden, a line each."""
    hidden = (say("receipt-hidden"),) if verified.is_hidden else ()
    return (say(f"receipt-{verified.state}"), *hidden)


def facts(say: Words, verified: Verified) -> tuple[tuple[str, str], ...]:
    """Version, place, when it was seen and whether it is searched: a line each, and what to copy of it."""
    excerpt, quoted, held = verified.excerpt, verified.quoted, verified.snapshot
    lines = [
        (say("receipt-version", number=excerpt.version_seq), excerpt.version[:_HASH_CHARS]),
        (say("receipt-characters", first=excerpt.span.start, last=excerpt.span.end), ""),
    ]
    if quoted is not None:
        lines.append((say("receipt-seen", moment=say.moment(quoted.seen_utc)), ""))
    lines.append((say("receipt-held", snapshot=held) if held else say("receipt-not-held"), ""))
    if verified.state == "updated" and verified.latest is not None:
        lines.append((say("receipt-latest", moment=say.moment(verified.latest.seen_utc)), ""))
    return tuple(lines)

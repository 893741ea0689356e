"""How answers look in inline mode: what is offered, and the message that a chosen offer becomes (pure)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.buttons import VERDICT_LETTERS, QuotedVerdict
from bot.group_render import private_row
from bot.lines import one_line
from bot.render import Shown, described, excerpts, reply
from bot.words import Words
from retrieval.receipt import receipt_of
from retrieval.types import Answer, Excerpt, NotFound, Reply, SnapshotInfo

MAX_OFFERS = 6
_TITLE_CHARS = 80
# Telegram shows about three short lines.
_SNIPPET_CHARS = 140


@dataclass(frozen=True, slots=True)
class Offer:
    """A message that somebody may send.

    Args:
        name: Unlike those of the other offers, 1 to 64 bytes.
        title: What its row says.
        description: What the row says below.
        shown: The message.
    """

    name: str
    title: str
    description: str
    shown: Shown


def offers(say: Words, verdict: Reply, username: str | None) -> tuple[Offer, ...]:
    """An offer for each excerpt, best first; a single one that says so where nothing is found.

    Args:
        say: In the language of whoever is typing.
        verdict: On what was typed.
        username: The bot's, by which its private chat is found.
    """
    if isinstance(verdict, NotFound) or not verdict.excerpts:
        return (_nothing(say, verdict),)
    kind: QuotedVerdict = "answer" if isinstance(verdict, Answer) else "related"
    found = verdict.excerpts[:MAX_OFFERS]
    return tuple(_offer(say, kind, excerpt, verdict.snapshot, username=username) for excerpt in found)


def _offer(
    say: Words, kind: QuotedVerdict, excerpt: Excerpt, snapshot: SnapshotInfo, *, username: str | None
) -> Offer:
    title, *rest = described(say, excerpt.article.metadata, _TITLE_CHARS)
    shown = excerpts(say, kind, (excerpt,), snapshot=snapshot)
    assert shown.quoted is not None
    about = " · ".join(rest)
    snippet = one_line(excerpt.text, _SNIPPET_CHARS)
    return Offer(
        VERDICT_LETTERS[kind] + receipt_of(excerpt),
        title if kind == "answer" else say("inline-related", title=title),
        f"{snippet}\n{about}" if about else snippet,
        replace(shown, rows=private_row(say, shown.quoted, username)),
    )


def _nothing(say: Words, verdict: Reply) -> Offer:
    # Nobody in the chat sees what was typed, so that the message says it.
    said = reply(say, replace(verdict, question=""))
    return Offer("none", say("inline-nothing"), say.not_found(verdict.snapshot), replace(said, rows=()))

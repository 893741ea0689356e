"""How a receipt looks: what it quotes, whether that stands, and what has changed since (pure)."""

from __future__ import annotations

from telegram.constants import MessageLimit

from bot.inert import inert, tappable
from bot.lines import one_line
from bot.link import page_link, sentence_link
from bot.markup import Rich, bold, code, italic, joined, linked, plain, quotation, struck
from bot.receipt_facts import facts, standing
from bot.render import Shown, described, end_within
from bot.verified import Verified
from bot.words import Words
from corpus.difference import Stretch
from retrieval.receipt import receipt_of
from retrieval.types import Excerpt

_TITLE_CHARS = 120
_FIELD_CHARS = 120
_FOLDED_FROM_CHARS = 400
# Of the message, so much is kept for what has changed, and no quotation takes more than the rest leaves.
_QUOTED_UNITS = 1_500
# Each of them is two tags at most.
_MAX_STRETCHES = 30


def receipt(say: Words, verified: Verified) -> Shown:
    """All there is to say of a receipt."""
    state, *hidden = standing(say, verified)
    heading = [bold(plain(state)), *map(plain, hidden)]
    blocks = [joined("\n", heading), cited(say, verified.excerpt), _facts(say, verified)]
    fields = _changed_fields(say, verified)
    blocks += [joined("\n", fields)] if fields else []
    whole = joined("\n\n", blocks)
    changes = _changes(say, verified, MessageLimit.MAX_TEXT_LENGTH - whole.units)
    return Shown(joined("\n\n", [whole, *changes]).html)


def receipts(say: Words, found: tuple[Verified, ...]) -> Shown:
    """The receipts of an answer with several quotations, to choose one."""
    blocks = []
    for number, verified in enumerate(found, start=1):
        title = described(say, verified.excerpt.article.metadata, _TITLE_CHARS)[0]
        lines = [
            plain(f"[{number}] ") + inert(title),
            code(plain(receipt_of(verified.excerpt))),
            plain(say(f"receipt-{verified.state}")),
        ]
        blocks.append(joined("\n", lines))
    return Shown(joined("\n\n", [*blocks, italic(plain(say("receipt-of-several")))]).html)


def cited(say: Words, excerpt: Excerpt) -> Rich:
    """As much of an excerpt as leaves room for what is said of it, and where it is from."""
    about = excerpt.article.metadata
    end = end_within(excerpt.text, 0, _QUOTED_UNITS)
    words = quotation(inert(excerpt.text[:end]), folded=len(excerpt.text) >= _FOLDED_FROM_CHARS)
    title, *others = described(say, about, _TITLE_CHARS)
    address = page_link(about.url)
    parts = [linked(plain(title), address) if address else inert(title), *map(inert, others)]
    sentence = sentence_link(about.url, excerpt.text)
    parts += [linked(plain(say("read-in-place")), sentence)] if sentence else []
    cut = [italic(plain(say("quotation-cut")))] if end < len(excerpt.text) else []
    return joined("\n", [words, *cut, joined(" · ", parts)])


def _facts(say: Words, verified: Verified) -> Rich:
    known = ((say("receipt-itself"), receipt_of(verified.excerpt)), *facts(say, verified))
    lines = [plain(words + " ") + code(plain(copied)) if copied else plain(words) for words, copied in known]
    return joined("\n", lines)


def _changed_fields(say: Words, verified: Verified) -> list[Rich]:
    fields = verified.changed_fields() if verified.state == "updated" else {}
    return [
        plain(say("receipt-field", field=name, old=_field(say, name, old), new=_field(say, name, new)))
        for name, (old, new) in fields.items()
    ]


def _field(say: Words, name: str, value: str | None) -> str:
    shown = say.day(value) if value and name == "published" else value
    return one_line(shown or "", _FIELD_CHARS) or say("receipt-no-field")


def _changes(say: Words, verified: Verified, room: int) -> list[Rich]:
    """What has changed around the quotation, as far as there is room for it."""
    changes = verified.changes()
    if not changes:
        return []
    if all(stretch.kind == "same" for stretch in changes):
        return [plain(say("receipt-same-around"))]
    heading = bold(plain(say("receipt-changes"))) + plain("\n") + italic(plain(say("receipt-marks")))
    ending = plain("…")
    left = room - heading.units - ending.units - len("\n\n\n")
    # A name or a command may be put together from what was and what is now.
    inside, at, pieces = tappable("".join(stretch.text for stretch in changes)), 0, Rich()
    for number, stretch in enumerate(changes):
        end = end_within(stretch.text, 0, left - pieces.units)
        touches = any(span.start < at + end and at < span.end for span in inside)
        pieces += code(plain(stretch.text[:end])) if touches and end else _marked(stretch, end)
        at += len(stretch.text)
        if end < len(stretch.text) or number == _MAX_STRETCHES:
            pieces += ending
            break
    return [heading + plain("\n") + quotation(pieces, folded=False)]


def _marked(stretch: Stretch, end: int) -> Rich:
    words = plain(stretch.text[:end])
    if not words.units or stretch.kind == "same":
        return words
    return struck(words) if stretch.kind == "old" else bold(words)

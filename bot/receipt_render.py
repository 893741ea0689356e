"""How a receipt looks: what it quotes, whether that stands, and what has changed since (pure)."""

from __future__ import annotations

from telegram.constants import MessageLimit

from bot.lines import one_line
from bot.link import page_link, sentence_link
from bot.markup import Rich, bold, code, italic, joined, linked, plain, quotation, struck
from bot.render import Shown, described, end_within
from bot.verified import Verified
from bot.words import Words
from corpus.difference import Stretch
from retrieval.receipt import receipt_of
from retrieval.types import Excerpt

_TITLE_CHARS = 120
_FIELD_CHARS = 120
_HASH_CHARS = 12
_FOLDED_FROM_CHARS = 400
# Of the message, so much is kept for what has changed, and no quotation takes more than the rest leaves.
_QUOTED_UNITS = 1_500
# Each of them is two tags at most.
_MAX_STRETCHES = 30


def receipt(say: Words, verified: Verified) -> Shown:
    """All there is to say of a receipt."""
    heading = [bold(plain(say(f"receipt-{verified.state}")))]
    if verified.is_hidden:
        heading.append(plain(say("receipt-hidden")))
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
            plain(f"[{number}] {title}"),
            code(plain(receipt_of(verified.excerpt))),
            plain(say(f"receipt-{verified.state}")),
        ]
        blocks.append(joined("\n", lines))
    return Shown(joined("\n\n", [*blocks, italic(plain(say("receipt-of-several")))]).html)


def cited(say: Words, excerpt: Excerpt) -> Rich:
    """As much of an excerpt as leaves room for what is said of it, and where it is from."""
    about = excerpt.article.metadata
    end = end_within(excerpt.text, 0, _QUOTED_UNITS)
    words = quotation(plain(excerpt.text[:end]), folded=len(excerpt.text) >= _FOLDED_FROM_CHARS)
    title, *others = described(say, about, _TITLE_CHARS)
    address = page_link(about.url)
    parts = [linked(plain(title), address) if address else plain(title), *map(plain, others)]
    sentence = sentence_link(about.url, excerpt.text)
    parts += [linked(plain(say("read-in-place")), sentence)] if sentence else []
    cut = [italic(plain(say("quotation-cut")))] if end < len(excerpt.text) else []
    return joined("\n", [words, *cut, joined(" · ", parts)])


def _facts(say: Words, verified: Verified) -> Rich:
    excerpt, quoted = verified.excerpt, verified.quoted
    lines = [
        plain(say("receipt-itself") + " ") + code(plain(receipt_of(excerpt))),
        plain(say("receipt-version", number=excerpt.version_seq) + " ")
        + code(plain(excerpt.version[:_HASH_CHARS])),
        plain(say("receipt-characters", first=excerpt.span.start, last=excerpt.span.end)),
    ]
    if quoted is not None:
        lines.append(plain(say("receipt-seen", moment=say.moment(quoted.seen_utc))))
    held = verified.snapshot
    lines.append(plain(say("receipt-held", snapshot=held) if held else say("receipt-not-held")))
    if verified.state == "updated" and verified.latest is not None:
        lines.append(plain(say("receipt-latest", moment=say.moment(verified.latest.seen_utc))))
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
    pieces = Rich()
    for number, stretch in enumerate(changes):
        end = end_within(stretch.text, 0, left - pieces.units)
        pieces += _marked(stretch, end)
        if end < len(stretch.text) or number == _MAX_STRETCHES:
            pieces += ending
            break
    return [heading + plain("\n") + quotation(pieces, folded=False)]


def _marked(stretch: Stretch, end: int) -> Rich:
    words = plain(stretch.text[:end])
    if not words.units or stretch.kind == "same":
        return words
    return struck(words) if stretch.kind == "old" else bold(words)

"""A receipt that verifies, as the command line shows it."""

from __future__ import annotations

from dataclasses import asdict

from bot.receipt_facts import facts, standing
from bot.terminal import article_json, cited, indented
from bot.verified import Verified
from bot.words import ENGLISH
from retrieval.receipt import receipt_of

_MARKS = {"same": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}
_COLOURS = {"same": "{}", "old": "\x1b[31m[-{}-]\x1b[0m", "new": "\x1b[32m{{+{}+}}\x1b[0m"}


def receipt_json(verified: Verified) -> dict[str, object]:
    """The object that `footnote verify --json` prints."""
    excerpt, latest = verified.excerpt, verified.latest
    return {
        "receipt": receipt_of(excerpt),
        "verified": True,
        "article": article_json(excerpt.article),
        "version": excerpt.version,
        "start": excerpt.span.start,
        "end": excerpt.span.end,
        "text": excerpt.text,
        "state": verified.state,
        "hidden": verified.is_hidden,
        "snapshot": verified.snapshot,
        "seen": verified.quoted.seen_utc if verified.quoted else None,
        "latest": {"version": latest.hash, "seen": latest.seen_utc} if latest else None,
        "changes": [asdict(stretch) for stretch in verified.changes()],
        "changed_fields": {name: list(values) for name, values in verified.changed_fields().items()},
    }


def receipt_text(verified: Verified, width: int | None = None) -> str:
    """The same for reading; on a terminal of ``width`` with colours."""
    known = (" ".join(filter(None, fact)) for fact in facts(ENGLISH, verified))
    said = "\n".join([*standing(ENGLISH, verified), *known])
    return "\n\n".join([cited(1, verified.excerpt, width), said, *_changes_text(verified, width)])


def _changes_text(verified: Verified, width: int | None) -> list[str]:
    changes, marks = verified.changes(), _MARKS if width is None else _COLOURS
    lines = [f"{name}: {old or '–'} → {new or '–'}" for name, (old, new) in verified.changed_fields().items()]
    if not changes:
        return []
    if all(stretch.kind == "same" for stretch in changes):
        lines.append(ENGLISH("receipt-same-around"))
        return [indented("\n".join(lines))]
    text = "".join(marks[stretch.kind].format(stretch.text) for stretch in changes)
    return [indented("\n".join([*lines, text.strip()]))]

"""What a receipt stands for, as the command line shows it, and what has changed since."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from bot.home_desk import HomeDesk
from bot.terminal import article_json, cited, indented
from corpus.difference import Stretch, difference
from corpus.types import ArticleVersion
from retrieval.receipt import receipt_of
from retrieval.types import Excerpt

_STATES = {
    "current": "Verified: these words stand in the article as it is now.",
    "updated": "Verified: these words stood in the article. It was updated since.",
    "removed": "Verified: these words stood in the article. It was removed since.",
}
_MARKS = {"same": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}
_COLOURS = {"same": "{}", "old": "\x1b[31m[-{}-]\x1b[0m", "new": "\x1b[32m{{+{}+}}\x1b[0m"}
_FIELDS = ("title", "url", "source", "author", "published")


@dataclass(frozen=True, slots=True)
class Verified:
    """A receipt that verifies.

    Args:
        excerpt: What it quotes.
        quoted: The version that it quotes.
        latest: The version that readers are shown now; None when the article was removed.
    """

    excerpt: Excerpt
    quoted: ArticleVersion | None
    latest: ArticleVersion | None

    @property
    def state(self) -> Literal["current", "updated", "removed"]:
        """Whether the article is as it is quoted."""
        if self.latest is None:
            return "removed"
        return "current" if self.latest.hash == self.excerpt.version else "updated"

    def changes(self) -> tuple[Stretch, ...]:
        """What has changed around the quotation; empty where the article did not change or is removed."""
        if self.state != "updated" or self.quoted is None or self.latest is None:
            return ()
        return difference(self.quoted.text, self.latest.text, self.excerpt.span)

    def changed_fields(self) -> dict[str, tuple[str | None, str | None]]:
        """What is said of the article otherwise now: of each such field the old and the new value."""
        if self.quoted is None or self.latest is None:
            return {}
        old, new = asdict(self.quoted.metadata), asdict(self.latest.metadata)
        return {name: (old[name], new[name]) for name in _FIELDS if old[name] != new[name]}


def verified_by(desk: HomeDesk, receipt: str) -> Verified | None:
    """What a receipt stands for; None where no quotation of the library has it."""
    excerpt = desk.resolve(receipt)
    if excerpt is None:
        return None
    with desk.library() as library:
        quoted = library.version(excerpt.version_seq)
        return Verified(excerpt, quoted, library.latest(excerpt.article.id))


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
        "seen": verified.quoted.seen_utc if verified.quoted else None,
        "latest": {"version": latest.hash, "seen": latest.seen_utc} if latest else None,
        "changes": [asdict(stretch) for stretch in verified.changes()],
        "changed_fields": {name: list(values) for name, values in verified.changed_fields().items()},
    }


def receipt_text(verified: Verified, width: int | None = None) -> str:
    """The same for reading; on a terminal of ``width`` with colours."""
    excerpt = verified.excerpt
    where = f"version {excerpt.version[:12]}, characters {excerpt.span.start:,}–{excerpt.span.end:,}"
    parts = [cited(1, excerpt, width), f"{_STATES[verified.state]}\n{where}", *_changes_text(verified, width)]
    return "\n\n".join(parts)


def _changes_text(verified: Verified, width: int | None) -> list[str]:
    changes, marks = verified.changes(), _MARKS if width is None else _COLOURS
    lines = [f"{name}: {old or '–'} → {new or '–'}" for name, (old, new) in verified.changed_fields().items()]
    if not changes:
        return []
    if all(stretch.kind == "same" for stretch in changes):
        lines.append("Around the quotation the words are the same as before.")
        return [indented("\n".join(lines))]
    text = "".join(marks[stretch.kind].format(stretch.text) for stretch in changes)
    return [indented("\n".join([*lines, text.strip()]))]

"""What a receipt stands for, and what has become of it since (pure)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from corpus.difference import Stretch, difference
from corpus.types import ArticleVersion
from retrieval.types import Excerpt

State = Literal["current", "updated", "removed"]

_FIELDS = ("title", "url", "source", "author", "published")


@dataclass(frozen=True, slots=True)
class Verified:
    """A receipt that verifies.

    Args:
        excerpt: What it quotes.
        quoted: The version that it quotes.
        latest: The version that readers are shown now; None when the article was removed.
        snapshot: The id of the current snapshot where that holds the quoted version; else None.
        is_hidden: Whether editors have hidden the quotation from answers.
    """

    excerpt: Excerpt
    quoted: ArticleVersion | None
    latest: ArticleVersion | None
    snapshot: str | None = None
    is_hidden: bool = False

    @property
    def state(self) -> State:
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

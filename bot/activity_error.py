"""What goes wrong with what the bot remembers of its readers and admins."""

from __future__ import annotations

from corpus.errors import FootnoteError


class ActivityError(FootnoteError):
    """`activity.db`, or the key beside it, is damaged, cannot be written, or is of another version."""

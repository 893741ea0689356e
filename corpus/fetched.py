"""What asking for a web address may give, and what is kept to ask again: the seam to whoever fetches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from corpus.source_file import SourceFile


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask later whether something has changed; None where it gave nothing."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stands at an address now.

    Args:
        source: The file that holds it; it may be gone once the next address is fetched.
        validators: To ask for it again.
        moved_to: Where it is from now on, when the server says that it has moved for good.
    """

    source: SourceFile
    validators: Validators = field(default_factory=Validators)
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """It is as it was when the validators were given."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The server says that there is nothing at this address (404, 410)."""


class Fetch(Protocol):
    """Asks a server for what stands at a web address."""

    def __call__(self, url: str, validators: Validators) -> Fetched | NotModified | Gone:
        """What stands there now.

        Raises:
            UnreadableSource: It cannot be had, for any reason but that it is gone.
        """
        ...

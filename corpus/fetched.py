"""How pages are fetched, and what comes of it: the seam between who fetches and who gathers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from corpus.source_file import SourceFile


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How pages are fetched.

    Args:
        contact: What servers are told of whoever reads: an e-mail or web address; empty for nothing.
        allowed_hosts: Hosts that may be at an address inside, such as an intranet.
        max_bytes: The most that one page may have, on the wire and without compression.
        connect_s: Seconds to connect in.
        read_gap_s: Seconds in which something must come.
        total_s: Seconds for one page with all redirects and tries; waiting for one's turn is not counted.
        max_redirects: How many are followed.
        host_delay_s: Seconds between two requests to a host; its robots.txt may ask for more.
        retries: How often a page is tried again after a failure that may pass.
    """

    contact: str = ""
    allowed_hosts: frozenset[str] = frozenset()
    max_bytes: int = 25_000_000
    connect_s: float = 10.0
    read_gap_s: float = 20.0
    total_s: float = 60.0
    max_redirects: int = 10
    host_delay_s: float = 1.0
    retries: int = 3

    def __post_init__(self) -> None:
        if not _fits_header(self.contact):
            raise ValueError(f"a contact is printable ASCII, got {self.contact!r}")


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave along with a page, to ask later whether it has changed since."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The headers of a request that asks so; what no header can hold is left out."""
        found = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in found.items() if value and _fits_header(value)}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page, as long as the context that gave it lasts, or until the next address is asked for.

    Args:
        source: The file that holds it, and what its server said it is.
        validators: To be given the next time.
        moved_to: The address to ask for from now on, where the server said that it has moved for good.
    """

    source: SourceFile
    validators: Validators = field(default_factory=Validators)
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page is as it was when the validators were given."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The server says that there is no such page (404), or none any more (410).

    That a page is sent on "for now" to one that is gone says nothing, and is an error.
    """


class Fetch(Protocol):
    """Asks a server for what stands at a web address."""

    def __call__(self, url: str, validators: Validators) -> Fetched | NotModified | Gone:
        """What stands there now.

        Raises:
            UnreadableSource: It cannot be had, for any reason but that it is gone.
        """
        ...


def _fits_header(value: str) -> bool:
    return value.isascii() and value.isprintable()

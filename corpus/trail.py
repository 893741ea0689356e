"""Where redirects lead, step by step."""

from __future__ import annotations

from corpus.page_address import address_after, address_to_ask
from corpus.refused import Refused

PERMANENT = frozenset({301, 308})
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Trail:
    """The addresses from the one that was given to the one that answers.

    Args:
        url: The one that was given.
        max_redirects: How many steps are followed.

    Raises:
        Refused: ``url`` is no address to ask for.
    """

    def __init__(self, url: str, max_redirects: int) -> None:
        self.given = url
        self.address = address_to_ask(url)
        self.moved_to: str | None = None
        self._max_redirects = max_redirects
        self._seen = [self.address]

    def is_at_start(self) -> bool:
        """Whether no step has been taken."""
        return len(self._seen) == 1

    def is_permanent(self) -> bool:
        """Whether the page is here for good: no step was one "for now"."""
        return self.is_at_start() or self.moved_to == self.address

    def follow(self, status: int, location: str | None) -> None:
        """Take a step.

        Args:
            status: The redirect's code; while all are permanent, the page has moved (`moved_to`).
            location: Its Location header.

        Raises:
            Refused: It leads nowhere, in a circle, too far, or to what is no address to ask for.
        """
        if location is None:
            raise Refused("sends on without saying where", "open it in a browser and add what it leads to")
        address = address_after(self.address, location)
        if address in self._seen:
            raise Refused(
                "sends visitors round in a circle",
                "it may want cookies or a login: open it in a browser, save it and add the file",
            )
        if len(self._seen) > self._max_redirects:
            raise Refused(
                f"sends on more than {self._max_redirects} times",
                "open it in a browser and add the address it ends at",
            )
        if status in PERMANENT and self.is_permanent():
            self.moved_to = address
        self._seen.append(address)
        self.address = address

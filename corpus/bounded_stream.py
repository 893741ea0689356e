"""A connection that neither lasts nor brings more than was allowed."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from httpcore import NetworkStream, TimeoutException

from corpus.deadline import Deadline
from corpus.refused import Passing, Refused


class Allowance:
    """What one answer may cost.

    Args:
        max_bytes: All that comes over the wire: headers, framing and content.
        deadline: When it must be over.
    """

    def __init__(self, max_bytes: int, deadline: Deadline) -> None:
        self._max_bytes = max_bytes
        self._n_bytes = 0
        self._deadline = deadline

    @contextmanager
    def seconds(self, wanted: float | None) -> Iterator[float]:
        """How long the next step may take: what is left, at most ``wanted``.

        Raises:
            Passing: Nothing is left, before the step or where it was not done in time.
        """
        left_s = self._left_s()
        try:
            yield left_s if wanted is None else min(wanted, left_s)
        except TimeoutException:
            self._left_s()
            raise

    def _left_s(self) -> float:
        left_s = self._deadline.left_s()
        if left_s <= 0:
            raise Passing(
                f"took longer than {self._deadline.total_s:g} seconds in all",
                "try again when the site is less busy, or save the page and add the file",
            )
        return left_s

    def spend(self, n_bytes: int) -> None:
        """Count what came in.

        Raises:
            Refused: It is more than is allowed.
        """
        self._n_bytes += n_bytes
        if self._n_bytes > self._max_bytes:
            raise too_large(self._max_bytes)


def too_large(max_bytes: int) -> Refused:
    """The reason for what is not read to its end."""
    return Refused(
        f"is larger than {max_bytes / 1_000_000:,.0f} MB",
        "save the part that matters and add it as a file",
    )


class BoundedStream(NetworkStream):
    """A stream of httpcore that stops at the end of its allowance.

    Timeouts of httpcore are for one read; a server that sends a byte every few seconds meets each of them.
    """

    def __init__(self, stream: NetworkStream, allowance: Allowance) -> None:
        self._stream = stream
        self._allowance = allowance

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes, as httpcore asks for them."""
        with self._allowance.seconds(timeout) as seconds:
            came = self._stream.read(max_bytes, seconds)
        self._allowance.spend(len(came))
        return came

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send the bytes."""
        with self._allowance.seconds(timeout) as seconds:
            self._stream.write(buffer, seconds)

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        """The same connection, encrypted."""
        with self._allowance.seconds(timeout) as seconds:
            encrypted = self._stream.start_tls(ssl_context, server_hostname, seconds)
        return BoundedStream(encrypted, self._allowance)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore wants to know of the connection."""
        return self._stream.get_extra_info(info)

"""One GET request: no cookies, no proxy, no password, one connection that is closed afterwards."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

import httpcore

from corpus.address_guard import GuardedBackend, Resolve
from corpus.bounded_stream import Allowance, too_large
from corpus.deadline import Deadline
from corpus.host_turns import in_words
from corpus.inflate import decoded
from corpus.page_address import host_of
from corpus.refused import Passing, Refused
from corpus.retry_after import retry_after_s

MAX_HEADER_BYTES = 131_072  # with the framing of what follows; h11 refuses headers of over 100 KiB

SAVE_INSTEAD = "open it in a browser; if it shows there, save it and add the file"

_LATER = "try again later"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server says to one request, while the connection is open.

    Args:
        address: What was asked for.
        status: The code, such as 200.
        headers: Each name in small letters, with its first value.
        encoding: All values of Content-Encoding.
        wire: The content as it comes.
    """

    address: str
    status: int
    headers: Mapping[str, str]
    encoding: str
    wire: Iterator[bytes]

    def content(self, max_bytes: int) -> Iterator[bytes]:
        """The content without compression; it ends a little after ``max_bytes``.

        Raises:
            Refused: It is broken.
            Passing: The connection broke.
        """
        return decoded(self.wire, self.encoding, max_bytes)

    def declared_bytes(self) -> int:
        """The length that its headers speak of, 0 where they do not."""
        length = self.headers.get("content-length", "")
        return int(length) if length.isdecimal() and len(length) < 16 else 0


@dataclass(frozen=True)
class Caller:
    """Asks servers for pages.

    Args:
        user_agent: What it calls itself.
        allowed_hosts: As in `GuardedBackend`.
        resolve: As in `GuardedBackend`.
        connect_s: Seconds to connect in, for each address of the host.
        read_gap_s: Seconds in which something must come.
        max_bytes: The most that is read of one answer.
    """

    user_agent: str
    allowed_hosts: frozenset[str]
    resolve: Resolve
    connect_s: float
    read_gap_s: float
    max_bytes: int

    @cached_property
    def _ssl_context(self) -> ssl.SSLContext:
        return httpcore.default_ssl_context()  # takes longer than many a page

    @contextmanager
    def get(self, address: str, headers: Mapping[str, str], deadline: Deadline) -> Iterator[Answer]:
        """The answer of a server, whatever it is; the connection closes with it.

        Raises:
            Refused: It may not or cannot be asked.
            Passing: The connection could not be made, or broke.
        """
        parts = urlsplit(address)
        allowance = Allowance(self.max_bytes + MAX_HEADER_BYTES, deadline)
        target = httpcore.URL(
            scheme=parts.scheme.encode(),
            host=host_of(address).strip("[]").encode(),
            port=parts.port,
            target=(parts.path + ("?" + parts.query if parts.query else "")).encode(),
        )
        sent = {
            "Host": parts.netloc,
            "User-Agent": self.user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **headers,
        }
        is_secure = parts.scheme == "https"
        waits = {"connect": self.connect_s, "read": self.read_gap_s, "write": self.read_gap_s}
        backend = GuardedBackend(allowance, self.allowed_hosts, self.resolve)
        with (
            _explained(),
            httpcore.HTTPConnection(
                target.origin,
                ssl_context=self._ssl_context if is_secure else None,
                network_backend=backend,
            ) as connection,
            connection.stream(
                "GET", target, headers=list(sent.items()), extensions={"timeout": waits}
            ) as response,
        ):
            yield _answer(address, response)


def check_is_page(answer: Answer) -> None:
    """Refuse an answer that is no page.

    Raises:
        Refused: It is none.
        Passing: There may be one in a while.
    """
    status = answer.status
    if status == 429 or status >= 500:
        waiting_s = retry_after_s(answer.headers)
        trouble = "is asked for too often" if status == 429 else "met a fault of its server"
        raise Passing(
            f"{trouble} (answer {status})",
            f"try again in {in_words(waiting_s)}" if waiting_s else _LATER,
            retry_after_s=waiting_s,
        )
    if status in (401, 402, 403, 407, 451):
        raise Refused(f"is not shown to everyone (answer {status})", SAVE_INSTEAD)
    if status not in (200, 203):
        raise Refused(f"was answered with {status} instead of a page", SAVE_INSTEAD)


def check_can_be_kept(answer: Answer, max_bytes: int) -> None:
    """Refuse an answer that is no page, or says of itself that it is too large.

    Raises:
        Refused: It is so.
        Passing: There may be a page in a while.
    """
    check_is_page(answer)
    if answer.declared_bytes() > max_bytes:
        raise too_large(max_bytes)


def _answer(address: str, response: httpcore.Response) -> Answer:
    headers: dict[str, str] = {}
    encodings = []
    for raw_name, raw_value in response.headers:
        name, value = raw_name.decode("latin-1").lower(), _as_text(raw_value)
        headers.setdefault(name, value)
        if name == "content-encoding":
            encodings.append(value)
    return Answer(address, response.status, headers, ", ".join(encodings), response.iter_stream())


def _as_text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


@contextmanager
def _explained() -> Iterator[None]:
    """Say what went wrong with a connection in words for people, and nothing that the other side chose."""
    try:
        yield
    except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
        raise _not_connected(error) from error
    except httpcore.TimeoutException as error:
        raise Passing("stopped answering", _LATER) from error
    except (httpcore.NetworkError, httpcore.RemoteProtocolError) as error:
        raise Passing("broke off, or did not answer as a web server does", _LATER) from error
    except (httpcore.LocalProtocolError, httpcore.UnsupportedProtocol) as error:
        raise Refused("cannot be asked for", "check the spelling of the address") from error


def _not_connected(error: Exception) -> Refused:
    cause = error.__cause__ or error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Refused(
            f"is at a server that does not prove who it is: {cause.verify_message}",
            "tell its owner; until then open it in a browser, save it and add the file",
        )
    if isinstance(cause, ssl.SSLError):
        return Refused("is at a server that does not speak https as it should", SAVE_INSTEAD)
    if isinstance(error, httpcore.ConnectTimeout):
        return Passing("is at a server that does not answer", _LATER)
    return Passing("is at a server that cannot be reached", "check the address and the connection; " + _LATER)

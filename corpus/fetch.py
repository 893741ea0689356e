"""Fetch pages, feeds and files from the web: politely, and from nowhere else.

`Fetcher.fetch` is the whole of it. What a page costs is bounded in bytes and seconds, whatever its server
does; only public addresses are asked (`corpus.address_guard`), only for what robots.txt allows
(`corpus.robots`), and one request at a time to a host (`corpus.host_turns`). What cannot be fetched raises
`UnreadableSource`; that a page is gone is said by its server alone (`Gone`), never concluded from a failure.

Takes long to import, and so is imported by what fetches; the values are in `corpus.fetched`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Generic, TypeVar
from uuid import uuid4

from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_exponential_jitter

from corpus.address_guard import Resolve, system_addresses
from corpus.bounded_stream import too_large
from corpus.deadline import Deadline
from corpus.errors import UnreadableSource
from corpus.fetched import Fetched, FetchOptions, Gone, NotModified, Validators
from corpus.host_turns import HostTurns
from corpus.http_get import SAVE_INSTEAD, Answer, Caller, check_can_be_kept, check_is_page
from corpus.keys import url_key
from corpus.page_address import host_form, host_of, name_of, shown
from corpus.refused import Passing, Refused
from corpus.robots import MAX_ROBOTS_BYTES, RobotsCache
from corpus.source_file import SourceFile
from corpus.trail import REDIRECTS, Trail
from corpus.web_address import canonical

_MAX_VALIDATOR_CHARS = 1_000
_MAX_MEDIA_TYPE_CHARS = 200
_ROBOTS_REDIRECTS = 5  # as the RFC has it
_FIRST_BACK_OFF_S = 1.0
_LONGEST_BACK_OFF_S = 20.0

Taken = TypeVar("Taken")


# For which robots.txt is read.
_NAME = "Footnote"


def _user_agent(contact: str) -> str:
    reads = "reads articles for a library that quotes them; obeys robots.txt"
    return f"{_NAME}/{version('footnote')} ({f'+{contact}; ' if contact else ''}{reads})"


@dataclass(frozen=True, slots=True)
class _Redirect:
    status: int
    location: str | None


@dataclass(frozen=True, slots=True)
class _Errand(Generic[Taken]):
    """What is asked of every server on the way, and what is made of its answer."""

    deadline: Deadline
    take: Callable[[Answer], Taken | _Redirect]
    headers: Mapping[str, str]
    heeds_robots: bool = True


class Fetcher:
    """Fetches from the web, in one thread or a few; a context manager, whose end deletes its files.

    Args:
        options: How; by default as `FetchOptions` says.
        resolve: Gives the IP addresses of a host.
        pause: Waits so many seconds.
        clock: Seconds that never go back.
    """

    def __init__(
        self,
        options: FetchOptions | None = None,
        *,
        resolve: Resolve = system_addresses,
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._options = options = options or FetchOptions()
        self._pause = pause
        self._clock = clock
        self._caller = Caller(
            user_agent=_user_agent(options.contact),
            allowed_hosts=frozenset(map(_listed, options.allowed_hosts)),
            resolve=resolve,
            connect_s=options.connect_s,
            read_gap_s=options.read_gap_s,
            max_bytes=options.max_bytes,
        )
        self._turns = HostTurns(clock, pause)
        self._robots = RobotsCache(_NAME, self._robots_text, clock)
        self._temporary = TemporaryDirectory(prefix="footnote-fetch-")
        self.folder = Path(self._temporary.name)

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._temporary.cleanup()

    @contextmanager
    def fetch(self, url: str, validators: Validators | None = None) -> Iterator[Fetched | NotModified | Gone]:
        """Ask for a page; its file is deleted when the context ends.

        Args:
            url: Its address.
            validators: What came with it the last time, where its words are still at hand.

        Raises:
            UnreadableSource: It could not be fetched. Nothing is known of the page then.
        """
        path = self.folder / uuid4().hex
        try:
            yield self._outcome(url, validators or Validators(), path)
        finally:
            path.unlink(missing_ok=True)

    def _outcome(self, url: str, validators: Validators, path: Path) -> Fetched | NotModified | Gone:
        trail = None
        try:
            trail = Trail(url, self._options.max_redirects)
            asking = validators.headers()
            take = partial(self._page, trail, bool(asking), path)
            errand: _Errand[Fetched | NotModified | Gone] = _Errand(self._deadline(), take, asking)
            return self._run(trail, errand)
        except Refused as refused:
            raise _unreadable(url, trail, refused) from refused

    def _page(
        self, trail: Trail, is_conditional: bool, path: Path, answer: Answer
    ) -> Fetched | NotModified | Gone | _Redirect:
        if answer.status in REDIRECTS:
            return _Redirect(answer.status, answer.headers.get("location"))
        if answer.status == 304 and is_conditional:
            return NotModified()
        if answer.status in (404, 410) and trail.is_permanent():
            return Gone()
        check_can_be_kept(answer, self._options.max_bytes)
        _write(answer, path, self._options.max_bytes)
        source = SourceFile(
            path,
            origin=shown(trail.given),
            key=url_key(canonical(trail.address)),
            name=name_of(trail.address),
            media_type=answer.headers.get("content-type", "")[:_MAX_MEDIA_TYPE_CHARS] or None,
            url=trail.address,
        )
        validators = Validators(_kept(answer, "etag"), _kept(answer, "last-modified"))
        return Fetched(source, validators, trail.moved_to)

    def _robots_text(self, address: str) -> str:
        errand = _Errand(self._deadline(), _robots_txt, {}, heeds_robots=False)
        return self._run(Trail(address, _ROBOTS_REDIRECTS), errand)

    def _run(self, trail: Trail, errand: _Errand[Taken]) -> Taken:
        """Ask, and follow redirects until something is taken."""
        while True:
            delay_s = self._checked_delay_s(trail.address) if errand.heeds_robots else 0.0
            taken = self._tried(trail.address, errand, delay_s)
            if not isinstance(taken, _Redirect):
                return taken
            trail.follow(taken.status, taken.location)

    def _checked_delay_s(self, address: str) -> float:
        rules = self._robots.rules_for(address)
        if not rules.allow(address):
            raise Refused(
                "may not be read by programs: the site's robots.txt forbids it",
                "save the page in a browser and add the file, if its owner has nothing against it",
            )
        return max(self._options.host_delay_s, rules.delay_s())

    def _tried(self, address: str, errand: _Errand[Taken], delay_s: float) -> Taken | _Redirect:
        """Ask one server, again and again while its trouble may pass."""
        host = host_of(address)

        def once() -> Taken | _Redirect:
            with self._turns.of(host, delay_s) as waited_s:
                errand.deadline.extend(waited_s)
                with self._caller.get(address, errand.headers, errand.deadline) as answer:
                    return errand.take(answer)

        try:
            taken = self._retrying(errand.deadline)(once)
        except Passing as passing:
            self._turns.gave_up(host, passing.retry_after_s)
            raise
        self._turns.worked(host)
        return taken

    def _retrying(self, deadline: Deadline) -> Retrying:
        back_off = wait_exponential_jitter(initial=_FIRST_BACK_OFF_S, max=_LONGEST_BACK_OFF_S)

        def wait_s(state: RetryCallState) -> float:
            trouble = state.outcome.exception() if state.outcome else None
            asked_s = trouble.retry_after_s if isinstance(trouble, Passing) else 0.0
            return max(back_off(state), asked_s)

        def gives_up(state: RetryCallState) -> bool:
            return state.attempt_number > self._options.retries or state.upcoming_sleep >= deadline.left_s()

        return Retrying(
            retry=retry_if_exception_type(Passing),
            wait=wait_s,
            stop=gives_up,
            sleep=self._pause,
            reraise=True,
        )

    def _deadline(self) -> Deadline:
        return Deadline(self._options.total_s, self._clock)


def _listed(host: str) -> str:
    """A host of the setting, as connections name it."""
    try:
        return host_form(host).strip("[]")
    except Refused as refused:
        raise ValueError(f"hosts are named like intranet.example, got {host!r}") from refused


def _robots_txt(answer: Answer) -> str | _Redirect:
    if answer.status in REDIRECTS:
        return _Redirect(answer.status, answer.headers.get("location"))
    if 400 <= answer.status < 500 and answer.status != 429:
        return ""  # the site has none, or shows it to nobody: the RFC takes both for leave
    check_is_page(answer)
    content = bytearray()
    for step in answer.content(MAX_ROBOTS_BYTES):
        content += step
    return content[:MAX_ROBOTS_BYTES].decode("utf-8-sig", "replace")


def _write(answer: Answer, path: Path, max_bytes: int) -> None:
    n_bytes = 0
    try:
        with path.open("wb") as file:
            for step in answer.content(max_bytes):
                n_bytes += file.write(step)
    except OSError as error:  # of the file: those of the connection have become others
        raise Refused(
            f"cannot be kept here: {error.strerror}", f"make room in {path.parent.parent}, then try again"
        ) from error
    if n_bytes > max_bytes:
        raise too_large(max_bytes)
    if n_bytes == 0:
        raise Refused("was answered with an empty page", SAVE_INSTEAD)


def _kept(answer: Answer, name: str) -> str | None:
    value = answer.headers.get(name, "")
    return value if 0 < len(value) <= _MAX_VALIDATOR_CHARS else None


def _unreadable(url: str, trail: Trail | None, refused: Refused) -> UnreadableSource:
    source = shown(url)
    reached = "" if trail is None or trail.is_at_start() else f"leads to {shown(trail.address)}, which "
    return UnreadableSource(f"{source} {reached}{refused.problem}", refused.remedy, source=source)

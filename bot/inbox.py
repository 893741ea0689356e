"""What admins sent to be added, kept in the home until they decide, or for a day.

Each is a file with a JSON file beside it, both for this user alone. Whatever a file is called by its
sender, here it is called by an id of ours.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from corpus.durable import make_folder
from corpus.errors import FootnoteError
from corpus.fetched import Fetched, Validators
from corpus.source_file import SourceFile
from corpus.types import Metadata, RawArticle

KEPT_S = 86_400.0
# Nobody decides about more at once; the ones kept longest make room.
MAX_KEPT = 100

_ID = re.compile(r"[0-9a-f]{12}")
_SUFFIX = re.compile(r"(?:\.xml)?\.[A-Za-z0-9]{1,8}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file somebody sent.

    Args:
        file: It, as it lies in the inbox.
    """

    file: SourceFile

    @property
    def origin(self) -> str:
        """What a person would call it."""
        return self.file.origin


@dataclass(frozen=True, slots=True)
class SentPage:
    """What stood at a web address that somebody sent.

    Args:
        url: The address as it was sent.
        page: What stood there; its file lies in the inbox.
    """

    url: str
    page: Fetched

    @property
    def origin(self) -> str:
        """What a person would call it."""
        return self.url


@dataclass(frozen=True, slots=True)
class SentPost:
    """A message somebody forwarded.

    Args:
        article: The article that it is.
    """

    article: RawArticle

    @property
    def origin(self) -> str:
        """What a person would call it."""
        return self.article.origin


Sent = SentFile | SentPage | SentPost


class Inbox:
    """The inbox of a home. Any thread may call.

    Args:
        home: The folder that the inbox is, or will be, in.
        clock: Seconds since 1970.
    """

    def __init__(self, home: Path, clock: Callable[[], float] = time.time) -> None:
        self._folder = home / "inbox"
        self._clock = clock

    def keep(self, sent: Sent, content: bytes = b"") -> str:
        """Keep what was sent, until it is dropped or a day has passed.

        Args:
            sent: What it is; wherever its file lies is not looked at.
            content: The bytes of its file.

        Returns:
            The id by which it is found again.

        Raises:
            FootnoteError: The disk is full, or the home cannot be written.
        """
        sent_id = secrets.token_hex(6)
        try:
            make_folder(self._folder)
            self.prune()
            if not isinstance(sent, SentPost):
                file = sent.file if isinstance(sent, SentFile) else sent.page.source
                path = self._folder / f"{sent_id}-sent{_suffix(file.name)}"
                _write(path, content)
                sent = _at(sent, path)
            _write(self._note(sent_id), json.dumps(_to_json(sent)).encode())
        except OSError as error:
            remedy = "free some disk space, and make the home writable for the user who runs the bot"
            raise FootnoteError(f"what was sent cannot be kept: {error.strerror or error}", remedy) from error
        return sent_id

    def find(self, sent_id: str) -> Sent | None:
        """What was sent; None where it was dropped, a day has passed, or no such thing was sent."""
        if not _ID.fullmatch(sent_id):
            return None
        note = self._note(sent_id)
        try:
            if self._is_old(note):
                return None
            return _from_json(json.loads(note.read_text("utf-8")), self._folder)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def drop(self, sent_id: str) -> bool:
        """Forget what was sent; False where there is nothing to forget."""
        if not _ID.fullmatch(sent_id):
            return False
        there = self._note(sent_id).exists()
        self._note(sent_id).unlink(missing_ok=True)
        for path in self._folder.glob(f"{sent_id}-sent*"):
            path.unlink(missing_ok=True)
        return there

    def prune(self) -> None:
        """Forget what is older than a day, and the oldest where there is too much."""
        notes = sorted(self._folder.glob("*.json"), key=lambda note: note.stat().st_mtime)
        for number, note in enumerate(notes):
            if self._is_old(note) or number < len(notes) - MAX_KEPT:
                self.drop(note.stem)
        for path in self._folder.glob("*-sent*"):  # what was being written when the bot was killed
            if self._is_old(path):
                path.unlink(missing_ok=True)

    def _is_old(self, path: Path) -> bool:
        return path.stat().st_mtime < self._clock() - KEPT_S

    def _note(self, sent_id: str) -> Path:
        return self._folder / f"{sent_id}.json"


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())  # or half of it would be added where the power is cut before they decide


def _suffix(name: str) -> str:
    suffix = "".join(PurePath(name).suffixes[-2:])
    last = PurePath(name).suffix
    return next((each.lower() for each in (suffix, last) if _SUFFIX.fullmatch(each)), "")


def _at(sent: SentFile | SentPage, path: Path) -> Sent:
    if isinstance(sent, SentFile):
        return SentFile(replace(sent.file, path=path))
    return SentPage(sent.url, replace(sent.page, source=replace(sent.page.source, path=path)))


def _to_json(sent: Sent) -> dict[str, object]:
    match sent:
        case SentFile(file):
            return {"kind": "file", "file": _file_json(file)}
        case SentPage(url, page):
            fields = {"url": url, "moved_to": page.moved_to, "validators": asdict(page.validators)}
            return {"kind": "page", "file": _file_json(page.source), **fields}
        case SentPost(article):
            return {"kind": "post", "article": asdict(article)}


def _file_json(file: SourceFile) -> dict[str, object]:
    return {**asdict(file), "path": file.path.name}


def _from_json(kept: dict[str, Any], folder: Path) -> Sent:
    if kept["kind"] == "post":
        article = kept["article"]
        about = Metadata(**article.pop("metadata"))
        return SentPost(RawArticle(**{**article, "metadata": about, "aliases": tuple(article["aliases"])}))
    file = SourceFile(**{**kept["file"], "path": folder / kept["file"]["path"]})
    if kept["kind"] == "file":
        return SentFile(file)
    return SentPage(kept["url"], Fetched(file, Validators(**kept["validators"]), kept["moved_to"]))

"""A model of a disk whose power is cut: what was not made durable by then may be there or not.

It is given the log of a real run, call by call. A file's bytes are durable once the file was synced, its name
once the folder was that the name stands in; what came after the last sync may have reached the disk in any
order, and a write only in part.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

_SECTOR = 512
_HEAD = struct.Struct("<cqqqq")

How = Literal["nothing", "everything", "in order", "any"]
HOWS: tuple[How, ...] = ("nothing", "everything", "in order", "any")


@dataclass(frozen=True, slots=True)
class Event:
    """One call of the log; see `note` in faulty_disk.c."""

    what: str
    inode: int
    at: int
    size: int
    name: str
    content: bytes


def read_log(path: Path) -> Iterator[Event]:
    """Every call of a log, in order."""
    log = path.read_bytes()
    at = 0
    while at < len(log):
        what, inode, place, size, n_name = _HEAD.unpack_from(log, at)
        at += _HEAD.size
        name = log[at : at + n_name].decode()
        at += n_name
        n_content = size if what in b"wa" else 0
        yield Event(what.decode(), inode, place, size, name, log[at : at + n_content])
        at += n_content


@dataclass(slots=True)
class _File:
    """Bytes: as every process sees them, as they were last synced, and what was done since."""

    now: bytearray
    durable: bytes
    since: list[tuple[int, int, bytes]] = field(default_factory=list)  # moment, place, bytes; or a new size

    def write(self, moment: int, at: int, content: bytes) -> None:
        """Write at a place."""
        _put(self.now, at, content)
        self.since.append((moment, at, content))

    def resize(self, moment: int, size: int) -> None:
        """Cut or lengthen."""
        _resize(self.now, size)
        self.since.append((moment, -1 - size, b""))

    def sync(self) -> None:
        """Make all of it durable."""
        self.durable, self.since = bytes(self.now), []

    def survived(self, until: int, chance: random.Random | None) -> bytes:
        """What is there after the cut: all up to a moment, or some of it by chance."""
        content = bytearray(self.durable)
        for moment, at, written in self.since:
            if moment > until or (chance is not None and chance.random() < 0.5):
                continue
            if at < 0:
                _resize(content, -1 - at)
            else:
                torn = chance is not None and chance.random() < 0.3
                kept = chance.randrange(len(written) // _SECTOR + 1) * _SECTOR if torn and chance else None
                _put(content, at, written[:kept])
        return bytes(content)


@dataclass(slots=True)
class _Folder:
    """Names: as every process sees them, as they were last synced, and what was done since."""

    now: dict[str, _Entry] = field(default_factory=dict)
    durable: dict[str, _Entry] = field(default_factory=dict)
    since: list[tuple[int, dict[str, _Entry | None]]] = field(default_factory=list)

    def change(self, moment: int, names: dict[str, _Entry | None]) -> None:
        """Name or unname something; all of one change is there or none."""
        _rename(self.now, names)
        self.since.append((moment, names))

    def sync(self) -> None:
        """Make the names durable."""
        self.durable, self.since = dict(self.now), []

    def survived(self, until: int, chance: random.Random | None) -> dict[str, _Entry]:
        """What is named after the cut."""
        names = dict(self.durable)
        for moment, changed in self.since:
            if moment <= until and (chance is None or chance.random() < 0.5):
                _rename(names, changed)
        return names


_Entry = _File | _Folder


class FrailDisk:
    """A folder as a disk holds it, all of it durable at first.

    Args:
        folder: It, before the run that is replayed.
        name: What it is called in the log, as a whole path.
    """

    def __init__(self, folder: Path, name: Path) -> None:
        self._name = str(name)
        self._inodes: dict[int, _File] = {}
        self._root = self._loaded(folder)
        self._moment = 0

    def replay(self, event: Event) -> None:
        """Let one call happen."""
        self._moment += 1
        if event.inode in self._inodes and event.what in "wts":
            self._of_file(event, self._inodes[event.inode])
        else:
            self._of_name(event)

    def _of_file(self, event: Event, file: _File) -> None:
        match event.what:
            case "w":
                file.write(self._moment, event.at, event.content)
            case "t":
                file.resize(self._moment, event.at)
            case "s":
                self._notice_name(event.name, file)
                file.sync()

    def _of_name(self, event: Event) -> None:
        match event.what:
            case "c":
                self._inodes[event.inode] = made = _File(bytearray(), b"")
                self._named(event.name, made)
            case "m":
                self._named(event.name, _Folder())
            case "u":
                self._named(event.name, None)
            case "s":
                self._found(event.name).sync()
            case "r":
                self._moved(*event.name.split("\n"))
            case "l":
                old, new = event.name.split("\n")
                self._named(new, self._found(old))

    def cut(self, folder: Path, how: How, chance: random.Random) -> None:
        """Write what is there after the power is cut now, into a folder that is made for it.

        Args:
            folder: Where to.
            how: What of the unsynced is there: nothing, everything, all that was done up to some moment, or
                any of it.
            chance: Chooses.
        """
        until = {"nothing": 0, "in order": chance.randint(0, self._moment)}.get(how, self._moment)
        _write(self._root, folder, until, chance if how == "any" else None)

    def _notice_name(self, name: str, file: _File) -> None:
        """Rust renames files past the C library; by what name one is synced tells that it did."""
        folder = self._found(str(Path(name).parent))
        assert isinstance(folder, _Folder)
        old = [each for each, known in folder.now.items() if known is file]
        if old and Path(name).name not in old:
            folder.change(self._moment, {**dict.fromkeys(old), Path(name).name: file})

    def _loaded(self, path: Path) -> _Folder:
        entries: dict[str, _Entry] = {}
        for each in path.iterdir():
            if each.is_dir():
                entries[each.name] = self._loaded(each)
            else:
                content = each.read_bytes()
                entries[each.name] = loaded = _File(bytearray(content), content)
                self._inodes[each.stat().st_ino] = loaded
        return _Folder(dict(entries), dict(entries))

    def _found(self, name: str) -> _Entry:
        found: _Entry = self._root
        for part in Path(name).relative_to(self._name).parts:
            assert isinstance(found, _Folder)
            found = found.now[part]
        return found

    def _named(self, name: str, entry: _Entry | None) -> None:
        folder = self._found(str(Path(name).parent))
        assert isinstance(folder, _Folder)
        folder.change(self._moment, {Path(name).name: entry})

    def _moved(self, old: str, new: str) -> None:
        moved = self._found(old)
        if Path(old).parent == Path(new).parent:
            folder = self._found(str(Path(old).parent))
            assert isinstance(folder, _Folder)
            folder.change(self._moment, {Path(old).name: None, Path(new).name: moved})
        else:
            self._named(old, None)
            self._named(new, moved)


def _put(content: bytearray, at: int, written: bytes) -> None:
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(written)] = written


def _resize(content: bytearray, size: int) -> None:
    del content[size:]
    content.extend(bytes(size - len(content)))


def _rename(names: dict[str, _Entry], changed: dict[str, _Entry | None]) -> None:
    for name, entry in changed.items():
        if entry is None:
            names.pop(name, None)
        else:
            names[name] = entry


def _write(folder: _Folder, path: Path, until: int, chance: random.Random | None) -> None:
    path.mkdir(mode=0o700)
    for name, entry in folder.survived(until, chance).items():
        if isinstance(entry, _Folder):
            _write(entry, path / name, until, chance)
        else:
            (path / name).write_bytes(entry.survived(until, chance))
            (path / name).chmod(0o600)

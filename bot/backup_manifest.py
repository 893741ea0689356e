"""What a backup says of itself: the last of its members, so that one that was cut short has none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any

from bot.archive import TAKE_ANOTHER, BackupError, Member, snapshot_in

NAME = "manifest.json"
LIBRARY, ACTIVITY, PEOPLE, SETTINGS = "library.db", "activity.db", "people.key", "footnote.toml"
FORMAT = 1
# That of a snapshot with a hundred files has 20,000.
MAX_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """What is in a backup.

    Args:
        footnote: The version that made it.
        made_utc: ISO 8601, the moment of its library.
        articles: How many articles readers are shown of that.
        snapshot: The id of the snapshot in it; None where it has none.
        members: Every other member.
    """

    footnote: str
    made_utc: str
    articles: int
    snapshot: str | None
    members: tuple[Member, ...]

    def to_bytes(self) -> bytes:
        """How it is stored, with a checksum of its own."""
        fields = {"format": FORMAT, **asdict(self)}
        return json.dumps({**fields, "sha256": _digest(fields)}, indent=1).encode()


def manifest_of(
    made_utc: str, articles: int, snapshot: str | None, members: Iterable[Member]
) -> BackupManifest:
    """The manifest of a backup that this footnote makes."""
    return BackupManifest(version("footnote"), made_utc, articles, snapshot, tuple(members))


def read_manifest(name: str, content: bytes) -> BackupManifest:
    """The manifest that a backup holds.

    Args:
        name: What to call the backup where that is wrong.
        content: The manifest.

    Raises:
        BackupError: It is damaged, or of a later footnote.
    """
    try:
        fields = json.loads(content)
        stated = fields.pop("sha256")
        found = fields.pop("format")
        if isinstance(found, int) and found > FORMAT:
            raise BackupError(
                f"{name} was made by a later footnote ({str(fields.get('footnote'))[:20]})",
                "pip install --upgrade footnote",
            )
        if stated != _digest({"format": found, **fields}):
            raise ValueError(stated)
        members = tuple(Member(**member) for member in fields.pop("members"))
        manifest = BackupManifest(**fields, members=members)
        _check(manifest)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BackupError(f"{name} is damaged: its manifest cannot be read", TAKE_ANOTHER) from error
    return manifest


def is_known(name: str) -> bool:
    """Whether a backup may hold a member of this name."""
    return name in (LIBRARY, ACTIVITY, PEOPLE, SETTINGS, NAME) or snapshot_in(name) is not None


def _check(manifest: BackupManifest) -> None:
    names = [member.name for member in manifest.members]
    if len(set(names)) != len(names) or LIBRARY not in names or NAME in names:
        raise ValueError(names)
    if {snapshot_in(name) for name in names} - {None} != {manifest.snapshot} - {None}:
        raise ValueError(manifest.snapshot)


def _digest(fields: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()

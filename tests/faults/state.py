"""What a home holds, as far as nothing of it may be lost."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import LibraryError
from corpus.schema import open_to_read, translated
from retrieval.snapshot import SnapshotStore

_HEADS = "SELECT a.id, v.text FROM articles AS a JOIN versions AS v ON v.seq = a.head"


@dataclass(frozen=True, slots=True)
class State:
    """What a home holds.

    Args:
        heads: The text that readers are shown of each article, by its id.
        versions: Id of the article, hash and text of every version, by its number.
        indexed: Hash of the version in the current snapshot, by the article's id.
    """

    heads: dict[str, str] = field(default_factory=dict)
    versions: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    indexed: dict[str, str] = field(default_factory=dict)


def state_of(home: Path) -> State:
    """What a home holds now; its library is read as it lies there, past most of what Footnote does.

    Raises:
        LibraryError: It cannot be read.
    """
    path = home / "library.db"
    if not path.exists():
        return State()
    try:
        opened = open_to_read(path)
    except LibraryError as problem:
        if "holds no library yet" in problem.message:
            return State()
        raise
    with closing(opened) as database, translated(path):
        versions = {
            row[0]: row[1:]
            for row in database.execute("SELECT seq, article_id, hash, text FROM versions").fetchall()
        }
        heads = database.execute(_HEADS).fetchall()
    return State(dict(heads), versions, SnapshotStore(home / "snapshots").indexed())

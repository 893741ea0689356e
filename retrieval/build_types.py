"""What a build tells while it runs and when it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from retrieval.types import Article, SnapshotInfo


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build has come.

    Args:
        stage: What is being done, as one or two plain words: ``embedding``, ``indexing``, ``saving``.
        done: How many pieces of this stage are done.
        total: How many there are; 0 where that is not known yet.
    """

    stage: str
    done: int
    total: int

    def __post_init__(self) -> None:
        if self.done < 0 or self.total < 0:
            raise ValueError(f"progress counts up from 0, got {self.done} of {self.total}")


@dataclass(frozen=True, slots=True)
class Changes:
    """How a snapshot differs from the one before it, in articles.

    Args:
        added: Were not in the snapshot before.
        updated: Are there in another version.
        removed: Were in the snapshot before and are gone.
    """

    added: int
    updated: int
    removed: int

    @classmethod
    def between(cls, before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
        """The changes from one mapping of article id to version hash to another."""
        common = before.keys() & after.keys()
        return cls(
            added=len(after.keys() - before.keys()),
            updated=sum(before[article_id] != after[article_id] for article_id in common),
            removed=len(before.keys() - after.keys()),
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """What a snapshot built now would differ in from the current one.

    Args:
        added: The articles that are not in the current one, by id.
        updated: Those that are there in another version.
        removed: Those that are there and would not be, as they were last.
        refusal: Why it would not be built unless forced; None where it would.
    """

    added: tuple[Article, ...]
    updated: tuple[Article, ...]
    removed: tuple[Article, ...]
    refusal: str | None

    @property
    def changes(self) -> Changes:
        """How many they are."""
        return Changes(len(self.added), len(self.updated), len(self.removed))


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a finished build changed.

    Args:
        snapshot: The snapshot that answers from now on.
        changes: What differs from the snapshot before.
        embedded: Passages that the encoder had to read.
        reused: Passages whose vectors were known already.
        seconds: How long it took.
        built: False where a new snapshot would have held the same, so that none was made.
    """

    snapshot: SnapshotInfo
    changes: Changes
    embedded: int
    reused: int
    seconds: float
    built: bool = True

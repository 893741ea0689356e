"""What a home holds, what is wrong with it, and the command that mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.config import Config
from bot.home_desk import HomeDesk
from corpus.errors import FootnoteError
from corpus.library import Library


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Args:
        part: What was looked at.
        text: What was found.
        remedy: The command that mends it; None where nothing is wrong.
    """

    part: str
    text: str
    remedy: str | None = None


def status_of(config: Config) -> dict[str, str | int | None]:
    """What the library and the current snapshot hold, without loading the encoder."""
    desk = HomeDesk(config)
    current = desk.snapshots.current_id()
    info = desk.snapshots.manifest(current).info if current else None
    with Library.open(config.home / "library.db") as library:
        n_articles, revision = library.count(), library.revision
    indexed = desk.snapshots.manifest(current).library_revision if current else None
    return {
        "home": str(config.home),
        "library_articles": n_articles,
        "snapshot": current,
        "snapshot_articles": info.articles if info else 0,
        "snapshot_passages": info.passages if info else 0,
        "built_at": info.built_at if info else None,
        "newest": info.newest if info else None,
        "up_to_date": "yes" if indexed == revision else "no: footnote reindex",
    }


def examine(config: Config) -> Iterator[Finding]:
    """Look at every part of a home; a part that fails does not keep the others from being looked at."""
    desk = HomeDesk(config)
    checks: dict[str, Callable[[], str]] = {
        "token": lambda: "set" if config.settings.token() else "empty",
        "admins": lambda: f"{len(config.settings.admins)} set",
        "library": lambda: _library(desk),
        "encoder": lambda: f"{type(desk.encoder).__name__}, {desk.encoder.dims} dimensions",
        "snapshot": lambda: _snapshot(desk),
    }
    for part, check in checks.items():
        try:
            yield Finding(part, check())
        except FootnoteError as problem:
            yield Finding(part, problem.message, problem.remedy)


def _library(desk: HomeDesk) -> str:
    with Library.open(desk.home / "library.db") as library:
        return (
            f"{library.count()} articles, each of them readable" if all(library.current()) else "0 articles"
        )


def _snapshot(desk: HomeDesk) -> str:
    snapshot, problem = desk.snapshots.open_current(encoder=desk.encoder.fingerprint)
    if problem is not None:
        raise problem
    return f"{snapshot.manifest.info.id}, every file as it was written"

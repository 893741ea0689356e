"""What was measured, with what, where and when: the facts that make two results comparable, or not."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.config import Settings
from retrieval.types import SnapshotInfo

CORPUS = "corpus.jsonl"
QUESTIONS = "queries.jsonl"

# Settings of where the bot runs and for whom; every other one may shape a reply.
ELSEWHERE = {
    "telegram_token",
    "telegram_token_file",
    "telegram_api_url",
    "admins",
    "webhook_url",
    "webhook_listen",
    "webhook_secret",
    "fetch_allowed_hosts",
    "fetch_contact",
    "max_loss",
    "workers",
    "log_format",
    "metrics_listen",
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which questions are asked.

    Args:
        folder: Holds the articles and their questions.
        limit: How many of the questions, drawn by ``seed``; None for all.
        seed: Of the draw.
        outside: Another set, whose questions are asked too; None for none.
    """

    folder: Path
    limit: int | None = None
    seed: int = 0
    outside: Path | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """What was measured, so that two figures are only compared when they can be.

    Args:
        set: The folder's name.
        corpus_sha256: Of its articles.
        questions_sha256: Of its questions.
        outside_sha256: Of the questions of the other set; None where none was asked.
        limit: How many questions were drawn; None for all.
        seed: Of the draw; None where nothing was drawn.
        commit: Of the code, with ``-dirty`` where files differ from it; None outside a checkout.
        snapshot: Id of the snapshot asked.
        passages: How many passages it holds.
        settings: Those that shape a reply.
        machine: Operating system, processor and number of cores.
        measured_at: ISO 8601 moment, UTC.
    """

    set: str
    corpus_sha256: str
    questions_sha256: str
    outside_sha256: str | None
    limit: int | None
    seed: int | None
    commit: str | None
    snapshot: str
    passages: int
    settings: dict[str, object]
    machine: str
    measured_at: str


def stamp(selection: Selection, settings: Settings, snapshot: SnapshotInfo) -> Stamp:
    """The facts of a run that asks this now."""
    return Stamp(
        set=selection.folder.resolve().name,
        corpus_sha256=_sha256(selection.folder / CORPUS),
        questions_sha256=_sha256(selection.folder / QUESTIONS),
        outside_sha256=_sha256(selection.outside / QUESTIONS) if selection.outside else None,
        limit=selection.limit,
        seed=selection.seed if selection.limit or selection.outside else None,
        commit=_commit(),
        snapshot=snapshot.id,
        passages=snapshot.passages,
        settings=settings.model_dump(mode="json", exclude=ELSEWHERE),
        machine=f"{platform.platform()}, {os.cpu_count()} cores",
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _commit() -> str | None:
    """The commit this code is at; None where it is installed, be it below somebody else's checkout."""
    package = Path(__file__).parent
    if _git("ls-files", "--error-unmatch", "__init__.py", at=package) is None:
        return None
    return _git("describe", "--always", "--dirty", "--abbrev=12", "--exclude=*", at=package)


def _git(*arguments: str, at: Path) -> str | None:
    """What git says; None where it is missing or refuses."""
    try:
        # Whichever git the developer has, with arguments of ours, and no shell.
        ran = subprocess.run(  # noqa: S603 - see above
            ["git", "-C", str(at), *arguments],  # noqa: S607 - see above
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return ran.stdout.strip()

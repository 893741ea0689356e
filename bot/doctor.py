"""What a home holds, what is wrong with it, and the command that mends it."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot import swap
from bot.activity_file import ActivityFile
from bot.config import Config
from bot.home_desk import HomeDesk
from bot.models import Models
from bot.question import tidy
from bot.words import ENGLISH
from corpus.errors import FootnoteError, LibraryError
from corpus.library import Library
from corpus.types import ArticleVersion, CleanArticle
from corpus.watches import Watch
from retrieval.build_types import Changes
from retrieval.cross_encoder import PACKAGED_MODEL, load_cross_encoder
from retrieval.errors import EncoderError, SnapshotError
from retrieval.manifest import Manifest
from retrieval.model_folder import find_model
from retrieval.types import SnapshotInfo

# What nobody else may open, in a home that nobody else may enter.
_PRIVATE = (
    *("library.db", "activity.db", "people.key", "footnote.toml", "chat_history"),
    *("snapshots", "inbox", swap.BEFORE),
)


@dataclass(frozen=True, slots=True)
class Status:
    """What the library and the current snapshot hold.

    Args:
        home: The folder of both.
        library_articles: How many articles the library holds; None where there is no library.
        snapshot: What questions are answered from; None before the first reindex, and where it is damaged.
        problem: What is wrong with the snapshot, as far as its manifest tells.
        snapshots: Every snapshot there is to go back to, newest first, with the current one.
        pending: What a reindex would take in.
        up_to_date: Whether a reindex would change nothing.
        watches: How many sources are watched.
        watch_problems: What is wrong with those that could not be read, or were not believed, last.
    """

    home: str
    library_articles: int | None
    snapshot: SnapshotInfo | None
    problem: str | None
    snapshots: tuple[str, ...]
    pending: Changes
    up_to_date: bool
    watches: int = 0
    watch_problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Args:
        part: What was looked at.
        state: ``note`` is for what is no failure but may surprise.
        text: What was found.
        remedy: What mends or changes it; None where there is nothing to do.
    """

    part: str
    state: Literal["ok", "note", "failed"]
    text: str
    remedy: str | None = None


def status_of(config: Config) -> Status:
    """What the home holds, without loading the encoder.

    Raises:
        LibraryError: The library cannot be read.
    """
    desk = HomeDesk(config)
    manifest, problem = _manifest(desk)
    has_library = (desk.home / "library.db").exists()
    pending = desk.pending() if has_library else Changes(0, 0, 0)
    watches = _watches_of(desk) if has_library else ()
    same_split = manifest is not None and manifest.max_passage_chars == config.settings.max_passage_chars
    return Status(
        home=str(desk.home),
        library_articles=_count(desk) if has_library else None,
        snapshot=manifest.info if manifest else None,
        problem=problem,
        snapshots=tuple(desk.snapshots.ids()),
        pending=pending,
        up_to_date=same_split and pending == Changes(0, 0, 0),
        watches=len(watches),
        watch_problems=_problems(watches),
    )


def examine(config: Config, desk: HomeDesk | None = None) -> Iterator[Finding]:
    """Look at every part of a home; one that fails does not keep the others from being looked at.

    Args:
        config: Names the home.
        desk: What answers from it; None to open one.
    """
    desk = desk or HomeDesk(config, models=Models(config, anew=True))
    checks: dict[str, Callable[[], Finding]] = {
        "home": lambda: _home(desk.home),
        "permissions": lambda: _permissions(config),
        "token": lambda: _token(config),
        "admins": lambda: _admins(config),
        "encoder": lambda: _encoder(desk, config),
        "cross-encoder": lambda: _cross_encoder(config),
        "library": lambda: _library(desk),
        "watches": lambda: _watches(desk),
        "snapshot": lambda: _snapshot(desk),
        "activity": lambda: _activity(desk.home),
    }
    for part, check in checks.items():
        try:
            yield check()
        except FootnoteError as problem:
            yield Finding(part, "failed", problem.message, problem.remedy)


def finding_text(finding: Finding) -> str:
    """A finding for reading, with what mends it on a line of its own."""
    sign = {"ok": "ok  ", "note": "note", "failed": "FAIL"}[finding.state]
    verb = "to mend it" if finding.state == "failed" else "to change it"
    remedy = f"\n     {verb}: {finding.remedy}" if finding.remedy else ""
    return f"{sign} {finding.part}: {tidy(finding.text)}{remedy}"


def status_text(status: Status) -> str:
    """What a home holds, for reading."""
    n_articles, snapshot = status.library_articles, status.snapshot
    library = "none yet: footnote add FOLDER" if n_articles is None else ENGLISH.articles(n_articles)
    serving = [status.problem or "none yet"]
    if snapshot is not None:
        held = f"{ENGLISH.freshness(snapshot)} · {ENGLISH('passages', number=snapshot.passages)}"
        serving = [f"{snapshot.id}, built {ENGLISH.moment(snapshot.built_at)}", held]
    older = [each for each in status.snapshots if snapshot is not None and each < snapshot.id]
    rows = {"Home": [status.home], "Library": [library], "Snapshot": serving, "Before it": older}
    if n_articles:
        rows["Reindex"] = [_reindex_text(status)]
    if status.watches:
        rows["Watched"] = [ENGLISH("sources", number=status.watches), *status.watch_problems]
    return "\n".join(
        f"{name if row == 0 else '':<11}{line}"
        for name, lines in rows.items()
        for row, line in enumerate(lines)
    )


def _manifest(desk: HomeDesk) -> tuple[Manifest | None, str | None]:
    """The manifest of the snapshot that answers, or what is wrong with it."""
    current = desk.snapshots.current_id() or next(iter(desk.snapshots.ids()), None)
    try:
        return desk.snapshots.manifest(current) if current else None, None
    except SnapshotError as problem:
        return None, str(problem)


def _count(desk: HomeDesk) -> int:
    with desk.library() as library:
        return library.count()


def _reindex_text(status: Status) -> str:
    if status.up_to_date:
        return ENGLISH("nothing-changed")
    changes = status.pending
    if status.problem:
        return "a new snapshot is needed: footnote reindex"
    if changes == Changes(0, 0, 0):
        return "the settings have changed: footnote reindex"
    return f"{ENGLISH.changed(changes)}: footnote reindex"


def _home(home: Path) -> Finding:
    if not home.exists():
        return Finding("home", "note", f"{home} does not exist yet", "footnote add FOLDER")
    if left := swap.left_over(home):
        return Finding("home", "note", "a restore was cut short before it changed anything", f"rm -r {left}")
    return Finding("home", "ok", str(home))


def _permissions(config: Config) -> Finding:
    """Whether nobody else on this machine can open what is kept, and all of it has one owner."""
    home, token = config.home, config.settings.telegram_token_file
    if not home.exists():
        return Finding("permissions", "ok", "nothing is kept yet")
    kept = [path for path in (home, *(home / name for name in _PRIVATE)) if path.exists()]
    for path in kept:
        if path.stat().st_mode & 0o077:
            return _open_to_others(path, f"chmod -R go= {shlex.quote(str(home))}")
        if path.stat().st_uid != home.stat().st_uid:
            remedy = f"chown -R {home.stat().st_uid} {shlex.quote(str(home))}"
            return Finding("permissions", "failed", f"{path} is not of the home's owner", remedy)
    if token and token.expanduser().exists() and token.expanduser().stat().st_mode & 0o077:
        return _open_to_others(token, f"chmod 600 {shlex.quote(str(token.expanduser()))}")
    return Finding("permissions", "ok", "open to one owner only")


def _open_to_others(path: Path, remedy: str) -> Finding:
    return Finding("permissions", "failed", f"others on this machine can open {path}", remedy)


def _token(config: Config) -> Finding:
    settings = config.settings
    if not settings.telegram_token and not settings.telegram_token_file:
        return Finding(
            "token", "note", "not set; only footnote serve needs it", "set FOOTNOTE_TELEGRAM_TOKEN"
        )
    settings.token()
    return Finding("token", "ok", "set")


def _admins(config: Config) -> Finding:
    n_admins = len(config.settings.admins)
    if n_admins == 0:
        return Finding("admins", "note", "none; nobody can reindex from Telegram", "set FOOTNOTE_ADMINS")
    return Finding("admins", "ok", f"{n_admins} may reindex from Telegram")


def _encoder(desk: HomeDesk, config: Config) -> Finding:
    name = config.settings.encoder
    if not desk.home.exists():  # loading would make it, to keep the converted model in
        return Finding("encoder", "ok", f"{name}, at {find_model(name).path}; not converted yet")
    kind = {"openvino": "OpenVINO"}.get(desk.encoder.backend, desk.encoder.backend)
    n_dims = desk.encoder.encode(["Who won?"], "query").shape[1]
    return Finding("encoder", "ok", f"{name}, run by {kind}, {n_dims} dimensions")


def _cross_encoder(config: Config) -> Finding:
    name = config.settings.cross_encoder
    try:  # whatever keeps `auto` from using it
        # What is kept of it is looked at as well, every byte.
        models = config.home / "models" if config.home.exists() else None
        cross_encoder = load_cross_encoder("packaged" if name == "auto" else name, models=models)
    except EncoderError as problem:
        if name != "auto":
            raise
        return Finding("cross-encoder", "note", f"none: {problem.message}", problem.remedy)
    if cross_encoder is None:
        return Finding("cross-encoder", "ok", "none")
    cross_encoder.scores("Who won?", ["Nobody won."])
    kind = {"PackagedCrossEncoder": "ONNX Runtime", "TorchCrossEncoder": "torch"}
    model = PACKAGED_MODEL if name in ("auto", "packaged") else name
    return Finding("cross-encoder", "ok", f"{model}, run by {kind[type(cross_encoder).__name__]}")


def _library(desk: HomeDesk) -> Finding:
    if not (desk.home / "library.db").exists() and not desk.snapshots.ids():
        return Finding("library", "note", "no articles yet", "footnote add FOLDER")
    with desk.library() as library:
        library.check()
        # Old versions too: receipts are checked against them.
        altered = [version.article_id for version in library.versions() if not _is_as_written(version)]
        n_articles = library.count()
    if altered:
        raise LibraryError(
            f"{len(altered)} versions of articles are not as they were stored,"
            f" one of {altered[0]} is the first",
            "restore a backup: footnote restore FILE --force",
        )
    return Finding("library", "ok", f"{n_articles:,} articles, each as it was stored")


def _watches_of(desk: HomeDesk) -> tuple[Watch, ...]:
    with desk.library() as library:
        return library.watches()


def _problems(watches: tuple[Watch, ...]) -> tuple[str, ...]:
    """What is wrong with each that did not go well the last time."""
    return tuple(tidy(problem) for watch in watches if (problem := watch.alarm or watch.problem))


def _watches(desk: HomeDesk) -> Finding:
    watches = _watches_of(desk) if (desk.home / "library.db").exists() else ()
    problems = _problems(watches)
    if problems:
        more = f"; {ENGLISH('and-more', number=len(problems) - 1)}" if len(problems) > 1 else ""
        return Finding("watches", "failed", f"{problems[0]}{more}", "footnote watch")
    return Finding("watches", "ok", f"{len(watches):,}, each read well the last time" if watches else "none")


def _is_as_written(version: ArticleVersion) -> bool:
    article = CleanArticle("", "", version.metadata, version.text, version.language)
    return article.content_hash() == version.hash


def _snapshot(desk: HomeDesk) -> Finding:
    if not desk.snapshots.ids():
        return Finding("snapshot", "note", "none yet", "footnote reindex")
    snapshot, problem = desk.snapshots.open_current(encoder=desk.encoder.fingerprint, anew=True)
    serving = snapshot.manifest.info.id
    if problem is not None:
        raise SnapshotError(f"{problem.message}; {serving} answers instead", problem.remedy)
    with desk.library() as library:
        foreign = _foreign(snapshot.passages.heads(), library)
    if foreign:
        raise SnapshotError(
            f"{serving} quotes {foreign} versions that the library does not hold", "footnote reindex"
        )
    return Finding("snapshot", "ok", f"{serving}, every file as it was written")


def _foreign(heads: dict[str, tuple[int, str]], library: Library) -> int:
    """How many of a snapshot's versions are not in the library, as after restoring an older one."""
    found = (library.version(seq) for seq, _ in heads.values())
    return sum(
        version is None or version.hash != expected
        for version, (_, expected) in zip(found, heads.values(), strict=True)
    )


def _activity(home: Path) -> Finding:
    file = ActivityFile(home)
    if not file.exists():
        return Finding("activity", "ok", "nothing recorded yet")
    file.check()
    return Finding("activity", "ok", "whole")

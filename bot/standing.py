"""How things stand with a serving bot: whether it can answer, and numbers about it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.home_desk import HomeDesk
from bot.in_hand import InHand
from bot.intake import Intake
from bot.reach import Reach
from bot.workers import Workers
from corpus.errors import FootnoteError

# A name without its prefix, what it is, and how much.
Number = tuple[str, str, float]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where that is read. May read files: not for the event loop.

    Args:
        desk: Knows the snapshots.
        workers: Those that answer questions.
        intake: The places for what waits or is being answered.
        in_hand: The updates that are not handled yet.
        reach: Whether Telegram was reached.
    """

    desk: HomeDesk
    workers: Workers
    intake: Intake
    in_hand: InHand
    reach: Reach

    def problems(self) -> dict[str, str]:
        """Why no question can be answered now, by what is wrong; empty where all is well."""
        found: dict[str, str] = {}
        try:
            self.desk.searcher()
        except (FootnoteError, OSError, RuntimeError) as problem:  # FAISS and tantivy raise the last
            found["snapshot"] = str(problem) if isinstance(problem, FootnoteError) else type(problem).__name__
        if (unreached := self.reach.problem) is not None:
            found["telegram"] = unreached
        return found

    def numbers(self) -> Iterator[Number]:
        """Each that can be told now."""
        yield "questions_waiting", "Calls that wait for a worker.", self.workers.waiting
        yield "questions_running", "Calls that have a worker.", self.workers.running
        yield "updates_waiting", "Updates that wait behind another of their chat.", self.intake.waiting
        yield "updates_refused", "Updates that found no place, since the start.", self.intake.refused
        yield "updates_in_hand", "Updates that were fetched and are not handled.", self.in_hand.number
        yield "updates_taken", "Updates that were fetched since the start.", self.in_hand.n_taken
        if (ago_s := self.reach.seconds_ago) is not None:
            yield "telegram_answered_seconds_ago", "Since Telegram last answered a call.", ago_s
        with suppress(OSError):
            yield "home_free_bytes", "Room left where the home is.", shutil.disk_usage(self.desk.home).free
        with suppress(FootnoteError, OSError):
            yield from self._snapshot()

    def _snapshot(self) -> Iterator[Number]:
        snapshots = self.desk.snapshots
        current = snapshots.current_id()
        if current is None:
            return
        info = snapshots.manifest(current).info
        built_at = datetime.fromisoformat(info.built_at).timestamp()
        yield "snapshot_built_timestamp_seconds", "When the current snapshot was built.", built_at
        yield "snapshot_articles", "Articles in it.", info.articles
        yield "snapshot_passages", "Passages in it.", info.passages
        folder = self.desk.home / "snapshots" / current
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        yield "snapshot_bytes", "Its size on disk.", size

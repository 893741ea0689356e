"""Prints what became of each article that is added or read again, and counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from bot.common_options import print_json
from bot.question import tidy
from corpus.ingest import Added
from corpus.kind import kind_by_name
from corpus.load import find_files
from corpus.types import LeftOut
from corpus.watch import Refreshed
from retrieval.build_types import Progress

_SHOWN_EVERY = 100
_MAX_LINES_SHOWN = 3
_OF_ONE_ARTICLE = ("plain", "markdown", "html", "pdf", "docx")


class Tally:
    """Takes what `add` and `refresh` tell: prints JSON or what failed, and the counts at the end.

    Args:
        stage: What is being done, for the progress.
        on_progress: Shows it.
        as_json: Print a line of JSON for each.
        total: How many articles there will be; 0 where that is not known.
    """

    def __init__(
        self, stage: str, on_progress: Callable[[Progress], None], *, as_json: bool, total: int = 0
    ) -> None:
        self._stage = stage
        self._on_progress = on_progress
        self._as_json = as_json
        self._total = total
        self._counts: Counter[str] = Counter()
        self._statuses: dict[str, str] = {}
        self._n_told = 0
        self._n_gone = 0
        self._n_watches = 0
        self.has_failed = False

    @classmethod
    def adding(
        cls, sources: Sequence[str], on_progress: Callable[[Progress], None], *, as_json: bool
    ) -> Tally:
        """A tally of adding ``sources``, with how many there are where every file is one article."""
        return cls("adding", on_progress, as_json=as_json, total=_expected(sources))

    def take(self, told: Added | Refreshed) -> None:
        """Print and count one of them."""
        if isinstance(told, Refreshed):
            self._n_gone += told.n_gone
            self._n_watches += 1
            self._counts["failed"] += told.status == "failed"
            fields = {"source": told.source, "status": told.status, "gone": told.n_gone}
        else:
            self._count(told)
            fields = {"source": told.source, "status": told.status, "article_id": told.article_id}
        self.has_failed |= told.status in ("failed", "alarm")
        if self._as_json:
            print_json({**fields, "reason": told.reason})
        elif told.reason:
            click.echo(tidy(told.reason), err=True)

    def _count(self, told: Added) -> None:
        """Count an article once, whatever leads to it, and as unchanged only where nothing changed it."""
        before = self._statuses.get(told.article_id or "")
        if before is None or told.status != "unchanged":
            self._counts[told.status] += 1
            if before == "unchanged":
                self._counts[before] -= 1
            if told.article_id is not None:
                self._statuses[told.article_id] = told.status
        self._n_told = done = self._n_told + 1
        if done % _SHOWN_EVERY == 0:
            self._on_progress(Progress(self._stage, done, max(done, self._total) if self._total else 0))

    def conclude(self) -> None:
        """Say how many of each there were, and what comes next."""
        if self._as_json:
            return
        counted = [f"{number:,} {status}" for status, number in sorted(self._counts.items()) if number]
        counted += [f"{self._n_gone:,} gone"] if self._n_gone else []
        click.echo(", ".join(counted) or ("Nothing has changed" if self._n_watches else "Nothing is due"))
        if self._counts["added"] + self._counts["updated"]:
            click.echo("Next: footnote reindex")


def left_out_text(told: LeftOut) -> str:
    """One line that says what is left out of the articles of an outlet."""
    n_lines = len(told.lines)
    counted = f"{n_lines:,} lines that repeat" if n_lines > 1 else "1 line that repeats"
    shown = ", ".join(f"“{line}”" for line in told.lines[:_MAX_LINES_SHOWN])
    more = ", …" if n_lines > _MAX_LINES_SHOWN else ""
    verb = "are" if n_lines > 1 else "is"
    return f"{told.outlet}: {counted} across its pages {verb} left out ({shown}{more})"


def _expected(sources: Sequence[str]) -> int:
    """How many files there are to read; 0 where some hold any number of articles."""
    n_files = 0
    for source in sources:
        if "://" in source:
            return 0
        for path in find_files(Path(source)):
            if kind_by_name(path.name) not in _OF_ONE_ARTICLE:
                return 0
            n_files += 1
    return n_files

"""What the bot says: the messages of a catalogue in one language, and the few that need choosing."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from bot.catalogue import FALLBACK, LOCALES, Value, formatted, in_own_digits
from bot.progress import Reached
from bot.staleness import StaleSnapshot
from retrieval.build_types import BuildReport, Changes, Preview
from retrieval.types import SnapshotInfo

# So many articles of each kind are named that a reindex would take in; the others are counted.
MAX_PREVIEWED = 20
# So many articles are named that tell the same as a quotation; the others are counted.
MAX_ALSO_IN = 5

COMMANDS = ("ask", "new", "sources", "source", "settings", "status", "help", "privacy", "forgetme")

_MINUTE_S = 60
_DAY, _MONTH = len("2026-05-14"), len("2026-05")


class Words:
    """Everything the bot says, in one language.

    Args:
        language: One of `bot.catalogue.LOCALES`.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, message: str, **values: Value) -> str:
        """A message of the catalogue with its values put in; see `bot.catalogue.formatted`."""
        return formatted(self.language, message, values)

    def not_found(self, snapshot: SnapshotInfo) -> str:
        """The verdict when the articles do not hold the answer."""
        newest = self.day(snapshot.newest) if snapshot.newest else "none"
        return self("not-found", articles=self.articles(snapshot.articles), newest=newest)

    def freshness(self, snapshot: SnapshotInfo) -> str:
        """What stands under every answer."""
        newest = [self("newest", day=self.day(snapshot.newest))] if snapshot.newest else []
        said = [self.articles(snapshot.articles), *newest]
        if isinstance(snapshot, StaleSnapshot):
            said.append(self("stale", day=self.day(snapshot.stale_since)))
        return " · ".join(said)

    def status(self, snapshot: SnapshotInfo) -> str:
        """What the bot answers from at present."""
        holds, moment = self.freshness(snapshot), self.moment(snapshot.built_at)
        return self("status", holds=holds, passages=self("passages", number=snapshot.passages), moment=moment)

    def progress(self, reached: Reached) -> str:
        """How far a reindex has come, and how long it will take where that can be told."""
        at = reached.at
        stage = self("stage", stage=at.stage.partition(" ")[0])
        if not at.total:
            return self("stage-begins", stage=stage)
        percent = 100 * min(at.done, at.total) // at.total
        told = self("stage-at", stage=stage, done=at.done, total=at.total, percent=percent)
        return self.with_time_left(told, reached.left_s)

    def with_time_left(self, told: str, left_s: float | None) -> str:
        """How far work has come, and below it how long it will take where that is known."""
        return told if left_s is None else self("with-time-left", told=told, left=self.span(left_s))

    def span(self, seconds: float) -> str:
        """A length of time, no finer than somebody who waits for it has to know."""
        whole = max(1, round(seconds))
        if whole < _MINUTE_S:
            return self("span-seconds", seconds=whole)
        hours, minutes = divmod(round(whole / _MINUTE_S), 60)
        if not hours:
            return self("span-minutes", minutes=minutes)
        return self("span-hours", hours=hours, minutes=minutes)

    def reindexed(self, report: BuildReport) -> str:
        """What a reindex changed."""
        if not report.built:
            return self("nothing-changed")
        articles = self.articles(report.snapshot.articles)
        passages = self("passages", number=report.snapshot.passages)
        changes, seconds = self.changed(report.changes), round(report.seconds, 1)
        return self("reindexed", articles=articles, passages=passages, changes=changes, seconds=seconds)

    def pending(self, changes: Changes) -> str:
        """What a reindex would change."""
        return self("pending", changes=self.changed(changes))

    def previewed(self, preview: Preview) -> str:
        """The same, with the titles of the first articles of each kind, and why it would be refused."""
        lines = [self.pending(preview.changes)]
        kinds = ("+", preview.added), ("~", preview.updated), ("−", preview.removed)
        for sign, articles in kinds:
            shown, left = articles[:MAX_PREVIEWED], len(articles) - MAX_PREVIEWED
            lines += [f"{sign} {each.metadata.title or self('untitled')}  ({each.id})" for each in shown]
            lines += [f"{sign} {self('and-more', number=left)}"] if left > 0 else []
        return "\n".join([*lines, *([preview.refusal] if preview.refusal else [])])

    def changed(self, changes: Changes) -> str:
        """How many articles are new, changed and gone."""
        return self("changes", added=changes.added, updated=changes.updated, removed=changes.removed)

    def articles(self, number: int) -> str:
        """``1 article``, ``1,204 articles``."""
        return self("articles", number=number)

    def day(self, iso: str) -> str:
        """``14 May 2026`` of an ISO 8601 date or date and time; as much as there is of a shorter one."""
        from babel.dates import format_date, format_skeleton

        locale = LOCALES[self.language]
        with suppress(ValueError):
            return self._own(format_date(date.fromisoformat(iso[:_DAY]), "long", locale))
        with suppress(ValueError):
            return self._own(
                format_skeleton("yMMMM", date.fromisoformat(f"{iso[:_MONTH]}-01"), locale=locale)
            )
        return self._own(iso.partition("-")[0])

    def listed(self, things: Iterable[str]) -> str:
        """Things one after the other, as the language parts them."""
        return self("list-comma").join(things)

    def _own(self, number: str) -> str:
        return in_own_digits(self.language, number)

    def moment(self, iso: str) -> str:
        """``14 May 2026, 09:30 UTC`` of an ISO 8601 moment in UTC."""
        clock = iso[11:16]
        return self("moment-utc", day=self.day(iso), clock=self._own(clock)) if clock else self.day(iso)


ENGLISH = Words(FALLBACK)

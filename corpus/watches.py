"""What is read again and again: folders, feeds, sitemaps and pages, and how the last try went."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from corpus.fetched import Validators
from corpus.tables import nullable

Policy = Literal["mark", "keep", "remove"]

_COLUMNS = (
    "SELECT w.source, w.every_s, w.policy, w.added_utc, w.tried_utc, w.succeeded_utc, w.failures, w.problem,"
    " w.alarm, w.etag, w.last_modified,"
    " (SELECT count(DISTINCT s.article_id) FROM sources AS s JOIN articles AS a ON a.id = s.article_id"
    " WHERE s.watch = w.source AND s.gone_utc IS NULL AND a.head IS NOT NULL) FROM watches AS w"
)


@dataclass(frozen=True, slots=True)
class Watch:
    """A source that is read again and again.

    Args:
        source: An absolute path or a canonical web address.
        every_s: How long to wait after a try, in seconds.
        policy: What becomes of an article that is gone at its source: ``mark`` shows it with that said,
            ``keep`` says nothing, ``remove`` takes it out.
        added_utc: When it was added.
        tried_utc: When it was last read, or tried to be.
        succeeded_utc: When that last succeeded.
        failures: How many tries in a row have failed up to now.
        problem: Why the last try failed; None when it did not.
        alarm: Why what the last try found was not believed; None when it was.
        validators: What its server gave to ask again.
        n_articles: How many articles it led to that are there.
    """

    source: str
    every_s: int
    policy: Policy
    added_utc: str
    tried_utc: str | None
    succeeded_utc: str | None
    failures: int
    problem: str | None
    alarm: str | None
    validators: Validators
    n_articles: int

    def due_utc(self) -> datetime:
        """When it is to be read again."""
        if self.tried_utc is None:
            return datetime.fromisoformat(self.added_utc)
        return datetime.fromisoformat(self.tried_utc) + timedelta(seconds=self.every_s)

    def is_due(self, now: datetime) -> bool:
        """Whether it is to be read now; also where it was read later than now, by a clock that went wrong."""
        return self.due_utc() <= now or datetime.fromisoformat(self.tried_utc or self.added_utc) > now


class WatchTable:
    """The table of watches; whoever writes to it has a transaction open.

    Args:
        database: The library's.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def all(self) -> tuple[Watch, ...]:
        """Every watch, by source."""
        return tuple(map(_watch, self._db.execute(f"{_COLUMNS} ORDER BY w.source")))

    def find(self, source: str) -> Watch | None:
        """The watch of a source."""
        row = self._db.execute(f"{_COLUMNS} WHERE w.source = ?", (source,)).fetchone()
        return None if row is None else _watch(row)

    def put(self, source: str, *, every_s: int, policy: Policy, now: str) -> None:
        """Watch a source; one that is watched already gets another interval and policy."""
        self._db.execute(
            "INSERT INTO watches (source, every_s, policy, added_utc) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET every_s = excluded.every_s, policy = excluded.policy",
            (source, every_s, policy, now),
        )

    def drop(self, source: str) -> bool:
        """Watch a source no longer; its articles stay. False when it was not watched.

        All others are read whole the next time: what they name too belongs to them from then on.
        """
        if not self._db.execute("DELETE FROM watches WHERE source = ?", (source,)).rowcount:
            return False
        self._db.execute("UPDATE watches SET etag = NULL, last_modified = NULL")
        return True

    def succeed(self, source: str, validators: Validators, now: str) -> None:
        """Remember that a source was read to its end."""
        self._db.execute(
            "UPDATE watches SET tried_utc = ?1, succeeded_utc = ?1, failures = 0, problem = NULL,"
            " alarm = NULL, etag = ?2, last_modified = ?3 WHERE source = ?4",
            (now, validators.etag, validators.last_modified, source),
        )

    def fail(self, source: str, problem: str, now: str) -> None:
        """Remember that a source could not be read; all that is known of it stays as it was."""
        self._db.execute(
            "UPDATE watches SET tried_utc = ?, failures = failures + 1, problem = ? WHERE source = ?",
            (now, problem, source),
        )

    def alarm(self, source: str, alarm: str, now: str) -> None:
        """Remember that what was found is not believed; it is asked for as if for the first time again."""
        self._db.execute(
            "UPDATE watches SET tried_utc = ?, failures = failures + 1, problem = NULL, alarm = ?,"
            " etag = NULL, last_modified = NULL WHERE source = ?",
            (now, alarm, source),
        )


def _watch(row: tuple[str | int | None, ...]) -> Watch:
    source, every_s, policy, added, tried, succeeded, failures, problem, alarm, etag, modified, count = row
    return Watch(
        source=str(source),
        every_s=int(every_s or 0),
        policy=_policy(policy),
        added_utc=str(added),
        tried_utc=nullable(tried),
        succeeded_utc=nullable(succeeded),
        failures=int(failures or 0),
        problem=nullable(problem),
        alarm=nullable(alarm),
        validators=Validators(nullable(etag), nullable(modified)),
        n_articles=int(count or 0),
    )


def _policy(value: object) -> Policy:
    return "keep" if value == "keep" else "remove" if value == "remove" else "mark"

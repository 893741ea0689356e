"""How long each thing in `activity.db` is kept, and how what has had its time is deleted."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

# Long enough to look back over a year, with a month to notice.
ACTS_KEPT = timedelta(days=400)
COUNTS_KEPT = timedelta(days=400)
# Half a year is as far back as editors look for what to write about.
VOTES_KEPT = timedelta(days=180)
GAPS_KEPT = timedelta(days=180)
# An open report holds the chat in which its reader is to be told; who waits a month waits in vain.
REPORTS_KEPT = timedelta(days=30)
# A decided report holds nobody. Those that hide an excerpt are kept: it is to stay hidden.
DECISIONS_KEPT = timedelta(days=180)

# The counter that the set of a day's people becomes when the day is over.
PEOPLE = "people"


def tidy(database: sqlite3.Connection, now: datetime) -> None:
    """Delete what has had its time; whoever calls has a transaction open."""
    today = now.date()
    database.execute("DELETE FROM acts WHERE moment_utc < ?", (iso(now - ACTS_KEPT),))
    database.execute("DELETE FROM counts WHERE day < ?", (str(today - COUNTS_KEPT),))
    database.execute("DELETE FROM votes WHERE day < ?", (str(today - VOTES_KEPT),))
    database.execute("DELETE FROM gaps WHERE moment_utc < ?", (iso(now - GAPS_KEPT),))
    database.execute("DELETE FROM reporters WHERE moment_utc < ?", (iso(now - REPORTS_KEPT),))
    drop_empty_reports(database)
    database.execute(
        "DELETE FROM reports WHERE state NOT IN ('open', 'hidden') AND decided_day < ?",
        (str(today - DECISIONS_KEPT),),
    )
    database.execute(
        "INSERT INTO counts (day, kind, n) SELECT day, ?, count(*) FROM seen WHERE day < ? GROUP BY day"
        " ON CONFLICT DO UPDATE SET n = n + excluded.n",
        (PEOPLE, str(today)),
    )
    database.execute("DELETE FROM seen WHERE day < ?", (str(today),))


def drop_empty_reports(database: sqlite3.Connection) -> None:
    """Delete the open reports that nobody stands behind any more."""
    database.execute(
        "DELETE FROM reports WHERE state = 'open' AND id NOT IN (SELECT report_id FROM reporters)"
    )


def iso(moment: datetime) -> str:
    """A moment as it is stored: of two, the later one sorts later."""
    return moment.isoformat(timespec="seconds")

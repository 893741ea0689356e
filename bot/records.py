"""All that a home remembers of what readers pressed and groups chose, each kind in its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.activity import Activity
from bot.activity_file import ActivityFile
from bot.chat_settings import Chats, Languages
from bot.counting import Counting
from bot.counts import Counts
from bot.gaps import Gaps
from bot.reports import Reports
from bot.votes import Votes


@dataclass(frozen=True, slots=True)
class Records:
    """What `activity.db` holds, by kind.

    Args:
        file: Where all of it is kept.
        counts: How often what happened.
        counting: Counts it from the event loop.
        votes: What readers think of answers.
        gaps: What readers told the editors that nothing answers.
        reports: What readers say is wrong.
        languages: What readers chose to be spoken to in.
        chats: What groups chose.
        activity: What admins did.
    """

    file: ActivityFile
    counts: Counts
    counting: Counting
    votes: Votes
    gaps: Gaps
    reports: Reports
    languages: Languages
    chats: Chats
    activity: Activity


def records_of(home: Path) -> Records:
    """Those of a home; nothing is touched until something is remembered."""
    file = ActivityFile(home)
    counts = Counts(file)
    return Records(
        file=file,
        counts=counts,
        counting=Counting(counts),
        votes=Votes(file),
        gaps=Gaps(file),
        reports=Reports(file),
        languages=Languages(file),
        chats=Chats(file),
        activity=Activity(home),
    )

"""What readers think of answers: up or down, and why; a question is never kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.activity_file import ActivityFile
from bot.counts import add_count

Vote = Literal["up", "down"]
Reason = Literal["wrong", "outdated", "not_mine"]  # the last: it answers another question

# More than anybody casts by hand; past it a person's oldest make room.
MAX_ROWS_EACH = 1_000

_TALLY = (
    "SELECT sum(vote = 'up'), sum(vote = 'down'), sum(reason IS 'wrong'), sum(reason IS 'outdated'),"
    " sum(reason IS 'not_mine')"
)


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes on an excerpt or an article, each person's on each answer once.

    Args:
        up: How many found it good.
        down: How many did not, whether they said why or not.
        wrong: How many of those called it wrong,
        outdated: outdated,
        not_mine: or an answer to another question.
    """

    up: int = 0
    down: int = 0
    wrong: int = 0
    outdated: int = 0
    not_mine: int = 0


class Votes:
    """The votes of a home. Any thread and process may call.

    Args:
        file: Where they are kept.
    """

    def __init__(self, file: ActivityFile) -> None:
        self._file = file

    def cast(
        self, user_id: int, quoted: Mapping[str, str], vote: Vote, *, reason: Reason | None = None
    ) -> Vote | None:
        """Remember what a reader thinks of an answer, instead of what they thought of it before.

        Args:
            user_id: The reader.
            quoted: The receipts of the answer, each with the id of its article.
            vote: What they think.
            reason: Why it is down, if they said so.

        Returns:
            What they thought of it before.

        Raises:
            ActivityError: It cannot be written.
        """
        if not quoted or (reason is not None and vote == "up"):
            raise ValueError(f"no such vote: {vote} because {reason} on {len(quoted)} excerpts")
        today, answer = self._file.today(), " ".join(sorted(quoted))
        with self._file.writing() as database:
            person = self._file.people.enter(database, user_id, "votes")
            gone: list[tuple[Vote, str]] = database.execute(
                "DELETE FROM votes WHERE person = ? AND answer = ? RETURNING vote, day", (person, answer)
            ).fetchall()
            if gone:
                before, day = gone[0]
                add_count(database, day, before, -1)
            add_count(database, today, vote)
            database.executemany(
                "INSERT INTO votes (person, answer, receipt, article_id, vote, reason, day)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(person, answer, receipt, about, vote, reason, today) for receipt, about in quoted.items()],
            )
            database.execute(
                "DELETE FROM votes WHERE person = ?1 AND (answer, receipt) IN (SELECT answer, receipt"
                " FROM votes WHERE person = ?1 ORDER BY day DESC LIMIT -1 OFFSET ?2)",
                (person, MAX_ROWS_EACH),
            )
        return gone[0][0] if gone else None

    def on_receipt(self, receipt: str) -> Tally:
        """The votes on the answers that held an excerpt.

        Raises:
            ActivityError: The file cannot be read.
        """
        return self._tally("receipt = ?", receipt)

    def on_article(self, article_id: str) -> Tally:
        """The votes on the answers that quoted an article.

        Raises:
            ActivityError: The file cannot be read.
        """
        return self._tally("article_id = ?", article_id)

    def worst(self, limit: int) -> tuple[tuple[str, Tally], ...]:
        """The articles with most votes down, each by its id, for editors to look at first.

        Raises:
            ActivityError: The file cannot be read.
        """
        if not self._file.exists():
            return ()
        with self._file.reading() as database:
            rows = database.execute(
                f"{_TALLY}, article_id"
                " FROM (SELECT DISTINCT person, answer, article_id, vote, reason FROM votes)"
                " GROUP BY article_id HAVING sum(vote = 'down') > 0"
                " ORDER BY sum(vote = 'down') DESC, article_id LIMIT ?",
                (limit,),
            ).fetchall()
        return tuple((article_id, Tally(*sums)) for *sums, article_id in rows)

    def _tally(self, which: str, value: str) -> Tally:
        if not self._file.exists():
            return Tally()
        with self._file.reading() as database:
            row = database.execute(
                f"{_TALLY} FROM (SELECT DISTINCT person, answer, vote, reason FROM votes WHERE {which})",
                (value,),
            ).fetchone()
        return Tally(*(n or 0 for n in row))

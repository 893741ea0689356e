"""What readers think of answers: up or down, and why; a question is never kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

from bot.activity_file import ActivityFile
from bot.counts import add_count

Vote = Literal["up", "down"]
Reason = Literal["wrong", "outdated", "not_mine"]  # the last: it answers another question

# More than anybody casts by hand; past it a person's oldest make room.
MAX_ROWS_EACH = 1_000


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

    def worst(self, days: int, limit: int) -> tuple[tuple[str, int], ...]:
        """The articles with most votes down in the last days with today, for editors to look at first.

        Returns:
            A receipt of each that was voted on, and how many votes: each person's on each answer once.

        Raises:
            ActivityError: The file cannot be read.
        """
        if not self._file.exists():
            return ()
        first = str(self._file.now().date() - timedelta(days=days - 1))
        with self._file.reading() as database:
            rows: list[tuple[str, int]] = database.execute(
                "SELECT max(receipt), count(DISTINCT person || answer) AS n FROM votes"
                " WHERE vote = 'down' AND day >= ? GROUP BY article_id ORDER BY n DESC, article_id LIMIT ?",
                (first, limit),
            ).fetchall()
        return tuple(rows)

"""What a home remembers of people, with a clock that tests set."""

from datetime import UTC, datetime

from bot.activity import Activity
from bot.activity_file import ActivityFile
from bot.chat_settings import Chats, Languages
from bot.counts import Counts
from bot.forget import forget
from bot.gaps import Gaps
from bot.reports import Complaint, Reach, Reports
from bot.votes import Votes

NOON = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)
RECEIPT = "7F3K2M9Q"


class Remembering:
    """All that writes to a home's file.

    Args:
        home: The folder.

    Attributes:
        now: The time, to be set.
    """

    def __init__(self, home):
        self.home = home
        self.now = NOON
        self.file = ActivityFile(home, lambda: self.now)
        self.activity = Activity(home, lambda: self.now)
        self.votes = Votes(self.file)
        self.gaps = Gaps(self.file)
        self.reports = Reports(self.file)
        self.counts = Counts(self.file)
        self.chats = Chats(self.file)
        self.languages = Languages(self.file)

    def report(self, user_id, *, receipt=RECEIPT, reason="wrong", chat_id=None):
        """Report an excerpt, in the reader's own chat unless another is given."""
        reach = Reach(user_id if chat_id is None else chat_id, 5, "en")
        return self.reports.take(user_id, Complaint(receipt, "ferry", reason), reach)

    def votes_on(self, receipt):
        """The votes on the answers that held an excerpt, each with its reason."""
        if not self.file.exists():
            return []
        with self.file.reading() as database:
            return database.execute("SELECT vote, reason FROM votes WHERE receipt = ?", (receipt,)).fetchall()

    def forget(self, user_id):
        """Delete all of a reader."""
        return forget(self.file, user_id)

    def rows(self):
        """How many rows each table of what is kept has."""
        with self.file.reading() as database:
            names = database.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            ).fetchall()
            counts = {
                name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for (name,) in names
            }
        del counts["notes"]
        return {name: n for name, n in counts.items() if n}

    def content(self):
        """The bytes of every file in the home."""
        return b"".join(path.read_bytes() for path in sorted(self.home.rglob("*")) if path.is_file())

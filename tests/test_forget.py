import random
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from killing import killed_after
from remembering import Remembering

from bot.activity_tables import PERSONAL
from bot.forget import Forgotten

READER, OTHER = 5_234_567_891, 5_345_678_902

# Leaves a reader's words and forgets them, again and again.
FORGETTING = """
from pathlib import Path
from remembering import Remembering

remembering = Remembering(Path({home!r}))
remembering.counts.note("asked", by={reader})
print("ready", flush=True)
while True:
    remembering.gaps.tell({reader}, "Harbour?" * 100, language="en")
    remembering.report({reader})
    remembering.forget({reader})
"""


def leave_all(remembering, user_id, words):
    """Leave something of every kind."""
    remembering.counts.note("asked", "not_found", by=user_id)
    remembering.languages.choose(user_id, "fa")
    remembering.votes.cast(user_id, {"A1": "ferry", "B2": "tram"}, "down", reason="wrong")
    for n in range(3):
        remembering.gaps.tell(user_id, f"{words} {n}?", language="en")
    remembering.report(user_id)
    remembering.report(user_id, receipt="C3")


def traces(remembering, user_id, words):
    """What of a reader stands in any file of the home: their hash, their id however written, their words."""
    people = [remembering.file.people.known(user_id, table) for table in PERSONAL]
    looked_for = (
        *(form for person in people for form in (person.encode(), bytes.fromhex(person))),
        *(str(user_id).encode(), user_id.to_bytes(6, "big"), user_id.to_bytes(8, "little")),
        *(words.encode(), words.casefold().encode()),
    )
    content = remembering.content()
    return [trace for trace in looked_for if trace in content]


def test_nothing_is_left(tmp_path):
    """After a reader is forgotten no file of the home holds their words, their id, or what stood for it."""
    remembering = Remembering(tmp_path)
    leave_all(remembering, READER, "Harbour")
    leave_all(remembering, OTHER, "Lighthouse")
    assert len(traces(remembering, READER, "Harbour")) == 8  # five hashes, the id of the chat, and words

    forgotten = remembering.forget(READER)

    assert forgotten == Forgotten(votes=1, gaps=3, reports=2, language=True, seen=True)
    assert traces(remembering, READER, "Harbour") == []
    assert remembering.forget(READER) == Forgotten()
    assert {path.name for path in tmp_path.iterdir()} == {"activity.db", "people.key"}


def test_others_stay(tmp_path):
    """Others keep what is theirs, and counts stay."""
    remembering = Remembering(tmp_path)
    leave_all(remembering, READER, "Harbour")
    leave_all(remembering, OTHER, "Lighthouse")

    remembering.forget(READER)

    assert remembering.languages.of(OTHER) == "fa"
    assert [report.reporters for report in remembering.reports.open()] == [1, 1]
    assert remembering.counts.stats(1)[0].counts["asked"] == 2
    assert remembering.forget(OTHER) == Forgotten(votes=1, gaps=3, reports=2, language=True, seen=True)
    assert set(remembering.rows()) == {"counts"}


@pytest.mark.parametrize("seed", [17, 23])
def test_no_copy_is_left(tmp_path, seed):
    """Copies of rows, which SQLite leaves behind when it moves them between pages, are gone as well."""
    remembering = Remembering(tmp_path)
    # With this key and these lengths deleting the rows alone leaves some of their words.
    remembering.file.people.path.write_bytes(b"ab" * 32 + b"\n")
    lengths = random.Random(seed)
    for n in range(40):
        user_id = READER + n % 4
        question = f"Harbour{user_id % 10}of {n} {'x' * lengths.randrange(300)}?"
        remembering.gaps.tell(user_id, question, language="en")

    remembering.forget(READER)

    assert traces(remembering, READER, f"Harbour{READER % 10}of") == []


@pytest.mark.parametrize("after_s", [0.03, 0.15, 0.3])
def test_killed_while_forgetting(tmp_path, after_s, monkeypatch):
    """Whenever a process that forgets is killed, doing it again leaves nothing, beside the file neither."""
    monkeypatch.setenv("PYTHONPATH", ":".join(sys.path))

    killed_after(after_s, FORGETTING.format(home=str(tmp_path), reader=READER))

    remembering = Remembering(tmp_path)
    remembering.file.check()
    remembering.forget(READER)
    assert traces(remembering, READER, "Harbour") == []
    assert {path.name for path in tmp_path.iterdir()} == {"activity.db", "people.key"}


class Readers(RuleBasedStateMachine):
    """Some readers leave things in any order, and are forgotten at any moment."""

    readers = st.sampled_from(range(READER, READER + 4))

    def __init__(self):
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.remembering = Remembering(self.home)
        self.left = {}

    def teardown(self):
        """Remove the home."""
        shutil.rmtree(self.home)

    @rule(reader=readers, length=st.integers(0, 900), times=st.integers(1, 6))
    def tell(self, reader, length, times):
        """Tell the editors some questions, short or long ones."""
        for n in range(times):
            question = f"{self.words(reader)} {n} {'x' * length}?"
            self.remembering.gaps.tell(reader, question, language="en")
            self.left.setdefault(reader, set()).add(question)

    @rule(reader=readers, receipt=st.sampled_from(["A1", "B2"]))
    def report(self, reader, receipt):
        """Report an excerpt."""
        self.remembering.report(reader, receipt=receipt)
        self.left.setdefault(reader, set()).add(receipt)

    @rule(reader=readers, vote=st.sampled_from(["up", "down"]))
    def vote(self, reader, vote):
        """Vote."""
        self.remembering.votes.cast(reader, {"A1": "ferry"}, vote)
        self.left.setdefault(reader, set()).add("vote")

    @rule(reader=readers)
    def ask(self, reader):
        """Ask something."""
        self.remembering.counts.note("asked", by=reader)

    @rule(reader=readers)
    def forget(self, reader):
        """Be forgotten."""
        before = self.left.pop(reader, set())
        forgotten = self.remembering.forget(reader)
        assert forgotten.votes + forgotten.gaps + forgotten.reports == len(before)
        known = self.remembering.file.people.known(reader, "votes")
        assert known is None or traces(self.remembering, reader, self.words(reader)) == []

    @invariant()
    def others_are_there(self):
        """What was not forgotten is there."""
        if self.remembering.file.exists():
            rows = self.remembering.rows()
            kept = rows.get("votes", 0) + rows.get("gaps", 0) + rows.get("reporters", 0)
            assert kept == sum(map(len, self.left.values()))

    @staticmethod
    def words(reader):
        """Words that only this reader uses."""
        return f"harbour{reader % 10}of"


TestReaders = Readers.TestCase
TestReaders.settings = settings(max_examples=6, stateful_step_count=10, deadline=None)

import stat
import subprocess
import sys
from datetime import timedelta

import pytest
from hashing_encoder import HashingEncoder
from killing import killed_after
from remembering import NOON, Remembering

from bot import keeping
from bot.activity_error import ActivityError
from bot.activity_file import FILE, ActivityFile
from bot.counts import Counts

# What a process of its own does to a home: eight threads write all kinds of rows at once.
WRITING = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from remembering import Remembering

home, first = Path(sys.argv[1]), int(sys.argv[2])

def write(n):
    remembering = Remembering(home)
    remembering.counts.note("asked", by=n)
    remembering.votes.cast(n, {"7F3K2M9Q": "ferry"}, "up")
    remembering.gaps.tell(n, "Who paid?", language="en")
    remembering.report(n)

with ThreadPoolExecutor(8) as pool:
    list(pool.map(write, range(first, first + 10)))
"""

# Votes on three excerpts each, one after another, until it is killed.
VOTING = """
from pathlib import Path
from remembering import Remembering

remembering = Remembering(Path({home!r}))
remembering.counts.note("asked")
print("ready", flush=True)
for n in range(100_000):
    remembering.votes.cast(n, {{"A": "ferry", "B": "ferry", "C": "tram"}}, "up")
    print(n, flush=True)
"""


@pytest.fixture
def remembering(tmp_path):
    """A home with nothing in it yet."""
    return Remembering(tmp_path / "home")


def test_nothing_is_made_by_reading(remembering):
    """Where nothing was written there is nothing to read, and no file comes of it."""
    assert remembering.counts.stats(1)[0].people == 0
    assert remembering.reports.open() == remembering.reports.untold() == remembering.votes.worst(1, 3) == ()
    assert (remembering.languages.of(7), remembering.chats.settings(-7).excerpts) == (None, 1)
    assert remembering.forget(7).votes == 0
    assert remembering.gaps.clusters(HashingEncoder()) == ()
    assert not remembering.reports.decide(1, "hidden")
    assert not remembering.reports.show_again("A")
    remembering.chats.move(-7, -8)
    remembering.chats.drop(-7)
    remembering.file.tidy()
    assert not remembering.home.exists()


def test_owner_only(remembering):
    """All files of what is remembered, and the folder made for them, are their owner's alone."""
    remembering.counts.note("asked", by=7)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in remembering.home.iterdir()}

    assert modes == {"activity.db": 0o600, "people.key": 0o600}
    assert stat.S_IMODE(remembering.home.stat().st_mode) == 0o700


def test_what_has_had_its_time(remembering):
    """Each kind of row is there to the last day of its time, and gone from the file after it."""
    remembering.activity.record(1, "add", outcome="added")
    remembering.counts.note("asked", by=7)
    remembering.votes.cast(7, {"A": "ferry"}, "down", reason="wrong")
    remembering.gaps.tell(7, "Who paid for the pier?", language="en")
    remembering.report(7)
    times = {
        **{"reporters": keeping.REPORTS_KEPT, "reports": keeping.REPORTS_KEPT},
        **{"votes": keeping.VOTES_KEPT, "gaps": keeping.GAPS_KEPT},
        **{"acts": keeping.ACTS_KEPT, "counts": keeping.COUNTS_KEPT},
    }

    for kept in sorted(set(times.values())):
        remembering.now = NOON + kept
        remembering.file.tidy()
        assert {name for name, time in times.items() if time >= kept} <= set(remembering.rows())
        remembering.now = NOON + kept + timedelta(days=1)
        remembering.file.tidy()
        assert not {name for name, time in times.items() if time <= kept} & set(remembering.rows())

    assert b"pier" not in remembering.content()


def test_many_at_once(remembering):
    """What many threads of two processes write at once is all kept, by one key that one of them made."""
    command = [sys.executable, "-c", WRITING, str(remembering.home)]
    path = {"PYTHONPATH": ":".join(sys.path)}

    processes = [subprocess.Popen([*command, first], env=path) for first in ("1000", "2000")]

    assert [process.wait() for process in processes] == [0, 0]
    rows = remembering.rows()
    assert {name: rows[name] for name in ("seen", "votes", "gaps", "reports", "reporters")} == {
        **{"seen": 20, "votes": 20, "gaps": 20, "reports": 1, "reporters": 20}
    }
    assert remembering.counts.stats(1)[0].counts["asked"] == 20
    assert {path.name for path in remembering.home.iterdir()} == {"activity.db", "people.key"}


@pytest.mark.parametrize("after_s", [0.05, 0.2, 0.45])
def test_killed_while_writing(remembering, after_s, monkeypatch):
    """Of a process that is killed all votes are there that it said were, and none by half."""
    monkeypatch.setenv("PYTHONPATH", ":".join(sys.path))

    cast = killed_after(after_s, VOTING.format(home=str(remembering.home)))

    remembering.file.check()
    n_cast = len(remembering.votes_on("A"))
    assert len(remembering.votes_on("C")) == n_cast
    assert remembering.counts.stats(1)[0].counts.get("up", 0) == n_cast
    assert n_cast - len(cast) in (0, 1)


def test_damage_in_the_middle(remembering):
    """A file that is damaged inside stops no answer: what must be there to answer is the default."""
    for n in range(40):
        remembering.gaps.tell(n, f"Who paid for pier {n}? " * 20, language="en")
    remembering.languages.choose(7, "de")
    path = remembering.home / FILE
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)

    remembering.counts.note("asked", by=7)

    assert (remembering.languages.of(7), remembering.chats.settings(-7).excerpts) == (None, 1)
    for act in (
        remembering.file.check,
        lambda: remembering.counts.stats(3),
        lambda: remembering.votes.cast(7, {"A": "ferry"}, "up"),
        lambda: remembering.forget(7),
    ):
        with pytest.raises(ActivityError, match=str(path)):
            act()


def test_no_room_for_a_home(tmp_path, caplog):
    """Where no home can be made a question is still answered: that it was not counted is in the log."""
    (tmp_path / "file").write_text("in the way")
    file = ActivityFile(tmp_path / "file" / "home")

    Counts(file).note("asked", "answer", by=7)

    assert "Not counted: asked, answer" in caplog.text

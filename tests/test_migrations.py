import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from build import article
from remembering import Remembering
from schemas import ACTIVITIES, LIBRARIES, rows, write

from bot import activity_tables
from bot.activity_error import ActivityError
from bot.activity_file import FILE, ActivityFile
from corpus import tables
from corpus.errors import LibraryError
from corpus.library import Library
from corpus.migrating import shape, shape_of

# What changes by design: how heads were signed is asked anew, and what is dropped is to leave the file.
CHANGED = {("state", "signed_by"), ("notes", "tidied")}
DROPPED = {("gaps", "verdict"), ("reporters", "words")}

# Opens a file again and again in processes that are killed before their first, second, … statement, until
# one is not; prints how many there were. Forked, or each would take as long as Python does to start.
KILLED_AT_EACH_STATEMENT = """
import os, shutil, signal, sqlite3, sys
from pathlib import Path
from bot.activity_file import ActivityFile
from corpus.library import Library

old, home = Path(sys.argv[1]), Path(sys.argv[2])

def rows(path):
    database = sqlite3.connect(path)
    if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        sys.exit("damaged")
    version = database.execute("PRAGMA user_version").fetchone()[0]
    lines = list(database.iterdump())
    database.close()
    return version, lines

def open_it(path):
    if path.name == "library.db":
        Library.open(path).close()
    else:
        with ActivityFile(path.parent).reading():
            pass

before, n = rows(old), 0
while True:
    n += 1
    home.mkdir()
    path = Path(shutil.copy(old, home))
    child = os.fork()
    if not child:
        left = n
        def count(frame, event, function):
            global left
            if event == "c_call" and getattr(function, "__name__", "") == "execute":
                left -= 1
                left or os.kill(os.getpid(), signal.SIGKILL)
        sys.setprofile(count)
        open_it(path)
        os._exit(0)
    killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    found = rows(path)
    if killed and found[0] == before[0] and found != before:
        sys.exit(f"changed by a kill before statement {n}")
    open_it(path)
    shutil.rmtree(home)
    if not killed:
        print(n)
        break
"""


def without(found, *left_out):
    """Rows without what is known to change."""
    gone = set().union(*left_out)
    return {
        name: [
            {column: value for column, value in row.items() if (name, column) not in gone}
            for row in lines
            if ("notes", row.get("name")) not in gone
        ]
        for name, lines in found.items()
    }


def is_in(row, lines):
    """Whether a row is among others that have columns more."""
    return any(row.items() <= each.items() for each in lines)


@pytest.mark.parametrize("name", [*LIBRARIES, *ACTIVITIES])
def test_nothing_is_lost(name, tmp_path):
    """A file of every schema that there ever was has all of its rows once it is brought up to date."""
    path = write(name, tmp_path / ("library.db" if "library" in name else FILE))
    before = without(rows(path), CHANGED, DROPPED)

    opened(path)

    after = without(rows(path), CHANGED)
    for table, lines in before.items():
        assert len(after[table]) == len(lines)
        assert all(is_in(row, after[table]) for row in lines), table


@pytest.mark.parametrize("name", [*LIBRARIES, *ACTIVITIES])
def test_all_become_the_same(name, tmp_path):
    """Whatever schema a file began with, it has the tables and columns of a new one afterwards."""
    path = write(name, tmp_path / ("library.db" if "library" in name else FILE))

    opened(path)

    newest = tables if "library" in name else activity_tables
    with closing(sqlite3.connect(path)) as database:
        assert shape(database) == shape_of(newest.steps_from(0))
        assert database.execute("PRAGMA user_version").fetchone() == (newest.SCHEMA_VERSION,)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("name", LIBRARIES)
def test_an_older_library_is_used(name, tmp_path):
    """A library of every schema answers for what it held, and takes new versions, watches and removals."""
    with Library.open(write(name, tmp_path / "library.db")) as library:
        ferry = library.find("/in/ferry.txt")
        assert library.latest(ferry).text.startswith("The ferry left at dusk.")
        assert library.version(1).text.startswith("The ferry left at dawn.")
        assert library.latest("kite") is None
        assert library.about("pier").author == "Moira Tennant"
        assert [each.source for each in library.watches()] == ([] if name == "library-1" else ["/in"])

        library.sign_all()
        assert library.put(article(key="pier", text="The pier burned down.")).status == "updated"
        assert library.put(article(key="id:kite", text="Kites flew again.")).status in ("added", "updated")
        assert library.remove("pier")
        assert library.count() == 2


@pytest.mark.parametrize("name", ACTIVITIES)
def test_older_activity_is_used(name, tmp_path):
    """Activity of every schema tells what it held, and remembers more: votes, gaps and reports too."""
    write(name, tmp_path / FILE)
    remembering = Remembering(tmp_path)

    remembering.gaps.tell(9, "Who paid for the pier?", language="en")
    remembering.report(9)
    remembering.votes.cast(9, {"7F3K2M9Q": "ferry"}, "up")

    assert [(act.user_id, act.what) for act in remembering.activity.last(5)] == [(8, "reindex"), (7, "add")]
    if name != "activity-1":
        assert remembering.chats.settings(-100).language == "de"
        assert {state for (state,) in selected(remembering, "state", "reports")} == {"open", "hidden"}


def test_dropped_words_leave_the_file(tmp_path):
    """What a reader wrote under a report, which nothing reads any more, is not in the file for longer."""
    path = write("activity-2-words", tmp_path / FILE)
    assert b"It left at dusk." in path.read_bytes()

    Remembering(tmp_path).counts.note("asked")

    assert b"It left at dusk." not in path.read_bytes()


@pytest.mark.parametrize("name", ["library-1", "activity-2-verdict"])
def test_killed_before_each_statement(name, tmp_path):
    """Killed before any statement of bringing it up, a file is as it was, and brought up when next opened."""
    old = write(name, tmp_path / ("library.db" if "library" in name else FILE))

    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])}
    ran = subprocess.run(
        [sys.executable, "-c", KILLED_AT_EACH_STATEMENT, old, tmp_path / "home"],
        capture_output=True,
        text=True,
        env=environ,
        check=False,
    )

    assert ran.stderr == ""
    assert int(ran.stdout) > 5


@pytest.mark.parametrize("name", ["library.db", FILE])
def test_a_newer_file(name, tmp_path):
    """A file of a later footnote is refused in words, and not a byte of it is changed."""
    path = tmp_path / name
    opened(path)
    with closing(sqlite3.connect(path)) as database:
        [(version,)] = database.execute("PRAGMA user_version")
        database.execute(f"PRAGMA user_version = {version + 1}")
    before = path.read_bytes()

    with pytest.raises((LibraryError, ActivityError), match="later footnote") as refused:
        opened(path)

    assert refused.value.remedy == "pip install --upgrade footnote"
    assert path.read_bytes() == before


def opened(path):
    """Open a file as footnote does, which makes it or brings it up."""
    if path.name == "library.db":
        Library.open(path).close()
    else:
        with ActivityFile(path.parent).reading():
            pass


def selected(remembering, what, table):
    """What stands in a column of what is remembered."""
    with remembering.file.reading() as database:
        return database.execute(f"SELECT {what} FROM {table}").fetchall()

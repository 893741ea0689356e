import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.activity import Activity
from bot.activity_file import APPLICATION_ID, FILE
from bot.activity_tables import SCHEMA_VERSION
from bot.keeping import ACTS_KEPT
from corpus.errors import FootnoteError

NOON = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)


def test_acts_are_kept(tmp_path):
    """What was recorded is given back with who, what, about what, when and how it ended, newest first."""
    activity = Activity(tmp_path / "home", now=lambda: NOON)
    activity.record(7, "add", about="ferry", outcome="added")
    activity.record(8, "reindex", outcome="1 new")

    newest, oldest = Activity(tmp_path / "home", now=lambda: NOON).last(5)

    assert (newest.user_id, newest.what, newest.about, newest.outcome) == (8, "reindex", "", "1 new")
    assert (oldest.what, oldest.about, oldest.moment_utc) == ("add", "ferry", "2026-05-14T12:00:00+00:00")
    assert Activity(tmp_path / "home", now=lambda: NOON).last(1) == (newest,)


def test_file(tmp_path):
    """The file is its owner's alone, says whose it is and in which version, and lets readers in meanwhile."""
    Activity(tmp_path).record(7, "add", outcome="added")

    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        found = [
            database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        ]

    assert found == [APPLICATION_ID, SCHEMA_VERSION]
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_nothing_recorded(tmp_path):
    """Where nothing was recorded there is nothing to read, and reading makes no file."""
    assert Activity(tmp_path).last(5) == ()
    assert not list(tmp_path.iterdir())


def test_old_acts_are_forgotten(tmp_path):
    """An act is kept for its time, and gone from the file with the first one recorded after that."""
    Activity(tmp_path, now=lambda: NOON).record(7, "add", outcome="added")
    later = Activity(tmp_path, now=lambda: NOON + ACTS_KEPT + timedelta(seconds=1))

    assert len(Activity(tmp_path, now=lambda: NOON + ACTS_KEPT).last(5)) == 1
    assert later.last(5) == ()
    later.record(7, "remove", outcome="removed")
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        assert database.execute("SELECT what FROM acts").fetchall() == [("remove",)]


def test_long_words_are_cut(tmp_path):
    """However long a source's name is, its line stays short."""
    Activity(tmp_path).record(7, "add", about="x" * 10_000, outcome="y" * 10_000)

    [act] = Activity(tmp_path).last(5)
    assert len(act.about) == len(act.outcome) == 500


def test_at_the_same_time(tmp_path):
    """Acts of many threads are all kept, the first ones too, which make the file."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: Activity(tmp_path).record(n, "add", outcome="added"), range(40)))

    assert {act.user_id for act in Activity(tmp_path).last(100)} == set(range(40))


@pytest.mark.parametrize("kind", ["no database", "another program", "a later footnote"])
def test_unusable_file(tmp_path, caplog, kind):
    """A file that is not ours is left alone: reading says so, and an act goes to the log instead."""
    path = tmp_path / FILE
    if kind == "no database":
        path.write_bytes(b"hello" * 1000)
    else:
        statement = "CREATE TABLE x (y)" if kind == "another program" else "PRAGMA user_version = 99"
        with closing(sqlite3.connect(path)) as database:
            database.execute(statement)
    before = path.read_bytes()

    Activity(tmp_path).record(7, "remove", about="ferry", outcome="removed")

    with pytest.raises(FootnoteError, match=str(path)):
        Activity(tmp_path).last(5)
    assert path.read_bytes() == before
    assert "An act was not recorded, remove" in caplog.text


def test_audit(footnote):
    """`footnote audit` prints a line an act, the newest last, or a JSON object a line."""
    activity = Activity(footnote.home, now=lambda: NOON)
    activity.record(7, "add", about="ferry\n\u202e.pdf", outcome="1 added")
    activity.record(8, "reindex", outcome="1 new")

    shown = footnote("audit")
    last = footnote("audit", "--json", "--limit", 1)

    assert shown.out.splitlines() == [
        "2026-05-14 12:00:00 UTC  7  add  ferry .pdf: 1 added",
        "2026-05-14 12:00:00 UTC  8  reindex: 1 new",
    ]
    assert last.json == {
        "moment_utc": "2026-05-14T12:00:00+00:00",
        "user_id": 8,
        "what": "reindex",
        "about": "",
        "outcome": "1 new",
    }


def test_audit_of_nothing(footnote):
    """Where nothing was recorded that is said, and nothing is made."""
    ran = footnote("audit")

    assert (ran.code, ran.out, footnote.files()) == (0, "", set())
    assert "Nothing was changed" in ran.err

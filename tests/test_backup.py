import json
import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from build import article
from hashing_encoder import HashingEncoder
from home import Home
from remembering import Remembering

from bot.archive import BackupError
from bot.backup import back_up
from bot.config import load_config
from bot.restore import restore
from corpus.errors import LibraryError
from corpus.library import Library

TOKEN = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# Adds articles one after another, a batch of its own each, and says which one is stored.
ADDING = """
import sys
from pathlib import Path
from build import article
from corpus.library import Library
from corpus.lock import writing

home = Path(sys.argv[1])
with writing(home), Library.open(home / "library.db") as library:
    for n in range(100_000):
        library.put(article(key=f"a{n}", text=f"Boat {n} left. " * 50))
        print(n, flush=True)
"""


@pytest.fixture
def home(tmp_path):
    """Two articles, one with two versions, indexed; a reader, an admin and settings are remembered."""
    home = Home(tmp_path / "home", HashingEncoder())
    home.put(article(text="It left at dawn."), article(key="kite", text="Kites flew."))
    home.put(article(text="It left at dusk."))
    home.reindex()
    remembering = Remembering(home.path)
    remembering.votes.cast(7, {"7F3K2M9Q": "ferry"}, "up")
    remembering.activity.record(1, "add", about="ferry", outcome="added")
    (home.path / "footnote.toml").write_text("max_excerpts = 2\n")
    return home


def config(home):
    """The settings of a home."""
    return load_config(home=home, environ={}, flags={})


def taken(home, **how):
    """Take a backup of a home beside it."""
    file = home.path.parent / "backup.tar"
    return file, back_up(config(home.path), file, **how)


def test_what_is_in_it(home):
    """Any tar lists it: library, activity with its key, settings, the current snapshot, and a manifest."""
    file, made = taken(home)

    with tarfile.open(file) as archive:
        names = archive.getnames()
        stated = json.load(archive.extractfile("manifest.json"))
    current = home.snapshots.current_id()
    assert names[:4] == ["activity.db", "people.key", "footnote.toml", "library.db"]
    assert names[-1] == "manifest.json"
    assert {name.split("/")[1] for name in names[4:-1]} == {current}
    assert (made.articles, made.snapshot, made.problem) == (2, current, None)
    assert (stated["articles"], stated["snapshot"]) == (2, current)
    assert [member["name"] for member in stated["members"]] == names[:-1] == list(made.members)


def test_without_its_index(home):
    """It can be left out, where the disk for backups is small."""
    _, made = taken(home, with_snapshot=False)

    assert made.snapshot is None
    assert not any(name.startswith("snapshots") for name in made.members)


def test_owner_only(home):
    """Whatever the umask, nobody else can read a backup, nor what stands beside it while it is made."""
    seen = set()

    def look(progress):
        [beside] = home.path.parent.glob("backup.tar.part-*")
        seen.update(stat.S_IMODE(path.stat().st_mode) & 0o077 for path in (beside, *beside.iterdir()))

    before = os.umask(0)
    try:
        file, _ = taken(home, on_progress=look)
    finally:
        os.umask(before)

    assert seen == {0}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {path.name for path in home.path.parent.iterdir()} == {"home", "backup.tar"}


def test_no_token(home):
    """The token is not in it, even where its file stands in the home."""
    (home.path / "token").write_text(TOKEN)
    (home.path / "footnote.toml").write_text(f'telegram_token_file = "{home.path / "token"}"\n')

    file, _ = taken(home)

    assert TOKEN.encode() not in file.read_bytes()


def test_what_is_there_stays(home):
    """A file of that name is left alone, unless it is meant."""
    file = home.path.parent / "backup.tar"
    file.write_text("Something else")

    with pytest.raises(BackupError, match="is there already"):
        taken(home)
    assert file.read_text() == "Something else"

    taken(home, force=True)
    assert tarfile.is_tarfile(file)


def test_damaged_snapshot(home):
    """A damaged snapshot is left out and named; everything else is in it."""
    snapshot = home.folder(home.snapshots.current_id())
    [sentences] = snapshot.rglob("sentences.f16")
    sentences.write_bytes(b"other")

    file, made = taken(home)

    assert made.snapshot is None
    assert "sentences.f16 is changed" in made.problem
    assert restore(home.path.parent / "other", file).articles == 2


def test_damaged_library(home):
    """A damaged library is said to be one; no backup is made of it, and none is written over."""
    path = home.path / "library.db"
    with closing(sqlite3.connect(path)) as database:
        [root] = database.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'versions_by_hash'"
        ).fetchone()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)

    with pytest.raises(LibraryError, match="is damaged") as refused:
        taken(home)

    assert "footnote restore FILE" in refused.value.remedy
    assert {path.name for path in home.path.parent.iterdir()} == {"home"}


def test_nothing_to_back_up(tmp_path):
    """Without a library there is no backup, and nothing is made."""
    with pytest.raises(LibraryError, match="there is no library"):
        back_up(config(tmp_path / "none"), tmp_path / "backup.tar")

    assert list(tmp_path.iterdir()) == []


def test_while_articles_are_added(tmp_path):
    """Each backup taken while another process adds opens, and holds the first so many of what was added.

    All that was stored when it began is among them, and the adding never waits for it.
    """
    home, file = tmp_path / "home", tmp_path / "backup.tar"
    home.mkdir()
    Library.open(home / "library.db").close()
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])}
    command = [sys.executable, "-c", ADDING, home]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ) as adding:
        try:
            for n in range(5):
                stored = [int(adding.stdout.readline()) for _ in range(random.randint(1, 20))]
                back_up(config(home), file, force=True)
                shutil.rmtree(tmp_path / "other", ignore_errors=True)
                restore(tmp_path / "other", file)
                with Library.open_to_read(tmp_path / "other" / "library.db") as library:
                    held = sorted(int(version.article_id[1:]) for version in library.current())
                assert held == list(range(len(held)))
                assert len(held) > stored[-1], n
            assert adding.poll() is None
        finally:
            adding.kill()


def test_backups_command(footnote):
    """The command prints what was backed up; --json prints it as an object; a second needs --force."""
    home = Home(footnote.home, HashingEncoder())
    home.put(article())
    file = footnote.home.parent / "backup.tar"

    said = footnote("backup", file)
    again = footnote("backup", file)
    forced = footnote("backup", file, "--force", "--json")

    assert (said.code, again.code, forced.code) == (0, 2, 0)
    assert said.out.startswith(f"{file}: 1 article, no snapshot, ")
    assert "--force" in again.err
    assert forced.json["articles"] == 1
    assert forced.json["n_bytes"] == file.stat().st_size

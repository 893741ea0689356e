import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from build import article
from hashing_encoder import HashingEncoder
from home import Home
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kept import PARTS, kept
from remembering import Remembering

from bot.archive import BackupError
from bot.backup import back_up
from bot.config import load_config
from bot.home_desk import HomeDesk
from bot.restore import restore
from bot.swap import BEFORE, finish_swap
from corpus.errors import Busy
from corpus.lock import writing
from retrieval.receipt import receipt_of
from retrieval.types import Query

# Puts what was made ready in the place of a home in processes that are killed before their first, second, …
# touch of it, until one is not; after each the home is told to be old or new, once the next command has had
# its way.
KILLED_AT_EACH_TOUCH = """
import os, shutil, signal, sys
from pathlib import Path
from bot.swap import finish_swap, swap
from corpus.lock import writing
from kept import kept

old, new, home = map(Path, sys.argv[1:])
WATCHED = ("os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "open", "sqlite3.connect")
expected, n, said = (kept(old), kept(new)), 0, []
while True:
    n += 1
    shutil.copytree(old, home)
    shutil.copytree(new, home / ".restoring" / "new")
    child = os.fork()
    if not child:
        left = n
        def count(event, args):
            global left
            if event in WATCHED and str(home) in str(args):
                left -= 1
                left or os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(count)
        with writing(home):
            swap(home)
        os._exit(0)
    killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    finish_swap(home)
    said.append(expected.index(kept(home)))
    if said[-1] and kept(home / "before-restore") != expected[0]:
        sys.exit(f"the old one is not kept after a kill at touch {n}")
    shutil.rmtree(home)
    if not killed:
        break
assert said == sorted(said) and set(said) == {0, 1}, said
print(n)
"""


def config(home, **flags):
    """The settings of a home."""
    return load_config(home=home, environ={}, flags=flags)


def made_home(path, *texts, reader=7):
    """A home with articles of these texts, indexed, in which a reader is remembered."""
    home = Home(path, HashingEncoder())
    home.put(*(article(key=f"a{n}", text=text) for n, text in enumerate(texts)))
    home.reindex()
    Remembering(path).votes.cast(reader, {"7F3K2M9Q": "ferry"}, "up")
    (path / "footnote.toml").write_text(f"max_excerpts = {len(texts)}\n")
    return home


@pytest.fixture(scope="module")
def old_and_backup(tmp_path_factory):
    """A home, and a backup of another one."""
    folder = tmp_path_factory.mktemp("restore")
    made_home(folder / "old", "The ferry left at dawn.")
    new = made_home(folder / "new", "The ferry left at dusk.", "Kites flew over the pier.", reader=8)
    new.reindex(reuse=False)  # so that its snapshot has another number
    back_up(config(folder / "new"), folder / "backup.tar")
    return folder


@pytest.fixture
def place(tmp_path, old_and_backup):
    """A folder of its own with that home, as `home`, and that backup."""
    shutil.copytree(old_and_backup / "old", tmp_path / "home")
    shutil.copy(old_and_backup / "backup.tar", tmp_path)
    return tmp_path


def test_all_of_it_comes_back(place, old_and_backup):
    """A restored home is that of the backup to the last row, and what was there is beside it."""
    before = kept(place / "home")

    restored = restore(place / "home", place / "backup.tar", force=True)

    assert kept(place / "home") == kept(old_and_backup / "new")
    assert kept(place / "home" / BEFORE) == before
    assert (restored.articles, restored.before) == (2, str(place / "home" / BEFORE))
    assert all(path.stat().st_mode & 0o077 == 0 for name in PARTS[:4] for path in [place / "home" / name])


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(
        st.tuples(st.integers(0, 5), st.text(min_size=1, max_size=60).filter(str.strip), st.booleans()),
        min_size=1,
        max_size=12,
    )
)
def test_any_library_comes_back(tmp_path_factory, told):
    """Whatever was added, changed and removed, a restored library is equal to the one backed up."""
    folder = tmp_path_factory.mktemp("any")
    home = Home(folder / "home", HashingEncoder())
    with home.library() as library, library.batch():
        for n, text, goes in told:
            library.put(article(key=f"a{n}", text=text))
            if goes:
                library.remove(f"a{n}")

    back_up(config(home.path), folder / "backup.tar")
    restore(folder / "other", folder / "backup.tar")

    assert kept(folder / "other") == kept(home.path)


def test_where_there_is_nothing(place, old_and_backup):
    """A home that does not exist is made; a symlink to a home is as good as the home."""
    (place / "elsewhere").mkdir()
    (place / "linked").symlink_to(place / "elsewhere")

    made = restore(place / "none", place / "backup.tar")
    linked = restore(place / "linked", place / "backup.tar")

    assert kept(place / "none") == kept(place / "elsewhere") == kept(old_and_backup / "new")
    assert (made.before, linked.before) == (None, None)
    assert (place / "linked").is_symlink()
    assert (place / "none").stat().st_mode & 0o077 == 0


def test_a_library_is_not_replaced_unasked(place):
    """Where there is a library nothing is touched without --force."""
    before = kept(place / "home")

    with pytest.raises(BackupError, match="holds a library already"):
        restore(place / "home", place / "backup.tar")

    assert kept(place / "home") == before


def test_only_the_last_home_is_kept(place):
    """What stood there before the last restore takes the place of what stood there before that."""
    restore(place / "home", place / "backup.tar", force=True)
    again = kept(place / "home")

    restore(place / "home", place / "backup.tar", force=True)

    assert kept(place / "home" / BEFORE) == again
    assert {path.name for path in (place / "home").glob(".*")} == set()


def test_what_the_backup_lacks_is_lacking(tmp_path, place):
    """A home without readers and index stays so; settings stay where the backup brings none."""
    home = Home(tmp_path / "bare", HashingEncoder())
    home.put(article())
    back_up(config(home.path), tmp_path / "bare.tar")
    settings_before = (place / "home" / "footnote.toml").read_text()

    restored = restore(place / "home", tmp_path / "bare.tar", force=True)

    names = {path.name for path in (place / "home").iterdir()}
    assert names >= {"library.db", "footnote.toml", BEFORE}
    assert not names & {"activity.db", "people.key", "snapshots"}
    assert (place / "home" / "footnote.toml").read_text() == settings_before
    assert restored.snapshot is None


def test_damage_is_noticed(place):
    """A flipped bit anywhere is noticed before anything is touched."""
    file, before = place / "backup.tar", kept(place / "home")
    content, chance = file.read_bytes(), random.Random(7)
    with tarfile.open(file) as archive:
        places = [member.offset_data for member in archive] + [member.offset for member in archive]
    places += [chance.randrange(len(content)) for _ in range(20)]
    for at in places:
        file.write_bytes(content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :])
        with pytest.raises(BackupError) as refused:
            restore(place / "home", file, force=True)
        assert len(refused.value.message.splitlines()) == 1
    assert kept(place / "home") == before
    assert not (place / "home" / BEFORE).exists()


def test_cut_short(place):
    """A backup that was cut short anywhere is refused, and a home made for it is gone again."""
    content = (place / "backup.tar").read_bytes()
    lengths = [
        0,
        1,
        511,
        512,
        1000,
        len(content) // 2,
        len(content) - 1024,
        len(content) - 512,
        len(content) - 1,
    ]
    for length in lengths:
        (place / "cut.tar").write_bytes(content[:length])
        with pytest.raises(BackupError):
            restore(place / "none", place / "cut.tar")
    assert not (place / "none").exists()


def test_killed_at_each_touch(tmp_path, old_and_backup):
    """Killed before any touch of the home, it is the old one or the new one, never some of each."""
    old, new = old_and_backup / "old", old_and_backup / "new"
    paths = [str(Path(__file__).parents[1]), *sys.path]
    ran = subprocess.run(
        [
            *(sys.executable, "-c", KILLED_AT_EACH_TOUCH),
            *(old, new, tmp_path / "home"),
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        check=False,
    )

    assert ran.stderr == ""
    assert int(ran.stdout) > 20


def decided(place):
    """A home whose restore was killed once it was decided."""
    code = (
        "import os, signal, sys; from pathlib import Path; from bot.restore import restore\n"
        "def die(event, args):\n"
        "    if event == 'os.link': os.kill(os.getpid(), signal.SIGKILL)\n"
        "sys.addaudithook(die); restore(Path(sys.argv[1]), Path(sys.argv[2]), force=True)"
    )
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    ran = subprocess.run(
        [sys.executable, "-c", code, place / "home", place / "backup.tar"], env=environ, check=False
    )
    assert ran.returncode == -signal.SIGKILL
    return place / "home"


def test_nobody_writes_in_between(place, old_and_backup):
    """While a restore that was killed is not finished nothing can be written that would be lost with it."""
    home = decided(place)

    with pytest.raises(Busy, match="was cut short") as refused, writing(home):
        pass

    assert "footnote doctor" in refused.value.remedy
    assert finish_swap(home)
    assert kept(home) == kept(old_and_backup / "new")
    assert not finish_swap(home)


def test_the_next_command_finishes_it(place, footnote, old_and_backup):
    """Any command finishes a restore that was killed before it reads anything, and says so."""
    footnote.home = decided(place)

    ran = footnote("articles", "--json")

    assert ran.code == 0
    assert "finished a restore" in ran.err
    assert len(ran.json_lines) == 2
    assert kept(footnote.home) == kept(old_and_backup / "new")


def test_somebody_writes(place):
    """While another process writes to the home nothing is restored."""
    before = kept(place / "home")

    with writing(place / "home"), pytest.raises(Busy):
        restore(place / "home", place / "backup.tar", force=True)

    assert kept(place / "home") == before


def test_a_bot_that_serves_notices(place):
    """Who answers from the home goes on with what was restored, without being started again."""
    desk = HomeDesk(config(place / "home", cross_encoder="off"), HashingEncoder())
    before = desk.answer(Query("When did the ferry leave?"))

    restore(place / "home", place / "backup.tar", force=True)

    assert before.excerpts[0].text == "The ferry left at dawn."
    assert desk.answer(Query("When did the ferry leave?")).excerpts[0].text == "The ferry left at dusk."


def test_receipts_survive(tmp_path, old_and_backup):
    """A receipt holds after a restart and after a restore, in its own library and in no other."""
    asked, flags = Query("When did the ferry leave?"), {"cross_encoder": "off"}
    desk = HomeDesk(config(old_and_backup / "new", **flags), HashingEncoder())
    receipt = receipt_of(desk.answer(asked).excerpts[0])

    restore(tmp_path / "again", old_and_backup / "backup.tar")
    with closing(sqlite3.connect(tmp_path / "again" / "library.db")) as database:
        [(key,)] = database.execute("SELECT receipt_key FROM state")
    Home(tmp_path / "other", HashingEncoder()).put(article(key="a0", text="The ferry left at dusk."))

    for home, holds in (
        (old_and_backup / "new", True),
        (tmp_path / "again", True),
        (tmp_path / "other", False),
    ):
        verified = HomeDesk(config(home, **flags), HashingEncoder()).verify(receipt)
        assert (verified is not None) == holds, home
    assert len(key) == 32


def test_a_damaged_home_is_replaced(place, old_and_backup):
    """A library so damaged that nobody can open it is what backups are for; it is kept aside as it was."""
    (place / "home" / "library.db").write_bytes(b"garbage" * 1000)
    (place / "home" / "library.db-wal").write_bytes(b"garbage")

    restore(place / "home", place / "backup.tar", force=True)

    assert kept(place / "home") == kept(old_and_backup / "new")
    assert (place / "home" / BEFORE / "library.db").read_bytes() == b"garbage" * 1000
    assert (place / "home" / BEFORE / "library.db-wal").read_bytes() == b"garbage"


def test_restores_command(footnote, place):
    """The command says what was restored and where the old home is; --json prints it as an object."""
    footnote.home = place / "home"

    refused = footnote("restore", place / "backup.tar")
    said = footnote("restore", place / "backup.tar", "--force")
    as_json = footnote("restore", place / "backup.tar", "--force", "--json").json

    assert (refused.code, said.code) == (2, 0)
    assert "footnote restore FILE --force" in refused.err
    assert "2 articles as of 20" in said.out
    assert str(footnote.home / BEFORE) in said.out
    assert (as_json["articles"], as_json["before"]) == (2, str(footnote.home / BEFORE))


def test_settings_are_named(footnote, tmp_path):
    """Who is obeyed and who is given the token by the settings that a backup brings along is said."""
    settings = 'admins = [7, 8]\ntelegram_api_url = "https://bots.example"\nmax_excerpts = 2\n'
    made_home(tmp_path / "theirs", "The ferry left at dawn.")
    (tmp_path / "theirs" / "footnote.toml").write_text(settings)
    back_up(config(tmp_path / "theirs"), tmp_path / "backup.tar")

    said = footnote("restore", tmp_path / "backup.tar")

    assert "Now set: admins = 7, 8  (footnote.toml)\n" in said.out
    assert "Now set: telegram_api_url = https://bots.example  (footnote.toml)\n" in said.out
    assert "max_excerpts" not in said.out

import os
import shlex
import sqlite3
import subprocess

import pytest
from build import article
from hashing_encoder import HashingEncoder
from home import Home
from secrets_kept import TOKEN

from bot.activity_file import ActivityFile
from bot.config import load_config
from bot.counts import Counts
from bot.doctor import Finding, examine, finding_text, status_of, status_text
from bot.words import ENGLISH
from corpus.library import Library
from retrieval.build_types import Changes


@pytest.fixture
def home(tmp_path):
    """One article, indexed with an encoder that takes no time."""
    home = Home(tmp_path / "home", HashingEncoder())
    home.path.chmod(0o700)
    home.put(article())
    home.reindex()
    return home


@pytest.fixture
def real_home(tmp_path, models, encoder):
    """One article, indexed with the encoder that the settings name."""
    home = Home(tmp_path / "home", encoder)
    home.path.chmod(0o700)
    (home.path / "models").symlink_to(models)
    home.put(article())
    home.reindex()
    return home


def config(path, **environ):
    """The settings of a home."""
    return load_config(home=path, environ=environ, flags={})


def findings(path, **environ):
    """What the doctor says of each part."""
    return {finding.part: finding for finding in examine(config(path, **environ))}


def finding_of(path, part, **environ):
    """What the doctor says of one part; what comes after it is not looked at."""
    return next(finding for finding in examine(config(path, **environ)) if finding.part == part)


def states(found):
    """The state of each part."""
    return {part: finding.state for part, finding in found.items()}


# Status


def test_status(home):
    """Status tells what library and snapshot hold, and that they agree."""
    status = status_of(config(home.path))

    assert (status.library_articles, status.snapshot.articles, status.problem) == (1, 1, None)
    assert (status.pending, status.up_to_date) == (Changes(0, 0, 0), True)
    assert status_text(status).splitlines() == [
        f"Home       {home.path}",
        "Library    1 article",
        f"Snapshot   {status.snapshot.id}, built {ENGLISH.moment(status.snapshot.built_at)}",
        "           1 article · 1 passage",
        "Reindex    Nothing has changed since the last reindex.",
    ]


def test_status_of_nothing(tmp_path):
    """A home that does not exist holds nothing, and is not made."""
    status = status_of(config(tmp_path / "none"))

    assert (status.library_articles, status.snapshot, status.up_to_date) == (None, None, False)
    assert status_text(status).splitlines()[1:] == [
        "Library    none yet: footnote add FOLDER",
        "Snapshot   none yet",
    ]
    assert not (tmp_path / "none").exists()


def test_status_of_what_is_new(home):
    """What a reindex would take in stands there with the command; older snapshots are listed."""
    home.reindex()
    home.put(article(key="kite", text="Kites flew."))

    status = status_of(config(home.path))

    assert (status.pending, status.up_to_date) == (Changes(1, 0, 0), False)
    lines = status_text(status).splitlines()
    assert lines[-2:] == [
        f"Before it  {status.snapshots[1]}",
        "Reindex    1 new, 0 changed, 0 removed: footnote reindex",
    ]


def test_status_after_a_setting_changed(home):
    """Another length of passages asks for a reindex although every article is the same."""
    status = status_of(config(home.path, FOOTNOTE_MAX_PASSAGE_CHARS="300"))

    assert not status.up_to_date
    assert status_text(status).endswith("the settings have changed: footnote reindex")


def test_status_of_a_damaged_snapshot(home):
    """A manifest that cannot be read is said in its place; the rest is told all the same."""
    (home.folder(home.snapshots.current_id()) / "manifest.json").write_text("{")

    status = status_of(config(home.path))

    assert "is damaged: manifest.json" in status.problem
    assert (status.library_articles, status.up_to_date) == (1, False)
    assert status_text(status).endswith("Reindex    a new snapshot is needed: footnote reindex")


# Doctor


def test_healthy(real_home):
    """Someone who only uses the command line has nothing to mend: no token is no failure."""
    found = findings(real_home.path)

    assert states(found) == {
        **{"home": "ok", "permissions": "ok", "token": "note", "admins": "note", "encoder": "ok"},
        **{"cross-encoder": "ok", "library": "ok", "watches": "ok", "snapshot": "ok"},
        "activity": "ok",
    }
    assert found["token"].text == "not set; only footnote serve needs it"
    assert found["encoder"].text == "all-MiniLM-L6-v2, run by OpenVINO, 384 dimensions"
    assert found["cross-encoder"].text == "ms-marco-MiniLM-L-12-v2, run by ONNX Runtime"


@pytest.mark.holds_secret("token", "it is the token's own file")
def test_set_up_to_serve(real_home, tmp_path):
    """With a token that nobody else can read and an admin everything is in order."""
    token = tmp_path / "token"
    token.write_text(TOKEN)
    token.chmod(0o600)

    found = findings(real_home.path, FOOTNOTE_TELEGRAM_TOKEN_FILE=str(token), FOOTNOTE_ADMINS="1")

    assert set(states(found).values()) == {"ok"}
    assert TOKEN not in str(found)


def test_nothing_yet(tmp_path):
    """A home that does not exist is no failure: the next steps are told, and nothing is made."""
    found = findings(tmp_path / "none")

    assert {part for part, state in states(found).items() if state == "ok"} == {
        *("permissions", "encoder", "cross-encoder", "watches", "activity")
    }
    assert "failed" not in states(found).values()
    assert (found["home"].remedy, found["snapshot"].remedy) == ("footnote add FOLDER", "footnote reindex")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "name",
    ["", "library.db", "activity.db", "people.key", "footnote.toml", "snapshots", "before-restore"],
)
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o602])
def test_what_others_can_open(home, name, mode):
    """Whatever others on the machine can read or write is a failure, and one command mends all of it."""
    Counts(ActivityFile(home.path)).note("asked", by=7)
    (home.path / "footnote.toml").touch(mode=0o600)
    (home.path / "before-restore").mkdir(mode=0o700)
    assert finding_of(home.path, "permissions").state == "ok"
    path = home.path / name
    path.chmod(mode | 0o100 if path.is_dir() else mode)

    finding = finding_of(home.path, "permissions")

    assert (finding.state, str(path) in finding.text) == ("failed", True)
    subprocess.run(shlex.split(finding.remedy), check=True)
    assert finding_of(home.path, "permissions").state == "ok"


def test_made_for_one_owner(tmp_path):
    """All that is made in a home is its owner's from the first, whatever the umask."""
    before = os.umask(0)
    try:
        Library.open(tmp_path / "home" / "library.db").close()
        Counts(ActivityFile(tmp_path / "home")).note("asked", by=7)
        made = Home(tmp_path / "home", HashingEncoder())
        made.put(article())
        made.reindex()
    finally:
        os.umask(before)

    assert finding_of(tmp_path / "home", "permissions").state == "ok"
    assert (tmp_path / "home" / "vectors.cache").stat().st_mode & 0o077 == 0


def test_another_owner(home):
    """What belongs to somebody else than the home, as after root's restore, is a failure."""
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    os.chown(home.path / "library.db", 12_345, -1)

    finding = finding_of(home.path, "permissions")

    assert finding.state == "failed"
    assert finding.remedy == f"chown -R 0 {home.path}"


def test_rest_of_a_killed_restore(home):
    """What a restore that was killed before it changed anything left behind is mentioned, with its folder."""
    (home.path / ".restoring").mkdir()

    finding = finding_of(home.path, "home")

    assert (finding.state, finding.remedy) == ("note", f"rm -r {home.path / '.restoring'}")


def test_linked_home(home, tmp_path):
    """A home that is reached by a link is looked at where it stands."""
    (tmp_path / "linked").symlink_to(home.path)

    assert finding_of(tmp_path / "linked", "permissions").state == "ok"


@pytest.mark.parametrize(("content", "mode"), [("", 0o600), (None, 0)])
def test_token_file(home, tmp_path, content, mode):
    """A token file that is missing or empty is a failure."""
    token = tmp_path / "token"
    if content is not None:
        token.write_text(content)
        token.chmod(mode)

    assert finding_of(home.path, "token", FOOTNOTE_TELEGRAM_TOKEN_FILE=str(token)).state == "failed"


@pytest.mark.holds_secret("token", "it is the token's own file")
def test_token_file_that_others_can_read(home, tmp_path):
    """A token that others can read is a failure, with the command that mends it; it is not shown."""
    token = tmp_path / "token"
    token.write_text(TOKEN)
    token.chmod(0o644)

    finding = finding_of(home.path, "permissions", FOOTNOTE_TELEGRAM_TOKEN_FILE=str(token))

    assert (finding.state, finding.remedy) == ("failed", f"chmod 600 {token}")
    assert TOKEN not in finding.text


def test_one_failure_hides_no_other(real_home):
    """A damaged library does not keep the doctor from looking at the rest."""
    path = real_home.path / "library.db"
    path.write_bytes(b"garbage" * 1000)

    found = findings(real_home.path)

    assert states(found)["encoder"] == "ok"
    assert "is damaged or not a library" in found["library"].text
    assert "backup" in found["library"].remedy


def test_page_of_the_library_is_damaged(real_home):
    """Damage is found where no article stands, as in an index."""
    real_home.put(*(article(key=f"{n}", text=f"Text {n}. " * 200) for n in range(30)))
    path = real_home.path / "library.db"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = database.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'versions_by_hash'"
        ).fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    database.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)

    finding = finding_of(real_home.path, "library")

    assert "is damaged (" in finding.text
    assert "\n" not in finding.text


def test_altered_article(real_home):
    """An article whose words are not those that were stored is named."""
    database = sqlite3.connect(real_home.path / "library.db")
    database.execute("UPDATE versions SET text = 'Other words.'")
    database.commit()
    database.close()

    finding = finding_of(real_home.path, "library")

    assert finding.state == "failed"
    assert "1 versions of articles are not as they were stored, one of ferry is the first" in finding.text


def test_altered_old_version(real_home):
    """A version that nobody is shown any more is looked at too, for receipts are checked against it."""
    real_home.put(article(text="The ferry left at noon."))
    database = sqlite3.connect(real_home.path / "library.db")
    database.execute("UPDATE versions SET text = 'Other words.' WHERE seq = 1")
    database.commit()
    database.close()

    finding = finding_of(real_home.path, "library")

    assert (finding.state, "1 versions" in finding.text) == ("failed", True)


def test_damaged_snapshot(real_home):
    """The damaged snapshot and the one that answers instead are both named."""
    first = real_home.snapshots.current_id()
    second = real_home.reindex().snapshot.id
    (real_home.layer(second) / "passages.db").unlink()

    finding = finding_of(real_home.path, "snapshot")

    assert finding.state == "failed"
    assert finding.text.startswith(f"snapshot {second} is damaged")
    assert finding.text.endswith(f"{first} answers instead")
    assert finding.remedy == "footnote reindex"


def test_snapshot_of_another_library(real_home):
    """A snapshot whose versions the library does not hold, as after a restore, asks for a reindex."""
    (real_home.path / "library.db").unlink()
    with Library.open(real_home.path / "library.db") as library:
        library.put(article(text="Another library."))

    finding = finding_of(real_home.path, "snapshot")

    assert (finding.state, finding.remedy) == ("failed", "footnote reindex")
    assert "quotes 1 versions that the library does not hold" in finding.text


def test_lost_library(real_home):
    """A snapshot without its library is a failure, not a new beginning."""
    (real_home.path / "library.db").unlink()

    finding = finding_of(real_home.path, "library")

    assert finding.state == "failed"
    assert "footnote restore FILE" in finding.remedy


def test_unusable_encoder(home, tmp_path):
    """An encoder that is not there is a failure that names the setting."""
    finding = finding_of(home.path, "encoder", FOOTNOTE_ENCODER=str(tmp_path))

    assert finding.state == "failed"
    assert str(tmp_path) in finding.text


def test_cross_encoder(real_home, tmp_path):
    """Doing without a cross-encoder is no failure; one that was asked for and is not there is."""
    assert finding_of(real_home.path, "cross-encoder", FOOTNOTE_CROSS_ENCODER="off").text == "none"

    finding = finding_of(real_home.path, "cross-encoder", FOOTNOTE_CROSS_ENCODER=str(tmp_path))

    assert finding.state == "failed"
    assert str(tmp_path) in finding.text


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (Finding("home", "ok", "fine"), "ok   home: fine"),
        (Finding("home", "note", "new", "x"), "note home: new\n     to change it: x"),
        (Finding("home", "failed", "bad", "y"), "FAIL home: bad\n     to mend it: y"),
    ],
)
def test_finding(finding, text):
    """A finding is its state, its part and what was found, with what to do on the next line."""
    assert finding_text(finding) == text


# What is remembered of people


@pytest.mark.parametrize("name", ["activity.db", "people.key"])
def test_damaged_activity(real_home, name):
    """A damaged file of what is remembered is a failure that names it, and is left as it is."""
    Counts(ActivityFile(real_home.path)).note("asked", by=7)
    damaged = real_home.path / name
    damaged.write_bytes(b"x" * 5000)

    finding = finding_of(real_home.path, "activity")

    assert (finding.state, str(damaged) in finding.text) == ("failed", True)
    assert damaged.read_bytes() == b"x" * 5000

"""Which files may be restored: backups of this footnote and of those before it, and nothing else."""

import io
import json
import os
import shutil
import sqlite3
import tarfile
from contextlib import closing

import pytest
from build import article
from hashing_encoder import HashingEncoder
from home import Home
from remembering import Remembering
from schemas import ACTIVITIES, LIBRARIES, write

from bot.archive import ArchiveWriter, BackupError
from bot.backup_manifest import manifest_of
from bot.restore import restore
from corpus.library import Library


@pytest.fixture
def library(tmp_path):
    """The library of some home."""
    Home(tmp_path / "some", HashingEncoder()).put(article())
    return tmp_path / "some" / "library.db"


def packed(path, *members):
    """A tar of members: each a name with its content, or a header of some other kind."""
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as archive:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                archive.addfile(member)
            else:
                header = tarfile.TarInfo(member[0])
                header.size = len(member[1])
                archive.addfile(header, io.BytesIO(member[1]))
    return path


def odd(name, kind, **fields):
    """A header of some other kind than a regular file."""
    header = tarfile.TarInfo(name)
    header.type = kind
    for field, value in fields.items():
        setattr(header, field, value)
    return header


@pytest.mark.parametrize(
    "member",
    [
        ("../outside", b"x"),
        ("/tmp/outside", b"x"),
        ("snapshots/000001-20260101T000000/../../../outside", b"x"),
        ("snapshots/000001-20260101T000000/a/b/c", b"x"),
        ("snapshots/CURRENT", b"x"),
        ("token", b"x"),
        ("library.db\n", b"x"),
        ("x" * 200, b"x"),
        odd("library.db", tarfile.SYMTYPE, linkname="/etc/passwd"),
        odd("library.db", tarfile.LNKTYPE, linkname="/etc/passwd"),
        odd("library.db", tarfile.CHRTYPE, devmajor=1, devminor=3),
        odd("library.db", tarfile.FIFOTYPE),
        odd("snapshots", tarfile.DIRTYPE),
        odd("library.db", tarfile.XHDTYPE),
        odd("library.db", tarfile.GNUTYPE_SPARSE),
    ],
    ids=lambda member: member[0][:20] if isinstance(member, tuple) else str(member.type),
)
def test_hostile_members(tmp_path, member):
    """Paths that lead out, links, devices, and whatever no backup holds: one line, and nothing is written."""
    file = packed(tmp_path / "backup.tar", member)

    with pytest.raises(BackupError) as refused:
        restore(tmp_path / "home", file)

    assert len(refused.value.message.splitlines()) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"backup.tar"}


def test_no_backup_at_all(tmp_path):
    """A folder, a missing file, a pipe, a text, a compressed tar, zeros without room: each is one line."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "text").write_text("These are my notes. " * 100)
    shutil.make_archive(str(tmp_path / "zipped"), "gztar", tmp_path, "text")
    with (tmp_path / "bomb").open("wb") as file:
        file.truncate(1 << 42)

    for name in ("", "none", "pipe", "text", "zipped.tar.gz", "bomb"):
        with pytest.raises(BackupError):
            restore(tmp_path / "home", tmp_path / name)
    assert not (tmp_path / "home").exists()


def written(path, files, **stated):
    """A backup of these files, by name, as footnote writes it, whatever is in them."""
    with path.open("wb") as out:
        writer = ArchiveWriter(out, 0)
        members = []
        for name, file in files.items():
            with file.open("rb") as opened:
                members.append(writer.add(name, opened, lambda n_bytes: None))
        (path.parent / "manifest").write_bytes(
            stated.get("manifest") or manifest_of("2026-05-14T12:00:00+00:00", 1, None, members).to_bytes()
        )
        with (path.parent / "manifest").open("rb") as opened:
            writer.add("manifest.json", opened, lambda n_bytes: None)
        writer.end()
    return path


@pytest.mark.parametrize("schema", LIBRARIES)
def test_older_backups(tmp_path, schema):
    """A backup of any earlier footnote is brought up to this one when it is restored."""
    activity = ACTIVITIES[LIBRARIES.index(schema)]
    with closing(sqlite3.connect(write(schema, tmp_path / "library.db"))) as database:
        database.execute("PRAGMA journal_mode = DELETE")
    write(activity, tmp_path / "activity.db")
    file = written(tmp_path / "b.tar", {name: tmp_path / name for name in ("activity.db", "library.db")})

    restore(tmp_path / "home", file)

    with Library.open(tmp_path / "home" / "library.db") as found:
        assert found.latest("pier").text.startswith("The pier was built in 1871")
    assert [act.user_id for act in Remembering(tmp_path / "home").activity.last(5)] == [8, 7]


def test_later_manifest(tmp_path, library):
    """A backup of a later footnote says so, and how to read it."""
    later = json.dumps({"format": 2, "footnote": "9.0", "sha256": "?"}).encode()
    file = written(tmp_path / "b.tar", {"library.db": library}, manifest=later)

    with pytest.raises(BackupError, match=r"later footnote \(9.0\)") as refused:
        restore(tmp_path / "home", file)

    assert refused.value.remedy == "pip install --upgrade footnote"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("PRAGMA user_version = 99", "later footnote"),
        ("PRAGMA application_id = 7", "another program"),
        ("CREATE TRIGGER t AFTER INSERT ON versions BEGIN DELETE FROM articles; END", "triggers or views"),
        ("CREATE VIEW v AS SELECT 1", "triggers or views"),
        ("CREATE VIRTUAL TABLE f USING fts5(x)", "triggers or views"),
        ("CREATE TABLE more (x TEXT)", "other tables"),
        ("ALTER TABLE versions DROP COLUMN removed", "cannot be used|other tables"),
    ],
)
def test_databases_that_are_not_ours(tmp_path, library, statement, said):
    """A database with right checksums that is none of ours, or would run something, is refused by name."""
    with closing(sqlite3.connect(library)) as database:
        database.execute("PRAGMA journal_mode = DELETE")
        database.execute(statement)
        database.commit()
    file = written(tmp_path / "b.tar", {"library.db": library})

    with pytest.raises(BackupError, match=said):
        restore(tmp_path / "home", file)

    assert not (tmp_path / "home").exists()

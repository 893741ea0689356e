"""The library's file: what it may be, and what is said of what it is not."""

import sqlite3

import pytest
from build import article

from corpus.errors import LibraryError
from corpus.library import Library
from corpus.schema import SCHEMA_VERSION


def damaged(path, offset, content):
    """Overwrite a part of the file."""
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)


@pytest.mark.parametrize(("offset", "n_bytes"), [(0, 100), (4096 * 3, 4096 * 30)])
def test_a_damaged_library_is_told_and_left_alone(tmp_path, offset, n_bytes):
    """A damaged file is one line with a remedy, wherever the damage, and not a byte of it is changed."""
    path = tmp_path / "library.db"
    with Library.open(path) as library, library.batch():
        for n in range(300):
            library.put(article(key=f"a{n}", text=f"{n} " * 200))
    damaged(path, offset, b"\xa5" * n_bytes)
    before = path.read_bytes()

    with pytest.raises(LibraryError, match="damaged") as refusal, Library.open(path) as library:
        list(library.current())

    assert "restore a backup: footnote restore FILE --force" in refusal.value.remedy
    assert path.read_bytes() == before


def test_a_file_that_is_no_library_is_told(tmp_path):
    """Some other file under this name is refused, and stays."""
    (tmp_path / "library.db").write_text("These are my notes. " * 100)

    with pytest.raises(LibraryError, match="not a library"):
        Library.open(tmp_path / "library.db")

    assert (tmp_path / "library.db").read_text().startswith("These are my notes.")


def test_another_programs_database_is_told(tmp_path):
    """A database of another program gets no tables of ours."""
    with sqlite3.connect(tmp_path / "library.db") as other:
        other.execute("CREATE TABLE notes (words TEXT)")
    other.close()

    with pytest.raises(LibraryError, match="another program"):
        Library.open(tmp_path / "library.db")


def test_a_library_of_a_later_version_is_told(tmp_path):
    """A library that this version cannot know is refused with the way out, and stays."""
    path = tmp_path / "library.db"
    Library.open(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    raw.close()

    with pytest.raises(LibraryError, match="later footnote") as refusal:
        Library.open(path)

    assert "upgrade" in refusal.value.remedy


def test_a_folder_in_the_librarys_place_is_told(tmp_path):
    """What cannot be opened is one line with a remedy."""
    (tmp_path / "library.db").mkdir()

    with pytest.raises(LibraryError, match="cannot be opened"):
        Library.open(tmp_path / "library.db")


def test_an_empty_file_is_a_new_library(tmp_path):
    """A kill between making the file and its tables does no harm."""
    (tmp_path / "library.db").touch()

    with Library.open(tmp_path / "library.db") as library:
        assert library.count() == 0


def test_the_file_is_its_owners(tmp_path):
    """Nobody else on the machine can read a library, whatever the folder allows."""
    with Library.open(tmp_path / "library.db"):
        pass

    assert (tmp_path / "library.db").stat().st_mode & 0o077 == 0

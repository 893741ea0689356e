"""Rows of half-precision numbers in a file."""

import os
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import SnapshotError
from retrieval.row_file import RowFile

DIMS = 8


@pytest.fixture(scope="module")
def rows():
    """Some rows."""
    return np.random.default_rng(1).normal(size=(20, DIMS)).astype(np.float16)


@pytest.fixture
def path(tmp_path, rows):
    """A file of them."""
    path = tmp_path / "rows.f16"
    path.write_bytes(rows.tobytes())
    return path


@given(start=st.integers(0, 30), stop=st.integers(0, 30))
def test_any_rows(tmp_path_factory, rows, start, stop):
    """They are those of an array, also where there are fewer, or none."""
    path = tmp_path_factory.getbasetemp() / "any.f16"
    path.write_bytes(rows.tobytes())
    file = RowFile(path, DIMS)

    assert len(file) == len(rows)
    assert np.array_equal(file[start:stop], rows[start:stop])


def test_none(tmp_path):
    """An empty file holds no rows."""
    (tmp_path / "none").touch()

    assert len(RowFile(tmp_path / "none", DIMS)) == 0
    assert RowFile(tmp_path / "none", DIMS)[0:5].shape == (0, DIMS)


def test_what_is_no_such_file(tmp_path, path):
    """A file that is not there, or ends within a row, is named with the command that mends it."""
    path.write_bytes(path.read_bytes()[:-1])

    for wrong in (path, tmp_path / "none", tmp_path):
        with pytest.raises(SnapshotError, match="holds no sentence vectors") as refusal:
            RowFile(wrong, DIMS)[0:1]

        assert str(wrong) in str(refusal.value)
        assert refusal.value.remedy == "footnote reindex"


def test_cut_while_it_is_open(path):
    """Rows that are gone from the disk meanwhile are an error, and not a crash; those before are there."""
    file = RowFile(path, DIMS)
    os.truncate(path, 5 * DIMS * 2)

    assert file[0:5].shape == (5, DIMS)
    with pytest.raises(SnapshotError):
        file[4:6]


def n_open(path):
    """How often this process has a file open."""
    opened = 0
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # closed meanwhile
            opened += descriptor.readlink() == path
    return opened


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="this system does not tell what is open")
def test_it_is_closed_with_its_last_user(path):
    """A snapshot that nobody asks any more keeps no file open."""
    file = RowFile(path, DIMS)
    assert n_open(path) == 1

    del file

    assert n_open(path) == 0


def test_it_is_read_after_its_name_is_gone(path, rows):
    """A snapshot that was pruned still answers who has it open."""
    file = RowFile(path, DIMS)
    path.unlink()

    assert np.array_equal(file[0:20], rows)

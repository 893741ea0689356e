import os
import signal
import subprocess
import sys

import pytest

from corpus.errors import Busy, FootnoteError
from corpus.lock import HOLDER_NAME, writing

HOLD = """
import sys
from pathlib import Path
from corpus.lock import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_process(tmp_path):
    """Another process that holds the lock until its input is closed."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process


def test_a_second_writer_is_told_who_writes(tmp_path, other_process):
    """The message names the process and what it was started as; the remedy is to wait."""
    with pytest.raises(Busy) as refusal, writing(tmp_path):
        pass

    assert f"process {other_process.pid} (-c {tmp_path}) is writing to {tmp_path}" in str(refusal.value)
    assert "wait" in refusal.value.remedy


def test_a_killed_writer_does_not_block(tmp_path, other_process):
    """What a killed process leaves behind is no lock."""
    other_process.send_signal(signal.SIGKILL)
    other_process.wait()

    with writing(tmp_path):
        assert str(os.getpid()) in (tmp_path / HOLDER_NAME).read_text()


def test_one_process_is_one_writer_at_a_time(tmp_path):
    """Within a process a second writer is refused too, and the first keeps its lock."""
    with writing(tmp_path):
        with pytest.raises(Busy), writing(tmp_path):
            pass
        with pytest.raises(Busy), writing(tmp_path):
            pass


def test_the_lock_is_free_afterwards(tmp_path):
    """It is freed at the end, also when the work failed."""
    with pytest.raises(ValueError, match="work"), writing(tmp_path / "new"):
        raise ValueError("work")

    with writing(tmp_path / "new"):
        pass


def test_a_home_that_cannot_be_made_is_told(tmp_path):
    """A file where the folder should be is one line with a remedy."""
    (tmp_path / "home").write_text("a file")

    with pytest.raises(FootnoteError, match="cannot write to") as refusal, writing(tmp_path / "home"):
        pass

    assert "--home" in refusal.value.remedy

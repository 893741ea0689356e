import io
from contextlib import redirect_stderr

import pytest

from bot.progress import Pace, pace_text, progress_shown
from retrieval.build_types import Progress


def test_progress_in_a_log(capsys):
    """Elsewhere than on a terminal progress is a line a stage and a tenth, not a line a step."""
    with progress_shown() as show:
        show(Progress("loading the encoder", 0, 0))
        for done in range(1, 2001):
            show(Progress("embedding", done, 2000))
        for done in range(1, 2501):
            show(Progress("adding", done, 0))

    lines = capsys.readouterr().err.splitlines()
    assert lines[:3] == ["loading the encoder…", "embedding: 1 of 2,000", "embedding: 200 of 2,000"]
    assert lines[-4:] == ["embedding: 2,000 of 2,000", "adding: 1", "adding: 1,000", "adding: 2,000"]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """See `io.IOBase`."""
        return True


def test_progress_on_a_terminal():
    """On a terminal a bar moves, names its stage, and is gone at the end."""
    terminal = Terminal()
    with redirect_stderr(terminal), progress_shown() as show:
        show(Progress("embedding", 5, 10))

    written = terminal.getvalue()
    assert "embedding" in written
    assert "5 of 10" in written
    assert written.endswith("\x1b[2K")


@pytest.mark.parametrize(
    ("seconds", "at", "said"),
    [
        (1, Progress("embedding", 50, 1000), "50 of 1,000"),
        (10, Progress("embedding", 100, 1000), "100 of 1,000, 10/s, 1 min 30 s left"),
        (50, Progress("embedding", 100, 1000), "100 of 1,000, 2.0/s, 7 min 30 s left"),
        (10, Progress("embedding", 100, 1_000_000), "100 of 1,000,000, 10/s, 27 h 46 min left"),
        (10, Progress("embedding", 1000, 1000), "1,000 of 1,000, 100/s"),
        (10, Progress("adding", 200, 0), "200, 20/s"),
        (10, Progress("saving", 3, 3), "3 of 3"),
    ],
)
def test_pace(seconds, at, said):
    """After a moment it is told how fast a stage goes and how long it will take, where that is known."""
    now = [0.0]
    pace = Pace(lambda: now[0])
    pace.reached(Progress(at.stage, 3 if at.stage == "saving" else 0, at.total))
    now[0] = float(seconds)

    assert pace_text(pace.reached(at)) == said


def test_adding_a_folder(tmp_path, footnote):
    """Where every file is one article, adding tells how many of how many; in a .jsonl nobody knows."""
    (tmp_path / "in").mkdir()
    for n in range(200):
        (tmp_path / "in" / f"{n}.txt").write_text(f"Article {n}.")
    folder = footnote("add", tmp_path / "in")
    (tmp_path / "in" / "x.jsonl").write_text('{"id": "a", "text": "x"}')
    mixed = footnote("add", tmp_path / "in")

    assert folder.err.splitlines() == ["adding: 100 of 200", "adding: 200 of 200"]
    assert mixed.err.splitlines() == ["adding: 100"]
    assert (folder.out, mixed.out.splitlines()[0]) == (
        "200 added\nNext: footnote reindex\n",
        "1 added, 200 unchanged",
    )

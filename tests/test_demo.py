import os
import signal
from urllib.request import ProxyHandler, build_opener

import pytest
from command import SAMPLE, STOPPABLE, Footnote, spawn, spawned

from bot.demo import EXAMPLES
from bot.words import ENGLISH

pytestmark = pytest.mark.usefixtures("undisturbed")


@pytest.fixture
def home(tmp_path, models):
    """A home of the demo's own, with the encoder at hand."""
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "models").symlink_to(models)
    return tmp_path / "demo"


def test_once(home):
    """Once shows the real bot's reply, a quotation of the sample library, and ends with code 0.

    It is the same on a machine that is set up for another bot, or set up wrongly.
    """
    environ = {**os.environ, "FOOTNOTE_TELEGRAM_API_URL": "http://127.0.0.1:1", "FOOTNOTE_NONSENSE": "1"}
    ran = spawned(home, "demo", "--once", env=environ)

    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == f"Sample library of 14 articles in {home}"
    assert lines[1].startswith("Done: 14 articles, ")
    assert lines[2:6] == ["", "You", f"  {EXAMPLES[0]}", ""]
    assert lines[6] == "Footnote"
    quotation = lines[7].removeprefix("  │ ")
    assert quotation in (SAMPLE / "05-flood-barrier-council.md").read_text("utf-8").replace("\n", " ")
    assert lines[-1] == "  14 articles · newest 9 October 2026"
    assert [line.split(":")[0] for line in ran.err.splitlines()] == [
        "loading the encoder…",
        "embedding",
        "saving",
    ]


def test_chat_page(home, capsys):
    """The address that is printed shows the chat page; Ctrl-C ends it with code 0 and no traceback.

    A second time nothing is indexed again, and what was added to the demo meanwhile is kept.
    """
    footnote = Footnote(home, capsys)
    (home / "own.txt").write_text("Kites flew over the beach.")
    footnote("demo", "--once")
    footnote("add", home / "own.txt")
    footnote("reindex")
    with spawn(home, "demo", command=STOPPABLE) as process:
        said = list(_until(process.stdout, "Chat with it: "))
        with build_opener(ProxyHandler({})).open(said[-1].split()[3], timeout=10) as page:
            shown = page.read().decode()
        process.send_signal(signal.SIGINT)
        rest, err = process.communicate(timeout=30)

    assert said[0] == f"Sample library of 15 articles in {home}\n"
    assert said[1] == f"{ENGLISH('nothing-changed')}\n"
    assert "<title>" in shown
    assert (process.returncode, rest) == (0, "")
    assert "Traceback" not in err


def _until(stream, start):
    for line in stream:
        yield line
        if line.startswith(start):
            return


def test_no_quotation_is_a_failure(home, capsys):
    """A bot that quotes nothing is no demo: the code says so, and the message what it replied."""
    (home / "footnote.toml").write_text("answer_threshold = 1.0\nrelated_threshold = 1.0")

    ran = Footnote(home, capsys)("demo", "--once")

    assert ran.code == 2
    assert "the bot quoted nothing: Not in these articles." in ran.err


def test_own_library_gets_no_samples(home, capsys):
    """A home with a library of somebody's own is refused, and stays as it is."""
    footnote = Footnote(home, capsys)
    (home / "own.txt").write_text("Kites flew over the beach.")
    footnote("add", home / "own.txt")

    ran = footnote("demo", "--once")

    assert (ran.code, ran.out) == (2, "")
    assert "holds a library that is not the demo's" in ran.err
    assert len(footnote("articles").out.splitlines()) == 1

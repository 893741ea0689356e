"""Files read in a process that may crash, hang or be killed."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pdf_file import pdf
from secrets_kept import TOKEN
from source import saved

from corpus.errors import UnreadableSource
from corpus.sandbox import Sandbox
from corpus.wire import END, READY, Request, found_line, read_found, request_line

FERRY = ["The ferry leaves at dawn."]


@pytest.fixture(scope="module")
def shared():
    """A sandbox whose child reads the files of many tests."""
    with Sandbox() as sandbox:
        yield sandbox


def children():
    """The ids of the processes that this one has started and that still run."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    )
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    return {int(pid) for pid, parent, args in rows if int(parent) == os.getpid() and "corpus.worker" in args}


def export(path, n_posts):
    """The export of a channel, which is read a post at a time."""
    posts = [{"id": n, "type": "message", "text": "The ferry leaves at dawn. " * 40} for n in range(n_posts)]
    return saved(path, json.dumps({"name": "x", "type": "public_channel", "id": 1, "messages": posts}))


def test_what_is_found_is_what_a_loader_finds(tmp_path, shared):
    """An article comes through with every field, and a refusal with its reason."""
    [article] = shared.read("pdf", saved(tmp_path / "late_boat.pdf", pdf(FERRY, info="/Author (Ann Reed)")))
    [problem] = shared.read("pdf", saved(tmp_path / "broken.pdf", b"%PDF-"))

    assert article.text == "The ferry leaves at dawn."
    assert (article.metadata.title, article.metadata.author) == ("late boat", "Ann Reed")
    assert "is a broken PDF" in problem.message


def test_one_child_reads_many_files(tmp_path, shared):
    """The process is started once, not for each file."""
    list(shared.read("pdf", saved(tmp_path / "x.pdf", pdf(FERRY))))
    before = children()

    for _ in range(20):
        list(shared.read("pdf", saved(tmp_path / "x.pdf", pdf(FERRY))))

    assert children() == before


def test_files_may_be_read_while_another_is(tmp_path, shared):
    """While the posts of an export come in, a file that one of them needs is read."""
    posts = shared.read("telegram", export(tmp_path / "result.json", 3))
    next(posts)

    [article] = shared.read("pdf", saved(tmp_path / "x.pdf", pdf(FERRY)))

    assert article.text == "The ferry leaves at dawn."
    assert len(list(posts)) == 2


def test_a_killed_child_costs_one_file(tmp_path):
    """Killed in the middle, it leaves what was found, a reason, and the next file to another child."""
    before = children()
    with Sandbox() as sandbox:
        posts = sandbox.read("telegram", export(tmp_path / "result.json", 2_000))
        found = [next(posts)]
        [child] = children() - before

        os.kill(child, signal.SIGKILL)
        found += posts
        [article] = sandbox.read("pdf", saved(tmp_path / "x.pdf", pdf(FERRY)))

    assert "reader was killed" in found[-1].message
    assert all(not isinstance(one, UnreadableSource) for one in found[:-1])
    assert article.text == "The ferry leaves at dawn."


def test_a_child_killed_while_idle_costs_nothing(tmp_path):
    """A child that the system killed between two files is replaced, and the file is read."""
    with Sandbox() as sandbox:
        before = children()
        list(sandbox.read("pdf", saved(tmp_path / "x.pdf", pdf(FERRY))))
        [child] = children() - before

        os.kill(child, signal.SIGKILL)

        [article] = sandbox.read("pdf", saved(tmp_path / "x.pdf", pdf(FERRY)))

    assert article.text == "The ferry leaves at dawn."


def test_a_file_that_takes_too_long_is_given_up(tmp_path):
    """When the limit is over, the child is ended and the reason says so."""
    endless = "<html><body>" + "<p>It is a page of words.</p>" * 300_000

    with Sandbox(limit_s=0.3) as sandbox:
        [problem] = sandbox.read("html", saved(tmp_path / "x.html", endless))

    assert "takes too long" in problem.message


def test_a_reader_that_stops_in_the_middle_leaves_nothing(tmp_path):
    """Whoever does not want the rest of a file closes it, and the child is gone."""
    before = children()
    with Sandbox() as sandbox:
        posts = sandbox.read("telegram", export(tmp_path / "result.json", 2_000))
        next(posts)

        posts.close()

        assert children() == before


def test_a_file_that_vanishes_says_so(tmp_path, shared):
    """A file that is gone when it is read is refused like any that cannot be read."""
    source = saved(tmp_path / "x.pdf", pdf(FERRY))
    source.path.unlink()

    [problem] = shared.read("pdf", source)

    assert "does not exist" in problem.message


def test_the_child_ends_with_its_parent():
    """When nobody can ask any more, the process ends by itself."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "corpus.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
    )
    with worker:
        assert worker.stdout.readline() == READY

        worker.stdin.close()

        assert worker.wait(30) == 0


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="this system does not show environments")
def test_the_child_knows_no_secrets(tmp_path, monkeypatch):
    """What is in the environment, such as a bot's token, is not in the child's."""
    monkeypatch.setenv("FOOTNOTE_TELEGRAM_TOKEN", TOKEN)
    before = children()
    with Sandbox() as sandbox:
        list(sandbox.read("pdf", saved(tmp_path / "x.pdf", pdf(FERRY))))
        [child] = children() - before

        assert TOKEN.encode() not in Path(f"/proc/{child}/environ").read_bytes()


@pytest.mark.skipif(not Path("/proc/self/oom_score_adj").exists(), reason="this system does not choose so")
def test_the_child_is_ended_first(tmp_path):
    """Where the machine has no memory left, the system ends the child before the bot that started it."""
    before = children()
    with Sandbox() as sandbox:
        list(sandbox.read("pdf", saved(tmp_path / "x.pdf", pdf(FERRY))))
        [child] = children() - before

        assert Path(f"/proc/{child}/oom_score_adj").read_text().strip() == "1000"


def test_a_bomb_costs_one_file(tmp_path):
    """A file of some kilobytes that would take gigabytes is refused in words, and the next one is read."""
    nested = '{"name": "x", "type": "public_channel", "id": 1, "messages": [{"id": 1, "text": ' + "[" * 40_000
    with Sandbox() as sandbox:
        [problem] = sandbox.read("telegram", saved(tmp_path / "result.json", nested))
        [article] = sandbox.read("pdf", saved(tmp_path / "y.pdf", pdf(FERRY)))

    assert "needs more memory" in problem.message
    assert article.text == "The ferry leaves at dawn."


def test_lines_say_the_same_on_both_sides(tmp_path, shared):
    """What is written on one side is read on the other; letters of no alphabet become question marks."""
    [article] = shared.read("pdf", saved(tmp_path / "x.pdf", pdf(["“Quoted”, he said — twice."])))
    problem = UnreadableSource("x is \ud800 broken", "mend it", source="x")

    assert read_found(found_line(article)) == article
    assert read_found(found_line(problem)).message == "x is ? broken"
    assert request_line(Request("pdf", saved(tmp_path / "x", ""))).count(b"\n") == 1


@pytest.mark.parametrize("line", [b"\n", END, b'a{"key": 1}\n', b"a[]\n", b"l{}\n", b"p{\n", b"xyz"])
def test_nonsense_is_not_believed(line):
    """A line that is none of ours is an error, whatever it looks like."""
    with pytest.raises(ValueError, match=r"begins with|validation error"):
        read_found(line)

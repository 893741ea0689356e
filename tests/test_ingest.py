import json
import random
import signal
import subprocess
import sys
import time

import pytest

from corpus.ingest import BATCH_ARTICLES, add
from corpus.library import Library


@pytest.fixture
def library(tmp_path):
    """A new, empty library."""
    with Library.open(tmp_path / "home" / "library.db") as opened:
        yield opened


def write_jsonl(path, n_articles, words="word"):
    """A file of that many articles."""
    lines = (
        json.dumps({"id": f"a{n:05}", "title": f"T{n}", "text": f"{n} {words}"}) for n in range(n_articles)
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def statuses(library, *sources):
    """The statuses of adding, in order."""
    return [added.status for added in add(library, sources)]


def test_an_article_goes_from_file_to_library(tmp_path, library):
    """What is added is cleaned, has its language told, and is stored under the file's path."""
    path = tmp_path / "ferry.txt"
    path.write_text(
        "The <b>ferry</b>\n\nThe ferry left the harbour.\r\n\r\nAdvertisement\n\nIt was late &amp; full."
    )

    [added] = add(library, [str(path)])

    [version] = library.current()
    assert (added.source, added.status, added.reason) == (str(path), "added", None)
    assert added.article_id == version.article_id == library.find(str(path))
    assert version.metadata.title == "The ferry"
    assert version.text == "The ferry left the harbour.\n\nIt was late & full."
    assert version.language == "en"


def test_adding_again_is_a_no_op(tmp_path, library):
    """A folder added twice is stored once."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("One article.")
    write_jsonl(tmp_path / "in" / "b.jsonl", 3)
    first = statuses(library, str(tmp_path / "in"))
    revision = library.revision

    again = statuses(library, str(tmp_path / "in"))

    assert first == ["added"] * 4
    assert again == ["unchanged"] * 4
    assert library.revision == revision


def test_a_changed_file_is_a_new_version(tmp_path, library):
    """Only what changed is stored, as another version."""
    path = tmp_path / "a.txt"
    for text in ["Old words.", "New words."]:
        path.write_text(text)
        status = statuses(library, str(path))

    assert status == ["updated"]
    assert library.version(1).text == "Old words."


def test_bad_sources_are_told_and_the_rest_is_added(tmp_path, library):
    """Each problem is one line that names its source; everything readable is stored."""
    (tmp_path / "good.txt").write_text("Good words.")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "markup.txt").write_text("<p>&nbsp;</p>")
    (tmp_path / "x.jsonl").write_text('{"id": "a", "text": "x"}\nbroken\n{"id": "b", "text": "<br>"}\n')
    (tmp_path / "nothing").mkdir()
    gone = str(tmp_path / "gone.txt")

    added = list(add(library, [gone, "", "https://p.example/1", str(tmp_path), str(tmp_path / "nothing")]))

    failed = {one.source.removeprefix(f"{tmp_path}/"): one.reason for one in added if one.status == "failed"}
    assert library.count() == 2
    assert list(failed) == [
        *(
            "gone.txt",
            "",
            "https://p.example/1",
            "empty.txt",
            "markup.txt",
            "x.jsonl:2",
            "x.jsonl#b",
            "nothing",
        )
    ]
    assert all("Fix: " in reason and "\n" not in reason for reason in failed.values())


def test_an_endless_title_is_shortened(tmp_path, library):
    """A title that would fill the screen is cut; the text is never."""
    (tmp_path / "x.jsonl").write_text(json.dumps({"id": "a", "title": "T" * 5_000, "text": "t" * 5_000}))

    list(add(library, [str(tmp_path / "x.jsonl")]))

    assert len(library.latest("a").metadata.title) == 301
    assert len(library.latest("a").text) == 5_000


def test_odd_characters_in_metadata_and_names_are_stored(tmp_path, library):
    """Half characters, control characters and file names that are no text break nothing."""
    line = '{"id": "a", "title": "A\\ud800\\u0000B", "text": "C\\udfffD", "author": "\\u202eE"}'
    (tmp_path / "x.jsonl").write_text(line)
    with open(bytes(tmp_path) + b"/\xff.txt", "w") as file:  # noqa: PTH123 - pathlib has no byte names
        file.write("Words.")

    assert statuses(library, str(tmp_path)) == ["added", "added"]
    assert library.latest("a").metadata.title == "AB"
    assert library.latest("a").text == "CD"


def test_what_was_told_is_stored(tmp_path, library):
    """Nothing is reported before it is committed: whoever stops listening has what he heard of."""
    source = write_jsonl(tmp_path / "x.jsonl", BATCH_ARTICLES + 1)

    heard = add(library, [source])
    next(heard)

    with Library.open(tmp_path / "home" / "library.db") as other:
        assert other.count() == BATCH_ARTICLES


ADD = """
import sys
from pathlib import Path
from corpus.ingest import add
from corpus.library import Library
with Library.open(Path(sys.argv[1])) as library:
    for added in add(library, sys.argv[2:]):
        print(added.article_id, flush=True)
"""


@pytest.mark.parametrize("seed", range(4))
def test_a_kill_at_any_moment_loses_nothing_that_was_told(tmp_path, seed):
    """After a kill -9 the library opens, holds all that was reported, whole, and takes the rest."""
    source, path = write_jsonl(tmp_path / "x.jsonl", 2_000, words="word " * 50), tmp_path / "library.db"
    command = [sys.executable, "-c", ADD, str(path), source]

    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        heard = [process.stdout.readline().strip()]
        deadline = time.monotonic() + random.Random(seed).uniform(0.0, 0.4)
        while time.monotonic() < deadline and (line := process.stdout.readline()):
            heard.append(line.strip())
        process.send_signal(signal.SIGKILL)
        heard += process.stdout.read().split()

    with Library.open(path) as library:
        whole = {
            v.article_id
            for v in library.current()
            if v.text == f"{int(v.article_id[1:])} " + "word " * 49 + "word"
        }
        assert set(heard) <= whole
        assert len(whole) == library.count()
        assert set(statuses(library, source)) <= {"added", "unchanged"}
        assert library.count() == 2_000

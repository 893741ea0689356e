"""Lines that repeat across the pages of an outlet, from the files to the library."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial

import pytest
from build import article

from corpus.gather import Way
from corpus.ingest import add
from corpus.library import Library
from corpus.reading import read
from corpus.repeating import MAX_SHORTENED
from corpus.sandbox import Sandbox

BYLINE = "By the Harbour Line newsroom"
SHARE = "Share this article with your friends"
NOUNS = ["boats", "gulls", "sails", "crates", "ropes", "lamps", "nets", "tides"]
PLACES = ["quay", "pier", "bay", "cape", "sound", "dock", "reef", "shoal"]


def story(n, n_paragraphs=6):
    """Paragraphs that only page ``n`` has."""
    return [
        f"On the {PLACES[(n + p) % 8]} of district {chr(97 + n) * 4} the keeper wrote of the"
        f" {NOUNS[(n * 3 + p) % 8]}, and in the evening of {chr(97 + p) * 3} all of them were gone again."
        for p in range(n_paragraphs)
    ]


def page(folder, n, *, host="harbour.example", words=None, frame=True):
    """Write page ``n``, with a byline and a share line around its words."""
    paragraphs = words or story(n)
    if frame:
        paragraphs = [BYLINE, *paragraphs, SHARE]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    folder.mkdir(exist_ok=True)
    (folder / f"{n}.html").write_text(
        f"<html lang=en><head><title>Story {n}</title><link rel=canonical href=https://{host}/{n}></head>"
        f"<body><article><h1>Story {n}</h1>{body}</article></body></html>",
        encoding="utf-8",
    )


def pages(n_pages):
    """The same pages as they are put, with a share line."""
    urls = [f"https://harbour.example/{n}" for n in range(n_pages)]
    return [
        article(key=f"url:{url}", title=f"Story {n}", url=url, text="\n\n".join([*story(n), SHARE]))
        for n, url in enumerate(urls)
    ]


@pytest.fixture(scope="module")
def statuses():
    """What adding a folder did to its articles; one sandbox for all tests."""
    with Sandbox() as sandbox:
        way = Way(read=partial(read, sandbox=sandbox))
        yield lambda library, folder: sorted(each.status for each in add(library, [str(folder)], way))


def texts(library):
    """The text of each article by its title."""
    return {each.metadata.title: each.text for each in library.current()}


@pytest.fixture
def library(tmp_path):
    """An open library."""
    with Library.open(tmp_path / "library.db") as opened:
        yield opened


def test_lines_of_a_site_are_left_out(tmp_path, library, statuses):
    """Of pages added at once only the stories stay; each says what is gone; again, nothing changes."""
    for n in range(6):
        page(tmp_path / "in", n)

    assert statuses(library, tmp_path / "in") == ["added"] * 6

    assert texts(library) == {f"Story {n}": "\n\n".join(story(n)) for n in range(6)}
    notes = {each.metadata.title: each.removed for each in library.current()}
    assert notes == {f"Story {n}": (BYLINE, SHARE) for n in range(6)}
    (told,) = library.left_out()
    assert told.outlet == "harbour.example"
    assert len(told.lines) == 2
    revision = library.revision
    assert statuses(library, tmp_path / "in") == ["unchanged"] * 6
    assert library.revision == revision


def test_what_was_stored_before_is_shortened(tmp_path, library, statuses):
    """Two pages are no pattern; with the third the first two get versions without it, and keep the old."""
    for n in range(2):
        page(tmp_path / "in", n)
    statuses(library, tmp_path / "in")
    before = list(library.current())
    assert all(SHARE in each.text and each.removed == () for each in before)
    page(tmp_path / "in", 2)

    assert statuses(library, tmp_path / "in") == ["added", "unchanged", "unchanged"]

    assert texts(library) == {f"Story {n}": "\n\n".join(story(n)) for n in range(3)}
    for each in before:
        assert library.version(each.seq) == each
        assert next(sight.version.text for sight in library.history(each.article_id)) == each.text
        assert library.latest(each.article_id).seq != each.seq
    assert statuses(library, tmp_path / "in") == ["unchanged"] * 3


def test_what_comes_later_is_stored_without_them(tmp_path, library, statuses):
    """A page added when its lines are known has one version, and a change of it is one more."""
    for n in range(4):
        page(tmp_path / "in", n)
    statuses(library, tmp_path / "in")
    page(tmp_path / "more", 7)
    statuses(library, tmp_path / "more")
    (article_id,) = (each.article_id for each in library.current() if each.metadata.title == "Story 7")
    assert len(list(library.history(article_id))) == 1

    page(
        tmp_path / "more", 7, words=[*story(7), "Corrected on Friday, when the keeper of the log came back."]
    )

    assert statuses(library, tmp_path / "more") == ["updated"]
    assert statuses(library, tmp_path / "more") == ["unchanged"]
    assert SHARE not in library.latest(article_id).text
    assert library.latest(article_id).removed == (BYLINE, SHARE)


def test_an_article_that_is_the_lines_stays(tmp_path, library, statuses):
    """A page whose words are those that repeat is not emptied, and adding it again changes nothing."""
    for n in range(5):
        page(tmp_path / "in", n)
    page(tmp_path / "in", 5, words=["We tell here what every page of ours says at its end and why."])

    statuses(library, tmp_path / "in")

    assert SHARE in texts(library)["Story 5"]
    assert texts(library)["Story 4"] == "\n\n".join(story(4))
    assert statuses(library, tmp_path / "in") == ["unchanged"] * 6


def test_two_hosts_are_told_apart(tmp_path, library, statuses):
    """Two pages of each of two hosts share no pattern, though there are four of them."""
    for n in range(4):
        page(tmp_path / "in", n, host=f"{'ab'[n % 2]}.example")

    statuses(library, tmp_path / "in")

    assert all(SHARE in text for text in texts(library).values())
    assert library.left_out() == ()


def test_a_page_of_two_hosts_stays_one_article(tmp_path, library, statuses):
    """Once a line was left out for one of its hosts, a page that has not changed does not part."""
    page(tmp_path / "in", 0)
    page(tmp_path / "twin", 0, host="twin.example")
    statuses(library, tmp_path / "in")
    assert statuses(library, tmp_path / "twin") == ["duplicate"]
    for n in range(1, 5):
        page(tmp_path / "in", n)
    statuses(library, tmp_path / "in")

    assert statuses(library, tmp_path / "twin") == ["unchanged"]
    assert len(texts(library)) == 5


def test_lines_stay_recognised(tmp_path, library, statuses):
    """What once repeated does not come back when most pages no longer have it."""
    for n in range(4):
        page(tmp_path / "in", n)
    statuses(library, tmp_path / "in")
    for n in range(4, 24):
        page(tmp_path / "in", n, frame=n == 23)

    statuses(library, tmp_path / "in")

    assert not any(SHARE in text for text in texts(library).values())


def test_what_comes_with_an_id_is_stored_as_given(tmp_path, library, statuses):
    """Articles in JSON lines keep every line, whatever repeats in them."""
    lines = [
        {"id": f"a{n}", "title": f"Story {n}", "source": "Harbour", "text": "\n\n".join([*story(n), SHARE])}
        for n in range(5)
    ]
    (tmp_path / "all.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    statuses(library, tmp_path / "all.jsonl")

    assert all(text.endswith(SHARE) for text in texts(library).values())


PUT = """
import sys
from pathlib import Path
from build import article
from corpus.library import Library
with Library.open(Path(sys.argv[1])) as library:
    print("open", flush=True)
    for n in range(60):
        text = "\\n\\n".join([f"Boat {n * 100 + p} of {'word ' * 60}{n}." for p in range(3)] + ["Share this"])
        url = f"https://harbour.example/{n}"
        library.put(article(key=f"url:{url}", title=f"Boat {n}", url=url, text=text))
    print("done", flush=True)
"""


def putting(path):
    """A process that puts pages of one site, each in a batch of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", PUT, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_kill_leaves_no_line_behind(tmp_path, seed):
    """Killed at any moment and done again, it is as if it had not been killed."""
    path = tmp_path / "library.db"
    with putting(path) as process:
        assert process.stdout.readline() == "open\n"
        time.sleep(random.Random(seed).uniform(0, 0.1))
        process.send_signal(signal.SIGKILL)
        process.stdout.read()
    with Library.open(path) as library:
        kept = [each for each in library.current() if "Share" in each.text]
        assert not kept or library.count() == len(kept) <= 2

    with putting(path) as process:
        assert process.stdout.read() == "open\ndone\n"

    with Library.open(path) as library:
        assert library.count() == 60
        assert {each.removed for each in library.current()} == {("Share this",)}


def test_what_fails_is_taken_back_whole(tmp_path, library, statuses):
    """Where a batch is taken back, what it counted is forgotten; what is left is recognised all the same."""
    for n in range(3):
        page(tmp_path / "in", n)
    with library.trial():
        assert [library.put(each).status for each in pages(n_pages=5)] == ["added"] * 5
    assert library.count() == 0

    assert statuses(library, tmp_path / "in") == ["added"] * 3

    assert texts(library) == {f"Story {n}": "\n\n".join(story(n)) for n in range(3)}


def test_many_are_shortened_a_part_at_a_time(library):
    """What one batch leaves, the next one of the same outlet does."""
    urls = [f"https://harbour.example/{n}" for n in range(MAX_SHORTENED + 7)]
    *most, last = [
        article(key=f"url:{url}", title=url, url=url, text=f"Boat {url} sailed to nowhere at all.\n\nShare")
        for url in urls
    ]
    with library.batch():
        for n, each in enumerate(most):
            own = "".join(chr(97 + int(digit)) for digit in str(n))
            library.put(replace(each, text=f"Boat {own} sailed to nowhere at all.\n\nShare"))
    assert sum("Share" in text for text in texts(library).values()) == 6

    library.put(last)

    assert not any("Share" in text for text in texts(library).values())

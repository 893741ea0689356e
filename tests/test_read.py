"""Reading a file, whatever its kind."""

import os
from pathlib import Path

import pytest
from pdf_file import pdf
from source import fetched, saved

from corpus.errors import UnreadableSource
from corpus.load import local_file
from corpus.reading import read
from corpus.sandbox import Sandbox
from corpus.source_file import SourceFile
from corpus.types import Link, RawArticle

FEEDS = Path(__file__).parents[2] / "shared" / "feeds"
WORDS = "The ferry from the North Pier leaves at a quarter to seven, the company said on Thursday. " * 6


@pytest.fixture(scope="module")
def sandbox():
    """Where files that are no text are read."""
    with Sandbox() as sandbox:
        yield sandbox


def sent(path, content, name):
    """A file that somebody sent under a name, in a temporary place."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return SourceFile(path, name, f"sent:{name}", name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("late boat.txt", WORDS),
        ("late boat.md", f"# Late boat\n\n{WORDS}"),
        ("late boat.html", f"<html><head><title>late boat</title></head><body><p>{WORDS}</p></body></html>"),
        ("late boat.pdf", pdf([WORDS[:60], WORDS[60:120]])),
    ],
)
def test_each_kind_is_read_by_its_loader(tmp_path, sandbox, name, content):
    """A file is an article with the key and the origin of its source, and its name's title if it has none."""
    [article] = read(sent(tmp_path / "tmp123", content, name), sandbox)

    assert (article.key, article.origin) == (f"sent:{name}", name)
    assert article.metadata.title.lower() == "late boat"
    assert "North Pier" in article.text


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.png", b"\x89PNG", "x.png is not of a kind that can be read"),
        ("x.txt", "", "x.txt is empty"),
        ("x.pdf", b"%PDF-", "x.pdf is a broken PDF"),
        ("x.html", "", "x.html holds no article"),
        ("x.jsonl", "{}\n", "x.jsonl:1 has no usable id"),
        ("x.json", "{}", "x.json is JSON but not an export"),
    ],
)
def test_a_refusal_names_what_a_person_would(tmp_path, sandbox, name, content, reason):
    """The file is called by its origin, never by the temporary place where its bytes are."""
    [problem] = read(sent(tmp_path / "tmp123", content, name), sandbox)

    assert problem.message.startswith(reason)
    assert problem.source.startswith(name)
    assert "tmp123" not in str(problem)


def test_json_lines_name_their_lines(tmp_path, sandbox):
    """Articles of JSON lines keep their own ids, and their origin is the file's with the id."""
    line = '{"id": "boat", "title": "Late boat", "text": "It left."}\n'

    [article] = read(sent(tmp_path / "tmp123", line, "x.jsonl"), sandbox)

    assert (article.key, article.origin) == ("id:boat", "x.jsonl#boat")


def test_a_fetched_text_keeps_its_address(tmp_path, sandbox):
    """Plain text from the web has the address it was fetched from."""
    [article] = read(fetched(tmp_path / "x", WORDS, "https://line.example/a.txt", "text/plain"), sandbox)

    assert article.metadata.url == "https://line.example/a.txt"
    assert article.key == "url:https://line.example/a.txt"


def test_a_server_that_is_wrong_is_not_believed(tmp_path, sandbox):
    """What is called a page and is a feed is a feed."""
    feed = "<rss version='2.0'><channel><item><link>https://line.example/1</link></item></channel></rss>"

    [link] = read(fetched(tmp_path / "x", feed, "https://line.example/feed"), sandbox)

    assert isinstance(link, Link)


def test_a_file_that_is_gone_says_so(tmp_path, sandbox):
    """A file that vanished before it was read is one reason, not an error."""
    source = saved(tmp_path / "x.html", "")
    source.path.unlink()

    [problem] = read(source, sandbox)

    assert "does not exist" in problem.message


def test_a_name_that_is_no_text_is_read(tmp_path, sandbox):
    """A file whose name is in an old encoding is read like any other, and shown with escapes."""
    source = local_file(Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.pdf")))
    try:
        source.path.write_bytes(pdf([WORDS[:60]]))
    except OSError:
        pytest.skip("this file system has names of Unicode only")

    [article] = read(source, sandbox)

    assert article.origin.endswith("\\udcff.pdf")


def test_a_relative_path_is_read(tmp_path, sandbox, monkeypatch):
    """A file named from the folder one is in is found, and called as it was named."""
    (tmp_path / "x.pdf").write_bytes(pdf([WORDS[:60]]))
    (tmp_path / "y.pdf").write_bytes(b"%PDF-")
    monkeypatch.chdir(tmp_path)

    [article] = read(local_file(Path("x.pdf")), sandbox)
    [problem] = read(local_file(Path("y.pdf")), sandbox)

    assert article.origin == "x.pdf"
    assert problem.message.startswith("y.pdf is a broken PDF")


def shared_feeds():
    """All real feeds beside the checkout, and one in twenty of the made ones."""
    made = sorted(FEEDS.glob("feedparser_*/**/*.xml"))[::20]
    return [*sorted((FEEDS / "rss_parser_input").iterdir()), *made]


@pytest.mark.skipif(not FEEDS.exists(), reason="the public feeds are not beside the checkout")
def test_every_real_feed_is_read_or_refused(sandbox):
    """Each gives articles, links or a reason, and its reader neither fails nor runs out of time."""
    for path in shared_feeds():
        found = list(read(local_file(path), sandbox))

        assert found, path
        assert all(isinstance(one, RawArticle | Link | UnreadableSource) for one in found)
        assert not any("cannot be read" in str(one) for one in found if isinstance(one, UnreadableSource)), (
            path
        )

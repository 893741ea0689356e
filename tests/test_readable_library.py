"""What is read of a library."""

import threading

import pytest
from build import article

from corpus.library import Library


@pytest.fixture
def library(tmp_path):
    """A new, empty library."""
    with Library.open(tmp_path / "library.db") as opened:
        yield opened


def test_an_article_is_found_by_id_path_and_address(library, tmp_path, monkeypatch):
    """What a person may call an article leads to it; a path may be relative."""
    monkeypatch.chdir(tmp_path)
    path_id = library.put(article(key=f"path:{tmp_path}/a.txt", url="https://p.example/a")).article_id

    assert library.find(path_id) == path_id
    assert library.find("a.txt") == path_id
    assert library.find("https://p.example/a") == path_id


@pytest.mark.parametrize("text", ["", "unknown", "https://p.example/none", "\x00", "\ud800", "x" * 10_000])
def test_what_names_nothing_finds_nothing(library, text):
    """Whatever a person types, looking it up does not fail."""
    library.put(article())

    assert library.find(text) is None


@pytest.mark.parametrize("seq", [-1, 0, 2, 2**63, 10**30])
def test_a_number_never_given_is_no_version(library, seq):
    """Any number may be asked for; only those given are found."""
    library.put(article())

    assert library.version(seq) is None
    assert library.version(1) is not None


def test_current_is_in_order_of_id(library):
    """The order is the same whatever the order of adding."""
    for key in ["c", "a", "b"]:
        library.put(article(key=key))

    assert [version.article_id for version in library.current()] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", "bca"),
        ("ferry", "ba"),
        ("DAWN ferry", "a"),
        ("паром", "c"),
        ("%", ""),
        ("straße", "b"),
        ("'", ""),
    ],
)
def test_titled(library, words, found):
    """Articles are found by words in their titles, in any order and script, newest first."""
    library.put(article(key="a", title="The Ferry at dawn", text="One."))
    library.put(article(key="b", title="Ferry STRASSE", text="Two.", published="2026-05-02"))
    library.put(article(key="c", title="Паром ушёл", text="Three.", published="2026-05-01"))
    library.put(article(key="gone", title="The ferry", text="Four."))
    library.remove("gone")

    listed, total = library.titled(words, offset=0, limit=10)

    assert "".join(version.article_id for version in listed) == found
    assert total == len(found)


def test_titled_pages(library):
    """A page of them is given, and how many there are in all."""
    for key in "abc":
        library.put(article(key=key, title="Ferry", text=key))

    listed, total = library.titled("ferry", offset=2, limit=2)

    assert ([version.article_id for version in listed], total) == (["c"], 3)


def test_readers_do_not_wait_for_a_writer(tmp_path, library):
    """While a batch is being written, another reader sees the last commit at once."""
    library.put(article(key="a"))

    with Library.open(tmp_path / "library.db") as reader, library.batch():
        library.put(article(key="b"))
        seen_meanwhile = reader.count()

    assert seen_meanwhile == 1
    assert library.count() == 2


def test_many_threads_may_read_one_library(tmp_path, library):
    """One open library serves reading threads while another process's handle writes."""
    for n in range(20):
        library.put(article(key=f"a{n:02}", text=f"Words {n}."))
    wrong = []

    def read():
        for _ in range(30):
            found = [version.text for version in library.current()][:20]
            if found != [f"Words {n}." for n in range(20)] or library.latest("a07").text != "Words 7.":
                wrong.append(found)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    with Library.open(tmp_path / "library.db") as writer:
        for n in range(30):
            writer.put(article(key=f"b{n:02}"))
    for reader in readers:
        reader.join()

    assert wrong == []

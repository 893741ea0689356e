import sqlite3
import threading

import pytest
from build import article

from corpus.errors import LibraryError
from corpus.library import Library
from corpus.schema import SCHEMA_VERSION


@pytest.fixture
def library(tmp_path):
    """A new, empty library."""
    with Library.open(tmp_path / "library.db") as opened:
        yield opened


def texts(library):
    """What readers are shown, by article id."""
    return {version.article_id: version.text for version in library.current()}


def test_a_new_article_is_added(library):
    """An article is shown with all that is known of it, as version 1."""
    known = {"url": "https://p.example/1", "source": "Post", "author": "A. Reed", "published": "2026-03-04"}

    outcome = library.put(article(key="ferry", title="The ferry", text="It left.", **known))

    [version] = library.current()
    assert (outcome.status, outcome.article_id) == ("added", "ferry")
    assert (version.article_id, version.seq, version.text, version.language) == ("ferry", 1, "It left.", "en")
    assert version.metadata == article(title="The ferry", **known).metadata
    assert version.hash == article(title="The ferry", text="It left.", **known).content_hash()


def test_the_same_again_changes_nothing(library):
    """Re-adding is a no-op: no version, no new revision."""
    library.put(article())
    revision = library.revision

    outcome = library.put(article())

    assert outcome.status == "unchanged"
    assert library.revision == revision
    assert library.version(2) is None


@pytest.mark.parametrize(
    "change", [{"text": "Other words."}, {"title": "Other"}, {"published": "2026-01-01"}]
)
def test_a_change_is_a_new_version(library, change):
    """Other words, another title or date make a new version; the old one stays for its receipts."""
    library.put(article(text="Old words."))

    outcome = library.put(article(**{"text": "Old words.", **change}))

    assert outcome.status == "updated"
    assert library.latest("ferry").seq == 2
    assert library.version(1).text == "Old words."
    assert library.count() == 1


def test_words_that_come_back_are_the_version_they_were(library):
    """An edit that is undone shows the first version again; numbers are not spent on it."""
    for text in ["Old words.", "New words.", "Old words."]:
        outcome = library.put(article(text=text))

    assert outcome.status == "updated"
    assert library.latest("ferry").seq == 1


def test_a_removed_article_is_not_shown_but_kept(library):
    """Removal takes an article from readers; its versions and its id can still be found."""
    library.put(article())

    assert library.remove("ferry")
    assert list(library.current()) == []
    assert library.count() == 0
    assert library.latest("ferry") is None
    assert library.version(1) is not None
    assert library.find("ferry") == "ferry"


def test_removing_what_is_not_there_says_so(library):
    """An unknown or removed article is not removed again."""
    library.put(article())
    library.remove("ferry")
    revision = library.revision

    assert not library.remove("ferry")
    assert not library.remove("unknown")
    assert library.revision == revision


@pytest.mark.parametrize(("text", "seq"), [("Old words.", 1), ("New words.", 2)])
def test_a_removed_article_comes_back(library, text, seq):
    """Adding it again shows it again, under its old id."""
    library.put(article(key="path:/a.txt", text="Old words."))
    article_id = library.find("/a.txt")
    library.remove(article_id)

    outcome = library.put(article(key="path:/a.txt", text=text))

    assert (outcome.status, outcome.article_id) == ("added", article_id)
    assert library.latest(article_id).seq == seq


def test_the_same_words_from_another_path_are_a_duplicate(library):
    """Two files with the same words are one article with two sources."""
    first = library.put(article(key="path:/a.txt"))

    second = library.put(article(key="path:/b.txt"))

    assert (second.status, second.article_id) == ("duplicate", first.article_id)
    assert library.put(article(key="path:/b.txt")).status == "unchanged"
    assert library.count() == 1
    assert library.find("/a.txt") == library.find("/b.txt")


@pytest.mark.parametrize("changed", ["path:/a.txt", "path:/b.txt"])
def test_a_source_that_changes_parts_from_the_article_it_shared(library, changed):
    """When one of two equal files changes, its words become an article of their own."""
    shared = library.put(article(key="path:/a.txt", text="Same.")).article_id
    library.put(article(key="path:/b.txt", text="Same."))

    outcome = library.put(article(key=changed, text="Changed."))

    assert outcome.status == "added"
    assert texts(library) == {shared: "Same.", outcome.article_id: "Changed."}
    assert library.find(changed.removeprefix("path:")) == outcome.article_id


def test_a_given_id_is_never_merged(library):
    """Articles that came with ids keep them, though their words are the same."""
    library.put(article(key="path:/a.txt"))
    library.put(article(key="one"))
    library.put(article(key="two"))

    assert library.count() == 3


def test_the_words_of_a_given_id_from_a_path(library):
    """A file that says what an article with a given id says is a further source of it, until that changes."""
    library.put(article(key="one", text="Same."))
    copy = library.put(article(key="path:/a.txt", text="Same."))
    again = library.put(article(key="path:/a.txt", text="Same."))

    library.put(article(key="one", text="Changed."))

    own_id = library.find("/a.txt")
    assert (copy.status, copy.article_id, again.status) == ("duplicate", "one", "unchanged")
    assert texts(library) == {"one": "Changed.", own_id: "Same."}
    assert library.put(article(key="path:/a.txt", text="Same.")).status == "unchanged"
    assert library.put(article(key="path:/a.txt", text="Newer.")).article_id == own_id


def test_a_path_keeps_its_id_in_every_library(tmp_path, library):
    """The id made from a path depends on nothing else, so rebuilt libraries keep their links."""
    library.put(article(key="path:/other.txt", text="Other."))

    with Library.open(tmp_path / "second.db") as second:
        assert (
            second.put(article(key="path:/a.txt")).article_id
            == library.put(article(key="path:/a.txt")).article_id
        )


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


def test_revision_grows_with_every_change(library):
    """Adding, changing and removing are each seen in the revision; a duplicate shows readers nothing new."""
    seen = [library.revision]
    for change in [
        lambda: library.put(article(key="path:/a.txt", text="One.")),
        lambda: library.put(article(key="path:/a.txt", text="Two.")),
        lambda: library.remove(library.find("/a.txt")),
    ]:
        change()
        seen.append(library.revision)

    assert seen == sorted(set(seen))


def test_a_batch_that_fails_leaves_nothing(library):
    """All of a batch is stored, or none of it."""

    def fail_halfway():
        with library.batch():
            library.put(article(key="a"))
            raise ValueError("halfway")

    with pytest.raises(ValueError, match="halfway"):
        fail_halfway()

    assert library.count() == 0
    assert library.put(article(key="b")).status == "added"


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

    assert "restore library.db from a backup" in refusal.value.remedy
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


def test_a_trial_changes_nothing(library):
    """What is put and removed in a trial shows what it would do, and is taken back."""
    library.put(article(key="ferry", text="It left."))
    before, revision = texts(library), library.revision

    with library.trial():
        outcomes = [library.put(article(key=key, text="It came.")).status for key in ("ferry", "bridge")]
        library.remove("ferry")

    assert outcomes == ["updated", "added"]
    assert (texts(library), library.revision) == (before, revision)
    assert library.put(article(key="bridge", text="It stands.")).status == "added"


def test_a_trial_that_fails(library):
    """A trial that raises is taken back too, and the library goes on."""
    with pytest.raises(ZeroDivisionError), library.trial():
        library.put(article(key="ferry", text="It left." * (1 // 0)))

    assert library.put(article(key="ferry")).status == "added"


def test_put_back(library):
    """A removed article is shown again as it was, once, and is found as a twin again."""
    library.put(article(key="ferry", text="It left."))
    seq = library.latest("ferry").seq
    assert library.put_back(seq) is None
    library.remove("ferry")

    assert library.put_back(seq) == "ferry"
    assert library.put_back(seq) is None
    assert texts(library) == {"ferry": "It left."}
    assert library.put_back(99) is None


def test_put_back_an_older_version(library):
    """Any version of a removed article can be shown again, not only the last."""
    library.put(article(key="ferry", text="It left."))
    first = library.latest("ferry").seq
    library.put(article(key="ferry", text="It came."))
    library.remove("ferry")

    assert library.put_back(first) == "ferry"
    assert texts(library) == {"ferry": "It left."}


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

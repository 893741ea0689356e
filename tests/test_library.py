import pytest
from build import article

from corpus.library import Library


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

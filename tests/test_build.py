from pathlib import Path

import pytest
from build import article
from hashing_encoder import HashingEncoder
from home import Home
from hypothesis import given
from hypothesis import strategies as st

from retrieval.build_types import Changes, Progress
from retrieval.errors import SnapshotError
from retrieval.types import NotFound, Query

FERRY = "The ferry left at dawn. It carried forty oranges."
# It is there, and reading its first byte is an I/O error, for root too.
UNREADABLE = Path("/proc/self/mem")
BRIDGE = "The bridge reopened in spring. Engineers replaced every bolt."


@pytest.fixture
def home(tmp_path):
    """A home with an empty library."""
    return Home(tmp_path / "home", HashingEncoder())


def many(home, n=300):
    """Put many articles: more texts than one step embeds."""
    home.put(*(article(key=f"a{i:03}", text=f"Ferry {i} left. " * 8) for i in range(n)))


def left_behind(home):
    """What stands in the folder of snapshots."""
    folder = home.folder("")
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_report_says_what_was_built(home):
    """The report counts articles and passages, and says what is newest and what has changed."""
    home.put(
        article(key="ferry", text=FERRY, published="2026-03-04"),
        article(key="bridge", text=BRIDGE, published="2026-01-02"),
    )

    report = home.reindex()

    snapshot = home.searcher().info
    assert report.snapshot == snapshot
    assert (snapshot.articles, snapshot.passages, snapshot.newest) == (2, 2, "2026-03-04")
    assert report.changes == Changes(added=2, updated=0, removed=0)
    assert (report.embedded, report.reused) == (2, 0)


def test_the_next_build_embeds_only_what_is_new(home):
    """An unchanged library embeds nothing; a changed article embeds its own new passages only."""
    home.put(article(key="ferry", text=FERRY), article(key="bridge", text=BRIDGE))
    home.reindex()
    again = home.reindex()
    home.encoder.read.clear()
    home.put(article(key="ferry", text=FERRY + " It was cold."))

    changed = home.reindex()

    assert (again.embedded, again.reused) == (0, 2)
    assert again.changes == Changes(added=0, updated=0, removed=0)
    assert changed.embedded == 1
    assert home.encoder.read[0] == "The ferry\n" + FERRY + " It was cold."
    assert changed.changes == Changes(added=0, updated=1, removed=0)


def test_everything_is_embedded_again_on_demand(home):
    """A full reindex reads every text, whatever is known of it."""
    home.put(article(text=FERRY))
    home.reindex()

    report = home.reindex(reuse=False)

    assert (report.embedded, report.reused) == (1, 0)


def test_another_encoder_builds_its_own(home):
    """With another encoder nothing is reused, and its snapshot is the one that serves."""
    home.put(article(text=FERRY))
    home.reindex()
    other = Home(home.path, HashingEncoder("other"))

    report = other.reindex()

    assert (report.embedded, report.reused) == (1, 0)
    assert other.searcher().info.id == report.snapshot.id


def test_a_removed_article_is_not_quoted(home):
    """After a reindex a removed article vanishes from answers, and the report counts it."""
    home.put(article(key="ferry", text=FERRY), article(key="bridge", text=BRIDGE))
    home.reindex()
    home.remove("ferry")

    report = home.reindex()

    reply = home.searcher().answer(Query("What did the ferry carry?"))
    quoted = () if isinstance(reply, NotFound) else reply.excerpts
    assert report.changes == Changes(added=0, updated=0, removed=1)
    assert all(excerpt.article.id == "bridge" for excerpt in quoted)


def test_an_empty_library_is_not_built(home):
    """Before the first article there is nothing to index; the error says how to add some."""
    with pytest.raises(SnapshotError, match="the library is empty") as refusal:
        home.reindex()

    assert refusal.value.remedy == "footnote add FOLDER"
    assert left_behind(home) == []


@pytest.mark.parametrize("damaged", [False, True])
def test_an_emptied_library_finds_nothing(home, damaged):
    """Once every article was removed nothing is quoted any more, though the last snapshot is damaged."""
    home.put(article(text=FERRY))
    first = home.reindex().snapshot.id
    home.remove("ferry")
    if damaged:
        (home.layer(first) / "passages.db").unlink()

    home.reindex()
    report = home.reindex()

    assert (report.snapshot.articles, report.snapshot.passages, report.snapshot.newest) == (0, 0, None)
    assert isinstance(home.searcher().answer(Query("What did the ferry carry?")), NotFound)
    assert home.searcher().articles(0, 10) == ()


def test_an_article_without_words_is_counted_and_not_in_the_way(home):
    """An article of marks only gives nothing to quote, and the others are indexed as ever."""
    home.put(article(key="marks", text="* * *"), article(key="ferry", text=FERRY))

    report = home.reindex()

    reply = home.searcher().answer(Query("What did the ferry carry?"))
    assert report.snapshot.articles == 2
    assert reply.excerpts[0].article.id == "ferry"


def test_progress_grows(home):
    """Progress is told step by step, never falls, and ends when everything is done."""
    many(home)
    told = []

    home.reindex(told.append)

    embedding = [progress for progress in told if progress.stage == "embedding"]
    assert [progress.done for progress in embedding] == sorted({progress.done for progress in embedding})
    assert len(embedding) > 1
    assert embedding[-1].done == 300
    assert {progress.total for progress in told} == {300}
    assert told[-1] == Progress("saving", 300, 300)


@pytest.mark.parametrize("stage", ["embedding", "saving"])
def test_a_build_that_is_stopped_leaves_nothing_behind(home, stage):
    """What progress raises ends the build; the snapshot before serves, and a later build succeeds."""
    home.put(article(key="ferry", text=FERRY))
    before = home.reindex().snapshot.id
    many(home)

    def stop(progress):
        if progress.stage == stage:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        home.reindex(stop)

    assert left_behind(home) == [before, "CURRENT"]
    assert home.searcher().answer(Query("What did the ferry carry?")).excerpts[0].text == FERRY
    assert home.reindex().snapshot.articles == 301


def test_vectors_of_a_stopped_build_are_not_lost(home):
    """What was embedded before a build was stopped need not be embedded again."""
    many(home)

    def stop(progress):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        home.reindex(stop)

    home.reindex()

    passages = [text for text in home.encoder.read if "\n" in text]
    assert len(passages) == len(set(passages)) == 300


def test_a_searcher_outlives_later_builds(home):
    """Who holds a snapshot goes on answering from it, even after it was pruned."""
    home.put(article(text=FERRY))
    home.reindex()
    searcher = home.searcher()

    for _ in range(4):
        home.reindex()

    assert searcher.info.id not in home.snapshots.ids()
    assert searcher.answer(Query("What did the ferry carry?")).excerpts[0].text == FERRY


versions = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("123"))


@given(versions, versions)
def test_changes_add_up(before, after):
    """What is new, changed and gone leads from one library to the other."""
    changes = Changes.between(before, after)

    assert len(before) + changes.added - changes.removed == len(after)
    assert changes.updated == sum(before.get(each, after[each]) != after[each] for each in after)


@pytest.mark.parametrize(("done", "total"), [(-1, 5), (0, -1)])
def test_progress_counts_up_from_nothing(done, total):
    """Progress that makes no sense is refused with its numbers."""
    with pytest.raises(ValueError, match=f"got {done} of {total}"):
        Progress("embedding", done, total)


@pytest.mark.skipif(not UNREADABLE.exists(), reason="this system has no file that every reader is refused")
def test_what_the_disk_does_not_give_back_is_not_published(home):
    """A file that cannot be read once it is written ends the build, and the snapshot before stays current."""
    home.put(article())
    before = home.reindex().snapshot.id
    home.put(article(key="more", text="The harbour was dredged in May."))

    def put_in(progress):
        for folder in (home.path / "snapshots").glob(".building*"):
            if not (folder / "unreadable").exists():
                (folder / "unreadable").symlink_to(UNREADABLE)

    with pytest.raises(SnapshotError, match="cannot be read back: unreadable") as refusal:
        home.reindex(put_in)

    assert refusal.value.remedy == "look whether the disk is failing, then footnote reindex"
    assert home.snapshots.current_id() == before
    assert home.snapshots.open_current(encoder=home.encoder.fingerprint)[1] is None

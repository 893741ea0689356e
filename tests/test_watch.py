import os
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from site_of_tests import FEED, Site, entry, feed, page

from corpus.errors import UnreadableSource
from corpus.fetched import Gone
from corpus.gather import Way
from corpus.library import Library
from corpus.losing import Losing
from corpus.watch import Refreshed, find_watch, refresh, watch

PAGES = [f"https://paper.example/{n}" for n in range(3)]


@pytest.fixture
def library(tmp_path):
    """A new, empty library."""
    with Library.open(tmp_path / "home" / "library.db") as opened:
        yield opened


@pytest.fixture
def site(tmp_path):
    """A feed of three pages."""
    made = Site(tmp_path)
    made.pages = {url: page(f"Words of {url}.") for url in PAGES} | {FEED: feed(*PAGES)}
    return made


@pytest.fixture
def folder(tmp_path):
    """A folder of ten articles."""
    made = tmp_path / "in"
    made.mkdir()
    for n in range(10):
        (made / f"{n}.txt").write_text(f"Article {n} says what it says.")
    return made


def watched(library, source, policy="mark"):
    """Watch a source and read it once."""
    name = watch(library, str(source), every_s=3600, policy=policy)
    assert refreshed(library, name).status == "refreshed"
    return name


def refreshed(library, source, way=None, *, is_named=False, **losing):
    """What became of a watch when it was read again."""
    *_, last = told(library, source, way, is_named=is_named, **losing)
    assert isinstance(last, Refreshed)
    return last


def told(library, source, way=None, *, is_named=False, **losing):
    """All that reading a watch again tells."""
    found, way = find_watch(library, str(source)), way or Way()
    return list(refresh(library, found, way, losing=Losing(**losing), is_named=is_named))


def delete(folder, *numbers):
    """Delete articles of the folder."""
    for n in numbers:
        (folder / f"{n}.txt").unlink()


def test_a_folder_that_changes(library, folder):
    """New, changed and unchanged files are each told as what they are."""
    watched(library, folder)
    (folder / "3.txt").write_text("Other words.")
    (folder / "new.txt").write_text("New words.")

    *articles, last = told(library, folder)

    assert sorted(one.status for one in articles) == ["added", *["unchanged"] * 9, "updated"]
    assert last == Refreshed(str(folder), "refreshed", 0, None)
    assert find_watch(library, str(folder)).n_articles == 11


@pytest.mark.parametrize(("policy", "left", "marked"), [("mark", 10, 1), ("keep", 10, 0), ("remove", 9, 0)])
def test_a_file_that_is_gone(library, folder, policy, left, marked):
    """By its policy a watch marks the article, keeps it, or removes it; its versions stay in any case."""
    watched(library, folder, policy)
    article_id = library.find(str(folder / "3.txt"))
    delete(folder, 3)

    last = refreshed(library, folder)

    assert (last.status, last.n_gone) == ("refreshed", 0 if policy == "keep" else 1)
    assert library.count() == left
    assert len(set(library.gone()) & {each.article_id for each in library.current()}) == marked
    assert len(list(library.history(article_id))) == 1


@pytest.mark.parametrize("policy", ["mark", "remove"])
def test_a_file_that_comes_back(library, folder, policy):
    """A file that is there again has its article back, under its old id."""
    watched(library, folder, policy)
    article_id = library.find(str(folder / "3.txt"))
    delete(folder, 3)
    refreshed(library, folder)
    (folder / "3.txt").write_text("Article 3 says what it says.")

    refreshed(library, folder)

    assert library.latest(article_id).text == "Article 3 says what it says."
    assert library.gone() == {}


def test_an_empty_scan_loses_nothing(library, folder):
    """A folder that suddenly holds nothing keeps its articles and raises an alarm until it holds some."""
    watched(library, folder)
    texts = {path: path.read_text() for path in folder.iterdir()}
    delete(folder, *range(10))

    last = refreshed(library, folder)
    alarmed = find_watch(library, str(folder))
    for path, text in texts.items():
        path.write_text(text)
    refreshed(library, folder)

    assert last.status == "alarm"
    assert "holds no articles any more; all 10 are kept" in last.reason
    assert alarmed.alarm == last.reason
    assert (alarmed.failures, alarmed.n_articles) == (1, 10)
    assert library.gone() == {}
    assert find_watch(library, str(folder)).alarm is None


def test_an_empty_scan_where_nothing_can_be_lost(library, folder):
    """A watch that keeps what is gone has nothing to be alarmed about."""
    watched(library, folder, "keep")
    delete(folder, *range(10))

    assert refreshed(library, folder).status == "refreshed"
    assert library.count() == 10


def test_an_empty_scan_of_an_empty_folder(library, tmp_path):
    """A folder in which there never was anything is no alarm."""
    (tmp_path / "empty").mkdir()

    watched(library, tmp_path / "empty")


@pytest.mark.parametrize(("n_lost", "status"), [(4, "alarm"), (3, "refreshed")])
def test_a_large_share_is_not_lost(library, folder, n_lost, status):
    """A scan that would lose more than the share stops; with force it goes on."""
    for n in range(10, 20):
        (folder / f"{n}.txt").write_text(f"Article {n} says what it says.")
    watched(library, folder, "remove")
    delete(folder, *range(2 * n_lost))

    last = refreshed(library, folder, max_share=0.3)
    left = library.count()
    forced = refreshed(library, folder, force=True)

    assert last.status == status
    assert left == (20 if status == "alarm" else 20 - 2 * n_lost)
    assert (forced.status, library.count()) == ("refreshed", 20 - 2 * n_lost)


def test_renamed_files_are_not_lost(library, folder):
    """A folder whose files all move into another one below has lost nothing."""
    watched(library, folder, "remove")
    ids = {version.article_id for version in library.current()}
    (folder / "2026").mkdir()
    for path in folder.glob("*.txt"):
        path.rename(folder / "2026" / path.name)

    last = refreshed(library, folder)

    assert last == Refreshed(str(folder), "refreshed", 0, None)
    assert {version.article_id for version in library.current()} == ids


def test_a_folder_that_is_not_there(library, folder):
    """A folder that is not mounted is a failure, not a deletion; failures are counted until one succeeds."""
    watched(library, folder)
    folder.rename(folder.with_name("away"))

    statuses = [refreshed(library, folder).status for _ in range(2)]
    failing = find_watch(library, str(folder))
    folder.with_name("away").rename(folder)
    refreshed(library, folder)

    assert statuses == ["failed", "failed"]
    assert failing.failures == 2
    assert "does not exist" in failing.problem
    assert library.gone() == {}
    assert find_watch(library, str(folder)).failures == 0


def test_a_file_that_cannot_be_read_is_there(library, folder):
    """A file that became unreadable is told and not taken for gone."""
    watched(library, folder, "remove")
    (folder / "3.txt").write_bytes(bytes(range(256)) * 9)

    told_of = told(library, folder)

    assert [one.source for one in told_of if one.status == "failed"] == [str(folder / "3.txt")]
    assert told_of[-1].status == "refreshed"
    assert library.count() == 10


def test_lines_of_a_file_that_is_gone(library, folder):
    """The articles of a deleted .jsonl are gone; one whose line is left out of it is not."""
    lines = [f'{{"id": "a{n}", "title": "T", "text": "Words {n}."}}' for n in range(3)]
    (folder / "x.jsonl").write_text("\n".join(lines))
    watched(library, folder)
    (folder / "x.jsonl").write_text("\n".join(lines[:2]))
    first = refreshed(library, folder).n_gone
    (folder / "x.jsonl").unlink()

    assert (first, refreshed(library, folder).n_gone) == (0, 3)
    assert set(library.gone()) == {"a0", "a1", "a2"}


def test_an_odd_name_is_not_gone(library, folder):
    """A file whose name is no text is there as long as it is found."""
    path = os.fsencode(folder) + b"/\xff.txt"
    with open(path, "w") as file:  # noqa: PTH123 - the name is bytes
        file.write("Words under an odd name.")
    watched(library, folder)
    first = refreshed(library, folder).n_gone
    os.unlink(path)  # noqa: PTH108

    assert (first, refreshed(library, folder).n_gone) == (0, 1)


def test_a_feed_is_a_window(library, site):
    """What a feed shows no longer is not gone."""
    watch(library, FEED, every_s=60, policy="remove")
    refreshed(library, FEED, site.way)
    site.pages[FEED] = feed(PAGES[2])

    assert refreshed(library, FEED, site.way) == Refreshed(FEED, "refreshed", 0, None)
    assert library.count() == 3


def test_a_feed_that_is_as_it_was(library, site):
    """A feed is asked for with what its server gave; where nothing changed nothing else is asked."""
    watch(library, FEED, every_s=60, policy="mark")
    refreshed(library, FEED, site.way)
    site.asked.clear()

    assert told(library, FEED, site.way) == [Refreshed(FEED, "refreshed", 0, None)]
    assert site.asked == [FEED]


def test_a_link_that_failed_is_tried_again(library, site):
    """A page that could not be had is tried again though the feed is as it was."""
    held = site.pages[PAGES[1]]
    site.fail(PAGES[1])
    watch(library, FEED, every_s=60, policy="mark")
    refreshed(library, FEED, site.way)
    site.pages[PAGES[1]] = held

    statuses = [one.status for one in told(library, FEED, site.way)]

    assert statuses == ["unchanged", "added", "unchanged", "refreshed"]


@pytest.mark.parametrize(("policy", "left"), [("mark", 1), ("remove", 0)])
def test_a_page_that_is_gone(library, site, policy, left):
    """A page of which its server says so is gone, by the policy of its watch."""
    watch(library, PAGES[0], every_s=60, policy=policy)
    refreshed(library, PAGES[0], site.way)
    site.pages[PAGES[0]] = Gone()

    assert refreshed(library, PAGES[0], site.way) == Refreshed(PAGES[0], "refreshed", 1, None)
    assert library.count() == left


def test_a_page_of_a_feed_that_is_gone(library, site):
    """A feed that names a page anew which is gone loses that article only."""
    watch(library, FEED, every_s=60, policy="mark")
    refreshed(library, FEED, site.way)
    site.pages[FEED] = feed(entry(PAGES[0], "Corrected"), *PAGES[1:])
    del site.pages[PAGES[0]]

    assert refreshed(library, FEED, site.way).n_gone == 1
    assert set(library.gone()) == {library.find(PAGES[0])}


@pytest.mark.parametrize("source", [FEED, PAGES[0]])
def test_a_failed_fetch_is_no_deletion(library, site, source):
    """A server that does not answer, or has no such feed any more, takes nothing away."""
    watch(library, source, every_s=60, policy="remove")
    refreshed(library, source, site.way)
    count = library.count()
    site.fail(source)

    last = refreshed(library, source, site.way)

    assert (last.status, last.reason) == ("failed", f"{source} does not answer. Fix: try again later")
    assert library.count() == count
    assert find_watch(library, source).problem == last.reason


def test_a_feed_that_is_gone_is_a_failure(library, site):
    """That a feed itself is not there any more says nothing of its articles."""
    watch(library, FEED, every_s=60, policy="remove")
    refreshed(library, FEED, site.way)
    del site.pages[FEED]

    assert refreshed(library, FEED, site.way).status == "failed"
    assert library.count() == 3


def test_one_watch_a_source(library, folder):
    """The same folder or feed under another spelling is the same watch, with the new interval and policy."""
    watch(library, str(folder), every_s=60, policy="mark")
    watch(library, f"{folder}/../in", every_s=120, policy="keep")
    watch(library, FEED, every_s=60, policy="mark")
    watch(library, f"{FEED}?utm_source=x#top", every_s=60, policy="mark")

    assert [(each.source, each.every_s, each.policy) for each in library.watches()] == [
        (str(folder), 120, "keep"),
        (FEED, 60, "mark"),
    ]


@pytest.mark.parametrize("source", ["/no/such/folder", "ftp://paper.example/feed"])
def test_what_cannot_be_watched(library, source):
    """What is neither there nor a web address is refused."""
    with pytest.raises(UnreadableSource, match="neither an existing folder"):
        watch(library, source, every_s=60, policy="mark")


def test_articles_pass_to_another_watch(library, site):
    """What two feeds name belongs to the first that was watched, and once that is let go to the other."""
    other = "https://paper.example/other"
    site.pages[other] = feed(*PAGES)
    for each in (FEED, other):
        watch(library, each, every_s=60, policy="mark")
        refreshed(library, each, site.way)
    before = [each.n_articles for each in library.watches()]
    with library.watching() as table:
        table.drop(FEED)

    refreshed(library, other, site.way)
    site.pages[PAGES[0]] = Gone()
    last = refreshed(library, other, site.way, is_named=True)

    assert before == [3, 0]
    assert ([each.n_articles for each in library.watches()], last.n_gone) == ([2], 1)


def test_when_it_is_due(library, folder):
    """A watch is due at once, then an interval after each try."""
    name = watch(library, str(folder), every_s=3600, policy="mark")
    before = find_watch(library, name)
    refreshed(library, name)
    after = find_watch(library, name)

    assert before.due_utc() == datetime.fromisoformat(before.added_utc)
    assert (after.due_utc() - datetime.fromisoformat(after.tried_utc)).total_seconds() == 3600
    assert replace(after, tried_utc=None).due_utc() == datetime.fromisoformat(after.added_utc)


def test_a_clock_that_was_wrong(library, folder):
    """What was read by a clock that was years ahead is due at once, not in years."""
    name = watch(library, str(folder), every_s=3600, policy="mark")
    refreshed(library, name)
    after = find_watch(library, name)
    tried = datetime.fromisoformat(after.tried_utc)

    assert after.is_due(tried - timedelta(days=2_000))
    assert not after.is_due(tried + timedelta(seconds=3_599))
    assert after.is_due(tried + timedelta(seconds=3_600))


def test_a_page_that_comes_back(library, site):
    """A page that was gone is asked for again, though the feed says what it said."""
    watch(library, FEED, every_s=3600, policy="mark")
    refreshed(library, FEED, site.way)
    there, site.pages[PAGES[0]] = site.pages[PAGES[0]], Gone()
    site.pages[FEED] = feed(entry(PAGES[0], title="Corrected"), *PAGES[1:])
    gone = refreshed(library, FEED, site.way).n_gone
    site.pages[PAGES[0]] = there

    refreshed(library, FEED, site.way)

    assert gone == 1
    assert library.gone() == {}

import sqlite3
import time

import pytest
from build import article

from corpus.library import Library

REPORT = (
    "The council voted nine to four on Tuesday to raise the flood barrier to 2.4 metres. Work begins in"
    " spring and ends in 2028. The bill is put at £48.2 million, of which the region pays half. Residents of"
    " Harbour Street will be moved for eleven weeks. Two councillors left the room before the vote. The"
    " engineer said that the old wall has cracks in nine places and would not hold another winter."
)
OTHER = (
    "A bakery opened beside the bridge in May. It sells bread with oranges, which the crew of the night ferry"
    " buys every morning before the first sailing. Its owner came from Skarrow and has four children. The"
    " rent is paid by the town until the end of the year, when the lease ends and may be renewed."
)


@pytest.fixture
def library(tmp_path):
    """Two reports that have nothing to do with each other."""
    with Library.open(tmp_path / "library.db") as opened:
        opened.put(article(key="report", text=REPORT))
        opened.put(article(key="other", text=OTHER))
        yield opened


def ids(found):
    """Which articles, in order."""
    return [near.article_id for near in found]


def test_a_reprint_is_linked(library):
    """An article with a sentence left out and one put in is near, both ways; others are not."""
    library.put(
        article(
            key="reprint",
            text=f"{REPORT.replace('Two councillors left the room before the vote. ', '')} More soon.",
        )
    )

    assert ids(library.near("report")) == ["reprint"]
    assert ids(library.near("reprint")) == ["report"]
    assert library.near("report")[0].similarity > 0.6
    assert library.near("other") == ()
    assert library.count() == 3


def test_the_most_alike_come_first(library):
    """Of several the nearest is first."""
    library.put(article(key="half", text=f"{REPORT[: len(REPORT) * 7 // 10]}."))
    library.put(article(key="same", text=f"{REPORT} More soon."))

    assert ids(library.near("report")) == ["same", "half"]


def test_links_follow_the_version_that_is_shown(library):
    """A link goes when an article says something else, comes back with its words, and ends with removal."""
    library.put(article(key="reprint", text=f"{REPORT} More soon."))
    seen = []
    for change in (
        lambda: library.put(article(key="reprint", text="Withdrawn. We apologise to all whom it concerns.")),
        lambda: library.put(article(key="reprint", text=f"{REPORT} More soon.")),
        lambda: library.remove("reprint"),
        lambda: library.put(article(key="reprint", text=f"{REPORT} More soon.")),
        lambda: library.remove("report"),
    ):
        change()
        seen.append(ids(library.near("report")))

    assert seen == [[], ["reprint"], [], ["reprint"], []]


def test_a_text_that_is_not_stored(library):
    """What somebody is about to add is compared too."""
    assert ids(library.near_text(f"{REPORT} More soon.")) == ["report"]
    assert library.near_text("") == library.near("unknown") == ()


def test_signatures_of_another_method_are_made_anew(tmp_path, library):
    """Signatures that cannot be compared with ours are replaced, and the links are there again."""
    library.put(article(key="reprint", text=f"{REPORT} More soon."))
    library.sign_all()
    with sqlite3.connect(tmp_path / "library.db") as raw:
        raw.execute("UPDATE signatures SET minhash = zeroblob(512)")
        raw.execute("DELETE FROM bands")
        raw.execute("UPDATE state SET signed_by = 'another'")
    raw.close()

    library.sign_all()

    assert ids(library.near("report")) == ["reprint"]


def test_a_thousand_from_one_template(tmp_path):
    """That a thousand articles are alike makes neither storing nor looking up slow."""
    with Library.open(tmp_path / "many.db") as library:
        started = time.process_time()
        with library.batch():
            for n in range(1_200):
                library.put(article(key=f"a{n}", text=f"{REPORT} Number {n}."))
        stored_s = time.process_time() - started
        found = library.near("a7")
        looked_up_s = time.process_time() - started - stored_s

    assert 900 <= len(found) <= 1_000
    assert stored_s < 10
    assert looked_up_s < 5

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest
from build import article
from hashing_encoder import HashingEncoder
from home import Home

from bot.config import load_config
from bot.home_desk import HomeDesk
from corpus.errors import Busy, LibraryError
from corpus.lock import writing
from corpus.types import Span
from retrieval.build_types import Changes
from retrieval.errors import EncoderError, SnapshotError
from retrieval.receipt import receipt_of
from retrieval.types import Answer, NotFound, Query

FERRY = "The ferry left Harbour Street at dawn. It carried forty passengers and a crate of oranges."
BRIDGE = "Engineers replaced every bolt of the bridge. It took two years."
QUESTION = "Which ferry carried oranges?"


@dataclass
class Desk:
    """A home with two articles, and a desk that answers from it whatever it finds."""

    home: Home

    def open(self, encoder=None, **settings):
        """Another desk on the same home, as another process has it."""
        everything = {"answer_threshold": 0.0, "related_threshold": 0.0, "cross_encoder": "off", **settings}
        config = load_config(home=self.home.path, environ={}, flags=everything)
        return HomeDesk(config, encoder or self.home.encoder)

    def damage(self, snapshot_id):
        """Spoil one file of a snapshot."""
        (self.home.layer(snapshot_id) / "passages.db").write_bytes(b"spoilt")


@pytest.fixture
def here(tmp_path):
    """Two articles in a library, not indexed."""
    home = Home(tmp_path / "home", HashingEncoder())
    home.put(article(key="ferry", text=FERRY), article(key="bridge", text=BRIDGE, title="The bridge"))
    return Desk(home)


@pytest.fixture
def indexed(here):
    """The same with a snapshot."""
    here.home.reindex()
    return here


def change_text(home, old, new):
    """Change words in the library behind its back."""
    database = sqlite3.connect(home.path / "library.db")
    database.execute("UPDATE versions SET text = replace(text, ?, ?)", (old, new))
    database.commit()
    database.close()


# Answering


def test_answers(indexed):
    """An answer quotes the library; what the desk says of itself is what the snapshot holds."""
    desk = indexed.open()

    reply = desk.answer(Query(QUESTION))

    assert isinstance(reply, Answer)
    assert reply.excerpts[0].text == FERRY
    assert (desk.info().articles, reply.snapshot) == (2, desk.info())
    assert [each.id for each in desk.articles(1, 5)[0]] == ["ferry"]
    assert desk.articles(0, 5)[1] == 2


def test_settings_shape_the_answer(indexed):
    """The thresholds and the number of excerpts are those of the settings."""
    assert len(indexed.open().answer(Query("the")).excerpts) == 2
    assert len(indexed.open(max_excerpts=1).answer(Query("the")).excerpts) == 1
    assert isinstance(indexed.open(answer_threshold=1, related_threshold=1).answer(Query("the")), NotFound)


def test_making_a_desk_touches_nothing(tmp_path):
    """A desk on a home that does not exist makes nothing, not even when it is asked."""
    config = load_config(home=tmp_path / "none", environ={}, flags={})
    desk = HomeDesk(config)  # its encoder is never loaded, which would leave its conversion

    for failing in (desk.info, desk.pending, desk.reindex, desk.rollback, lambda: desk.answer(Query("Who?"))):
        with pytest.raises((SnapshotError, LibraryError)):
            failing()

    assert not (tmp_path / "none").exists()


def test_first_questions_at_once(indexed):
    """Threads that ask first all at once open one snapshot and get the same answer."""
    desk = indexed.open()
    together = threading.Barrier(8)

    def ask(_):
        together.wait()
        return desk.searcher(), desk.answer(Query(QUESTION))

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(8)))

    assert len({id(searcher) for searcher, _ in found}) == 1
    assert {answer for _, answer in found} == {found[0][1]}


def test_encoder_is_loaded_once(tmp_path, models):
    """Threads that need the encoder all at once get the same one."""
    (tmp_path / "models").symlink_to(models)
    desk = HomeDesk(load_config(home=tmp_path, environ={}, flags={}))
    together = threading.Barrier(4)

    def load(_):
        together.wait()
        return id(desk.encoder)

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(load, range(4)))) == 1


def test_cross_encoder_is_that_of_the_settings(indexed, tmp_path):
    """The cross-encoder that the settings name is loaded once; one that is not there is said."""
    desk = indexed.open(cross_encoder="packaged")

    assert desk.answer(Query(QUESTION)).excerpts
    assert desk.models.cross_encoder is desk.models.cross_encoder is not None
    assert indexed.open().models.cross_encoder is None
    with pytest.raises(EncoderError, match=r"model\.safetensors cannot be read"):
        indexed.open(cross_encoder=str(tmp_path)).answer(Query(QUESTION))


def test_new_snapshot_is_picked_up(indexed):
    """A snapshot that another process made current answers the next question."""
    desk = indexed.open()
    first = desk.info().id

    indexed.home.put(article(key="kite", text="A kite festival filled the beach with colour."))
    second = indexed.home.reindex().snapshot.id

    assert "kite" in desk.answer(Query("When was the kite festival?")).excerpts[0].text
    assert desk.info().id == second != first
    assert indexed.open().rollback() == first
    assert desk.info().id == first


def test_damaged_new_snapshot(indexed, caplog):
    """When the new snapshot is damaged the one before goes on, and the log says both once."""
    desk = indexed.open()
    first = desk.info().id
    second = indexed.home.reindex().snapshot.id
    indexed.damage(second)

    replies = [desk.answer(Query(QUESTION)) for _ in range(3)]

    assert {reply.snapshot.id for reply in replies} == {first}
    [line] = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert line.startswith(f"answering from snapshot {first}: snapshot {second} is damaged: layers/")
    assert line.endswith("Fix: footnote reindex")


def test_every_snapshot_damaged(indexed, caplog):
    """A desk that is answering goes on when no snapshot can be opened any more, the open one included."""
    desk = indexed.open()
    first = desk.info().id
    second = indexed.home.reindex().snapshot.id
    for snapshot_id in (first, second):
        (indexed.home.folder(snapshot_id) / "manifest.json").unlink()

    assert desk.answer(Query(QUESTION)).snapshot.id == first
    assert f"snapshot {second} is not opened, {first} goes on answering" in caplog.text
    with pytest.raises(SnapshotError):
        indexed.open().info()


def test_other_encoder(indexed):
    """A snapshot of another encoder is refused with what mends it."""
    with pytest.raises(SnapshotError, match="was built with encoder") as caught:
        indexed.open(HashingEncoder("other")).answer(Query(QUESTION))

    assert caught.value.remedy == "footnote reindex, or set encoder back"


def test_altered_library(indexed, caplog):
    """An excerpt that is not word for word in the library is dropped and logged; the others stay."""
    desk = indexed.open(answer_threshold=1.0)
    before = desk.answer(Query(QUESTION))
    change_text(indexed.home, "forty passengers", "fifty passengers")

    reply = desk.answer(Query(QUESTION))

    assert [excerpt.article.id for excerpt in before.excerpts] == ["ferry", "bridge"]
    assert [excerpt.article.id for excerpt in reply.excerpts] == ["bridge"]
    assert reply.confidence < before.confidence
    assert "article ferry is not word for word in the library and was dropped" in caplog.text


def test_nothing_verbatim_left(indexed):
    """When every excerpt is dropped nothing is found; nothing is repaired."""
    desk = indexed.open(max_excerpts=1)
    change_text(indexed.home, "forty passengers", "fifty passengers")

    reply = desk.answer(Query(QUESTION))

    assert isinstance(reply, NotFound)
    assert reply.confidence == 0


def test_restored_library_is_seen(indexed):
    """A library file that was replaced while the desk answers is the one excerpts are compared with."""
    desk = indexed.open()
    desk.answer(Query(QUESTION))
    path = indexed.home.path / "library.db"
    path.rename(path.with_name("moved.db"))

    with pytest.raises(LibraryError, match="is gone, though there are snapshots"):
        desk.answer(Query(QUESTION))

    path.with_name("moved.db").rename(path)
    assert desk.answer(Query(QUESTION)).excerpts


# Receipts


def test_receipt(indexed):
    """A receipt gives the same words again, and where they stand in the article."""
    desk = indexed.open()
    excerpt = desk.answer(Query(QUESTION)).excerpts[0]

    found = desk.resolve(receipt_of(excerpt))
    text, span = desk.around(receipt_of(excerpt))

    assert (found.text, found.article, found.span) == (excerpt.text, excerpt.article, excerpt.span)
    assert span.of(text) == excerpt.text


def test_receipt_outlives_its_article(indexed):
    """A receipt still resolves, to the same words, after an update and after a removal."""
    desk = indexed.open()
    receipt = receipt_of(desk.answer(Query(QUESTION)).excerpts[0])
    indexed.home.put(article(key="ferry", text="The ferry was scrapped."))
    indexed.home.remove("ferry")

    assert desk.resolve(receipt).text == FERRY


@pytest.mark.parametrize("typed", ["", "0", "ZZZZZZZZZZ", "not a receipt!", "7" * 500])
def test_no_receipt(indexed, typed):
    """What is no receipt of this library resolves to nothing."""
    assert indexed.open().resolve(typed) is None
    assert indexed.open().around(typed) is None


def test_forged_receipt(indexed):
    """Who knows an article to the letter can write no receipt for a part of it that was never cited."""
    desk = indexed.open()
    excerpt = desk.answer(Query(QUESTION)).excerpts[0]
    start = excerpt.span.start
    part = replace(excerpt, span=Span(start, start + 9), text=excerpt.text[:9], highlights=())

    forged, given = receipt_of(replace(part, seal="")), receipt_of(part)

    assert desk.resolve(forged) is desk.verify(forged) is desk.around(forged) is None
    assert desk.resolve(given).text == excerpt.text[:9]


def test_receipt_of_an_altered_version(indexed):
    """A receipt does not vouch for words that are not there any more."""
    desk = indexed.open()
    receipt = receipt_of(desk.answer(Query(QUESTION)).excerpts[0])
    change_text(indexed.home, FERRY, "Short.")

    assert desk.resolve(receipt) is None


# Reindexing


def test_reindex(here):
    """A reindex reports what it took in and how far it has come, and answers afterwards."""
    stages = []

    report = here.open().reindex(lambda at: stages.append(at.stage))

    assert (report.changes, report.built) == (Changes(added=2, updated=0, removed=0), True)
    assert list(dict.fromkeys(stages)) == ["loading the encoder", "embedding", "saving"]
    assert here.open().info() == report.snapshot


def test_nothing_to_reindex(indexed):
    """Where nothing changed no snapshot is built, so the older ones stay to go back to."""
    before = indexed.home.snapshots.ids()

    report = indexed.open().reindex()

    assert (report.built, report.changes) == (False, Changes(0, 0, 0))
    assert report.snapshot.id == before[0]
    assert indexed.home.snapshots.ids() == before


def test_full_reindex_always_builds(indexed):
    """A full reindex builds although nothing changed, and embeds every text again."""
    report = indexed.open().reindex(full=True)

    assert report.built
    assert (report.reused, report.embedded > 0) == (0, True)
    assert len(indexed.home.snapshots.ids()) == 2


def _other_split(here):
    return here.open(max_passage_chars=300)


def _other_encoder(here):
    return here.open(HashingEncoder("other"))


def _damaged(here):
    here.damage(here.home.snapshots.current_id())
    return here.open()


def _no_current(here):
    (here.home.path / "snapshots" / "CURRENT").unlink()
    return here.open()


def _same_articles_in_a_new_library(here):
    (here.home.path / "library.db").unlink()
    here.home.put(article(key="bridge", text=BRIDGE, title="The bridge"), article(key="ferry", text=FERRY))
    return here.open()


@pytest.mark.parametrize(
    "changed", [_other_split, _other_encoder, _damaged, _no_current, _same_articles_in_a_new_library]
)
def test_reindex_mends(indexed, changed):
    """A reindex builds although every article is the same, where the snapshot would not do."""
    desk = changed(indexed)

    report = desk.reindex()

    assert report.built
    assert FERRY in [excerpt.text for excerpt in desk.answer(Query(QUESTION)).excerpts]


def test_pending(indexed):
    """What a reindex would take in is told without doing it."""
    indexed.home.put(article(key="ferry", text="It sank."), article(key="kite", text="Kites flew."))
    indexed.home.remove("bridge")

    assert indexed.open().pending() == Changes(added=1, updated=1, removed=1)
    assert len(indexed.home.snapshots.ids()) == 1


def test_one_writer(indexed):
    """While another writes to the home, neither reindex nor rollback begins; questions are answered."""
    indexed.home.reindex()
    desk = indexed.open()

    with writing(indexed.home.path):
        for refused in (desk.reindex, desk.rollback):
            with pytest.raises(Busy):
                refused()
        assert desk.answer(Query(QUESTION)).excerpts


def test_reindex_of_an_empty_library(here):
    """A library that never held an article is not indexed; one whose articles were removed is."""
    home = Home(here.home.path.with_name("empty"), HashingEncoder())
    home.put()
    with pytest.raises(SnapshotError, match="the library is empty"):
        Desk(home).open().reindex()

    here.home.reindex()
    here.home.remove("ferry", "bridge")

    assert here.open().reindex().snapshot.articles == 0
    assert isinstance(here.open().answer(Query(QUESTION)), NotFound)


def test_nothing_to_go_back_to(indexed):
    """Without an older snapshot a rollback says so and changes nothing."""
    with pytest.raises(SnapshotError, match="no snapshot to go back to"):
        indexed.open().rollback()

    assert indexed.open().answer(Query(QUESTION)).excerpts

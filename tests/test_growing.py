"""Snapshots that take over what the one before holds: they answer as if they had been built anew."""

import os
import shutil
import sqlite3

import numpy as np
import pytest
from build import article
from hashing_encoder import HashingEncoder
from home import Home
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.build import BuildOptions, build_snapshot
from retrieval.build_types import Changes
from retrieval.errors import SnapshotError
from retrieval.layering import MAX_GONE, Fill, n_kept
from retrieval.snapshot import SnapshotStore, take_over
from retrieval.types import Query

FINGERPRINT = HashingEncoder().fingerprint
WORDS = ("ferry", "orange", "bridge", "harbour", "captain", "timetable", "repairs", "passengers")


def text_of(key, n):
    """An article in a few sentences, another for each key and each number."""
    words = [WORDS[(key * 3 + n * 5 + at * (at + key)) % len(WORDS)] for at in range(12)]
    return f"The {words[0]} of {key} had {n} {words[1]}s. " + ". ".join(
        f"Its {one} saw the {other} {key}" for one, other in zip(words[2::2], words[3::2], strict=True)
    )


def filled(path, n=40):
    """A home with so many articles, indexed."""
    home = Home(path, HashingEncoder())
    home.put(*(article(key=f"a{key:02}", text=text_of(key, 0)) for key in range(n)))
    home.reindex()
    return home


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """Forty articles, indexed."""
    return filled(tmp_path_factory.mktemp("base") / "home").path


@pytest.fixture
def home(tmp_path, base):
    """A home of its own with these articles."""
    shutil.copytree(base, tmp_path / "home")
    return Home(tmp_path / "home", HashingEncoder())


def opened(store):
    """The current snapshot of a store."""
    snapshot, problem = store.open_current(encoder=FINGERPRINT)
    assert problem is None
    return snapshot


def built_anew(home, folder):
    """A snapshot of a home's library that takes over nothing."""
    store = SnapshotStore(folder / "snapshots")
    with home.library() as library:
        build_snapshot(library, store, home.encoder, options=BuildOptions(cache=folder / "vectors.cache"))
    return opened(store)


def files(folder):
    """Every file of a snapshot but tantivy's locks, with its bytes."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


edits = st.lists(
    st.dictionaries(st.integers(0, 45), st.one_of(st.none(), st.integers(1, 5)), min_size=1, max_size=3),
    min_size=1,
    max_size=4,
)


@settings(max_examples=5)
@given(edits)
def test_grown_is_as_built_anew(tmp_path_factory, base, edits):
    """Whatever was added, changed and removed, step by step: the same passages are found, as near as before.

    BM25 differs a little, by words of what is gone: by no more than the share that may be.
    """
    folder = tmp_path_factory.mktemp("grown")
    shutil.copytree(base, folder / "home")
    home = Home(folder / "home", HashingEncoder())
    for step in edits:
        home.put(*(article(key=f"a{key:02}", text=text_of(key, n)) for key, n in step.items() if n))
        with home.library() as library:
            gone = [f"a{key:02}" for key, n in step.items() if n is None and library.latest(f"a{key:02}")]
        home.remove(*gone)
        home.reindex()

    grown, anew = opened(home.snapshots), built_anew(home, folder)

    question = home.encoder.encode(["Which ferry had oranges?"], "query")[0]
    n_passages, info = len(anew.vectors), anew.manifest.info
    assert (grown.manifest.info.articles, grown.manifest.info.passages) == (info.articles, info.passages)
    assert grown.passages.heads() == anew.passages.heads()
    near = {hit.passage_id: hit.score for hit in grown.vectors.search(question, n_passages)}
    assert near == pytest.approx(
        {hit.passage_id: hit.score for hit in anew.vectors.search(question, n_passages)}
    )
    worded = {hit.passage_id: hit.score for hit in grown.lexical.search("ferry oranges", n_passages)}
    expected = {hit.passage_id: hit.score for hit in anew.lexical.search("ferry oranges", n_passages)}
    assert worded.keys() == expected.keys()
    assert worded == pytest.approx(expected, rel=2 * MAX_GONE)
    found, others = grown.passages.passages(list(near)), anew.passages.passages(list(near))
    for number, stored in found.items():
        assert stored.text == others[number].text
        theirs = anew.sentences[others[number].sentence_rows]
        assert np.array_equal(grown.sentences[stored.sentence_rows], theirs)


def test_what_is_unchanged_is_not_read(home):
    """For a few articles more neither the texts of the others are read nor their vectors."""
    home.cache.unlink()
    with sqlite3.connect(home.path / "library.db") as library:
        library.execute("UPDATE versions SET text = 'Other words.'")
    library.close()
    home.put(article(key="new", text="A zeppelin landed."))

    report = home.reindex()

    snapshot = opened(home.snapshots)
    assert "A zeppelin landed." in home.encoder.read
    assert not any("Other words." in text for text in home.encoder.read)
    assert report.changes == Changes(added=1, updated=0, removed=0)
    assert [layer.info.passages for layer in snapshot.layers] == [40, 1]
    assert home.searcher().answer(Query("What did the zeppelin do?")).excerpts[0].article.id == "new"
    ids = [int(number) for number in snapshot.passages.numbers()[0]]
    assert text_of(7, 0) in {stored.text for stored in snapshot.passages.passages(ids).values()}


def test_older_snapshots_stay_as_they_were(home):
    """Growing writes to no file of the snapshot before, though it shares them."""
    first = home.snapshots.current_id()
    before = files(home.folder(first))

    for n in range(1, 3):
        home.put(article(key="a03", text=text_of(3, n)), article(key=f"b{n}", text=text_of(50 + n, n)))
        home.reindex()

    assert files(home.folder(first)) == before


def test_files_of_large_snapshots_are_shared_and_of_small_ones_copied(tmp_path):
    """What is large costs no second place on the disk; what is small is damaged in one snapshot only."""
    for name, n_bytes in (("large", 2_000_000), ("small", 20_000)):
        (tmp_path / name / "words" / "in").mkdir(parents=True)
        (tmp_path / name / "words" / "in" / "file").write_bytes(b"x")
        (tmp_path / name / "other").mkdir()
        with (tmp_path / name / "other" / "vectors").open("wb") as file:
            file.truncate(n_bytes)
        (tmp_path / name / "words" / ".tantivy-writer.lock").touch()

        take_over(tmp_path / name, ["words"], tmp_path / "next" / name)

    for name, is_shared in (("large", True), ("small", False)):
        file = tmp_path / "next" / name / "words/in/file"
        assert file.samefile(tmp_path / name / "words/in/file") == is_shared
        assert file.read_bytes() == b"x"
        assert {path.name for path in (tmp_path / "next" / name).rglob("*")} == {"words", "in", "file"}


def test_an_article_comes_back(home):
    """A version that was replaced, or removed, and is shown again is found again, once."""
    for n in (1, 0):
        home.put(article(key="a03", text=text_of(3, n)))
        home.reindex()
    with home.library() as library:
        seq = library.latest("a03").seq
    home.remove("a03")
    home.reindex()
    with home.library() as library:
        library.put_back(seq)
    home.reindex()

    snapshot = opened(home.snapshots)
    question = home.encoder.encode([text_of(3, 0)], "query")[0]
    found = [hit.passage_id for hit in snapshot.vectors.search(question, 100)]
    worded = [hit.passage_id for hit in snapshot.lexical.search(text_of(3, 0), 100)]
    assert len(found) == len(set(found)) == snapshot.manifest.info.passages == 40
    assert len(worded) == len(set(worded))
    assert list(snapshot.passages.article_ids(found).values()).count("a03") == 1


def test_another_language_comes(home):
    """An article in a language that the library lacked is found by its own stems, as are the others."""
    home.put(article(key="faehre", text="Die alten Fähren wurden gesperrt.", language="de"))

    home.reindex()

    answers = [
        home.searcher().answer(Query(asked)) for asked in ("Wann war die Fähre gesperrt?", "Whose ferry?")
    ]
    assert [answers[0].excerpts[0].article.id, opened(home.snapshots).manifest.languages] == [
        "faehre",
        ("de", "en"),
    ]
    assert answers[1].excerpts


def test_other_settings_take_over_nothing(home):
    """With another length of passages everything is split anew, and no vector of a whole one is kept."""
    options = BuildOptions(cache=home.cache, max_passage_chars=300)
    with home.library() as library:
        build_snapshot(library, home.snapshots, home.encoder, options=options)

    assert [layer.info.name for layer in opened(home.snapshots).layers] == [home.snapshots.current_id()]


def test_damage_is_not_taken_over(home):
    """Where the snapshot before is damaged the next one is built from the library, and is whole."""
    current = home.snapshots.current_id()
    (home.layer(current) / "sentences.f16").write_bytes(b"spoilt")
    home.put(article(key="new", text="A zeppelin landed."))

    home.reindex()

    assert [layer.info.passages for layer in opened(home.snapshots).layers] == [41]


# What is read again


def test_what_has_not_changed_is_not_hashed_again(home):
    """What seems unchanged is taken for whole; who reads everything finds the damage, and then everybody."""
    current = home.snapshots.current_id()
    opened(home.snapshots)  # this copy of the home is hashed once
    path = home.layer(current) / "sentences.f16"
    stamp = path.stat().st_mtime_ns
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(stamp, stamp))

    assert opened(home.snapshots).manifest.info.id == current
    for anew in (True, False):
        with pytest.raises(SnapshotError, match="is damaged"):
            home.snapshots.open_current(encoder=FINGERPRINT, anew=anew)


def test_opening_without_a_place_to_remember(home):
    """Where what was read cannot be written down, or is nonsense, all is read, and opened all the same."""
    remembered = home.path / "snapshots.digests"
    for content in (b"", b"[]", b'{"x": 1}', b"\xff"):
        remembered.write_bytes(content)
        assert opened(home.snapshots)
    remembered.unlink()
    remembered.mkdir()

    assert opened(home.snapshots)
    home.put(article(key="new", text="A zeppelin landed."))
    home.reindex()
    assert opened(home.snapshots).manifest.info.articles == 41


# Which layers stay

fills = st.lists(st.builds(Fill, st.integers(0, 10_000), st.integers(0, 200)), max_size=8)


@given(fills, st.integers(0, 1_000))
def test_what_stays_is_much_larger_than_what_comes_after(layers, n_new):
    """Each layer that stays is hardly worn, and four times as large as all that comes after it."""
    kept = n_kept(layers, n_new)

    written = n_new + sum(each.shown for each in layers[kept:])
    for at, each in enumerate(layers[:kept]):
        assert each.gone <= MAX_GONE * (each.shown + each.gone)
        assert at < kept - 1 or written == 0 or each.shown > 4 * written


def test_layers_stay_few():
    """Article by article, a library of a million passages never lies in more than nine layers."""
    layers, most, copied = [Fill(1_000_000, 0)], 0, 0
    for _ in range(20_000):
        kept = n_kept(layers, 10)
        layers = [*layers[:kept], Fill(10 + sum(each.shown for each in layers[kept:]), 0)]
        most, copied = max(most, len(layers)), copied + layers[-1].shown

    assert most <= 9
    assert copied < 30 * 200_000

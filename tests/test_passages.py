import sqlite3
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.split import split
from corpus.types import ArticleVersion, Metadata, Span
from retrieval.errors import SnapshotError
from retrieval.passages import (
    PassageFile,
    PassageStore,
    PassageWriter,
    StoredPassage,
    StoredVersion,
    pack_spans,
    passage_id,
)
from retrieval.places import Places, PlacesWriter
from retrieval.sentence_terms import pack

TEXT = "The ferry left at dawn. It carried oranges.\n\nIt came back at noon. The captain slept."


def version(seq=1, text=TEXT, *, article_id=None, published=None, content_hash=None):
    """A stored version."""
    metadata = Metadata(f"Title {seq}", published=published)
    return ArticleVersion(
        article_id or f"a{seq}",
        seq,
        content_hash or f"{seq:064x}",
        metadata,
        text,
        "en",
        "2026-05-01T00:00:00Z",
    )


def stored(of, max_chars=45, first_sentence=0):
    """The passages of a version, as a snapshot keeps them."""
    kept = []
    for passage in split(of.text, of.language, max_chars):
        kept.append(
            StoredPassage(
                id=id_of(of, passage.span),
                version_seq=of.seq,
                span=passage.span,
                spans=pack_spans(passage),
                first_sentence=first_sentence,
                article_id=of.article_id,
                language=of.language,
                text=passage.span.of(of.text),
                terms=pack(span.of(of.text).split() for span in passage.sentences),
            )
        )
        first_sentence += len(passage.sentences)
    return kept


def id_of(of, span):
    """The id of a slice of a version."""
    return passage_id(StoredVersion.of(of), span)


def file_of(path, *versions, dead=(), first_row=0):
    """A layer's file of versions, all their passages in it."""
    writer, places = PassageWriter(path), PlacesWriter(path.with_suffix(".places"))
    first_sentence = 0
    for each in versions:
        passages = stored(each, first_sentence=first_sentence)
        first_sentence += sum(len(passage.passage.sentences) for passage in passages)
        writer.add(StoredVersion.of(each), passages)
        places.add([passage.id for passage in passages], each.seq)
    writer.finish()
    writer.close()
    places.finish()
    return PassageFile(path, Places(path.with_suffix(".places"), dead), dead=dead, first_row=first_row)


def store_of(path, *versions):
    """A store of versions in one layer."""
    return PassageStore([file_of(path, *versions)])


# SQLite keeps no lone surrogates and ends a text at a NUL; cleaned text has neither.
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1).filter(str.strip)
awkward = st.text(st.sampled_from("🙂👨‍👩‍👧e\u0301ñ𝔉 \n.あ!\u200f\ufeff\U0010ffff"), min_size=1).filter(
    str.strip
)


@settings(max_examples=60)
@given(st.one_of(texts, awkward))
def test_spans_count_code_points(tmp_path_factory, text):
    """Every passage comes back with its exact words, whatever they are made of."""
    of = version(text=text)
    expected = stored(of)

    store = store_of(tmp_path_factory.mktemp("p") / "passages.db", of)
    found = store.passages([passage.id for passage in expected])

    assert found == {passage.id: passage for passage in expected}
    for passage in found.values():
        assert passage.text == text[passage.passage.span.start : passage.passage.span.end]
        assert passage.sentence_texts() == [span.of(text) for span in passage.passage.sentences]
    assert store.version(1).text == text


def test_a_passage_is_read_without_its_article(tmp_path):
    """A passage of a book costs no more than one of a note: of the article's own text nothing is read."""
    path, of = tmp_path / "passages.db", version()
    expected = stored(of)
    store = store_of(path, of)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE texts SET text = ''")
    connection.close()

    assert store.passages([each.id for each in expected]) == {each.id: each for each in expected}
    assert store.near(expected[0], 10_000) == expected


def test_the_articles_of_many_passages(tmp_path):
    """More passages may be named than a statement of SQLite has places for."""
    store = store_of(tmp_path / "passages.db", version(1), version(2))
    ids = [passage.id for seq in (1, 2) for passage in stored(version(seq))]

    found = store.article_ids([*ids, *range(40_000)])

    assert found == dict(zip(ids, ["a1", "a1", "a2", "a2"], strict=True))


def test_what_is_not_there_is_left_out(tmp_path):
    """Unknown ids are not an error, nor is asking for none."""
    store = store_of(tmp_path / "passages.db", version())

    assert store.passages([1, 2**62]) == {}
    assert store.passages([]) == {}


def test_a_version_comes_back_with_all_that_is_known_of_it(tmp_path):
    """What a citation says of its article is kept as it was."""
    metadata = Metadata("The ferry", "https://p.example/1", "Post", "A. Reed", "2026-03-04")
    of = ArticleVersion("ferry", 9, "ab" * 32, metadata, TEXT, "en", "2026-05-01T00:00:00Z")

    found = store_of(tmp_path / "passages.db", of, version(10)).version(9)

    assert (found.article.id, found.article.metadata, found.seq) == ("ferry", metadata, 9)
    assert (found.hash, found.language, found.text) == ("ab" * 32, "en", TEXT)


def test_near_passages_are_of_the_same_version_in_order(tmp_path):
    """Around a passage stand its neighbours as far as the reach goes, and nothing of another article."""
    one, other = version(1), version(2)
    first, second = stored(one)
    store = store_of(tmp_path / "passages.db", one, other)

    assert store.near(second, 1) == [second]
    assert store.near(second, 10) == [first, second]
    assert store.near(first, 10_000) == [first, second]


def test_articles_are_listed_newest_first(tmp_path):
    """The list is by date, those without one last, a page at a time."""
    store = store_of(
        tmp_path / "passages.db",
        version(1, published="2026-01-02"),
        version(2),
        version(3, published="2026-03-04T10:00:00Z"),
        version(4, published="2026-03-04"),
    )

    assert [article.id for article in store.newest(0, 10)] == ["a3", "a4", "a1", "a2"]
    assert [article.id for article in store.newest(1, 2)] == ["a4", "a1"]
    assert list(store.newest(4, 2)) == []


def test_hashes_say_what_is_indexed(tmp_path):
    """The version of every article is known, also of one that gave no passage."""
    store = store_of(tmp_path / "passages.db", version(1), version(2))

    assert store.hashes() == {"a1": f"{1:064x}", "a2": f"{2:064x}"}


@pytest.mark.parametrize(
    "other",
    [version(1, article_id="b"), version(1, content_hash="cd" * 32)],
    ids=["another article", "another version"],
)
def test_an_id_belongs_to_one_slice_of_one_version(other):
    """The same slice has the same id in every snapshot, and any other slice another, within 63 bits."""
    span = Span(0, 5)
    own = id_of(version(1), span)

    assert own == id_of(version(7, article_id="a1", content_hash=f"{1:064x}"), span)
    assert own != id_of(other, span)
    assert own != id_of(version(1), Span(0, 6))
    assert 0 <= own < 2**63


def test_many_threads_may_read_one_store(tmp_path):
    """Threads that read at the same time each get what they asked for."""
    versions = [version(seq, text=f"Ferry {seq} left. It carried {seq} oranges.") for seq in range(1, 31)]
    store = store_of(tmp_path / "passages.db", *versions)
    wrong = []

    def read():
        for _ in range(10):
            for of in versions:
                [expected] = stored(of)
                found = store.passages([expected.id])[expected.id]
                if found.text != expected.text or store.version(of.seq).text != of.text:
                    wrong.append(of.seq)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


def test_a_missing_file_is_refused(tmp_path):
    """Opening a file that is not there says so and makes none."""
    places = tmp_path / "passages.places"
    PlacesWriter(places).finish()

    with pytest.raises(SnapshotError, match=r"passages\.db cannot be read") as refusal:
        PassageFile(tmp_path / "passages.db", Places(places))

    assert refusal.value.remedy == "footnote reindex"
    assert list(tmp_path.iterdir()) == [places]


@pytest.mark.parametrize("content", [b"", b"garbage" * 1_000], ids=["empty", "garbage"])
def test_a_damaged_file_is_refused(tmp_path, content):
    """A file that is no such database is refused when it is read."""
    path = tmp_path / "passages.db"
    path.write_bytes(content)
    PlacesWriter(tmp_path / "passages.places").finish()

    with pytest.raises(SnapshotError, match="cannot be read"):
        PassageFile(path, Places(tmp_path / "passages.places")).heads()


def test_reading_changes_nothing(tmp_path):
    """A store leaves no file beside its own, so a snapshot stays what its checksums say."""
    path = tmp_path / "passages.db"
    store = store_of(path, version())
    before = path.read_bytes()

    store.hashes()

    assert {each.name for each in tmp_path.iterdir()} == {"passages.db", "passages.places"}
    assert path.read_bytes() == before


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.booleans(), st.sampled_from([None, "2026-01-02", "2026-03-04"])))
)
def test_layers_are_read_as_one(tmp_path_factory, drawn):
    """What stands in several files, some of it gone, is read as if it stood in one, without what is gone."""
    folder = tmp_path_factory.mktemp("layers")
    whole = [
        (layer, gone, version(seq, published=day)) for seq, (layer, gone, day) in enumerate(drawn, start=1)
    ]
    files, first_row = [], 0
    for at in range(3):
        here = [(gone, each) for layer, gone, each in whole if layer == at]
        dead = [each.seq for gone, each in here if gone]
        files.append(
            file_of(folder / f"{at}.db", *(each for _, each in here), dead=dead, first_row=first_row)
        )
        first_row += sum(len(passage.passage.sentences) for _, each in here for passage in stored(each))
    shown = [each for _, gone, each in whole if not gone]

    store, expected = PassageStore(files), store_of(folder / "one.db", *shown)

    ids = [passage.id for _, _, each in whole for passage in stored(each)]
    assert store.passages(ids).keys() == expected.passages(ids).keys()
    assert store.article_ids(ids) == expected.article_ids(ids)
    assert store.heads() == expected.heads()
    assert sorted(store.labels()) == sorted(expected.labels())
    assert list(store.newest(1, 3)) == list(expected.newest(1, 3))
    for each in shown:
        first = store.passages(ids)[stored(each)[0].id]
        assert [near.text for near in store.near(first, 50)] == [near.text for near in stored(each)]
        assert store.version(each.seq) == StoredVersion.of(each)
    rows = [row for found in store.passages(ids).values() for row in range(first_row)[found.sentence_rows]]
    assert len(rows) == len(set(rows))

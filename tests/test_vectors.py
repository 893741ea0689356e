import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.errors import SnapshotError
from retrieval.inverted_lists import Lists
from retrieval.manifest import EXACT
from retrieval.places import Places, PlacesWriter
from retrieval.vectors import VectorIndex, VectorWriter

HALF = 2e-3  # what rounding to fp16 may change a cosine by


def unit_vectors(seed, n, dims):
    """Unit vectors, float32, shape (n, dims)."""
    vectors = np.random.default_rng(seed).normal(size=(n, dims)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def index_of(tmp_path_factory):
    """Writes vectors and opens them, numbered from 0 unless ids are given; one version each."""

    def make(vectors, ids=None, dead=()):
        folder = tmp_path_factory.mktemp("vectors")
        places = PlacesWriter(folder / "passages.places")
        for seq, number in enumerate(range(len(vectors)) if ids is None else ids):
            places.add([number], seq)
        places.finish()
        writer = VectorWriter(folder / "passages.faiss", vectors.shape[1])
        for at in range(0, len(vectors), 7):
            writer.add(vectors[at : at + 7])
        writer.finish()
        writer.close()
        return VectorIndex(folder / "passages.faiss", Places(folder / "passages.places", dead))

    return make


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.integers(1, 80), st.integers(1, 40), st.integers(1, 100))
def test_search_equals_brute_force(index_of, seed, n, dims, k):
    """The k nearest are those that comparing with every vector finds, up to fp16 rounding and ties."""
    vectors = unit_vectors(seed, n, dims)
    question = unit_vectors(seed + 1, 1, dims)[0]
    cosines = vectors @ question

    hits = index_of(vectors).search(question, k)

    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert scores == pytest.approx(sorted(cosines, reverse=True)[:k], abs=HALF)
    assert scores == pytest.approx([cosines[hit.passage_id] for hit in hits], abs=HALF)
    assert len({hit.passage_id for hit in hits}) == len(hits) == min(n, k)


@settings(max_examples=20)
@given(st.sets(st.integers(0, 2**63 - 1), min_size=1, max_size=30), st.data())
def test_what_is_gone_is_not_found(index_of, ids, data):
    """Passages have ids of up to 63 bits; those of versions that are gone are as if they were not there."""
    vectors, numbers = unit_vectors(1, len(ids), 16), data.draw(st.permutations(sorted(ids)))
    dead = data.draw(st.sets(st.integers(0, len(ids) - 1)))
    left = {number for seq, number in enumerate(numbers) if seq not in dead}

    index = index_of(vectors, numbers, dead)

    everything = index_of(vectors, numbers).search(vectors[0], 50)
    assert {hit.passage_id for hit in everything} == ids
    assert index.search(vectors[0], 50) == [hit for hit in everything if hit.passage_id in left]
    assert index.cosines(vectors[0], numbers).keys() == left
    assert len(index) == len(left)


@pytest.mark.parametrize(("n", "dims"), [(0, 8), (1, 3), (1000, 384)])
def test_vectors_are_stored_as_faiss_stores_them(tmp_path, n, dims):
    """A file that was written a step at a time is the one that faiss writes, to the last byte."""
    vectors = unit_vectors(2, n, dims)
    index = faiss.IndexScalarQuantizer(dims, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    index.add(vectors.astype(np.float16).astype(np.float32))  # faiss itself rounds ties otherwise
    faiss.write_index(index, str(tmp_path / "whole"))

    writer = VectorWriter(tmp_path / "steps", dims)
    for at in range(0, n, 300):
        writer.add(vectors[at : at + 300])
    writer.finish()
    writer.close()

    assert (tmp_path / "steps").read_bytes() == (tmp_path / "whole").read_bytes()


def test_the_same_vector_twice_is_two_hits(index_of):
    """Passages with the same words are each found, at the same cosine."""
    vectors = np.repeat(unit_vectors(3, 1, 8), 3, axis=0)

    hits = index_of(vectors, [5, 6, 7]).search(vectors[0], 3)

    assert {hit.passage_id for hit in hits} == {5, 6, 7}
    assert [hit.score for hit in hits] == pytest.approx([1, 1, 1], abs=HALF)


def test_cosines_of_named_passages(index_of):
    """Any passage that is there can be compared with a question, whether search brought it or not."""
    vectors = unit_vectors(4, 20, 32)
    index = index_of(vectors, range(100, 120))

    cosines = index.cosines(vectors[0], [103, 119, 7])

    assert cosines == pytest.approx({103: vectors[3] @ vectors[0], 119: vectors[19] @ vectors[0]}, abs=HALF)


def test_an_empty_index_finds_nothing(index_of):
    """A library without passages is searched without a fuss."""
    index = index_of(np.zeros((0, 8), dtype=np.float32))

    assert index.search(unit_vectors(5, 1, 8)[0], 10) == []
    assert index.cosines(unit_vectors(5, 1, 8)[0], []) == {}
    assert len(index) == 0


def test_a_vector_of_another_width_is_refused(index_of):
    """A question encoded by another model is an error with both widths, not a wrong answer."""
    with pytest.raises(ValueError, match=r"shape \(8,\), got \(9,\)"):
        index_of(unit_vectors(6, 3, 8)).search(unit_vectors(6, 1, 9)[0], 1)


@pytest.mark.parametrize("content", [None, b"", b"not an index"], ids=["absent", "empty", "garbage"])
def test_what_is_no_index_is_refused(tmp_path, content):
    """A file that is no vector index is named, with the command that mends it."""
    path = tmp_path / "passages.faiss"
    if content is not None:
        path.write_bytes(content)

    PlacesWriter(tmp_path / "passages.places").finish()

    with pytest.raises(SnapshotError, match=r"passages\.faiss is not a vector index") as refusal:
        VectorIndex(path, Places(tmp_path / "passages.places"))

    assert refusal.value.remedy == "footnote reindex"


def test_hits_say_which_search_gave_them(index_of):
    """A cosine is marked as one, so that it is never compared with a BM25."""
    vectors = unit_vectors(7, 2, 8)

    assert {hit.stage for hit in index_of(vectors).search(vectors[0], 2)} == {"dense"}


# Many vectors


def clustered(seed, n, dims=64, n_clusters=60):
    """Unit vectors around some centres, as those of texts about some subjects are."""
    draw = np.random.default_rng(seed)
    centres = np.random.default_rng(0).normal(size=(n_clusters, dims))
    vectors = centres[draw.integers(0, n_clusters, n)] + draw.normal(size=(n, dims))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_lists_find_the_nearest(tmp_path):
    """Lists find the share of the nearest that they say, with cosines as they are, and only what they may."""
    rows, questions = clustered(1, 6_000).astype(np.float16), clustered(2, 50)

    method = Lists.build(tmp_path, rows, questions=questions, recall=0.9)

    lists, cosines = Lists.open(tmp_path, method), questions @ rows.astype(np.float32).T
    assert method.index == "IVF77,PQ16x4fs"
    shares = []
    for question, each in zip(questions, cosines, strict=True):
        found, places = lists.search(question, 10, rows)
        assert found == pytest.approx(each[places], abs=1e-6)
        shares.append(len(set(places) & set(np.argsort(-each)[:10])) / 10)
    assert np.mean(shares) == pytest.approx(method.recall, abs=0.03)
    assert method.recall >= 0.9


def test_lists_that_are_not_good_enough_are_not_taken(tmp_path):
    """Where nothing finds so many of the nearest, every vector is compared."""
    rows, questions = unit_vectors(1, 3_000, 64).astype(np.float16), unit_vectors(2, 20, 64)

    method = Lists.build(tmp_path, rows, questions=questions, recall=1.1)

    assert method == EXACT
    assert Lists.open(tmp_path, method) is None
    assert list(tmp_path.iterdir()) == []

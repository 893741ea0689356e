import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.errors import SnapshotError
from retrieval.vectors import VectorIndex

HALF = 2e-3  # what rounding to fp16 may change a cosine by


def unit_vectors(seed, n, dims):
    """Unit vectors, float32, shape (n, dims)."""
    vectors = np.random.default_rng(seed).normal(size=(n, dims)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def index_of(vectors, ids=None):
    """An index of vectors, numbered from 0 unless ids are given."""
    index = VectorIndex.empty(vectors.shape[1])
    index.add(np.arange(len(vectors)) if ids is None else np.array(ids, dtype=np.int64), vectors)
    return index


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.integers(1, 80), st.integers(1, 40), st.integers(1, 100))
def test_search_equals_brute_force(seed, n, dims, k):
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
@given(st.sets(st.integers(0, 2**63 - 1), min_size=1, max_size=30))
def test_ids_survive_saving(tmp_path_factory, ids):
    """A saved index gives the same hits when it is opened, under ids of up to 63 bits."""
    vectors = unit_vectors(1, len(ids), 16)
    index = index_of(vectors, sorted(ids))
    path = tmp_path_factory.mktemp("vectors") / "passages.faiss"

    index.save(path)
    opened = VectorIndex.open(path)

    assert opened.search(vectors[0], 50) == index.search(vectors[0], 50)
    assert {hit.passage_id for hit in opened.search(vectors[0], 50)} == ids
    assert len(opened) == len(ids)


def test_the_same_vector_twice_is_two_hits():
    """Passages with the same words are each found, at the same cosine."""
    vectors = np.repeat(unit_vectors(3, 1, 8), 3, axis=0)

    hits = index_of(vectors, [5, 6, 7]).search(vectors[0], 3)

    assert {hit.passage_id for hit in hits} == {5, 6, 7}
    assert [hit.score for hit in hits] == pytest.approx([1, 1, 1], abs=HALF)


def test_cosines_of_named_passages():
    """Any passage can be compared with a question, whether search brought it or not."""
    vectors = unit_vectors(4, 20, 32)
    index = index_of(vectors, range(100, 120))

    cosines = index.cosines(vectors[0], [103, 119])

    assert cosines == pytest.approx({103: vectors[3] @ vectors[0], 119: vectors[19] @ vectors[0]}, abs=HALF)


def test_an_empty_index_finds_nothing(tmp_path):
    """A library without passages is searched without a fuss, before and after saving."""
    index = index_of(np.zeros((0, 8), dtype=np.float32))
    index.save(tmp_path / "empty.faiss")

    assert index.search(unit_vectors(5, 1, 8)[0], 10) == []
    assert VectorIndex.open(tmp_path / "empty.faiss").search(unit_vectors(5, 1, 8)[0], 10) == []
    assert index.cosines(unit_vectors(5, 1, 8)[0], []) == {}


def test_a_vector_of_another_width_is_refused():
    """A question encoded by another model is an error with both widths, not a wrong answer."""
    with pytest.raises(ValueError, match=r"shape \(8,\), got \(9,\)"):
        index_of(unit_vectors(6, 3, 8)).search(unit_vectors(6, 1, 9)[0], 1)


@pytest.mark.parametrize("content", [None, b"", b"not an index"], ids=["absent", "empty", "garbage"])
def test_what_is_no_index_is_refused(tmp_path, content):
    """A file that is no vector index is named, with the command that mends it."""
    path = tmp_path / "passages.faiss"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(SnapshotError, match=r"passages\.faiss is not a vector index") as refusal:
        VectorIndex.open(path)

    assert refusal.value.remedy == "footnote reindex"


def test_hits_say_which_search_gave_them():
    """A cosine is marked as one, so that it is never compared with a BM25."""
    vectors = unit_vectors(7, 2, 8)

    assert {hit.stage for hit in index_of(vectors).search(vectors[0], 2)} == {"dense"}

"""A layer with so many passages that not all are compared with a question."""

from dataclasses import replace

import numpy as np
import pytest

from corpus.types import Metadata, Passage, Span
from retrieval.layer import Entry, Layer, LayerWriter
from retrieval.passages import StoredVersion
from retrieval.types import Article
from retrieval.vectors import EXACT_UP_TO

DIMS, N_GONE = 16, 500


def entry(seq, n):
    """An article of so many passages of one letter, their vectors around a hundred centres."""
    draw = np.random.default_rng(seq)
    centres = np.random.default_rng(0).normal(size=(100, DIMS))
    vectors = (centres[draw.integers(0, 100, n)] + 0.5 * draw.normal(size=(n, DIMS))).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    spans = [Span(at, at + 1) for at in range(n)]
    passages = tuple(Passage(span, (span,)) for span in spans)
    version = StoredVersion(Article(f"a{seq}", Metadata("Letters")), seq, f"{seq:064x}", "en", "x" * n)
    return Entry(version, passages, vectors, vectors, (b"",) * n)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A layer of two articles: its folder, what is said of it, the ids and vectors of its passages."""
    folder = tmp_path_factory.mktemp("layer") / "large"
    entries = [entry(1, N_GONE), entry(2, EXACT_UP_TO + 100)]
    with LayerWriter(folder, DIMS) as writer:
        ids = [stored.id for each in entries for stored in writer.add(each)]
        info = writer.finish(recall=0.9)
    return folder, info, np.array(ids), np.concatenate([each.vectors for each in entries])


def test_a_large_layer_is_searched_by_lists(written):
    """Of so many passages most of the nearest are found, by their cosines, and how many is on record."""
    folder, info, ids, vectors = written
    index = Layer.open(folder, info, dims=DIMS, first_row=0).vectors

    shares, place_of = [], {number: at for at, number in enumerate(ids.tolist())}
    for question in vectors[::2_000]:
        hits, cosines = index.search(question, 50), vectors @ question
        shares.append(len({hit.passage_id for hit in hits[:10]} & set(ids[np.argsort(-cosines)[:10]])) / 10)
        expected = [cosines[place_of[hit.passage_id]] for hit in hits]
        assert [hit.score for hit in hits] == pytest.approx(expected, abs=1e-3)

    assert info.method.index.startswith("IVF634,")
    assert info.method.recall >= 0.9
    assert np.mean(shares) >= 0.85


def test_of_a_large_layer_only_some_is_searched(written):
    """What is gone is not found, and of a few or of many that are let through only those are."""
    folder, info, ids, vectors = written
    index = Layer.open(folder, replace(info, dead=(1,)), dims=DIMS, first_row=0).vectors
    many, few = np.sort(ids[: EXACT_UP_TO + N_GONE + 50]), np.sort(ids[::500])

    found = [
        {hit.passage_id for hit in index.search(vectors[0], 50, among=among)} for among in (None, many, few)
    ]

    gone = set(ids[:N_GONE].tolist())
    assert [len(each) for each in found] == [50, 50, 50]
    assert not any(each & gone for each in found)
    assert found[1] <= set(many.tolist())
    alive = [at for at in range(0, len(ids), 500) if at >= N_GONE]
    nearest = np.argsort(-(vectors[alive] @ vectors[0]), kind="stable")[:50]
    assert found[2] == {int(ids[alive[at]]) for at in nearest}

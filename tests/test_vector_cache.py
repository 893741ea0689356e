import numpy as np
import pytest
from hashing_encoder import HashingEncoder

from corpus.types import Span
from retrieval.encoder import PassageText
from retrieval.vector_cache import CachedEncoder


def passage(text, *sentences):
    """A passage whose sentences are these parts of it; all of it is one where none are named."""
    starts = [text.index(sentence) for sentence in sentences]
    spans = [Span(start, start + len(each)) for start, each in zip(starts, sentences, strict=True)]
    return PassageText(text, tuple(spans) or (Span(0, len(text)),))


PASSAGES = [
    passage(f"The ferry {n} sailed. It carried oranges.", f"The ferry {n} sailed.", "It carried oranges.")
    for n in range(600)
]


@pytest.fixture
def path(tmp_path):
    """Where the cache is; nothing is there yet."""
    return tmp_path / "vectors.cache"


def encode(path, passages, encoder=None):
    """Encode passages through the cache: vectors, how many were embedded, how many were known."""
    with CachedEncoder(encoder or HashingEncoder(), path) as cached:
        vectors = cached.encode(passages)
        return vectors, cached.embedded, cached.reused


def test_a_second_time_nothing_is_embedded(path):
    """What was encoded once is read from the file, the same vectors in the same order."""
    first, embedded, _ = encode(path, PASSAGES)
    encoder = HashingEncoder()

    second, *counts = encode(path, PASSAGES[::-1], encoder)

    assert embedded == len(PASSAGES)
    assert counts == [0, len(PASSAGES)]
    assert encoder.read == []
    assert np.array_equal(second[::-1], first)


def test_vectors_are_the_encoders_within_fp16(path):
    """What comes back is the encoder's own vectors but for rounding: float32, of unit norm, a row a text."""
    vectors, *_ = encode(path, PASSAGES)

    assert {(each.dtype.name, len(each)) for each in vectors} == {("float32", 3)}
    found, expected = np.array(vectors), np.array(HashingEncoder().encode_passages(PASSAGES))
    assert np.abs(found - expected).max() < 1e-3
    assert np.linalg.norm(found, axis=2).ravel() == pytest.approx(np.ones(3 * len(PASSAGES)), abs=1e-3)


def test_only_what_is_new_is_embedded(path):
    """A passage that was never seen is embedded, once however often it stands there."""
    encode(path, PASSAGES)
    encoder = HashingEncoder()

    vectors, *counts = encode(path, [passage("New."), PASSAGES[5], passage("New."), passage("Old.")], encoder)

    assert encoder.read == ["New.", "New.", "Old.", "Old."]
    assert counts == [2, 2]
    assert np.array_equal(vectors[0], vectors[2])


def test_another_split_is_another_passage(path):
    """The same words cut to sentences elsewhere have vectors of their own."""
    words = "The ferry sailed. It carried oranges."
    [whole, halves], *_ = encode(path, [passage(words), passage(words, "The ferry", "sailed. It carried")])

    assert (len(whole), len(halves)) == (2, 3)
    assert np.array_equal(whole[0], halves[0])


def test_another_encoder_reuses_nothing(path):
    """Vectors belong to the encoder that made them; both may share one file."""
    encode(path, PASSAGES)

    other, *counts = encode(path, PASSAGES, HashingEncoder("other"))

    assert counts == [len(PASSAGES), 0]
    expected = HashingEncoder("other").encode_passages(PASSAGES)
    assert np.abs(np.array(other) - np.array(expected)).max() < 1e-3
    assert encode(path, PASSAGES)[1:] == (0, len(PASSAGES))


def test_no_passages_are_no_vectors(path):
    """Nothing to encode gives nothing."""
    assert encode(path, []) == ([], 0, 0)


def damaged_header(path):
    """The file is not a database any more."""
    path.write_bytes(b"garbage" * 1_000)


def damaged_start(path):
    """The first page is there, what it says of the others is not."""
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * 3_000 + content[3_100:])


def damaged_middle(path):
    """A page far inside is overwritten, which only reading it can tell."""
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(content[:middle] + b"\xff" * 20_000 + content[middle + 20_000 :])


def cut(path):
    """The second half is gone."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def cut_oddly(path):
    """The file ends within a page."""
    path.write_bytes(path.read_bytes()[:-9_000])


def emptied(path):
    """The file has no content."""
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [damaged_header, damaged_start, damaged_middle, cut, cut_oddly, emptied])
def test_a_damaged_cache_is_started_anew(path, damage):
    """Whatever became of the file, encoding goes on and the file is whole afterwards."""
    expected, *_ = encode(path, PASSAGES)
    damage(path)

    vectors, embedded, _ = encode(path, PASSAGES)

    assert np.array_equal(vectors, expected)
    assert embedded > 0
    assert encode(path, PASSAGES)[1:] == (0, len(PASSAGES))

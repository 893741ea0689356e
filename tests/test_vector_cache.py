import sqlite3

import numpy as np
import pytest
from hashing_encoder import DIMS, HashingEncoder

from retrieval.vector_cache import CachedEncoder

TEXTS = [f"The ferry {n} carried oranges." for n in range(600)]


@pytest.fixture
def path(tmp_path):
    """Where the cache is; nothing is there yet."""
    return tmp_path / "vectors.cache"


def encode(path, texts, encoder=None):
    """Encode texts through the cache: vectors, how many were embedded, how many were known."""
    with CachedEncoder(encoder or HashingEncoder(), path) as cached:
        vectors = cached.encode(texts)
        return vectors, cached.embedded, cached.reused


def test_a_second_time_nothing_is_embedded(path):
    """What was encoded once is read from the file, the same vectors in the same order."""
    first, embedded, _ = encode(path, TEXTS)
    encoder = HashingEncoder()

    second, *counts = encode(path, TEXTS[::-1], encoder)

    assert embedded == len(TEXTS)
    assert counts == [0, len(TEXTS)]
    assert encoder.read == []
    assert np.array_equal(second[::-1], first)


def test_vectors_are_the_encoders_within_fp16(path):
    """What comes back is the encoder's own vectors but for rounding: float32, of unit norm."""
    vectors, *_ = encode(path, TEXTS)

    assert vectors.dtype == np.float32
    assert np.abs(vectors - HashingEncoder().encode(TEXTS, "passage")).max() < 1e-3
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-3)


def test_only_what_is_new_is_embedded(path):
    """A text that was never seen is embedded, once however often it stands there."""
    encode(path, TEXTS)
    encoder = HashingEncoder()

    vectors, *counts = encode(path, ["New.", TEXTS[5], "New.", ""], encoder)

    assert encoder.read == ["New.", ""]
    assert counts == [2, 2]
    assert np.array_equal(vectors[0], vectors[2])


def test_another_encoder_reuses_nothing(path):
    """Vectors belong to the encoder that made them; both may share one file."""
    encode(path, TEXTS)

    other, *counts = encode(path, TEXTS, HashingEncoder("other"))

    assert counts == [len(TEXTS), 0]
    assert np.abs(other - HashingEncoder("other").encode(TEXTS, "passage")).max() < 1e-3
    assert encode(path, TEXTS)[1:] == (0, len(TEXTS))


def test_no_texts_are_no_vectors(path):
    """Nothing to encode gives an array of no rows."""
    assert encode(path, [])[0].shape == (0, DIMS)


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
    path.write_bytes(path.read_bytes()[:-1_000])


def emptied(path):
    """The file has no content."""
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [damaged_header, damaged_start, damaged_middle, cut, cut_oddly, emptied])
def test_a_damaged_cache_is_started_anew(path, damage):
    """Whatever became of the file, encoding goes on and the file is whole afterwards."""
    expected, *_ = encode(path, TEXTS)
    damage(path)

    vectors, embedded, _ = encode(path, TEXTS)

    assert np.array_equal(vectors, expected)
    assert embedded > 0
    assert encode(path, TEXTS)[1:] == (0, len(TEXTS))


@pytest.mark.parametrize("changed", [bytes(2 * DIMS), b"\xff" * (2 * DIMS), b"\x00\x4c" * DIMS, b"odd"])
def test_a_changed_vector_is_made_anew(path, changed):
    """A vector that is none any more, because the disk changed it, is not put into an index."""
    expected, *_ = encode(path, TEXTS[:3])
    database = sqlite3.connect(path)
    with database:
        database.execute(
            "UPDATE vectors SET vector = ? WHERE key = (SELECT min(key) FROM vectors)", (changed,)
        )
    database.close()

    vectors, embedded, reused = encode(path, TEXTS[:3])

    assert np.array_equal(vectors, expected)
    assert (embedded, reused) == (1, 2)

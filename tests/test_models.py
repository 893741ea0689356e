import threading

import pytest
from hashing_encoder import HashingEncoder

from bot.config import load_config
from bot.models import Models
from retrieval.errors import EncoderError


def config(home, **flags):
    """The settings of a home."""
    return load_config(home=home, environ={}, flags=flags)


def test_an_encoder_that_was_given_is_used(tmp_path):
    """Whoever brings an encoder gets it back, and nothing is loaded or written for it."""
    encoder = HashingEncoder()
    models = Models(config(tmp_path, cross_encoder="off"), encoder)

    models.load_ahead()

    assert models.encoder is encoder
    assert models.cross_encoder is None
    assert list(tmp_path.iterdir()) == []


def test_each_is_loaded_once(tmp_path):
    """Many threads that ask at the same time get the same model."""
    models = Models(config(tmp_path, cross_encoder="packaged"), HashingEncoder())
    found = []
    threads = [threading.Thread(target=lambda: found.append(models.cross_encoder)) for _ in range(8)]

    for thread in threads:
        thread.start()
    models.load_ahead()
    for thread in threads:
        thread.join()

    assert len(found) == 8
    assert set(map(id, found)) == {id(models.cross_encoder)}


def test_a_model_that_cannot_be_loaded_is_said_each_time(tmp_path):
    """What is wrong is told to whoever asks, also where it was met ahead, and loading is tried again."""
    folder = tmp_path / "model"
    folder.mkdir()
    models = Models(config(tmp_path / "home", encoder=str(folder), cross_encoder="off"))

    models.load_ahead()

    for _ in range(2):
        with pytest.raises(EncoderError, match="cannot be read"):
            assert models.encoder is None

import os
import threading

import pytest
from hashing_encoder import HashingEncoder

from bot.config import load_config
from bot.doctor import examine
from bot.models import Models
from retrieval.digests import Digests
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


def test_what_loading_made_is_kept_with_the_home(tmp_path):
    """The cross-encoder that was rewritten once is read the next time, and its files are known by then."""
    encoder, settings = HashingEncoder(), config(tmp_path, cross_encoder="packaged")
    first = Models(settings, encoder).cross_encoder
    [kept] = tmp_path.glob("models/*/rewritten.onnx")
    made = kept.stat()

    again = Models(settings, encoder).cross_encoder

    assert kept.stat() == made
    assert kept.parent.name == first.fingerprint == again.fingerprint
    assert Digests(tmp_path / "models" / ".digests.cross-encoder").knows(kept)
    assert kept.parent.stat().st_mode & 0o077 == kept.stat().st_mode & 0o077 == 0


def test_what_is_kept_and_rots_is_found_by_the_doctor(tmp_path, models):
    """Bits that change on the disk, which no date tells, are found, and the file is made again."""
    settings = config(tmp_path, cross_encoder="packaged")
    (tmp_path / "models").mkdir()
    for converted in models.glob("*/converted.json"):
        (tmp_path / "models" / converted.parent.name).symlink_to(converted.parent)
    assert Models(settings).cross_encoder is not None
    [kept] = tmp_path.glob("models/*/rewritten.onnx")
    content, dates = bytearray(kept.read_bytes()), kept.stat()
    content[len(content) * 3 // 4] ^= 64
    kept.write_bytes(content)
    os.utime(kept, ns=(dates.st_atime_ns, dates.st_mtime_ns))

    states = [finding.state for finding in examine(settings) if finding.part == "cross-encoder"]

    assert states == ["ok"]
    assert kept.read_bytes() != content


def test_a_model_that_cannot_be_loaded_is_said_each_time(tmp_path):
    """What is wrong is told to whoever asks, also where it was met ahead, and loading is tried again."""
    folder = tmp_path / "model"
    folder.mkdir()
    models = Models(config(tmp_path / "home", encoder=str(folder), cross_encoder="off"))

    models.load_ahead()

    for _ in range(2):
        with pytest.raises(EncoderError, match="cannot be read"):
            assert models.encoder is None

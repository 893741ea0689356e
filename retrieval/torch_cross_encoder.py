"""Any other cross-encoder, as sentence-transformers runs it on torch. Slow to start."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.cross_encoder import MAX_TOKENS, Scores, encodable
from retrieval.errors import EncoderError
from retrieval.model_folder import find_folder, sha256_of

_FILES = ("model.safetensors", "tokenizer.json", "config.json")
_BATCH = 16


class TorchCrossEncoder:
    """Scores with a model as its authors published it. Thread-safe.

    Args:
        name: A folder, or a name on a hub. Weights are read from safetensors, and no code from the model.

    Raises:
        EncoderError: It cannot be found or loaded, or it does not give one score a text.
    """

    def __init__(self, name: str) -> None:
        folder = find_folder(name, setting="cross_encoder")
        identity = [sha256_of(folder / file) for file in _FILES]
        self._fingerprint = hashlib.sha256(json.dumps([*identity, MAX_TOKENS]).encode()).hexdigest()
        self._model = _load(name, folder)
        # Its tokenizer is not thread-safe, and torch uses every core for one.
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """See `CrossEncoder`."""
        return self._fingerprint

    @property
    def languages(self) -> None:
        """See `CrossEncoder`. Model folders do not say it in a form that can be relied on."""
        return

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """See `CrossEncoder`."""
        asked = encodable(question)
        pairs = [(asked, encodable(text)) for text in texts]
        with self._lock:
            logits = self._model.predict(pairs, batch_size=_BATCH, show_progress_bar=False)
        return np.asarray(logits, dtype=np.float32)


def _load(name: str, folder: Path) -> Any:
    # Seconds to import, so only when needed.
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity
    from transformers.utils import logging as transformers_logging

    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    remedy = "set cross_encoder to a folder with one, to packaged, or to off"
    try:
        model = CrossEncoder(
            str(folder),
            device="cpu",
            trust_remote_code=False,
            local_files_only=True,
            max_length=MAX_TOKENS,
            activation_fn=Identity(),  # logits, which the model's own might squeeze between 0 and 1
            model_kwargs={"use_safetensors": True},
        )
    except (OSError, ValueError, RuntimeError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise EncoderError(f"cross-encoder {name!r} cannot be loaded: {reason}", remedy) from error
    # Without a trained head it would be given a random one.
    heads = model.config.architectures or ["nothing"]
    if not heads[0].endswith("ForSequenceClassification") or model.num_labels != 1:
        raise EncoderError(
            f"{name!r} is no cross-encoder: it is a {heads[0]} with {model.num_labels} labels, expected one"
            " for sequence classification with 1",
            remedy,
        )
    return model

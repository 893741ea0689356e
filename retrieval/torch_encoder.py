"""The reference encoder: sentence-transformers on torch. Slow to start; used to convert and as fallback."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from retrieval.cosine_scale import CosineScale, scale_for
from retrieval.encoder import PassageText, Role, Vectors
from retrieval.errors import EncoderError
from retrieval.facts import measure
from retrieval.model_folder import ModelFolder
from retrieval.pooling import fill_in, offsets_of, sentence_vectors

_BATCH = 32


class TorchEncoder:
    """Encodes with the model as its authors published it."""

    backend = "torch"

    def __init__(self, folder: ModelFolder) -> None:
        # Seconds to import, so only when needed.
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.set_verbosity_error()
        transformers_logging.disable_progress_bar()

        self._folder = folder
        try:
            self._model = SentenceTransformer(
                str(folder.path),
                device="cpu",
                trust_remote_code=False,
                local_files_only=True,
                model_kwargs={"use_safetensors": True},
            )
        except (OSError, ValueError, RuntimeError) as error:  # code of its own, among much else
            reason = str(error).strip().partition("\n")[0]
            raise EncoderError(
                f"the encoder in {folder.path} cannot be loaded: {reason}",
                "set encoder to another model, or remove the setting for the packaged one",
            ) from error
        self._tokenizer = Tokenizer.from_file(str(folder.path / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(folder.max_tokens)

    @property
    def transformer(self) -> Any:
        """The model before pooling, for conversion."""
        return self._model[0].auto_model

    @property
    def fingerprint(self) -> str:
        """See `Encoder`."""
        return self._folder.fingerprint

    @property
    def dims(self) -> int:
        """See `Encoder`."""
        return int(self._model.get_embedding_dimension())

    @cached_property
    def scale(self) -> CosineScale:
        """See `Encoder`."""
        return scale_for(self.fingerprint, measure(self))

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """See `Encoder`."""
        prompt = self._folder.query_prompt if role == "query" else self._folder.passage_prompt
        if not texts:
            return np.zeros((0, self.dims), dtype=np.float32)
        vectors = self._model.encode(
            list(texts),
            prompt=prompt,  # without it, the model may write a default prompt of its own
            batch_size=_BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)

    def encode_passages(self, passages: Sequence[PassageText]) -> list[Vectors]:
        """See `Encoder`."""
        if not passages:
            return []
        prompt, texts = self._folder.passage_prompt, [passage.text for passage in passages]
        found = self._model.encode(
            texts, prompt=prompt, batch_size=_BATCH, normalize_embeddings=True, output_value=None
        )
        encodings = self._tokenizer.encode_batch([prompt + text for text in texts])
        vectors = [np.zeros((1 + len(each.sentences), self.dims), dtype=np.float32) for each in passages]
        for rows, passage, read, encoding in zip(vectors, passages, found, encodings, strict=True):
            rows[0] = read["sentence_embedding"].numpy()
            if self._gives_tokens:
                tokens = read["token_embeddings"].numpy()[: len(encoding.ids)]
                rows[1:] = sentence_vectors(tokens, offsets_of(encoding, prompt), passage.sentences)
        fill_in(vectors, passages, self)
        return vectors

    @property
    def _gives_tokens(self) -> bool:
        """Whether a mean of token vectors is one of the model's vectors: not where more comes after it."""
        return self._folder.pooling == "mean" and self.dims == self.transformer.config.hidden_size

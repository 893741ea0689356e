"""The default encoder: the model converted once, run by OpenVINO at the CPU's own precision."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Encoding, Tokenizer

from retrieval.compiled import compiled
from retrieval.convert import convert, converted_model, import_openvino, question_model, read_measured
from retrieval.cosine_scale import IDENTITY, CosineScale, scale_for
from retrieval.digests import Digests
from retrieval.encoder import PassageText, Role, Vectors
from retrieval.errors import EncoderError
from retrieval.model_folder import ModelFolder
from retrieval.pooling import fill_in, offsets_of, sentence_vectors

# Questions are encoded on one thread, because two made a single one slower and their spinning slowed every
# other process; this many together. Weights are in int8, activations nowhere, so that all processors agree.
_ONE_THREAD: dict[str, object] = {
    "PERFORMANCE_HINT": "LATENCY",
    "INFERENCE_NUM_THREADS": 1,
    "DYNAMIC_QUANTIZATION_GROUP_SIZE": 0,
}
_QUESTIONS = 16

# Bulk batches: measured best of 1k-8k tokens on 2 cores (151 passages/s; 119 at 8k tokens a batch).
_BATCH_TEXTS = 16
_BATCH_TOKENS = 2048


# Takes what was read: the rows of the texts, and the request that holds their vectors.
_Store = Callable[[list[int], Any], None]


class OpenVinoEncoder:
    """Encodes through one compiled graph of transformer, pooling and normalisation. Thread-safe.

    Args:
        folder: The model it was made of.
        model: The converted one.
        scale: Where its cosines lie.
        digests: Knows the model's files: its compiled form is kept beside it. None keeps nothing.
    """

    backend = "openvino"

    def __init__(
        self,
        folder: ModelFolder,
        model: Path,
        *,
        scale: CosineScale = IDENTITY,
        digests: Digests | None = None,
    ) -> None:
        self.scale = scale
        self._folder = folder
        self._model = model
        self._tokenizer = Tokenizer.from_file(str(folder.path / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(folder.max_tokens)
        self._core = import_openvino().Core()
        questions = question_model(model)
        try:
            self._one_thread = (
                self._core.compile_model(str(questions), "CPU", _ONE_THREAD)
                if digests is None
                else compiled(self._core, questions, _ONE_THREAD, digests)
            )
        except RuntimeError as error:
            raise EncoderError(
                f"OpenVINO cannot run {questions}: {error}", f"delete {model.parent}"
            ) from error
        self._requests = threading.local()
        self._bulk: Any = None
        self._bulk_lock = threading.Lock()

    @classmethod
    def of(cls, folder: ModelFolder, converted: Path, digests: Digests) -> OpenVinoEncoder:
        """The encoder for ``folder``, from its conversion in ``converted``, which is made where absent."""
        model = converted_model(converted, digests)
        if model is None:
            convert(folder, converted, lambda path: cls(folder, path))
            model = converted_model(converted, digests)
        if model is None:
            raise EncoderError(
                f"the conversion in {converted} is not readable", "check the disk, then try again"
            )
        scale = scale_for(folder.fingerprint, read_measured(converted))
        return cls(folder, model, scale=scale, digests=digests)

    @property
    def fingerprint(self) -> str:
        """See `Encoder`."""
        return self._folder.fingerprint

    @property
    def dims(self) -> int:
        """See `Encoder`."""
        return int(self._one_thread.output(0).get_partial_shape()[1].get_length())

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """See `Encoder`."""
        prompt = self._folder.query_prompt if role == "query" else self._folder.passage_prompt
        encodings = self._tokenizer.encode_batch([prompt + text for text in texts])
        vectors = np.zeros((len(texts), self.dims), dtype=np.float32)

        def store(rows: list[int], request: Any) -> None:
            vectors[rows] = request.get_output_tensor(0).data

        if role == "query":
            self._read_questions(encodings, store)
        else:
            self._read_bulk(encodings, store)
        return vectors

    def encode_passages(self, passages: Sequence[PassageText]) -> list[Vectors]:
        """See `Encoder`; what the model's own limit cuts off is read again, by itself."""
        prompt = self._folder.passage_prompt
        encodings = self._tokenizer.encode_batch([prompt + passage.text for passage in passages])
        vectors = [np.zeros((1 + len(each.sentences), self.dims), dtype=np.float32) for each in passages]

        def store(rows: list[int], request: Any) -> None:
            pooled, tokens = (request.get_output_tensor(which).data for which in (0, 1))
            for place, row in enumerate(rows):
                vectors[row][0] = pooled[place]
                if self._folder.pooling == "mean":
                    offsets = offsets_of(encodings[row], prompt)
                    read = tokens[place, : len(offsets)]
                    vectors[row][1:] = sentence_vectors(read, offsets, passages[row].sentences)

        self._read_bulk(encodings, store)
        fill_in(vectors, passages, self)
        return vectors

    def _read_questions(self, encodings: list[Encoding], store: _Store) -> None:
        """Read on this thread, whatever else is being encoded: a question waits for no library."""
        if not hasattr(self._requests, "one"):
            self._requests.one = self._one_thread.create_infer_request()
        for rows in _batches(encodings, _QUESTIONS):
            self._requests.one.infer(_inputs([encodings[row] for row in rows]))
            store(rows, self._requests.one)

    def _read_bulk(self, encodings: list[Encoding], store: _Store) -> None:
        with self._bulk_lock:
            if self._bulk is None:
                streams = os.cpu_count() or 1
                compiled = self._core.compile_model(
                    str(self._model), "CPU", {"NUM_STREAMS": streams, "INFERENCE_NUM_THREADS": streams}
                )
                self._bulk = import_openvino().AsyncInferQueue(compiled, streams)
            self._bulk.set_callback(lambda request, rows: store(rows, request))
            for rows in _batches(encodings, _BATCH_TEXTS):
                self._bulk.start_async(_inputs([encodings[row] for row in rows]), rows)
            self._bulk.wait_all()


def _batches(encodings: list[Encoding], max_texts: int) -> list[list[int]]:
    """Row numbers grouped by length, so that little is padding."""
    batches: list[list[int]] = []
    current: list[int] = []
    for row in sorted(range(len(encodings)), key=lambda row: len(encodings[row].ids)):
        tokens = len(encodings[row].ids) * (len(current) + 1)
        if current and (tokens > _BATCH_TOKENS or len(current) == max_texts):
            batches.append(current)
            current = []
        current.append(row)
    return [*batches, current] if current else batches


def _inputs(encodings: list[Encoding]) -> dict[int, np.ndarray[Any, np.dtype[np.int64]]]:
    """Token ids, attention mask and token types: int64, shape (n, longest)."""
    ids = np.zeros((len(encodings), max(len(encoding.ids) for encoding in encodings)), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, encoding in enumerate(encodings):
        ids[row, : len(encoding.ids)] = encoding.ids
        mask[row, : len(encoding.ids)] = 1
    return {0: ids, 1: mask, 2: np.zeros_like(ids)}

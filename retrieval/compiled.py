"""The compiled form of a converted model, kept beside it: to read it takes half as long as to compile.

OpenVINO does not look whether a compiled model is whole, and one that is not ends the process. So it is read
only where it is what was written, for this model, by this release, on such a processor.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from corpus.durable import created
from retrieval.convert import import_openvino
from retrieval.digests import Digests

_BLOB, _STAMP = "compiled.blob", "compiled.json"
_CPU = "CPU"

_log = logging.getLogger(__name__)


def compiled(core: Any, model: Path, options: Mapping[str, object], digests: Digests) -> Any:
    """The model, compiled; from what was kept where that is of use, and kept where it can be.

    Args:
        core: OpenVINO's.
        model: A finished conversion.
        options: Of OpenVINO, for compiling.
        digests: Knows files that have not changed since they were read.

    Raises:
        RuntimeError: OpenVINO cannot run the model.
    """
    openvino, blob = import_openvino(), model.with_name(_BLOB)
    made_for = {
        "openvino": openvino.get_version(),
        "processor": core.get_property(_CPU, "FULL_DEVICE_NAME"),
        "capabilities": sorted(core.get_property(_CPU, "OPTIMIZATION_CAPABILITIES")),
        "options": dict(options),
        "model": [digests.of(model), digests.of(model.with_suffix(".bin"))],
    }
    stated = _read(model.with_name(_STAMP))
    if stated == {**made_for, "sha256": digests.of(blob)}:
        try:
            kept = openvino.Tensor(np.memmap(blob, dtype=np.uint8, mode="c"))
            return core.import_model(kept, _CPU, dict(options))
        except (OSError, RuntimeError) as problem:
            _log.warning("%s is of no use and is made again: %s", blob, problem)
    found = core.compile_model(str(model), _CPU, dict(options))
    with suppress(OSError, RuntimeError):  # it is compiled again, then
        _write(blob, found.export_model().getbuffer())
        stamp = {**made_for, "sha256": digests.of(blob)}
        _write(model.with_name(_STAMP), json.dumps(stamp).encode())
    return found


def _read(stamp: Path) -> object:
    try:
        return json.loads(stamp.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _write(path: Path, content: bytes | memoryview) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with created(beside) as file:
            file.write(content)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise

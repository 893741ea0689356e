"""The compiled form of a converted model, kept beside it: to read it takes half as long as to compile."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.convert import import_openvino
from retrieval.digests import Digests
from retrieval.kept_model import KeptModel

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
    openvino = import_openvino()
    made_for = {
        "openvino": openvino.get_version(),
        "processor": core.get_property(_CPU, "FULL_DEVICE_NAME"),
        "capabilities": sorted(core.get_property(_CPU, "OPTIMIZATION_CAPABILITIES")),
        "options": dict(options),
        "model": [digests.of(model), digests.of(model.with_suffix(".bin"))],
    }
    kept = KeptModel(model.with_name("compiled.blob"), made_for, digests)
    if kept.is_whole():
        try:
            blob = openvino.Tensor(np.memmap(kept.path, dtype=np.uint8, mode="c"))
            return core.import_model(blob, _CPU, dict(options))
        except (OSError, RuntimeError) as problem:
            _log.warning("%s is of no use and is made again: %s", kept.path, problem)
    found = core.compile_model(str(model), _CPU, dict(options))
    kept.make(lambda path: path.write_bytes(found.export_model().getbuffer()))
    return found

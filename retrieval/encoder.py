"""Texts to unit vectors: the seam, and the choice between the two encoders behind it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from corpus.types import Span
from retrieval.cosine_scale import CosineScale
from retrieval.digests import Digests
from retrieval.errors import EncoderError
from retrieval.model_folder import DEFAULT_MODEL, find_model

Vectors = npt.NDArray[np.float32]
Role = Literal["query", "passage"]
Backend = Literal["auto", "openvino", "torch"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PassageText:
    """What an encoder reads of a passage.

    Args:
        text: Its words, under its title.
        sentences: Where its sentences stand in ``text``, in order; none is empty.
    """

    text: str
    sentences: tuple[Span, ...]


class Encoder(Protocol):
    """Turns texts into vectors whose dot product is their cosine."""

    @property
    def fingerprint(self) -> str:
        """Hex digest: equal fingerprints give interchangeable vectors."""

    @property
    def backend(self) -> str:
        """What runs it: ``openvino`` or ``torch``."""

    @property
    def dims(self) -> int:
        """Length of a vector."""

    @property
    def scale(self) -> CosineScale:
        """Where its cosines lie, to compare them with those that the ranking was fitted on."""

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """Vectors of ``texts``: float32, shape (n, d), rows of unit L2 norm, in the order given."""

    def encode_passages(self, passages: Sequence[PassageText]) -> list[Vectors]:
        """Of each passage its own vector, then one of each sentence as it is meant there.

        Returns:
            float32, shape (1 + n, d) for a passage of n sentences, rows of unit L2 norm, in the order given.
        """


def load_encoder(
    model: str = DEFAULT_MODEL, *, models: Path, backend: Backend = "auto", digests: Digests | None = None
) -> Encoder:
    """The encoder for ``model``: OpenVINO where it agrees with the reference, torch otherwise.

    Args:
        model: The default, a preset, a folder, or a name on a hub.
        models: Folder for converted models; disposable.
        backend: ``auto`` falls back to torch with a warning; the others are used or raise.
        digests: Knows files that have not changed since they were read; None reads them.

    Raises:
        EncoderError: The model cannot be found, verified or run.
    """
    digests = Digests() if digests is None else digests
    with ThreadPoolExecutor(1) as beside:
        if backend != "torch":
            # While the weights are hashed, which takes as long; what it raises is met below.
            beside.submit(_import_openvino)
        folder = find_model(model, digests)
    if backend != "torch":
        try:
            from retrieval.openvino_encoder import OpenVinoEncoder

            return OpenVinoEncoder.of(folder, models / folder.fingerprint, digests)
        except (ImportError, EncoderError) as error:
            if backend == "openvino":
                raise
            _log.warning("OpenVINO is not used, torch is: %s", error)
    from retrieval.torch_encoder import TorchEncoder

    return TorchEncoder(folder)


def _import_openvino() -> None:
    from retrieval.convert import import_openvino

    import_openvino()

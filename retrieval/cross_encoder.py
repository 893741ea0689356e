"""A question and a text read together: the seam, and the choice between the two models behind it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from retrieval.digests import Digests
from retrieval.errors import EncoderError

PACKAGED_MODEL = "ms-marco-MiniLM-L-12-v2"

Scores = npt.NDArray[np.float32]

# Question and text together, in tokens; the longer of the two is cut. A question longer than half of this
# is one that nobody types, and an excerpt of 400 characters is about 100.
MAX_TOKENS = 256

_log = logging.getLogger(__name__)


class CrossEncoder(Protocol):
    """Reads a question and a text together, which sees what comparing their vectors cannot."""

    @property
    def fingerprint(self) -> str:
        """Hex digest: equal fingerprints give comparable scores."""

    @property
    def languages(self) -> frozenset[str] | None:
        """The languages it was trained on, as ISO 639-1 codes; None where it does not say."""

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """How well each text answers.

        Returns:
            Logits: float32, shape (n,), in the order given; higher is better, 0 is about even.
        """


def load_cross_encoder(
    name: str, *, models: Path | None = None, digests: Digests | None = None
) -> CrossEncoder | None:
    """The cross-encoder a setting names; None for none.

    Args:
        name: ``off``; ``packaged``; ``auto``, which is the packaged one where it is installed; or a
            cross-encoder of sentence-transformers, by its folder or its name on a hub.
        models: Folder for models that are quicker to load; disposable. None keeps nothing.
        digests: Knows files that have not changed since they were read; None reads them.

    Raises:
        EncoderError: It cannot be found, verified or run. Not for ``auto``, which then warns and does
            without: an optional part is no reason to stop answering.
    """
    if name == "off":
        return None
    if name not in ("auto", "packaged"):
        from retrieval.torch_cross_encoder import TorchCrossEncoder

        return TorchCrossEncoder(name)
    from retrieval.packaged_cross_encoder import PackagedCrossEncoder, is_installed

    if name == "auto" and not is_installed():
        return None
    try:
        return PackagedCrossEncoder(models, digests)
    except EncoderError as problem:
        if name == "packaged":
            raise
        _log.warning("no cross-encoder is used: %s", problem)
        return None


def encodable(text: str) -> str:
    """The text as a tokenizer takes it: half a surrogate pair, which is no character, becomes ``?``."""
    return text.encode("utf-8", "replace").decode("utf-8")

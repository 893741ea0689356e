"""Vectors of the sentences of a passage, taken from one reading of the whole passage ("late pooling").

The transformer gives a vector for every token, each of which has seen the passage around it, title included;
the mean of a sentence's tokens is its vector. So a sentence costs nothing beside its passage, and
"He resigned in May" knows who he is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding

from corpus.types import Span
from retrieval.encoder import Encoder, PassageText, Vectors

Offsets = npt.NDArray[np.int64]


def sentence_vectors(tokens: Vectors, offsets: Offsets, sentences: Sequence[Span]) -> Vectors:
    """The mean of the tokens of each sentence, at unit length.

    Args:
        tokens: What the transformer made of the passage, shape (l, d).
        offsets: Where each token stands in the text, shape (l, 2); one that stands nowhere is empty.
        sentences: Where the sentences stand in the text.

    Returns:
        float32, shape (n, d); a row of zeros where the passage was cut before the sentence ends, so that
        the whole of it was not read.
    """
    ends = offsets[:, 1]
    read = ends > offsets[:, 0]
    known = int(ends.max(initial=0))
    vectors = np.zeros((len(sentences), tokens.shape[1]), dtype=np.float32)
    for row, sentence in enumerate(sentences):
        # By where it ends: some tokenizers begin a token with the space before the word.
        inside = read & (ends > sentence.start) & (ends <= sentence.end)
        if sentence.end <= known and inside.any():
            mean = tokens[inside].mean(axis=0)
            vectors[row] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return vectors


def offsets_of(encoding: Encoding, prompt: str) -> Offsets:
    """Where the tokens stand in the text that was written after ``prompt``; those of the prompt nowhere."""
    return np.maximum(np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2) - len(prompt), 0)


def fill_in(vectors: Sequence[Vectors], passages: Sequence[PassageText], encoder: Encoder) -> None:
    """Put in the sentences that are still rows of zeros, each read by itself.

    Args:
        vectors: As `Encoder.encode_passages` gives them; changed in place.
        passages: What they are of.
        encoder: Reads what is missing.
    """
    missing = [
        (of, row) for of, rows in enumerate(vectors) for row in range(1, len(rows)) if not rows[row].any()
    ]
    texts = [passages[of].sentences[row - 1].of(passages[of].text) for of, row in missing]
    for (of, row), vector in zip(missing, encoder.encode(texts, "passage") if texts else (), strict=True):
        vectors[of][row] = vector

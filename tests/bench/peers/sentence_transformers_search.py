"""sentence-transformers: `util.semantic_search` over the vectors of all passages, kept as an array."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from racing import TOP, Search, race
from sentence_transformers import SentenceTransformer
from sentence_transformers.util import semantic_search

_VECTORS = "vectors.npy"


class SentenceTransformersSearch:
    """See `racing.Racer`."""

    def model(self, folder: str) -> Any:
        """See `racing.Racer`."""
        return SentenceTransformer(folder, device="cpu")

    def embed(self, model: Any, texts: list[str]) -> Any:
        """See `racing.Racer`."""
        return model.encode_document(texts, show_progress_bar=False)

    def ingest(self, model: Any, passages: list[str], index: Path, vectors: Any = None) -> None:
        """See `racing.Racer`."""
        index.mkdir(parents=True)
        np.save(index / _VECTORS, self.embed(model, passages) if vectors is None else vectors)

    def opened(self, model: Any, index: Path) -> Search:
        """See `racing.Racer`."""
        vectors = torch.from_numpy(np.load(index / _VECTORS))

        def search(question: str) -> list[int]:
            vector = model.encode_query(question, convert_to_tensor=True, show_progress_bar=False)
            return [hit["corpus_id"] for hit in semantic_search(vector, vectors, top_k=TOP)[0]]

        return search


if __name__ == "__main__":
    race(SentenceTransformersSearch())

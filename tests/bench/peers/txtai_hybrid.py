"""txtai: its embeddings database, hybrid (vectors and BM25), with the texts stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from racing import TOP, Search, race
from txtai import Embeddings


class TxtaiHybrid:
    """See `racing.Racer`. Its database loads the model, so the model is an empty database."""

    def model(self, folder: str) -> Any:
        """See `racing.Racer`."""
        return Embeddings(path=folder, hybrid=True, content=True, gpu=False)

    def embed(self, model: Any, texts: list[str]) -> Any:
        """See `racing.Racer`."""
        return model.batchtransform(texts, "data")

    def ingest(self, model: Any, passages: list[str], index: Path, vectors: Any = None) -> None:
        """See `racing.Racer`."""
        if vectors is not None:
            # It has no way to be given the vectors of texts that it is also to index the words of.
            given = dict(zip(passages, vectors, strict=True))
            model.model.encode = lambda texts, category=None: np.stack([given[text] for text in texts])
        model.index((number, text, None) for number, text in enumerate(passages))
        model.save(str(index))

    def opened(self, model: Any, index: Path) -> Search:
        """See `racing.Racer`."""
        model.load(str(index))

        def search(question: str) -> list[int]:
            return [int(found["id"]) for found in model.search(question, TOP)]

        return search


if __name__ == "__main__":
    race(TxtaiHybrid())

"""Chroma: a collection of its persistent client, with its own sentence-transformers embedding function."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings
from chromadb.utils.embedding_functions import SentenceTransformerEmbeddingFunction
from racing import TOP, Search, race

_NAME = "passages"


class ChromaStore:
    """See `racing.Racer`."""

    def model(self, folder: str) -> Any:
        """See `racing.Racer`."""
        return SentenceTransformerEmbeddingFunction(
            model_name=folder, device="cpu", normalize_embeddings=True
        )

    def embed(self, model: Any, texts: list[str]) -> Any:
        """See `racing.Racer`."""
        return model(texts)

    def ingest(self, model: Any, passages: list[str], index: Path, vectors: Any = None) -> None:
        """See `racing.Racer`."""
        client = _client(index)
        collection = client.create_collection(
            _NAME, embedding_function=model, configuration={"hnsw": {"space": "cosine"}}
        )
        numbers, step = [str(number) for number in range(len(passages))], client.get_max_batch_size()
        for at in range(0, len(passages), step):
            here = slice(at, at + step)
            collection.add(
                ids=numbers[here],
                documents=passages[here],
                embeddings=None if vectors is None else vectors[here],
            )

    def opened(self, model: Any, index: Path) -> Search:
        """See `racing.Racer`."""
        collection = _client(index).get_collection(_NAME, embedding_function=model)

        def search(question: str) -> list[int]:
            found = collection.query(query_texts=[question], n_results=TOP)
            return [int(number) for number in found["ids"][0]]

        return search


def _client(index: Path) -> Any:
    return chromadb.PersistentClient(path=str(index), settings=Settings(anonymized_telemetry=False))


if __name__ == "__main__":
    race(ChromaStore())

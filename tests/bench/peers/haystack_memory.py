"""Haystack: a pipeline of text embedder and retriever over its in-memory store, saved to disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from haystack import Document, Pipeline
from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.utils import ComponentDevice
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)
from racing import TOP, Search, race

_STORE = "store.json"
_CPU = ComponentDevice.from_str("cpu")


class HaystackMemory:
    """See `racing.Racer`. Its model is the folder, which each of its two embedders loads by itself."""

    def model(self, folder: str) -> Any:
        """See `racing.Racer`."""
        self._folder = folder
        return SentenceTransformersDocumentEmbedder(model=folder, device=_CPU, progress_bar=False)

    def embed(self, model: Any, texts: list[str]) -> Any:
        """See `racing.Racer`."""
        return model.run(documents=[Document(content=text) for text in texts])["documents"]

    def ingest(self, model: Any, passages: list[str], index: Path, vectors: Any = None) -> None:
        """See `racing.Racer`."""
        embeddings = [None] * len(passages) if vectors is None else vectors.tolist()
        articles = [
            Document(id=str(number), content=text, embedding=vector)
            for number, (text, vector) in enumerate(zip(passages, embeddings, strict=True))
        ]
        if vectors is None:
            articles = model.run(documents=articles)["documents"]
        store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        store.write_documents(articles)
        index.mkdir(parents=True)
        store.save_to_disk(str(index / _STORE))

    def opened(self, model: Any, index: Path) -> Search:
        """See `racing.Racer`."""
        store = InMemoryDocumentStore.load_from_disk(str(index / _STORE))
        pipeline = Pipeline()
        pipeline.add_component(
            "embedder",
            SentenceTransformersTextEmbedder(model=self._folder, device=_CPU, progress_bar=False),
        )
        pipeline.add_component("retriever", InMemoryEmbeddingRetriever(document_store=store, top_k=TOP))
        pipeline.connect("embedder.embedding", "retriever.query_embedding")

        def search(question: str) -> list[int]:
            found = pipeline.run({"embedder": {"text": question}})["retriever"]["documents"]
            return [int(each.id) for each in found]

        return search


if __name__ == "__main__":
    race(HaystackMemory())

"""LlamaIndex: a `VectorStoreIndex` over its FAISS vector store, persisted and loaded again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
from llama_index.core import StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.schema import TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.vector_stores.faiss import FaissVectorStore
from racing import TOP, WARM_UP, Search, race


class LlamaIndexFaiss:
    """See `racing.Racer`."""

    def model(self, folder: str) -> Any:
        """See `racing.Racer`."""
        return HuggingFaceEmbedding(model_name=folder, device="cpu")

    def embed(self, model: Any, texts: list[str]) -> Any:
        """See `racing.Racer`."""
        return model.get_text_embedding_batch(texts)

    def ingest(self, model: Any, passages: list[str], index: Path, vectors: Any = None) -> None:
        """See `racing.Racer`."""
        nodes = [TextNode(text=text, id_=str(number)) for number, text in enumerate(passages)]
        if vectors is not None:
            for node, vector in zip(nodes, vectors.tolist(), strict=True):
                node.embedding = vector
        # Inner product: the model's vectors are of unit length.
        store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(len(model.get_text_embedding(WARM_UP))))
        storage = StorageContext.from_defaults(vector_store=store)
        VectorStoreIndex(nodes, storage_context=storage, embed_model=model)
        storage.persist(persist_dir=str(index))

    def opened(self, model: Any, index: Path) -> Search:
        """See `racing.Racer`."""
        storage = StorageContext.from_defaults(
            vector_store=FaissVectorStore.from_persist_dir(str(index)), persist_dir=str(index)
        )
        retriever = load_index_from_storage(storage, embed_model=model).as_retriever(similarity_top_k=TOP)

        def search(question: str) -> list[int]:
            return [int(found.node.node_id) for found in retriever.retrieve(question)]

        return search


if __name__ == "__main__":
    race(LlamaIndexFaiss())

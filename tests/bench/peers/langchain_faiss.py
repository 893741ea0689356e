"""LangChain: its FAISS vector store, saved and loaded as its documentation does it."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

warnings.filterwarnings("ignore", category=DeprecationWarning)  # langchain-community says it is sunset

from langchain_community.vectorstores import FAISS  # noqa: E402  # after the filter
from langchain_huggingface import HuggingFaceEmbeddings  # noqa: E402
from racing import TOP, Search, race  # noqa: E402


class LangchainFaiss:
    """See `racing.Racer`."""

    def model(self, folder: str) -> Any:
        """See `racing.Racer`."""
        return HuggingFaceEmbeddings(
            model_name=folder, model_kwargs={"device": "cpu"}, encode_kwargs={"normalize_embeddings": True}
        )

    def embed(self, model: Any, texts: list[str]) -> Any:
        """See `racing.Racer`."""
        return model.embed_documents(texts)

    def ingest(self, model: Any, passages: list[str], index: Path, vectors: Any = None) -> None:
        """See `racing.Racer`."""
        numbers = [{"number": number} for number in range(len(passages))]
        if vectors is None:
            store = FAISS.from_texts(passages, model, metadatas=numbers)
        else:
            pairs = list(zip(passages, vectors.tolist(), strict=True))
            store = FAISS.from_embeddings(pairs, model, metadatas=numbers)
        store.save_local(str(index))

    def opened(self, model: Any, index: Path) -> Search:
        """See `racing.Racer`."""
        # Its texts are a pickle, which this process wrote a moment ago.
        store = FAISS.load_local(str(index), model, allow_dangerous_deserialization=True)

        def search(question: str) -> list[int]:
            return [found.metadata["number"] for found in store.similarity_search(question, k=TOP)]

        return search


if __name__ == "__main__":
    race(LangchainFaiss())

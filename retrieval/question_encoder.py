"""Questions to vectors, for many who ask at once: what was just asked is known, what waits goes together."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future

import numpy as np

from retrieval.cosine_scale import CosineScale
from retrieval.encoder import Encoder, PassageText, Role, Vectors

# 1.5 kB each with 384 dimensions.
KNOWN = 1024
# Together sixteen questions cost half of what they cost one after the other, and more gain nothing.
MAX_TOGETHER = 16


class QuestionEncoder:
    """An encoder that remembers the questions asked last and encodes together those that wait. Thread-safe.

    What was asked is remembered by a digest under a key of this process: the words of a question are kept no
    longer than it takes.

    Nobody waits for company: who comes first encodes at once, and who comes meanwhile is taken together
    with all others who did. So a question waits for one such round at most, and alone for none.

    Args:
        encoder: Does the work.
        known: So many questions are remembered.
    """

    def __init__(self, encoder: Encoder, known: int = KNOWN) -> None:
        self._encoder = encoder
        self._limit = known
        self._key = secrets.token_bytes(32)
        self._known: OrderedDict[bytes, Vectors] = OrderedDict()  # by digest
        self._waiting: list[tuple[str, Future[Vectors]]] = []
        self._changing = threading.Lock()
        self._encoding = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """See `Encoder`."""
        return self._encoder.fingerprint

    @property
    def backend(self) -> str:
        """See `Encoder`."""
        return self._encoder.backend

    @property
    def dims(self) -> int:
        """See `Encoder`."""
        return self._encoder.dims

    @property
    def scale(self) -> CosineScale:
        """See `Encoder`."""
        return self._encoder.scale

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """See `Encoder`."""
        if role != "query" or not texts:
            return self._encoder.encode(texts, role)
        promised = self._promised(texts)
        while not all(each.done() for each in promised):
            with self._encoding:
                if not all(each.done() for each in promised):  # whoever was here may have done these too
                    self._encode_waiting()
        return np.stack([each.result() for each in promised])

    def encode_passages(self, passages: Sequence[PassageText]) -> list[Vectors]:
        """See `Encoder`."""
        return self._encoder.encode_passages(passages)

    def _promised(self, texts: Sequence[str]) -> list[Future[Vectors]]:
        """The vector of each text: here already, or once those that wait have been encoded."""
        promised: list[Future[Vectors]] = []
        with self._changing:
            for text in texts:
                vector: Future[Vectors] = Future()
                promised.append(vector)
                if (digest := self._digest(text)) in self._known:
                    self._known.move_to_end(digest)
                    vector.set_result(self._known[digest])
                else:
                    self._waiting.append((text, vector))
        return promised

    def _encode_waiting(self) -> None:
        """Encode those that have waited longest, and hand out their vectors."""
        with self._changing:
            some, self._waiting = self._waiting[:MAX_TOGETHER], self._waiting[MAX_TOGETHER:]
        texts = list(dict.fromkeys(text for text, _ in some))
        if not texts:
            return
        try:
            vectors = dict(zip(texts, self._encoder.encode(texts, "query"), strict=True))
        except BaseException as error:
            for _, promised in some:
                promised.set_exception(error)
            if isinstance(error, Exception):
                return  # each is told by what was promised
            raise
        with self._changing:
            self._known |= {self._digest(text): vector for text, vector in vectors.items()}
            while len(self._known) > self._limit:
                self._known.popitem(last=False)
        for text, promised in some:
            promised.set_result(vectors[text])

    def _digest(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=self._key, digest_size=16).digest()

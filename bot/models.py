"""The encoder and the cross-encoder that the settings name, loaded once, ahead of need where time counts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from bot.config import Config
from retrieval.cross_encoder import CrossEncoder, load_cross_encoder
from retrieval.digests import Digests
from retrieval.encoder import Encoder, load_encoder
from retrieval.question_encoder import QuestionEncoder

# In the folder of the models: which of their files are known.
DIGESTS = ".digests"
_CROSS_ENCODER_DIGESTS = ".digests.cross-encoder"

_T = TypeVar("_T")


class Models:
    """Loads each model when it is first asked for, or before. Thread-safe; making one touches nothing.

    Args:
        config: Names the models, and the home where the converted encoder is kept.
        encoder: Used instead of the one the settings name.
        anew: Read all their files, though they seem not to have changed since they were last read.
    """

    def __init__(self, config: Config, encoder: Encoder | None = None, *, anew: bool = False) -> None:
        settings, folder = config.settings, config.home / "models"

        def loaded_encoder() -> Encoder:
            if encoder is not None:
                return encoder
            digests = Digests(None if anew else folder / DIGESTS)
            found = load_encoder(settings.encoder, models=folder, backend=settings.backend, digests=digests)
            digests.save()
            return QuestionEncoder(found)

        def loaded_cross_encoder() -> CrossEncoder | None:
            digests = Digests(None if anew else folder / _CROSS_ENCODER_DIGESTS)
            found = load_cross_encoder(settings.cross_encoder, models=folder, digests=digests)
            digests.save()
            return found

        self._encoder = _Loaded(loaded_encoder)
        self._cross_encoder = _Loaded(loaded_cross_encoder)

    @property
    def encoder(self) -> Encoder:
        """What embeds; loading it takes half a second, and longer the first time.

        Raises:
            EncoderError: It cannot be found, verified or run.
        """
        return self._encoder.get()

    @property
    def cross_encoder(self) -> CrossEncoder | None:
        """What reads the first excerpts, None for none; loading the packaged one takes 0.2 s.

        Raises:
            EncoderError: It cannot be found, verified or run.
        """
        return self._cross_encoder.get()

    def load_ahead(self) -> None:
        """Begin to load both, each on a thread of its own; who asks for one waits for it."""
        with_both = ThreadPoolExecutor(2, thread_name_prefix="loading")
        for each in (self._encoder, self._cross_encoder):
            with_both.submit(each.get)
        with_both.shutdown(wait=False)


class _Loaded(Generic[_T]):
    """What is loaded once; what loading raises is raised to all who wait, and who comes later tries again."""

    def __init__(self, load: Callable[[], _T]) -> None:
        self._load = load
        self._changing = threading.Lock()
        self._promised: Future[_T] | None = None

    def get(self) -> _T:
        with self._changing:
            promised, is_first = self._promised, self._promised is None
            if promised is None:
                promised = self._promised = Future()
        if is_first:
            try:
                promised.set_result(self._load())
            except BaseException as error:  # noqa: BLE001 - not lost: raised below, and to all who wait
                self._promised = None
                promised.set_exception(error)
        return promised.result()

"""When this process last reindexed, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from bot.progress import StoppedError
from corpus.errors import Busy

Outcome = Literal["done", "stopped", "failed"]


class LastReindex:
    """Knows it. Thread-safe."""

    def __init__(self) -> None:
        self.ended: tuple[float, Outcome] | None = None
        """Seconds since 1970, and the outcome; None where there was none."""

    @contextmanager
    def noted(self) -> Iterator[None]:
        """What is done until the block ends is a reindex; one that finds another at work is none."""
        outcome: Outcome | None = "failed"
        try:
            yield
            outcome = "done"
        except StoppedError:
            outcome = "stopped"
            raise
        except Busy:
            outcome = None
            raise
        finally:
            if outcome is not None:
                self.ended = (time.time(), outcome)

"""A way to wait for the next change without asking again and again."""

import asyncio


class Bell:
    """Rings for everyone who waits at that moment; nobody else remembers it."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake everyone who waits."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def rung(self, timeout_s: float | None = None) -> bool:
        """Wait for the next ring.

        Returns:
            False when the time passed first.
        """
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            async with asyncio.timeout(timeout_s):
                await future
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(future)
        return True

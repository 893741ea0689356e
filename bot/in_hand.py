"""The updates that were fetched and are not handled yet: what Telegram has to keep for us."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from telegram import Update

from bot.handled import Handled


class InHand(asyncio.Queue[object]):
    """The queue between whoever brings updates and whoever works on them; each goes in once.

    Telegram forgets what is below the number that updates are asked for from. So that is the oldest update
    that is not handled: should the bot be killed, it gets that one again, and all after it. What of those was
    handled, `Handled` knows.

    Args:
        handled: Remembers which were handled.

    Attributes:
        n_taken: How many updates were taken in hand so far.
    """

    def __init__(self, handled: Handled) -> None:
        super().__init__()
        self._handled = handled
        self._taken: set[int] = set()
        # Ordered: of a dict the oldest is not found at once where many before it were deleted.
        self._kept_for_us: OrderedDict[int, None] = OrderedDict()
        self._last: int | None = None
        self.n_taken = 0
        self._nothing_kept = asyncio.Event()
        self._nothing_kept.set()

    @property
    def number(self) -> int:
        """How many updates are in hand."""
        return len(self._taken)

    @property
    def ask_from(self) -> int | None:
        """The number from which updates are asked for; None before the first."""
        if self._kept_for_us:
            return next(iter(self._kept_for_us))
        return None if self._last is None else self._last + 1

    async def put(self, item: object) -> None:
        """Take an update in hand, unless it is or was."""
        if isinstance(item, Update):
            number = self._last = item.update_id
            if number in self._taken or number in self._handled:
                return
            self._taken.add(number)
            self.n_taken += 1
            self._kept_for_us[number] = None
            self._nothing_kept.clear()
        await super().put(item)

    def done(self, update: Update) -> None:
        """Let go of an update that was handled."""
        self._taken.discard(update.update_id)
        self._handled.add(update.update_id)
        self._keep_no_longer([update.update_id])

    def let_telegram_forget(self) -> None:
        """Ask for what comes after all that was fetched, though it is not handled."""
        self._keep_no_longer(list(self._kept_for_us))

    async def handled_all(self, timeout_s: float) -> None:
        """Wait until Telegram keeps nothing for us, or for so long."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._nothing_kept.wait()
        except TimeoutError:
            return

    def close(self) -> None:
        """Close what it writes to."""
        self._handled.close()

    def _keep_no_longer(self, numbers: list[int]) -> None:
        for number in numbers:
            self._kept_for_us.pop(number, None)
        if not self._kept_for_us:
            self._nothing_kept.set()

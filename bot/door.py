"""The first to see an update: says whether it is answered, and tells people when it is not."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from aiolimiter import AsyncLimiter
from telegram import Update

from bot.arrival import Arrival, arrival_of
from bot.beside import toast
from bot.limits import Limits, Refusal, crowded
from bot.recent import Recent
from bot.render import notice
from bot.sending import acknowledge, offer, reply
from bot.words import Words

# Who was told is not told again for so long.
_TOLD_FOR_S = 60.0
_MAX_KEPT = 10_000
# Notices are messages too, and Telegram lets 30 a second be sent: a third, so that answers are not held up.
_NOTICES_A_SECOND = 10
# Past these, which take half a minute, silence is better than a notice that comes when the rush is over.
MOST_NOTICES = 300


class Door:
    """Decides at once; what it says is said beside everything else.

    Args:
        limits: How often one may ask.
        admins: Ids of the people who run the bot.
        words: Finds those for whoever an update is from.
        clock: Seconds that only grow.
    """

    def __init__(
        self,
        limits: Limits,
        admins: frozenset[int],
        words: Callable[[object], Awaitable[Words]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = limits
        self._admins = admins
        self._words = words
        self._told: Recent[bool] = Recent(_TOLD_FOR_S, _MAX_KEPT, clock)
        self._spacing = AsyncLimiter(_NOTICES_A_SECOND, 1.0)
        self._n_telling = 0

    def arrival(self, update: Update) -> Arrival | None:
        """What arrived; None where it is nothing to the bot."""
        return arrival_of(update, self._admins)

    def refusal(self, arrival: Arrival) -> Refusal | None:
        """Why it is not answered, by what was asked before; None where it is."""
        # What is typed inline counts once its words are whole.
        return None if arrival.kind == "inline" else self._limits.refusal(arrival)

    async def turn_away(self, update: Update, arrival: Arrival, refusal: Refusal | None = None) -> None:
        """Say why something is not answered, once to each person, or in a group once to all.

        Args:
            update: What arrived.
            arrival: The same.
            refusal: Why; None where there is no place.
        """
        if update.edited_message is not None:
            return  # what it was before has its reply
        why = refusal or crowded(arrival)
        is_told = self._told.get(why.told) is not None
        # A button shows that it waits until it is answered, with a word or without.
        if self._n_telling >= MOST_NOTICES or (is_told and update.callback_query is None):
            return
        self._n_telling += 1
        try:
            if is_told:
                await self._say(update, "")
            else:
                self._told.put(why.told, True)
                await self._say(update, (await self._words(update))(why.message, number=why.number))
        finally:
            self._n_telling -= 1

    async def lets_search(self, update: Update) -> bool:
        """Whether what was typed inline, now that its words are whole, is searched; else says why not."""
        arrival = self.arrival(update)
        refusal = self._limits.refusal(arrival) if arrival else None
        if arrival and refusal:
            await self.turn_away(update, arrival, refusal)
        return refusal is None

    async def _say(self, update: Update, said: str) -> None:
        if update.callback_query is not None:
            await acknowledge(update.callback_query, toast(said) if said else None)
        elif update.inline_query is not None:
            await offer(update.inline_query, (), cache_s=0, above=said)
        elif update.message is not None:
            async with self._spacing:
                await reply(update.message, notice(said))

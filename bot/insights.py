"""What editors look at: what was asked in vain, and the numbers of the last days."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler

from bot import editor_render
from bot.addressed import question_in
from bot.bot_context import BotContext
from bot.desk import Desk
from bot.editor_buttons import ExportGaps, ExportStats, ShowGaps, TablePress, read_table_press
from bot.export import gaps_csv, stats_csv
from bot.gaps import Gap
from bot.incoming import NEW, Command
from bot.keeping import COUNTS_KEPT
from bot.records import Records
from bot.render import notice
from bot.rights import allowed, allowed_press
from bot.sending import acknowledge, replace, reply, send_table, typing
from bot.workers import Workers

MAX_DAYS = COUNTS_KEPT.days
_DAYS = 7
_N_WORST = 3


class Insights:
    """Shows admins what readers leave, of whom nothing is shown.

    Args:
        desk: Tells which questions ask the same.
        records: Hold what is shown.
        admins: Who may see it.
    """

    def __init__(self, desk: Desk, records: Records, admins: frozenset[int]) -> None:
        self._desk = desk
        self._records = records
        self._admins = admins
        self._workers = Workers(1)  # of many questions it takes seconds, which is no reason to hold up others

    def handlers(self) -> list[BaseHandler[Update, BotContext, None]]:
        """In the order in which they are asked, before those for everybody."""
        return [
            MessageHandler(NEW & Command("gaps"), self.gaps),
            MessageHandler(NEW & Command("stats"), self.stats),
            CallbackQueryHandler(self.press, pattern=_is_ours),
        ]

    async def gaps(self, update: Update, context: BotContext) -> None:
        """Show what several readers told the editors that nothing answers."""
        if message := await allowed(self._admins, update, context):
            async with typing(message):
                found = await self._workers.run(self._gaps)
            await reply(message, editor_render.gaps(context.say, found, page=0))

    async def stats(self, update: Update, context: BotContext) -> None:
        """Show the numbers of the last days: seven, or as many as are asked for."""
        if message := await allowed(self._admins, update, context):
            days = _days(question_in(context.bot.bot, message))
            if days is None:
                await reply(message, notice(context.say("how-many-days", most=MAX_DAYS)))
                return
            await self._records.counting.write()
            found = await self._workers.run(self._records.counts.stats, days)
            unhelpful = await self._workers.run(self._unhelpful, days)
            await reply(message, editor_render.stats(context.say, found, unhelpful))

    async def press(self, update: Update, context: BotContext) -> None:
        """Show another page, or send the table."""
        pressed = await allowed_press(self._admins, update, context)
        if pressed is None:
            return
        press, message = pressed
        wanted = read_table_press(press.data)
        if isinstance(wanted, ShowGaps):
            found = await self._workers.run(self._gaps)
            await acknowledge(press)
            await replace(message, editor_render.gaps(context.say, found, page=wanted.page))
        elif wanted is not None:
            await self._records.counting.write()
            name, table = await self._workers.run(self._table, wanted)
            await acknowledge(press)
            await send_table(message, name, table)

    def _gaps(self) -> tuple[Gap, ...]:
        return self._records.gaps.clusters(self._desk.encoder)

    def _unhelpful(self, days: int) -> tuple[tuple[str | None, int], ...]:
        """The titles of the articles with most votes down, and how many; of what is no more, none."""
        worst = [(self._desk.verify(receipt), n) for receipt, n in self._records.votes.worst(days, _N_WORST)]
        return tuple((found.excerpt.article.metadata.title, n) for found, n in worst if found)

    def _table(self, wanted: TablePress) -> tuple[str, str]:
        """The name of a file and what is in it."""
        today = self._records.file.today()
        match wanted:
            case ExportStats(days):
                table = stats_csv(self._records.counts.stats(min(days, MAX_DAYS)))
                return f"stats-{today}.csv", table
            case ExportGaps() | ShowGaps():
                return f"gaps-{today}.csv", gaps_csv(self._gaps())


def _is_ours(payload: object) -> bool:
    return read_table_press(payload) is not None


def _days(typed: str) -> int | None:
    """How many days are asked for; None where that cannot be read."""
    typed = typed.strip()
    if not typed:
        return _DAYS
    days = int(typed) if typed.isdecimal() and len(typed) <= len(str(MAX_DAYS)) else 0
    return days if 1 <= days <= MAX_DAYS else None

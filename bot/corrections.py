"""What readers report, from the message to the admins to what they decide about it."""

from __future__ import annotations

from typing import NamedTuple

from telegram import Bot, CallbackQuery, Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot import admin_render, admin_words, editor_render
from bot.beside import aside, beside, toast, while_running
from bot.bot_context import BotContext
from bot.decisions import Decisions
from bot.desk import Desk
from bot.editor import Editor
from bot.editor_buttons import Settle, Settlement, read_settle
from bot.recent import Recent
from bot.records import Records
from bot.render import Shown, notice
from bot.reports import Decision, Filed
from bot.rights import allowed_press
from bot.sending import acknowledge, replace, reply, tell_each
from bot.upkeep import Upkeep
from bot.words import Words
from bot.workers import Workers
from corpus.errors import FootnoteError

_DECISIONS: dict[Settlement, Decision] = {"hide": "hidden", "reindex": "reindexed", "dismiss": "dismissed"}


_ANNOUNCED_S, _MAX_ANNOUNCED = 86_400.0, 1_000


class _Outcome(NamedTuple):
    """What came of a press: a word on it, what the message says now, and the article it is about."""

    word: str
    shown: Shown
    article_id: str
    receipt: str
    is_done: bool


class Corrections:
    """Shows reports to every admin and does what the first of them decides.

    Args:
        desk: Knows what was reported.
        editor: Reads again and reindexes.
        records: Hold the reports.
        decisions: Tells the readers.
        admins: Who decides.
        edit_every_s: The least time between two edits of a message that shows progress.
    """

    def __init__(
        self,
        desk: Desk,
        editor: Editor,
        *,
        records: Records,
        decisions: Decisions,
        admins: frozenset[int],
        edit_every_s: float,
    ) -> None:
        self._desk = desk
        self._editor = editor
        self._records = records
        self._decisions = decisions
        self._admins = admins
        self._upkeep = Upkeep(editor, edit_every_s)
        self._workers = Workers(2)
        self._announced: Recent[bool] = Recent(_ANNOUNCED_S, _MAX_ANNOUNCED)

    def handlers(self) -> list[BaseHandler[Update, BotContext, None]]:
        """What takes the buttons under reports."""
        return [CallbackQueryHandler(self.press, pattern=_is_ours)]

    async def announce(self, bot: Bot, filed: Filed) -> None:
        """Show every admin a report that was just filed, once a day until it is decided.

        Whoever reports, has everything of theirs forgotten, and reports again is not heard each time.
        """
        report = await self._workers.run(self._records.reports.find, filed.report_id)
        if report is None or self._announced.get(report.receipt):
            return
        self._announced.put(report.receipt, True)
        verified = await self._workers.run(self._desk.verify, report.receipt)

        def shown(say: Words) -> Shown:
            return editor_render.report(say, report, verified)

        await tell_each(bot, sorted(self._admins), self._records.languages, shown)

    async def press(self, update: Update, context: BotContext) -> None:
        """Do what an admin decides, and show in the message what holds now."""
        pressed = await allowed_press(self._admins, update, context)
        if pressed is None:
            return
        press, message = pressed
        wanted = read_settle(press.data)
        assert wanted is not None
        try:
            outcome = await self._workers.run(self._settled, context.say, wanted, by=press.from_user.id)
            await self._conclude(context, press, message, wanted, outcome)
        except FootnoteError as problem:
            await acknowledge(press, toast(admin_words.to_mend(context.say, problem)))

    async def _conclude(
        self,
        context: BotContext,
        press: CallbackQuery,
        message: Message,
        wanted: Settle,
        outcome: _Outcome | None,
    ) -> None:
        if outcome is None:
            await acknowledge(press, context.say("report-expired"))
            return
        await acknowledge(press, toast(outcome.word))
        await replace(message, outcome.shown)
        if outcome.is_done:
            self._announced.drop(outcome.receipt)
            await aside(context, self._decisions.tell(context.bot))
            if wanted.choice == "reindex":
                await self._read_again(context, message, outcome.article_id, by=press.from_user.id)

    def _settled(self, say: Words, wanted: Settle, *, by: int) -> _Outcome | None:
        """Decides, unless another admin was faster; None where the report is not kept any more."""
        reports = self._records.reports
        before = reports.find(wanted.report_id)
        if before is None:
            return None
        if wanted.choice == "show":
            is_done, done = reports.show_again(before.receipt), "shown"
        else:
            done = _DECISIONS[wanted.choice]
            is_done = reports.decide(wanted.report_id, _DECISIONS[wanted.choice])
        if is_done:
            outcome = f"{done}: report {wanted.report_id}, receipt {before.receipt}"
            self._records.activity.record(by, wanted.choice, about=before.article_id, outcome=outcome)
        after = reports.find(wanted.report_id) or before
        word = say(f"settled-{done}") if is_done else say(f"stands-{after.state}")
        shown = editor_render.report(say, after, self._desk.verify(after.receipt))
        return _Outcome(word, shown, after.article_id, after.receipt, is_done)

    async def _read_again(self, context: BotContext, message: Message, article_id: str, *, by: int) -> None:
        """Read what is watched and gives the article, or show at once what a reindex would change."""
        say = context.say
        sources = await self._workers.run(self._watched, article_id)
        if not sources:
            preview, in_order = await self._workers.run(self._editor.preview)
            await reply(message, admin_render.reindex(say, preview, in_order=in_order))
            return
        ours = await reply(message, notice(say("report-reading", number=len(sources))))
        work = self._upkeep.refresh(say, ours, sources, by=by, keep_going=while_running(context))
        beside(context, work, message)

    def _watched(self, article_id: str) -> tuple[str, ...]:
        card = self._editor.card(article_id)
        watches = (source.found.watch for source in card.sources) if card else ()
        return tuple(dict.fromkeys(filter(None, watches)))


def _is_ours(payload: object) -> bool:
    return read_settle(payload) is not None

"""What the buttons under answers do, from what they carry and the question that the answer replies to."""

from __future__ import annotations

from telegram import CallbackQuery, Message, MessageEntity, Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot import render
from bot.addressed import is_group, question_in
from bot.asking import Asker
from bot.beside import aside
from bot.bot_context import BotContext
from bot.buttons import (
    AskDifferently,
    AskExample,
    CastVote,
    DropFilter,
    GiveReason,
    Quoted,
    ReaderPress,
    ReportExcerpt,
    ShowAround,
    ShowArticles,
    ShowClosest,
    ShowExcerpts,
    ShowFound,
    ShowMore,
    TellEditors,
    read_press,
)
from bot.corrections import Corrections
from bot.desk import Desk
from bot.feedback import Feedback, Pressed
from bot.further import N_MORE, N_NEAREST
from bot.group_render import fitting, with_at_most
from bot.paging import page_from
from bot.pointing import points
from bot.question import objection, tidy
from bot.receipts import receipts_under
from bot.render import ARTICLES_A_PAGE, Shown, notice
from bot.sample_questions import question_about
from bot.sending import acknowledge, ask_back, replace, reply
from bot.words import Words
from bot.workers import Workers

# What stands under answers in private chats only.
_PRIVATE = (AskDifferently, AskExample, CastVote, GiveReason, ReportExcerpt, ShowFound, ShowMore, TellEditors)
_QUOTATIONS = (MessageEntity.BLOCKQUOTE, MessageEntity.EXPANDABLE_BLOCKQUOTE)


class Pressing:
    """Acts on buttons, in the message that they stand under.

    Args:
        desk: Knows what the buttons stand for.
        workers: Run it off the event loop, and nothing that takes long.
        asker: Answers questions.
        feedback: Takes what readers say of answers.
        corrections: Show admins what was reported.
    """

    def __init__(
        self, desk: Desk, workers: Workers, asker: Asker, feedback: Feedback, corrections: Corrections
    ) -> None:
        self._desk = desk
        self._workers = workers
        self._asker = asker
        self._feedback = feedback
        self._corrections = corrections

    def handlers(self) -> list[BaseHandler[Update, BotContext, None]]:
        """What takes every press that is not an admin's."""
        return [CallbackQueryHandler(self.press)]

    async def press(self, update: Update, context: BotContext) -> None:
        """Do what a button asks for."""
        press = update.callback_query
        assert press is not None
        say, wanted, message = context.say, read_press(press.data), press.message
        if wanted is None or not isinstance(message, Message) or not _is_offered(wanted, message):
            await acknowledge(press, say("expired"))
            return
        question = self._question_of(context, message)
        match wanted:
            case CastVote() | GiveReason() | ReportExcerpt() | TellEditors():
                filed = await self._feedback.take(Pressed(say, press, message, question), wanted)
                if filed is not None and filed.is_new:
                    await aside(context, self._corrections.announce(context.bot, filed))
            case AskDifferently():
                await acknowledge(press)
                await ask_back(message, say("ask-differently-hint"), placeholder=say("ask-placeholder"))
            case AskExample():
                await self._example(say, press, message, wanted)
            case _:
                shown = await self._shown(say, wanted, message, question)
                await acknowledge(press, None if shown else say("expired"))
                if shown:
                    await replace(message, fitting(say, message, shown))

    async def page(self, say: Words, offset: int) -> Shown:
        """A page of the list of articles."""
        found, total, offset = await page_from(
            self._workers, self._desk.articles, offset=offset, size=ARTICLES_A_PAGE
        )
        return render.articles(say, found, offset=offset, total=total)

    async def excerpts(self, say: Words, quoted: Quoted, *, note: str, is_asked: bool) -> Shown | None:
        """The excerpts that receipts stand for, as they were shown; None where one does not verify."""
        found = [await self._workers.run(self._desk.resolve, receipt) for receipt in quoted.receipts]
        known = tuple(excerpt for excerpt in found if excerpt)
        if len(known) < len(found):
            return None
        snapshot = await self._workers.run(self._desk.info)
        return render.excerpts(
            say,
            quoted.verdict,
            known,
            snapshot=snapshot,
            note=note,
            is_asked=is_asked,
            dropped=quoted.dropped,
        )

    async def _shown(self, say: Words, wanted: ReaderPress, message: Message, question: str) -> Shown | None:
        note = _note(message)
        match wanted:
            case ShowArticles(offset):
                return await self.page(say, offset)
            case ShowExcerpts(quoted):
                shown = await self.excerpts(say, quoted, note=note, is_asked=bool(question))
                if not shown or not question:
                    return shown
                return await self._with_matches(say, shown, message, question, quoted.dropped)
            case ShowAround():
                return await self._around(say, wanted, note=note)
            case ShowMore(quoted) | ShowFound(quoted, _) if question:
                return await self._further(say, wanted, message, question)
            case DropFilter(dropped) if question:
                query = await self._asker.query_again(message, question, dropped)
                return render.reply(say, *await self._asker.found_again(query), dropped=dropped)
            case ShowClosest() if question:
                query = await self._asker.query_again(message, question)
                nearest = await self._asker.nearest(query, N_MORE)
                snapshot = await self._workers.run(self._desk.info)
                return render.closest(say, nearest.excerpts, snapshot=snapshot, note=note)
            case _:
                return None

    async def _further(
        self, say: Words, wanted: ShowMore | ShowFound, message: Message, question: str
    ) -> Shown:
        quoted = wanted.quoted
        query = await self._asker.query_again(message, question, quoted.dropped)
        if isinstance(wanted, ShowFound):
            nearest = await self._asker.nearest(query, N_NEAREST)
            return render.found(say, quoted, nearest.articles, page=wanted.page)
        shown = [await self._workers.run(self._desk.resolve, receipt) for receipt in quoted.receipts]
        others = await self._asker.further(query, tuple(filter(None, shown)))
        return render.more(say, quoted, others)

    async def _with_matches(
        self, say: Words, shown: Shown, message: Message, question: str, dropped: str
    ) -> Shown:
        """The same excerpts with the words that answer in bold, where the question still finds them."""
        query = await self._asker.query_again(message, question, dropped)
        if objection(say, query.text):
            return shown
        verdict, offered = await self._asker.found_again(query)
        n_shown = len(shown.quoted.receipts) if shown.quoted else 0
        # In a group fewer are shown than are found; the same ones are the same excerpts.
        again = render.reply(say, with_at_most(n_shown, verdict), offered, dropped=dropped)
        return again if again.quoted == shown.quoted else shown

    def _question_of(self, context: BotContext, message: Message) -> str:
        """What a message of ours answers; empty where that was deleted, or is a command without one."""
        asked = message.reply_to_message
        if asked is None:
            return ""
        own = tidy(question_in(context.bot.bot, asked))
        # Of a reply's reply Telegram tells nothing, so that what was pointed to is known for a while only.
        return self._asker.asked(asked) if points(own) else own

    async def _around(self, say: Words, wanted: ShowAround, *, note: str) -> Shown | None:
        receipt = wanted.quoted.receipts[wanted.number - 1]
        excerpt = await self._workers.run(self._desk.resolve, receipt)
        around = await self._workers.run(self._desk.around, receipt)
        if excerpt is None or around is None:
            return None
        text, span = around
        return render.surroundings(say, wanted, excerpt, text=text, span=span, note=note)

    async def _example(self, say: Words, press: CallbackQuery, message: Message, wanted: AskExample) -> None:
        name = await self._workers.run(self._desk.resolve, wanted.receipt)
        if name is None:
            await acknowledge(press, say("expired"))
            return
        await acknowledge(press)
        question = question_about(wanted.kind, name.text, wanted.language)
        # The reply stands under its question, like every other.
        asked = await reply(message, notice(question))
        await self._asker.answer(say, asked, question, by=press.from_user)


def _is_offered(wanted: ReaderPress, message: Message) -> bool:
    """Whether a message of ours has such a button; whoever speaks to Telegram directly may press any."""
    if is_group(message.chat) and isinstance(wanted, _PRIVATE):
        return False
    quoted = getattr(wanted, "quoted", None)
    return quoted is None or quoted.receipts == receipts_under(message)


def _note(message: Message) -> str:
    """What a message of ours says of what was searched, in italics above its first quotation."""
    for entity, text in message.parse_entities([MessageEntity.ITALIC, *_QUOTATIONS]).items():
        return text if entity.type == MessageEntity.ITALIC else ""
    return ""

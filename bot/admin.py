"""What the people who run the bot do from the chat: add what they send, look at articles, watch, reindex."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from time import monotonic

from telegram import CallbackQuery, Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler

from bot import admin_render, admin_words
from bot.addressed import question_in
from bot.admin_buttons import (
    AdminPress,
    Decide,
    Leave,
    ListTitled,
    PutBack,
    Reindex,
    Remove,
    RollBack,
    SwitchTo,
    read_admin_press,
)
from bot.admin_render import TITLES_A_PAGE
from bot.beside import beside, toast, while_running
from bot.bot_context import BotContext
from bot.editor import Editor
from bot.inbox import KEPT_S
from bot.incoming import NEW, Callback, Command, ToBeAdded, message_of
from bot.interval import interval_s
from bot.paging import page_from
from bot.question import tidy
from bot.reindex import Reindexer
from bot.render import Shown, notice
from bot.rights import allowed, allowed_press
from bot.sending import acknowledge, replace, reply
from bot.sent_message import receive
from bot.switching import Switching
from bot.upkeep import Upkeep
from bot.words import Words
from bot.workers import Workers
from corpus.errors import FootnoteError
from corpus.web_address import is_web_address

_EVERY_S = 6 * 3_600
# What admins ask for waits for fetches and the disk, not for the encoder, and holds up no question.
_AT_ONCE = 4
# So many of these look at what was sent, so that slow sites leave some for the rest.
_LOOKS_AT_ONCE = 2


class AdminConversation:
    """Everything the bot does for the people who run it; their rights are checked at every step.

    Args:
        editor: Does it.
        admins: Their ids.
        edit_every_s: The least time between two edits of a message that shows progress.
        clock: Seconds from some moment on, by which the time left is told.
    """

    def __init__(
        self,
        editor: Editor,
        *,
        admins: frozenset[int],
        edit_every_s: float,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._editor = editor
        self._admins = admins
        self._workers = Workers(_AT_ONCE)
        self._looking = asyncio.Semaphore(_LOOKS_AT_ONCE)
        self._switching = Switching(editor, self._workers)
        self._reindexer = Reindexer(editor, edit_every_s, clock)
        self._upkeep = Upkeep(editor, edit_every_s, clock)

    def handlers(self) -> list[BaseHandler[Update, BotContext, None]]:
        """In the order in which they are asked, before those for everybody."""
        commands: dict[str, Callback] = {
            "articles": self.articles,
            "article": self.article,
            "remove": self.remove,
            "watch": self.watch,
            "unwatch": self.unwatch,
            "refresh": self.refresh,
            "reindex": self.reindex,
        }
        return [
            # First, so that a command that somebody else wrote is not obeyed because an admin forwards it.
            MessageHandler(NEW & ToBeAdded(self._admins), self.sent),
            *(MessageHandler(NEW & Command(name), callback) for name, callback in commands.items()),
            CallbackQueryHandler(self.press, pattern=_is_for_admins),
        ]

    async def sent(self, update: Update, context: BotContext) -> None:
        """Show what an admin sent, and let them decide about it."""
        message = message_of(update)
        ours = await reply(message, notice(context.say("looking")))
        beside(context, self._look(context.say, message, ours), message)

    async def articles(self, update: Update, context: BotContext) -> None:
        """List the articles, or those with the words after the command in their titles."""
        if message := await allowed(self._admins, update, context):
            search = admin_render.searchable(tidy(_after_command(context, message)))
            await reply(message, await self._titled(context.say, ListTitled(0, search)))

    async def article(self, update: Update, context: BotContext) -> None:
        """Show all there is to say of an article."""
        if message := await allowed(self._admins, update, context):
            name = _after_command(context, message)
            card = await self._workers.run(self._editor.card, name) if name else None
            missing = context.say("no-such-article") if name else context.say("name-an-article")
            await reply(message, admin_render.card(context.say, card) if card else notice(missing))

    async def remove(self, update: Update, context: BotContext) -> None:
        """Take an article out."""
        if message := await allowed(self._admins, update, context):
            name = _after_command(context, message)
            gone = await self._workers.run(self._editor.remove, name, by=_sender(message)) if name else None
            missing = context.say("no-such-article") if name else context.say("name-an-article")
            await reply(message, admin_render.removed(context.say, gone) if gone else notice(missing))

    async def watch(self, update: Update, context: BotContext) -> None:
        """Watch what is named and read it at once; list what is watched where nothing is named."""
        message = await allowed(self._admins, update, context)
        if message is None:
            return
        address, _, often = _after_command(context, message).partition(" ")
        every_s = interval_s(often) if often else _EVERY_S
        if not address:
            watched = await self._workers.run(self._editor.watches)
            await reply(message, admin_render.watches(context.say, watched))
        elif not is_web_address(address) or every_s is None:
            await reply(message, notice(context.say("how-often") if often else context.say("how-to-watch")))
        else:
            await self._watch(context, message, address, every_s=every_s)

    async def unwatch(self, update: Update, context: BotContext) -> None:
        """Watch what is named no longer."""
        if message := await allowed(self._admins, update, context):
            address = _after_command(context, message)
            is_known = bool(address) and await self._workers.run(
                self._editor.unwatch, address, by=_sender(message)
            )
            known = context.say("unwatched", source=address) if is_known else context.say("not-watched")
            await reply(message, notice(known if address else context.say("name-what-to-unwatch")))

    async def refresh(self, update: Update, context: BotContext) -> None:
        """Read everything that is watched now, beside everything else."""
        if message := await allowed(self._admins, update, context):
            watched = await self._workers.run(self._editor.watches)
            sources = tuple(each.source for each in watched)
            if sources:
                await self._read(
                    context, message, sources, heading=context.say("reading", number=len(sources))
                )
            else:
                await reply(message, admin_render.watches(context.say, ()))

    async def reindex(self, update: Update, context: BotContext) -> None:
        """Show what a reindex would change, and let an admin decide about it."""
        message = await allowed(self._admins, update, context, anywhere=True)
        if message is None:
            return
        if self._reindexer.running:
            await reply(message, notice(context.say("already-running")))
            return
        await reply(message, await self._workers.run(self._reindex_preview, context.say))

    async def press(self, update: Update, context: BotContext) -> None:
        """Do what an admin's button asks for in the message that it stands under."""
        pressed = await allowed_press(self._admins, update, context)
        if pressed is None:
            return
        press, message = pressed
        wanted = read_admin_press(press.data)
        assert wanted is not None
        try:
            await self._pressed(context, press, message, wanted)
        except FootnoteError as problem:
            await acknowledge(press, toast(admin_words.to_mend(context.say, problem)))

    async def _look(self, say: Words, message: Message, ours: Message) -> None:
        """Show in ``ours`` what was sent; beside the chat, which no slow site may hold up."""
        async with self._looking:
            try:
                preview = await receive(say, message, self._editor, self._workers)
                self._upkeep.expect(preview)
                shown = admin_render.sent(say, preview)
            except FootnoteError as problem:
                shown = admin_render.trouble(say, problem)
            except Exception:
                await replace(ours, notice(say("failed")))
                raise
        if not await replace(ours, shown):
            await reply(message, shown)
        # Forgotten on time even if nothing else is ever sent.
        asyncio.get_running_loop().call_later(KEPT_S + 1, self._editor.prune)

    async def _pressed(
        self, context: BotContext, press: CallbackQuery, message: Message, wanted: AdminPress
    ) -> None:
        by = press.from_user.id
        match wanted:
            case Decide(choice, _) if choice != "cancel":
                await self._add(context, press, message, wanted)
                return
            case Reindex(step) if step in ("start", "force"):
                await self._reindex(context, press, message, force=step == "force")
                return
            case _:
                shown = await self._shown(context.say, wanted, by)
        # What a late or second press cannot do leaves the message as the first one made it.
        await acknowledge(press, toast(shown) if isinstance(shown, str) else None)
        if isinstance(shown, Shown):
            await replace(message, shown)

    async def _shown(self, say: Words, wanted: AdminPress, by: int) -> Shown | str:
        """What a quick button makes of the message, or a word on why it makes nothing of it."""
        match wanted:
            case Decide(_, sent_id):
                return await self._cancelled(say, sent_id, by)
            case Remove(seq):
                article_id = await self._workers.run(self._editor.id_of, seq)
                removed = await self._workers.run(self._editor.remove, article_id or "", by=by)
                return admin_render.removed(say, removed) if removed else say("no-such-article")
            case PutBack(seq):
                article = await self._workers.run(self._editor.put_back, seq, by=by)
                return admin_render.put_back(say, article) if article else say("not-removed")
            case ListTitled():
                return await self._titled(say, wanted)
            case Reindex("stop"):
                return say("stopping" if self._reindexer.stop() else "not-running")
            case Reindex():
                return notice(say("reindex-cancelled"))
            case SwitchTo() | Leave() | RollBack():
                return await self._switching.pressed(say, wanted, by=by)

    async def _add(self, context: BotContext, press: CallbackQuery, message: Message, wanted: Decide) -> None:
        if not await self._workers.run(self._editor.is_kept, wanted.sent_id):
            await acknowledge(press, context.say("sent-expired"))
        elif not self._upkeep.claim(wanted.sent_id):
            await acknowledge(press, context.say("already-going"))
        else:
            by, keep_going = press.from_user.id, while_running(context)
            beside(
                context, self._upkeep.add(context.say, message, wanted, by=by, keep_going=keep_going), message
            )
            await acknowledge(press)

    async def _cancelled(self, say: Words, sent_id: str, by: int) -> Shown | str:
        if not self._upkeep.claim(sent_id):
            return say("already-going")
        try:
            dropped = await self._workers.run(self._editor.cancel, sent_id, by=by)
        finally:
            self._upkeep.release(sent_id)
        return notice(say("cancelled")) if dropped else say("sent-expired")

    async def _reindex(
        self, context: BotContext, press: CallbackQuery, message: Message, *, force: bool
    ) -> None:
        if not self._reindexer.claim():
            await acknowledge(press, context.say("already-running"))
            return
        by, keep_going = press.from_user.id, while_running(context)
        beside(
            context,
            self._reindexer.run(context.say, message, by=by, force=force, keep_going=keep_going),
            message,
        )
        await acknowledge(press)

    async def _watch(self, context: BotContext, message: Message, address: str, *, every_s: int) -> None:
        name = await self._workers.run(self._editor.watch, address, every_s, by=_sender(message))
        await self._read(
            context,
            message,
            (name,),
            heading=context.say("watching", source=name, often=admin_words.often(context.say, every_s)),
        )

    async def _read(
        self, context: BotContext, message: Message, sources: tuple[str, ...], *, heading: str
    ) -> None:
        ours = await reply(message, admin_render.reading(context.say, sources, heading))
        work = self._upkeep.refresh(
            context.say, ours, sources, by=_sender(message), keep_going=while_running(context)
        )
        beside(context, work, message)

    async def _titled(self, say: Words, wanted: ListTitled) -> Shown:
        search = wanted.words
        found, total, offset = await page_from(
            self._workers, partial(self._editor.titled, search), offset=wanted.offset, size=TITLES_A_PAGE
        )
        return admin_render.titled(say, found, search, offset=offset, total=total)

    def _reindex_preview(self, say: Words) -> Shown:
        preview, in_order = self._editor.preview()
        return admin_render.reindex(say, preview, in_order=in_order)


def _is_for_admins(payload: object) -> bool:
    return read_admin_press(payload) is not None


def _sender(message: Message) -> int:
    # Only a message that an admin wrote under their own name gets here.
    assert message.from_user is not None
    return message.from_user.id


def _after_command(context: BotContext, message: Message) -> str:
    return question_in(context.bot.bot, message).strip()

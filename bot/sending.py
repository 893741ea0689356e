"""The ways a message leaves: as a reply in its thread, or in place of one that stands there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager

from telegram import (
    Bot,
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError

from bot.catalogue import FALLBACK
from bot.chat_settings import Languages
from bot.inline_render import Offer
from bot.keyboards import Button, Rows
from bot.render import Shown
from bot.words import Words

_log = logging.getLogger(__name__)

# Telegram shows typing for five seconds.
_TYPING_EVERY_S = 4.5
# How long a reply waits for a typing call that is under way, so that typing never shows after it.
_TYPING_GRACE_S = 1.0
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# The payload with which the button above inline offers starts the bot; no answer has it.
_FROM_INLINE = "inline"
# Editing what already looks so, or is gone, is no failure: somebody pressed twice or deleted it.
_HARMLESS_EDITS = ("message is not modified", "message to edit not found", "message can't be edited")


async def reply(message: Message, shown: Shown) -> Message:
    """Send ``shown`` as a reply to ``message``, in its topic, even if it was deleted meanwhile."""
    return await message.reply_text(
        shown.html,
        parse_mode=ParseMode.HTML,
        reply_markup=_keyboard(shown),
        link_preview_options=_NO_PREVIEW,
        do_quote=True,
        allow_sending_without_reply=True,
    )


async def tell(bot: Bot, people: Iterable[int], shown: Shown) -> None:
    """Send ``shown`` to each of these people; who has never written to the bot cannot be told."""
    for person in people:
        try:
            await bot.send_message(
                person,
                shown.html,
                parse_mode=ParseMode.HTML,
                reply_markup=_keyboard(shown),
                link_preview_options=_NO_PREVIEW,
            )
        except TelegramError as error:
            _log.warning("An admin was not told: %s", error)


async def tell_each(
    bot: Bot, people: Iterable[int], languages: Languages, saying: Callable[[Words], Shown]
) -> None:
    """Send each of these people what it is in the language they chose, English where they chose none."""
    for person in people:
        language = await asyncio.to_thread(languages.of, person)
        await tell(bot, [person], saying(Words(language or FALLBACK)))


async def replace(message: Message, shown: Shown) -> bool:
    """Make ``message`` look like ``shown``; False where it is gone."""
    return await _edited(message.get_bot(), message.chat_id, message.message_id, shown)


async def replace_buttons(message: Message, rows: Rows) -> None:
    """Show other buttons under ``message``."""
    try:
        await message.edit_reply_markup(keyboard(rows))
    except BadRequest as refused:
        if not _harmless(refused):
            raise
        _log.info("Buttons were not changed: %s", refused)


async def replace_text(question: Message, answer_id: int, shown: Shown) -> bool:
    """Make the answer to ``question`` look like ``shown``; False where it is gone."""
    return await _edited(question.get_bot(), question.chat_id, answer_id, shown)


async def send_table(message: Message, name: str, table: str) -> None:
    """Send a table as a file called ``name`` under ``message``, as spreadsheets read it."""
    content = table.encode("utf-8-sig")
    await message.reply_document(content, filename=name, do_quote=True, allow_sending_without_reply=True)


async def ask_back(message: Message, text: str, *, placeholder: str) -> None:
    """Ask for another question under ``message``, with the input field ready for it."""
    await message.reply_text(
        text,
        reply_markup=ForceReply(input_field_placeholder=placeholder),
        do_quote=True,
        allow_sending_without_reply=True,
    )


async def react(message: Message, emoji: str) -> bool:
    """Put a reaction on ``message``; False where it is gone or its chat allows no such reaction."""
    try:
        return await message.set_reaction(emoji)
    except BadRequest as refused:
        _log.info("No reaction was put: %s", refused)
        return False


async def offer(query: InlineQuery, offers: Sequence[Offer], *, cache_s: int, above: str = "") -> None:
    """Offer messages to whoever is typing after the bot's name.

    Args:
        query: What was typed.
        offers: Best first, at most 50.
        cache_s: How long Telegram gives the same to everybody who types it; not kept for others where 0.
        above: What the button above them says that opens the private chat; none where empty.
    """
    try:
        await query.answer(
            [_article(each) for each in offers],
            cache_time=cache_s,
            is_personal=True,
            button=InlineQueryResultsButton(above, start_parameter=_FROM_INLINE) if above else None,
        )
    except BadRequest as refused:
        _log.info("Offers came too late: %s", refused)


async def acknowledge(press: CallbackQuery, text: str | None = None) -> None:
    """Stop the button's waiting sign, with a word where there is something to say."""
    try:
        await press.answer(text)
    except BadRequest as refused:
        _log.info("A button was pressed too long ago: %s", refused)


@asynccontextmanager
async def typing(message: Message) -> AsyncIterator[None]:
    """Show typing in the message's chat from now until the block ends."""
    done = asyncio.Event()
    shown = asyncio.create_task(_show_typing(message, done))
    try:
        yield
    finally:
        done.set()
        await asyncio.wait({shown}, timeout=_TYPING_GRACE_S)
        shown.cancel()
        await asyncio.wait({shown})  # its connection is given back before the bot can be closed


async def _show_typing(message: Message, done: asyncio.Event) -> None:
    try:
        while not done.is_set():
            await message.reply_chat_action(ChatAction.TYPING)
            try:
                await asyncio.wait_for(done.wait(), _TYPING_EVERY_S)
            except TimeoutError:
                continue
    except TelegramError as error:
        _log.info("Typing is not shown: %s", error)


async def _edited(bot: Bot, chat_id: int, message_id: int, shown: Shown) -> bool:
    try:
        await bot.edit_message_text(
            shown.html,
            chat_id=chat_id,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(shown),
            link_preview_options=_NO_PREVIEW,
        )
    except BadRequest as refused:
        if not _harmless(refused):
            raise
        _log.info("A message was not edited: %s", refused)
        return "not modified" in refused.message
    return True


def _article(offer: Offer) -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        offer.shown.html, parse_mode=ParseMode.HTML, link_preview_options=_NO_PREVIEW
    )
    return InlineQueryResultArticle(
        offer.name, offer.title, content, reply_markup=_keyboard(offer.shown), description=offer.description
    )


def _harmless(refused: BadRequest) -> bool:
    return refused.message.lower().startswith(_HARMLESS_EDITS)


def _keyboard(shown: Shown) -> InlineKeyboardMarkup | None:
    rows = shown.chips + shown.rows
    return keyboard(rows) if rows else None


def keyboard(rows: Rows) -> InlineKeyboardMarkup:
    """Buttons as Telegram takes them."""
    return InlineKeyboardMarkup([[_button(each) for each in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.payload)

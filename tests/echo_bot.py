"""A tiny bot of python-telegram-bot that the simulator's own tests talk to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.simulator import Simulator

KINDS = ["message", "edited_message", "callback_query"]


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Greet."""
    await update.effective_message.reply_html("<b>Hello</b>")


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Quote the message, with a button."""
    message = update.effective_message
    await message.reply_chat_action("typing")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Louder", callback_data="louder")]])
    await message.reply_html(
        f"You said: <blockquote>{message.text_html}</blockquote>", reply_markup=keyboard, do_quote=True
    )


async def louder(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Repeat the message in capitals, in place."""
    query = update.callback_query
    await query.answer("Louder it is")
    await query.edit_message_text(query.message.text.upper())


def build_bot(simulator: Simulator) -> Application:
    """The bot, pointed at a simulator."""
    app = (
        ApplicationBuilder()
        .token(simulator.token)
        .base_url(f"{simulator.url}/bot")
        .base_file_url(f"{simulator.url}/file/bot")
        .build()
    )
    app.add_handler(CommandHandler("start", start))
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(louder))
    return app


@asynccontextmanager
async def polling_bot(simulator: Simulator) -> AsyncIterator[Application]:
    """The bot, polling."""
    async with build_bot(simulator) as app:
        await app.updater.start_polling(timeout=5, allowed_updates=KINDS)
        await app.start()
        yield app
        await app.updater.stop()
        await app.stop()

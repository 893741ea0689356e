import pytest
from bot_api_schema import answer_problems, problems
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)
from telegram.ext import ApplicationBuilder, InlineQueryHandler

from bot.simulator import BOT, GROUP, READER, Simulator
from bot.simulator.inline import ask


@pytest.fixture
async def simulator():
    """A running simulator where time stands still."""
    async with Simulator(clock=lambda: 1_750_000_000.0) as running:
        yield running


async def test_calls_fit_the_published_api(simulator):
    """The offers of python-telegram-bot, and the updates it reads, fit the published Bot API."""
    simulator.world.inline.feedback = True
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])
    offer = InlineQueryResultArticle(
        "1", "Herons", InputTextMessageContent("<b>A</b> heron", "HTML"), reply_markup=keyboard
    )
    query = ask(simulator.world, GROUP, READER, "herons")
    async with Bot(simulator.token, base_url=f"{simulator.url}/bot") as bot:
        await bot.answer_inline_query(
            query.id, [offer], button=InlineQueryResultsButton("Private", start_parameter="a")
        )
        sent = await simulator.choose(await simulator.type_inline("herons"), "1")
        await simulator.press(sent, "More")
        asked, message, chosen, press = await bot.get_updates()
        await bot.edit_message_text("A bird", inline_message_id=press.callback_query.inline_message_id)

    assert asked.inline_query.query == "herons"
    assert message.message.via_bot.username == simulator.bot_username
    assert chosen.chosen_inline_result.inline_message_id == press.callback_query.inline_message_id
    for request in simulator.requests:
        assert problems(request.method, request.params) == []
        assert answer_problems(request.method, request.response["result"]) == []


async def offer_herons(update, context):
    """Offer an article named after what was typed."""
    words = update.inline_query.query
    await update.inline_query.answer([InlineQueryResultArticle("1", words, InputTextMessageContent(words))])


async def test_polling_bot_offers(simulator):
    """A polling bot hears a query while it is typed, and its offers are waited for."""
    app = ApplicationBuilder().token(simulator.token).base_url(f"{simulator.url}/bot").build()
    app.add_handler(InlineQueryHandler(offer_herons))
    async with app:
        await app.updater.start_polling(timeout=5, allowed_updates=["inline_query"])
        await app.start()
        offers = await simulator.type_inline("herons", chat=READER.id)
        sent = await simulator.choose(offers, "herons")
        await app.updater.stop()
        await app.stop()

    assert (sent.text, sent.chat.id, sent.via) == ("herons", READER.id, BOT)

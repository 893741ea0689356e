"""Whatever stands in articles and questions, Telegram takes what the bot makes of it."""

import asyncio

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shelf_desk import ShelfDesk, version
from talk import answered, ask, talking

from bot.simulator import READER
from bot.simulator.people import press
from bot.words import ENGLISH

# What breaks HTML, length counting and layout: tags, entities, emoji of several code points, right-to-left
# letters and marks, combining marks, lone surrogates' neighbours, control characters.
HOSTILE = st.sampled_from(
    [
        "<b>bold</b>",
        "</blockquote><a href='https://evil.example'>",
        "&lt;script&gt; &amp;nbsp;",
        "👩‍👩‍👧‍👦🏳️‍🌈🇩🇪",
        "שלום עולם مرحبا بالعالم",
        "\u202eright to left\u202c",
        "e\u0301\u0327\u0336\u20dd",
        "\u200b\u2066\ufeff\u00ad",
        "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𒐫 ﷽",
        "tabs\tand\x0bothers\x07",
        "[1] · read it in place",
        "word " * 60,
    ]
)
words = st.lists(st.one_of(HOSTILE, st.text(min_size=1, max_size=12)), min_size=1, max_size=8)
texts = words.map(lambda parts: " ".join(["Which ferry sailed", *parts]) + ". The ferry sailed on.")
titles = st.one_of(words.map(" ".join), HOSTILE.map(lambda part: part * (100_000 // len(part))))


@st.composite
def articles(draw, seq):
    """An article of whatever people, and those who mean no good, may write."""
    about = {
        "title": draw(titles),
        "url": draw(st.sampled_from([None, 'https://example.org/a?b=<c>&d="e"#f', "javascript:alert(1)"])),
        "source": draw(st.one_of(st.none(), titles)),
        "author": draw(st.one_of(st.none(), titles)),
        "published": draw(st.sampled_from([None, "2026-05-14", "2026", "not a date"])),
    }
    return version(seq, draw(texts), **about)


async def conversation(shelf, question):
    """A question and every button under its reply, each pressed on the reply as it was sent."""
    async with talking(ShelfDesk(shelf)) as telegram:
        reply = await ask(telegram, f"Which ferry sailed {question}")
        for button in [each for each in reply.buttons if each.callback_data]:
            query_id = press(telegram.world, reply, button, READER)
            assert await answered(telegram, query_id) not in (ENGLISH("expired"), ENGLISH("failed"))
        for command in ("/sources", "/start", "/start a-TAMPERED"):
            await ask(telegram, command)


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(articles(1), articles(2), words.map(" ".join))
def test_telegram_takes_it(one, other, question):
    """Replies, views, lists and buttons of any articles are lawful calls, and none is refused."""
    asyncio.run(conversation((one, other), question[:900]))

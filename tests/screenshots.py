"""Pictures of each flow on the demo page, kept in docs/: `python tests/screenshots.py [NAME…]`.

The bot and the library are real, the conversation is typed by this program, and chromium shows it.
"""

from __future__ import annotations

import asyncio
import base64
import shutil
import sys
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from browser import find_browser, open_page
from talk import ask

from bot.app import at_work
from bot.config import load_config
from bot.demo import bot_beside
from bot.home_desk import HomeDesk
from bot.simulator import ADMIN, GROUP, READER, SECOND_READER, Simulator
from bot.simulator.types import Message
from retrieval.encoder import Encoder

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs" / "flows"
PHONE, DESK = (460, 900), (1040, 900)
# As the page lists them.
CHATS = (READER.id, ADMIN.id, GROUP.id)
COST = "How much will the flood barrier cost?"
NOWHERE = "Who won the 2018 World Cup final?"


async def pressed(telegram: Simulator, message: Message, label: str, **who: object) -> Message:
    """The message after a button was pressed."""
    await telegram.press(message, label, **who)
    return await telegram.next_edit(message)


async def start(telegram: Simulator) -> int:
    """A: hello, and questions to begin with."""
    await ask(telegram, "/start")
    return READER.id


async def demo(telegram: Simulator) -> int:
    """What README shows: an answer, and an honest no."""
    await ask(telegram, "How much is an adult day return to Orrey?")
    await ask(telegram, NOWHERE)
    return READER.id


async def answer(telegram: Simulator) -> int:
    """A: an answer, and why it did not help."""
    reply = await ask(telegram, COST)
    await pressed(telegram, reply, "👎 Not helpful")
    return READER.id


async def context(telegram: Simulator) -> int:
    """A: what stands around a quotation."""
    reply = await ask(telegram, "How many oysters died in the eastern beds?")
    await pressed(telegram, reply, reply.buttons[0].text)
    return READER.id


async def followup(telegram: Simulator) -> int:
    """B: a question that leans on the one before."""
    await ask(telegram, "How much is an adult day return to Orrey?")
    await ask(telegram, "And for a car?")
    return READER.id


async def group(telegram: Simulator) -> int:
    """C: silent in a group until it is asked."""
    await telegram.say("The barrier will never be built.", chat=GROUP, user=SECOND_READER)
    said = await telegram.say("It costs £41.5 million, they say!", chat=GROUP, user=SECOND_READER)
    asked = await telegram.say(f"@{telegram.bot_username} is this true?", chat=GROUP, reply_to=said)
    await telegram.next_reply(GROUP, after=asked)
    return GROUP.id


async def inline(telegram: Simulator) -> int:
    """D: a quotation for any chat."""
    offers = await telegram.type_inline(COST, chat=GROUP)
    await telegram.choose(offers, offers.articles[0].id)
    return GROUP.id


async def not_found(telegram: Simulator) -> int:
    """E: an honest no, and what can be done then."""
    await ask(telegram, NOWHERE)
    return READER.id


async def filters(telegram: Simulator) -> int:
    """F: some of the articles only."""
    await ask(telegram, 'How many oysters died? source:"Wethersund Courier" after:2026-01-01')
    return READER.id


async def receipt(telegram: Simulator) -> int:
    """G: a quotation checked by its receipt."""
    reply = await ask(telegram, COST)
    first = reply.buttons[0].callback_data[2:].split(".")[0]
    await ask(telegram, f"/source {first}")
    return READER.id


async def correction(telegram: Simulator) -> int:
    """H: what a reader reports, as an admin sees it."""
    telegram.world.started.add(ADMIN.id)
    reply = await ask(telegram, COST)
    why = await pressed(telegram, reply, "👎 Not helpful")
    down = await pressed(telegram, why, "Outdated")
    label = next(each.text for each in down.buttons if "Report" in each.text)
    await telegram.press(down, label)
    await telegram.next_reply(ADMIN.id)
    return ADMIN.id


async def editors(telegram: Simulator) -> int:
    """I: what is asked in vain, and how often what happens."""
    for person in (READER, SECOND_READER):
        reply = await ask(telegram, NOWHERE, chat=person.id)
        await pressed(telegram, reply, "Tell the editors")
    await ask(telegram, "/gaps", chat=ADMIN.id)
    await ask(telegram, "/stats", chat=ADMIN.id)
    return ADMIN.id


async def privacy(telegram: Simulator) -> int:
    """J: what is kept, and how it is forgotten."""
    await ask(telegram, "/privacy")
    await ask(telegram, "/forgetme")
    return READER.id


async def reindex(telegram: Simulator) -> int:
    """K: what a reindex would change, before it does."""
    added = await telegram.send_file("ferry.md", FERRY.encode(), chat=ADMIN.id)
    preview = await telegram.next_reply(ADMIN.id, after=added)
    if "Add" not in [each.text for each in preview.buttons]:
        preview = await telegram.next_edit(preview)
    await telegram.press(preview, "Add")
    await telegram.wait_for(lambda: any("Added." in each.text for each in telegram.messages(ADMIN.id)))
    await ask(telegram, "/reindex", chat=ADMIN.id)
    return ADMIN.id


async def languages(telegram: Simulator) -> int:
    """The same in another language, from right to left."""
    await telegram.set_language(READER, "fa")
    await ask(telegram, "/start")
    await ask(telegram, NOWHERE)
    return READER.id


FERRY = """---
title: Orrey ferry adds a Sunday sailing
source: Harbour Line
published: 2026-10-20
---

Sundmark Ferries will add a Sunday sailing at 4.15pm from 8 November. Fares stay as they are.
"""
SCENES: dict[str, Callable[[Simulator], Awaitable[int]]] = {
    each.__name__: each
    for each in (
        demo,
        start,
        answer,
        context,
        followup,
        group,
        inline,
        not_found,
        filters,
        receipt,
        correction,
        editors,
        privacy,
        reindex,
        languages,
    )
}


@asynccontextmanager
async def serving(home: Path, encoder: Encoder | None):
    """A simulated Telegram with the real bot on a copy of the sample library."""
    config = load_config(home=home, environ={}, flags={})
    desk = HomeDesk(config, encoder)
    async with Simulator() as telegram:
        telegram.world.inline.feedback = True
        async with at_work(bot_beside(telegram, desk, config)):
            yield telegram


async def picture(telegram: Simulator, chat_id: int, path: Path, size: tuple[int, int]) -> None:
    """The chat in a window of a size, down to its last message."""
    browser = find_browser()
    if browser is None:
        raise click.ClickException("there is no chromium: install Debian's package `chromium`")
    with TemporaryDirectory() as profile:
        async with open_page(browser, f"{telegram.url}/", Path(profile)) as page:
            shape = {"width": size[0], "height": size[1], "deviceScaleFactor": 1.5, "mobile": size == PHONE}
            await page.call("Emulation.setDeviceMetricsOverride", **shape)
            await page.see("document.querySelector('#chats button')")
            number = CHATS.index(chat_id) + 1
            await page.run(f"document.querySelector('#chats li:nth-child({number}) button').click()")
            await page.see("document.querySelector('.row')")
            await page.run("new Promise((done) => setTimeout(done, 400))")
            shot = await page.call("Page.captureScreenshot", format="png")
    await asyncio.to_thread(path.write_bytes, base64.b64decode(shot["data"]))


async def take(names: list[str]) -> None:
    """Take the pictures of these scenes."""
    DOCS.mkdir(parents=True, exist_ok=True)
    encoder = HomeDesk(load_config(home=ROOT / ".demo", environ={}, flags={})).encoder
    for name in names:
        with TemporaryDirectory() as scratch:
            home = Path(scratch) / "home"
            shutil.copytree(ROOT / ".demo", home)
            async with serving(home, encoder) as telegram:
                chat_id = await SCENES[name](telegram)
                if name == "demo":
                    await picture(telegram, chat_id, ROOT / "docs" / "demo.png", DESK)
                else:
                    await picture(telegram, chat_id, DOCS / f"{name}.png", PHONE)
        click.echo(f"{name}: {SCENES[name].__doc__}")


if __name__ == "__main__":
    asyncio.run(take(sys.argv[1:] or list(SCENES)))

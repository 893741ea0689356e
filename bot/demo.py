"""`footnote demo`: the sample library, the simulator and the real bot, all on this machine."""

from __future__ import annotations

import asyncio
import os
from importlib.resources import as_file, files
from pathlib import Path

import click

from bot.app import BotApplication, at_work, build_application
from bot.config import Config, ConfigError, default_home, load_config
from bot.home_desk import HomeDesk
from bot.home_editor import editor_of
from bot.parts import Parts
from bot.progress import progress_shown
from bot.records import records_of
from bot.serve import stop_on_signal
from bot.simulator import ADMIN, Simulator
from bot.simulator.types import Message
from bot.terminal import indented, quoted, terminal_width
from bot.words import ENGLISH
from corpus.errors import FootnoteError
from corpus.ingest import add
from corpus.library import Library
from corpus.lock import writing

EXAMPLES = (
    "How much will the flood barrier cost?",
    "Who took the photograph of the lifeboat Mercy?",
    "Is it safe to eat oysters with the parasite?",
    "Who won the 2018 World Cup final?",
)
REPLY_WITHIN_S = 60.0

# Marks a home made by the demo, whatever was added to it later.
_MARK = "demo.txt"
_LOOK = "footnote -v demo shows what it does"


def run_demo(home: Path | None, *, once: bool, port: int) -> None:
    """Show one conversation, then serve the chat page until Ctrl-C.

    Args:
        home: A home of its own, so that nobody's library gets the samples.
        once: End after the conversation.
        port: Of the chat page; any free one when 0.

    Raises:
        FootnoteError: The home holds another library, or the bot gave no quotation.
    """
    # The demo is the same whatever bot this machine's environment is set up for.
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    config = load_config(home=home or default_home() / "demo", environ=environ, flags={})
    desk = HomeDesk(config)
    _index_samples(desk, config)
    asyncio.run(_talk(desk, config, Simulator(port=port, examples=EXAMPLES), once=once))


def _index_samples(desk: HomeDesk, config: Config) -> None:
    path, mark = config.home / "library.db", config.home / _MARK
    if path.exists() and not mark.exists():
        raise ConfigError(
            f"{config.home} holds a library that is not the demo's", "footnote --home ANOTHER-FOLDER demo"
        )
    with writing(config.home), Library.open(path) as library, as_file(files("corpus") / "sample") as folder:
        mark.write_text("This folder was made by `footnote demo` and can be deleted.\n", "utf-8")
        for added in add(library, [str(folder)]):
            if added.status == "failed":
                raise FootnoteError(f"{added.source}: {added.reason}", "install footnote again")
        click.echo(f"Sample library of {ENGLISH.articles(library.count())} in {config.home}")
    with progress_shown() as on_progress:
        report = desk.reindex(on_progress)
    click.echo(ENGLISH.reindexed(report))


async def _talk(desk: HomeDesk, config: Config, simulator: Simulator, *, once: bool) -> None:
    stopped = asyncio.create_task(stop_on_signal().wait())
    async with simulator, at_work(bot_beside(simulator, desk, config)) as serving:
        asking = asyncio.create_task(_ask(simulator))
        await asyncio.wait({asking, serving, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if asking.done():
            click.echo(f"\nYou\n{indented(EXAMPLES[0])}\n\nFootnote\n{indented(_as_seen(asking.result()))}")
            if not once:
                click.echo(f"\nChat with it: {simulator.url}   (Ctrl-C stops)")
                await asyncio.wait({serving, stopped}, return_when=asyncio.FIRST_COMPLETED)
        elif stopped.done():
            raise click.Abort
        for task in (asking, stopped):
            task.cancel()


async def _ask(simulator: Simulator) -> Message:
    """Ask through the whole bot, so that what is printed is what a person would have got."""
    asked = await simulator.say(EXAMPLES[0])
    try:
        reply = await simulator.next_reply(after=asked, timeout_s=REPLY_WITHIN_S)
    except TimeoutError as error:
        raise FootnoteError(f"the bot gave no reply in {REPLY_WITHIN_S:.0f} s", _LOOK) from error
    if not any("blockquote" in entity.kind for entity in reply.entities):
        raise FootnoteError(f"the bot quoted nothing: {reply.text}", _LOOK)
    return reply


def _as_seen(message: Message) -> str:
    """A message with a bar before its quotations, for the terminal."""
    text = message.text
    for quotation in (message.slice(entity) for entity in message.entities if "blockquote" in entity.kind):
        text = text.replace(quotation, quoted(quotation, terminal_width()), 1)
    return text


def bot_beside(simulator: Simulator, desk: HomeDesk, config: Config) -> BotApplication:
    """The bot as it runs on Telegram, with the page's admin as its admin."""
    return build_application(
        Parts(
            desk=desk,
            editor=editor_of(desk, config),
            records=records_of(config.home),
            admins=frozenset({ADMIN.id}),
        ),
        token=simulator.token,
        api_url=simulator.url,
    )

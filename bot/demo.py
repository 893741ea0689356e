"""`footnote demo`: the sample library, the simulator and the real bot, all on this machine."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from importlib.resources import as_file, files
from pathlib import Path

import click

from bot.app import build_application, serve
from bot.config import Config, default_home, load_config
from bot.home_desk import HomeDesk
from bot.serve import stop_on_signal
from bot.simulator import ADMIN, Simulator
from bot.terminal import progress_shown
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


async def run_demo(home: Path | None, *, once: bool, port: int) -> None:
    """Show one conversation, then serve the chat page until Ctrl-C.

    Args:
        home: A home of its own, so that nobody's library gets the samples.
        once: End after the conversation.
        port: Of the chat page; any free one when 0.
    """
    # The demo is the same whatever bot this machine's environment is set up for.
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    config = load_config(home=home or default_home() / "demo", environ=environ, flags={})
    desk = HomeDesk(config)
    _index_samples(desk, config)
    async with Simulator(port=port, examples=EXAMPLES) as simulator, _bot(desk, simulator):
        await _show_conversation(simulator, desk)
        if not once:
            click.echo(f"\nChat with it: {simulator.url}   (Ctrl-C stops)")
            await stop_on_signal().wait()


def _index_samples(desk: HomeDesk, config: Config) -> None:
    with writing(config.home), Library.open(config.home / "library.db") as library:
        with as_file(files("corpus") / "sample") as folder:
            for added in add(library, [str(folder)]):
                if added.status == "failed":
                    raise FootnoteError(f"{added.source}: {added.reason}", "install footnote again")
        click.echo(f"{library.count()} sample articles in {config.home}")
    with progress_shown() as on_progress:
        desk.reindex(on_progress)


@contextlib.asynccontextmanager
async def _bot(desk: HomeDesk, simulator: Simulator) -> AsyncIterator[None]:
    """The bot as it runs on Telegram, with the page's admin as its admin."""
    application = build_application(
        token=simulator.token, api_url=simulator.url, desk=desk, admins=frozenset({ADMIN.id})
    )
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(application, None, stop))
    try:
        yield
    finally:
        stop.set()
        await serving


async def _show_conversation(simulator: Simulator, desk: HomeDesk) -> None:
    """Ask through the whole bot, so that what is printed is what a person would have got."""
    question = EXAMPLES[0]
    asked = await simulator.say(question)
    reply = await simulator.next_reply(after=asked, timeout_s=60)
    click.echo(f"\nYou       {question}\n")
    click.echo("Footnote  " + reply.text.replace("\n", "\n          "))

"""Commands that answer questions, and check what was answered."""

from __future__ import annotations

import gc
import time

import click

from bot.common_options import JSON, config_of, print_json

_EXAMPLE = 'footnote ask "Who wrote the report?"'


@click.command()
@click.argument("question", nargs=-1, required=True)
@JSON
@click.pass_context
def ask(context: click.Context, question: tuple[str, ...], as_json: bool) -> None:
    """Ask one question, in quotes or not.

    It may say which articles: source:"Harbour Line", author:Tennant, after:2026-03-01, before:2026.
    """
    # What imports make is looked through for garbage over and over, for 40 to 90 ms, and has none.
    gc.disable()
    context.call_on_close(gc.enable)

    from bot.config import ConfigError
    from bot.models import Models
    from bot.question import objection, tidy
    from bot.words import ENGLISH

    typed = tidy(" ".join(question))
    if objected := objection(ENGLISH, typed):
        raise ConfigError(objected, _EXAMPLE)
    config = config_of(context)
    models = Models(config)
    if (config.home / "snapshots").is_dir():  # otherwise nothing can be asked, and that is said at once
        models.load_ahead()

    # While the models are loaded.
    from bot.home_desk import HomeDesk
    from bot.narrowed import offers, problem_text
    from bot.terminal import reply_json, reply_text, terminal_width

    desk = HomeDesk(config, models=models)
    desk.info()  # opens encoder and snapshot, which is not part of answering
    started = time.perf_counter()
    asked = desk.read(typed)
    if asked.problems:
        raise ConfigError(*problem_text(ENGLISH, asked.problems[0]))
    if objected := objection(ENGLISH, asked.text):
        raise ConfigError(objected, _EXAMPLE)
    query = asked.query()
    reply = desk.answer(query)
    took_ms = 1000 * (time.perf_counter() - started)
    offered = offers(desk, query, reply)
    if as_json:
        print_json(reply_json(reply, took_ms, offered))
    else:
        click.echo(reply_text(reply, terminal_width(), offered))


@click.command()
@click.option("--no-history", is_flag=True, help="Keep nothing of what is asked.")
@JSON
@click.pass_context
def chat(context: click.Context, no_history: bool, as_json: bool) -> None:
    """Ask question after question.

    One may lean on those before it: "And his father?". /new starts afresh, /help names the other
    commands, Ctrl-D ends. At a terminal the last 1,000 lines are kept in the file chat_history of the
    home, for you alone, and the arrow keys bring them back; --no-history keeps nothing. What comes
    through a pipe is not kept.
    """
    from bot.chat import converse, echoed, typed
    from bot.home_desk import HomeDesk
    from bot.narrowed import Offers
    from bot.receipt_text import receipt_text
    from bot.terminal import reply_json, reply_text, said_json, terminal_width
    from retrieval.types import Reply

    def show(reply: Reply, took_ms: float, offered: Offers) -> None:
        if as_json:
            print_json(reply_json(reply, took_ms, offered))
            return
        click.echo(f"{reply_text(reply, terminal_width(), offered)}\n")

    def tell(line: str, said: str) -> None:
        if as_json:
            print_json(said_json(line, said))
        else:
            click.echo(f"{said}\n")

    def note(said: str) -> None:
        click.echo(f"{said}\n", err=as_json)

    def checked(receipt: str) -> str | None:
        verified = desk.verify(receipt)
        return receipt_text(verified, terminal_width()) if verified else None

    config = config_of(context)
    desk = HomeDesk(config)
    desk.info()  # opens encoder and snapshot, which is not part of answering
    kept = None if no_history else config.home / "chat_history"
    converse(desk, echoed(typed(desk, kept, note), as_json=as_json), show=show, tell=tell, verify=checked)


@click.command()
@click.argument("receipt", nargs=-1, required=True)
@JSON
@click.pass_context
def verify(context: click.Context, receipt: tuple[str, ...], as_json: bool) -> int:
    """Check the receipt of a quotation.

    Says which article and version it quotes, and whether the article has changed since; if so, what
    has changed around the quotation: [-taken out-] and {+put in+}.
    """
    from bot.home_desk import HomeDesk
    from bot.receipt_text import receipt_json, receipt_text
    from bot.terminal import terminal_width

    typed = " ".join(receipt)
    desk = HomeDesk(config_of(context))
    desk.library().close()  # where there is none, that is what is wrong, whatever is written
    verified = desk.verify(typed)
    if verified is None:
        if as_json:
            print_json({"receipt": typed, "verified": False})
        else:
            click.echo(f"{typed[:60]}: no quotation of this library has this receipt", err=True)
        return 1
    if as_json:
        print_json(receipt_json(verified))
    else:
        click.echo(receipt_text(verified, terminal_width()))
    return 0


COMMANDS = (ask, chat, verify)

"""Commands that measure, serve and show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from bot import logs
from bot.common_options import FILE_TO_WRITE, JSON, config_of, home_of, is_verbose, print_json


@click.command("eval")
@click.argument("folder", required=False, metavar="DIR", type=click.Path(path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), help="Ask only so many of the questions.")
@click.option("--seed", default=0, show_default=True, help="Which ones, with --limit or --outside.")
@click.option(
    "--outside", type=click.Path(path_type=Path), metavar="DIR", help="Ask as many of this set too."
)
@click.option("--predictions", type=FILE_TO_WRITE, help="Write every reply to this file.")
@click.option("--plot", type=FILE_TO_WRITE, help="Draw what confidence is worth, as PNG.")
@click.option("--compare", nargs=2, type=click.Path(path_type=Path), help="Compare two results instead.")
@JSON
@click.pass_context
def evaluate(context: click.Context, /, folder: Path | None, **options: Any) -> int:
    """Ask labelled questions and measure the replies.

    DIR holds corpus.jsonl and queries.jsonl. It is indexed in a temporary home. Questions of a set
    given with --outside are about other articles: an answer to one of them is false.
    """
    from bot import comparison, evaluation, reliability_plot
    from bot.stamp import Selection

    if options["compare"]:
        _refuse_beside_compare(context)
        compared = comparison.compare(*options["compare"])
        print_json(compared.to_json()) if options["as_json"] else click.echo(compared.table())
        return 0
    if folder is None:
        raise click.UsageError("name a folder with corpus.jsonl and queries.jsonl")
    if options["plot"]:
        reliability_plot.check_installed()
    selection = Selection(folder, options["limit"], options["seed"], options["outside"])
    evaluation.check_written(selection, filter(None, (options["predictions"], options["plot"])))
    chosen = config_of(context)
    measured = evaluation.evaluate(selection, chosen)
    if options["predictions"]:
        evaluation.write_predictions(measured, options["predictions"])
    if options["plot"]:
        reliability_plot.draw(measured, options["plot"], threshold=chosen.settings.answer_threshold)
    print_json(measured.to_json()) if options["as_json"] else click.echo(measured.table())
    return 1 if measured.rejected else 0


def _refuse_beside_compare(context: click.Context) -> None:
    """Two results were measured already: nothing that says what or how to measure can be meant."""
    measuring = ("folder", "limit", "seed", "outside", "predictions", "plot")
    if any(context.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in measuring):
        raise click.UsageError("--compare takes two results, and beside them only --json")


@click.command()
@click.option("--api-url", help="Another Bot API server.  [FOOTNOTE_TELEGRAM_API_URL]")
@click.pass_context
def serve(context: click.Context, api_url: str | None) -> None:
    """Run the Telegram bot until Ctrl-C."""
    from bot.serve import run_bot

    config = config_of(context, telegram_api_url=api_url)
    logs.set_up(verbose=is_verbose(context), serving=True, form=config.settings.log_format)
    run_bot(config)


@click.command()
@click.option("--once", is_flag=True, help="Print one conversation and exit.")
@click.option("--port", default=0, help="Port of the chat page; a free one when 0.")
@click.pass_context
def demo(context: click.Context, once: bool, port: int) -> None:
    """Try it here: sample articles and a chat page.

    Needs no Telegram: the chat page talks to the real bot on this machine.
    """
    from bot.demo import run_demo

    run_demo(home_of(context), once=once, port=port)


COMMANDS = (evaluate, serve, demo)

"""The command line: reads flags and settings, puts the parts together, prints, and sets the exit code.

Exit code 0: done, whatever the verdict. 1: some of what was asked for failed, each is named.
2: a usage or setup error, with the command that mends it. 130: stopped by Ctrl-C.

What takes time to import is imported by the command that needs it.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from click.core import ParameterSource

from bot import logs
from bot.common_options import FILE_TO_WRITE, Commands, common_options, home_of, is_verbose
from corpus.errors import FootnoteError

if TYPE_CHECKING:
    from bot.config import Config


def main() -> NoReturn:
    """Run `footnote`."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run `footnote` with these arguments; problems become a line or two on stderr.

    Returns:
        The exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a letter the terminal cannot show is no reason to stop
    logs.set_up()
    try:
        return cli.main(args=list(arguments), prog_name="footnote", standalone_mode=False) or 0
    except FootnoteError as error:
        click.echo(f"footnote: {error.message}\n  to mend it: {error.remedy}", err=True)
    except click.ClickException as error:
        error.show()
    except (click.Abort, KeyboardInterrupt):
        click.echo("footnote: stopped", err=True)
        return 130
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        click.echo(f"footnote: {error.strerror or error}{where}\n  to mend it: footnote doctor", err=True)
    return 2


_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(
    cls=Commands,
    params=common_options(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(version("footnote"), prog_name="footnote")
def cli() -> None:
    """Answers from your own articles, word for word, or an honest "not in these articles"."""


def _config(context: click.Context, **flags: object) -> Config:
    from bot.config import load_config

    return load_config(home=home_of(context), environ=os.environ, flags=flags)


def _print_json(content: object) -> None:
    readable = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    click.echo(json.dumps(content, ensure_ascii=not readable))


@cli.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@_JSON
@click.pass_context
def add(context: click.Context, sources: tuple[str, ...], as_json: bool) -> int:
    """Add articles from files and folders.

    Text, Markdown and .jsonl files are read, in folders too. What was added before and has not
    changed is left as it is; a changed file is a new version.
    """
    from bot.terminal import progress_shown
    from corpus.ingest import add as add_articles
    from corpus.library import Library
    from corpus.lock import writing
    from retrieval.build_types import Progress

    home = _config(context).home
    counts: Counter[str] = Counter()
    with writing(home), Library.open(home / "library.db") as library, progress_shown() as on_progress:
        for added in add_articles(library, sources):
            counts[added.status] += 1
            if as_json:
                fields = ("source", "status", "article_id", "reason")
                _print_json({name: getattr(added, name) for name in fields})
            elif added.reason:
                click.echo(added.reason, err=True)
            if counts.total() % 100 == 0:
                on_progress(Progress("adding", counts.total(), 0))
    if not as_json:
        click.echo(", ".join(f"{counts[status]:,} {status}" for status in sorted(counts)))
        if counts["added"] + counts["updated"]:
            click.echo("Next: footnote reindex")
    return 1 if counts["failed"] else 0


@cli.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@_JSON
@click.pass_context
def remove(context: click.Context, articles: tuple[str, ...], as_json: bool) -> int:
    """Remove articles, named by id, path or URL.

    Their versions are kept, so that receipts still resolve. They are found until the next reindex.
    """
    from corpus.library import Library
    from corpus.lock import writing

    home = _config(context).home
    Library.open_to_read(home / "library.db").close()  # where there is none, none is made
    failed = False
    with writing(home), Library.open(home / "library.db") as library:
        for name in articles:
            article_id = library.find(name)
            removed = article_id is not None and library.remove(article_id)
            failed |= not removed
            status = "removed" if removed else "failed"
            reason = None if removed else "no such article; footnote articles lists them"
            if as_json:
                _print_json({"source": name, "status": status, "article_id": article_id, "reason": reason})
            else:
                click.echo(f"{name}: {reason or status}", err=not removed)
    return 1 if failed else 0


@cli.command()
@_JSON
@click.pass_context
def articles(context: click.Context, as_json: bool) -> None:
    """List the articles in the library."""
    from bot.terminal import article_json, article_text
    from corpus.library import Library
    from retrieval.types import Article

    path = _config(context).home / "library.db"
    if not path.exists():
        click.echo("No articles yet. Next: footnote add FOLDER", err=True)
        return
    with Library.open_to_read(path) as library:
        for found in library.current():
            if as_json:
                article = Article(found.article_id, found.metadata)
                _print_json({**article_json(article), "version": found.hash, "language": found.language})
            else:
                click.echo(article_text(found))


@cli.command()
@click.option("--full", is_flag=True, help="Build even if nothing changed, and embed every text again.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@_JSON
@click.pass_context
def reindex(context: click.Context, full: bool, dry_run: bool, as_json: bool) -> None:
    """Build a snapshot of the library and switch to it.

    Questions are answered from the old one meanwhile. Where nothing changed none is built.
    """
    from bot import words
    from bot.home_desk import HomeDesk
    from bot.terminal import progress_shown

    desk = HomeDesk(_config(context))
    if dry_run:
        changes = desk.pending()
        _print_json(asdict(changes)) if as_json else click.echo(words.pending(changes))
        return
    with progress_shown() as on_progress:
        report = desk.reindex(on_progress, full=full)
    _print_json(asdict(report)) if as_json else click.echo(words.reindexed(report))


@cli.command()
@_JSON
@click.pass_context
def rollback(context: click.Context, as_json: bool) -> None:
    """Go back to the snapshot before the current one."""
    from bot.home_desk import HomeDesk

    snapshot = HomeDesk(_config(context)).rollback()
    _print_json({"snapshot": snapshot}) if as_json else click.echo(f"Answering from snapshot {snapshot}")


@cli.command()
@click.argument("question", nargs=-1, required=True)
@_JSON
@click.pass_context
def ask(context: click.Context, question: tuple[str, ...], as_json: bool) -> None:
    """Ask one question, in quotes or not."""
    from bot.config import ConfigError
    from bot.home_desk import HomeDesk
    from bot.question import objection, tidy
    from bot.terminal import reply_json, reply_text, terminal_width
    from retrieval.types import Query

    asked = tidy(" ".join(question))
    if problem := objection(asked):
        raise ConfigError(problem, 'footnote ask "Who wrote the report?"')
    desk = HomeDesk(_config(context))
    desk.info()  # opens encoder and snapshot, which is not part of answering
    started = time.perf_counter()
    reply = desk.answer(Query(asked))
    took_ms = 1000 * (time.perf_counter() - started)
    if as_json:
        _print_json(reply_json(reply, took_ms))
    else:
        click.echo(reply_text(reply, terminal_width()))


@cli.command()
@_JSON
@click.pass_context
def chat(context: click.Context, as_json: bool) -> None:
    """Ask question after question.

    One may lean on those before it: "And his father?". /new starts afresh, Ctrl-D ends.
    """
    from bot.chat import converse, typed
    from bot.home_desk import HomeDesk
    from bot.terminal import is_typed, reply_json, reply_text, terminal_width
    from retrieval.types import Reply

    def show(reply: Reply, took_ms: float) -> None:
        if as_json:
            _print_json(reply_json(reply, took_ms))
            return
        asked = "" if is_typed() else f"> {reply.question}\n\n"
        click.echo(f"{asked}{reply_text(reply, terminal_width())}\n")

    desk = HomeDesk(_config(context))
    desk.info()  # opens encoder and snapshot, which is not part of answering
    converse(desk, typed(), show=show, tell=lambda said: click.echo(said, err=as_json))


@cli.command()
@click.argument("receipt", nargs=-1, required=True)
@_JSON
@click.pass_context
def verify(context: click.Context, receipt: tuple[str, ...], as_json: bool) -> int:
    """Check the receipt of a quotation.

    Says which article and version it quotes, and whether the article has changed since.
    """
    from bot.home_desk import HomeDesk
    from bot.terminal import receipt_json, receipt_text, terminal_width

    desk = HomeDesk(_config(context))
    typed = " ".join(receipt)
    excerpt = desk.resolve(typed)
    if excerpt is None:
        if as_json:
            _print_json({"receipt": typed, "verified": False})
        else:
            click.echo(f"{typed[:60]}: no quotation of this library has this receipt", err=True)
        return 1
    with desk.library() as library:
        latest = library.latest(excerpt.article.id)
    if as_json:
        _print_json(receipt_json(excerpt, latest))
    else:
        click.echo(receipt_text(excerpt, latest, terminal_width()))
    return 0


@cli.command()
@_JSON
@click.pass_context
def status(context: click.Context, as_json: bool) -> None:
    """Show what the library and the snapshot hold."""
    from bot.doctor import status_of, status_text

    found = status_of(_config(context))
    _print_json(asdict(found)) if as_json else click.echo(status_text(found))


@cli.command()
@_JSON
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> int:
    """Look for what is wrong, and say what mends it."""
    from bot.doctor import examine, finding_text

    healthy = True
    for finding in examine(_config(context)):
        healthy &= finding.state != "failed"
        _print_json(asdict(finding)) if as_json else click.echo(finding_text(finding))
    return 0 if healthy else 1


@cli.command()
@_JSON
@click.pass_context
def config(context: click.Context, as_json: bool) -> None:
    """Show every setting and where its value came from.

    Flags win over FOOTNOTE_ variables of the environment, and those over footnote.toml in the home.
    Secrets are not shown.
    """
    from bot.config import shown_settings
    from bot.terminal import setting_text

    rows = shown_settings(_config(context))
    if as_json:
        _print_json(rows)
    else:
        click.echo("\n".join(map(setting_text, rows)))


@cli.command("eval")
@click.argument("folder", required=False, metavar="DIR", type=click.Path(path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), help="Ask only so many of the questions.")
@click.option("--seed", default=0, show_default=True, help="Which ones, with --limit or --outside.")
@click.option(
    "--outside", type=click.Path(path_type=Path), metavar="DIR", help="Ask as many of this set too."
)
@click.option("--predictions", type=FILE_TO_WRITE, help="Write every reply to this file.")
@click.option("--plot", type=FILE_TO_WRITE, help="Draw what confidence is worth, as PNG.")
@click.option("--compare", nargs=2, type=click.Path(path_type=Path), help="Compare two results instead.")
@_JSON
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
        _print_json(compared.to_json()) if options["as_json"] else click.echo(compared.table())
        return 0
    if folder is None:
        raise click.UsageError("name a folder with corpus.jsonl and queries.jsonl")
    if options["plot"]:
        reliability_plot.check_installed()
    selection = Selection(folder, options["limit"], options["seed"], options["outside"])
    evaluation.check_written(selection, filter(None, (options["predictions"], options["plot"])))
    chosen = _config(context)
    measured = evaluation.evaluate(selection, chosen)
    if options["predictions"]:
        evaluation.write_predictions(measured, options["predictions"])
    if options["plot"]:
        reliability_plot.draw(measured, options["plot"], threshold=chosen.settings.answer_threshold)
    _print_json(measured.to_json()) if options["as_json"] else click.echo(measured.table())
    return 1 if measured.rejected else 0


def _refuse_beside_compare(context: click.Context) -> None:
    """Two results were measured already: nothing that says what or how to measure can be meant."""
    measuring = ("folder", "limit", "seed", "outside", "predictions", "plot")
    if any(context.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in measuring):
        raise click.UsageError("--compare takes two results, and beside them only --json")


@cli.command()
@click.option("--api-url", help="Another Bot API server.  [FOOTNOTE_TELEGRAM_API_URL]")
@click.pass_context
def serve(context: click.Context, api_url: str | None) -> None:
    """Run the Telegram bot until Ctrl-C."""
    from bot.serve import run_bot

    logs.set_up(verbose=is_verbose(context), serving=True)
    run_bot(_config(context, telegram_api_url=api_url))


@cli.command()
@click.option("--once", is_flag=True, help="Print one conversation and exit.")
@click.option("--port", default=0, help="Port of the chat page; a free one when 0.")
@click.pass_context
def demo(context: click.Context, once: bool, port: int) -> None:
    """Try it here: sample articles and a chat page.

    Needs no Telegram: the chat page talks to the real bot on this machine.
    """
    from bot.demo import run_demo

    run_demo(home_of(context), once=once, port=port)


if __name__ == "__main__":
    main()

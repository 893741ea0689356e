"""The command line: reads flags and settings, puts the parts together, prints, and sets the exit code.

Exit code 0: done, whatever the verdict. 1: some of the items asked for failed, each is named.
2: a usage or setup error, with the command that mends it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
from collections import Counter
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import click

from bot.config import Config, ConfigError, load_config
from corpus.errors import FootnoteError

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def main() -> None:
    """Run `footnote` and turn problems into one line and an exit code."""
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except FootnoteError as error:
        click.echo(f"footnote: {error.message}\n  to mend it: {error.remedy}", err=True)
    except click.ClickException as error:
        error.show()
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(2)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("footnote"), prog_name="footnote")
@click.option("--home", type=click.Path(path_type=Path), help="Where everything is kept.  [FOOTNOTE_HOME]")
@click.option("-v", "--verbose", is_flag=True, help="Log what happens.")
@click.pass_context
def cli(context: click.Context, home: Path | None, verbose: bool) -> None:
    """Answers from your own articles, word for word, or an honest "not in these articles"."""
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format="%(asctime)s %(levelname)s %(message)s"
    )
    for talkative in ("httpx", "httpcore", "apscheduler", "huggingface_hub"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    context.obj = home


def _config(context: click.Context, **flags: object) -> Config:
    return load_config(home=context.obj, environ=os.environ, flags=flags)


def _print_json(content: object) -> None:
    click.echo(json.dumps(content, ensure_ascii=False))


@cli.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@_JSON
@click.pass_context
def add(context: click.Context, sources: tuple[str, ...], as_json: bool) -> int:
    """Add articles: text and Markdown files, folders of them, and .jsonl files."""
    from corpus.ingest import add as add_articles
    from corpus.library import Library
    from corpus.lock import writing

    config = _config(context)
    counts: Counter[str] = Counter()
    with writing(config.home), Library.open(config.home / "library.db") as library:
        for added in add_articles(library, sources):
            counts[added.status] += 1
            if as_json:
                fields = ("source", "status", "article_id", "reason")
                _print_json({name: getattr(added, name) for name in fields})
            elif added.reason:
                click.echo(f"{added.source}: {added.reason}", err=True)
    if not as_json:
        click.echo(
            ", ".join(f"{n:,} {status}" for status, n in sorted(counts.items())) or "no articles found"
        )
        if counts["added"] + counts["updated"]:
            click.echo("Next: footnote reindex")
    return 1 if counts["failed"] else 0


@cli.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@_JSON
@click.pass_context
def remove(context: click.Context, articles: tuple[str, ...], as_json: bool) -> int:
    """Remove articles, named by id, path or URL. Their versions are kept; receipts still resolve."""
    from corpus.library import Library
    from corpus.lock import writing

    config = _config(context)
    failed = False
    with writing(config.home), Library.open(config.home / "library.db") as library:
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
    from bot.terminal import article_json
    from corpus.library import Library
    from retrieval.types import Article

    with Library.open(_config(context).home / "library.db") as library:
        for found in library.current():
            if as_json:
                article = Article(found.article_id, found.metadata)
                _print_json({**article_json(article), "version": found.hash, "language": found.language})
            else:
                about = found.metadata
                known = (
                    found.article_id,
                    about.published and about.published[:10],
                    about.source,
                    about.title,
                )
                click.echo("  ".join(part for part in known if part))


@cli.command()
@click.option("--full", is_flag=True, help="Embed every text again instead of reusing known vectors.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@_JSON
@click.pass_context
def reindex(context: click.Context, full: bool, dry_run: bool, as_json: bool) -> None:
    """Build a snapshot of the library and switch to it; questions are answered meanwhile."""
    from bot import words
    from bot.home_desk import HomeDesk
    from bot.terminal import progress_shown

    desk = HomeDesk(_config(context))
    if dry_run:
        changes = desk.pending()
        _print_json(asdict(changes)) if as_json else click.echo(words.pending(changes))
        return
    with progress_shown() as on_progress:
        report = desk.reindex(on_progress, reuse=not full)
    _print_json(asdict(report)) if as_json else click.echo(words.reindexed(report))


@cli.command()
@click.pass_context
def rollback(context: click.Context) -> None:
    """Go back to the snapshot before the current one."""
    from bot.home_desk import HomeDesk

    click.echo(f"Answering from snapshot {HomeDesk(_config(context)).rollback()}")


@cli.command()
@click.argument("question")
@_JSON
@click.pass_context
def ask(context: click.Context, question: str, as_json: bool) -> None:
    """Ask one question."""
    from bot.home_desk import HomeDesk
    from bot.question import objection, tidy
    from bot.terminal import reply_json, reply_text

    question = tidy(question)
    if problem := objection(question):
        raise ConfigError(problem, 'footnote ask "Who won the election?"')
    desk = HomeDesk(_config(context))
    desk.info()  # opens encoder and snapshot, which is not part of answering
    started = time.perf_counter()
    reply = desk.answer(question)
    took_ms = 1000 * (time.perf_counter() - started)
    if as_json:
        _print_json(reply_json(reply, took_ms))
    else:
        click.echo(reply_text(reply, styled=sys.stdout.isatty()))


@cli.command()
@click.argument("receipt")
@_JSON
@click.pass_context
def verify(context: click.Context, receipt: str, as_json: bool) -> int:
    """Check a receipt: which article and version it quotes, and whether that has changed since."""
    from bot.home_desk import HomeDesk
    from bot.terminal import receipt_json, receipt_text

    desk = HomeDesk(_config(context))
    excerpt = desk.resolve(receipt)
    if excerpt is None:
        if as_json:
            _print_json({"receipt": receipt, "verified": False})
        else:
            click.echo(f"{receipt}: no quotation of this library has this receipt", err=True)
        return 1
    latest = desk.library.latest(excerpt.article.id)
    if as_json:
        _print_json(receipt_json(excerpt, latest))
    else:
        click.echo(receipt_text(excerpt, latest))
    return 0


@cli.command()
@_JSON
@click.pass_context
def status(context: click.Context, as_json: bool) -> None:
    """What the library and the current snapshot hold."""
    from bot.doctor import status_of

    facts = status_of(_config(context))
    if as_json:
        _print_json(facts)
    else:
        click.echo("\n".join(f"{name}: {value}" for name, value in facts.items()))


@cli.command()
@_JSON
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> int:
    """Check settings, library, encoder and snapshot, and say how to mend what is wrong."""
    from bot.doctor import examine

    healthy = True
    for finding in examine(_config(context)):
        healthy &= finding.remedy is None
        if as_json:
            _print_json({"part": finding.part, "finding": finding.text, "remedy": finding.remedy})
        else:
            mend = f"\n  to mend it: {finding.remedy}" if finding.remedy else ""
            click.echo(f"{'ok  ' if finding.remedy is None else 'FAIL'} {finding.part}: {finding.text}{mend}")
    return 0 if healthy else 1


@cli.command()
@_JSON
@click.pass_context
def config(context: click.Context, as_json: bool) -> None:
    """Every setting with its value and where the value came from; secrets are masked."""
    from bot.config import shown_settings

    rows = shown_settings(_config(context))
    if as_json:
        _print_json(rows)
    else:
        for row in rows:
            click.echo(f"{row['name']} = {row['value']}  ({row['origin']})")


@cli.command()
@click.option("--api-url", help="Another Bot API server.  [FOOTNOTE_TELEGRAM_API_URL]")
@click.pass_context
def serve(context: click.Context, api_url: str | None) -> None:
    """Run the Telegram bot until Ctrl-C."""
    from bot.serve import run_bot

    asyncio.run(run_bot(_config(context, telegram_api_url=api_url)))


@cli.command()
@click.option("--once", is_flag=True, help="Print one conversation and exit.")
@click.option("--port", default=0, help="Port of the chat page; a free one when 0.")
@click.pass_context
def demo(context: click.Context, once: bool, port: int) -> None:
    """Try it: a sample library and a chat page on this machine, without Telegram."""
    from bot.demo import run_demo

    asyncio.run(run_demo(context.obj, once=once, port=port))


if __name__ == "__main__":
    main()

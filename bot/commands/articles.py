"""Commands that change which articles there are, and list them."""

from __future__ import annotations

import click

from bot.common_options import JSON, config_of, print_json

_NONE_YET = "No articles yet. Next: footnote add FOLDER"


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@JSON
@click.pass_context
def add(context: click.Context, sources: tuple[str, ...], as_json: bool) -> int:
    """Add articles from files, folders and the web.

    Text, Markdown, HTML, PDF, Word, EPUB, .jsonl and a Telegram channel's export are read, in folders
    too; pages, feeds and sitemaps by their address. What was added before and has not changed is left
    as it is; what changed is a new version.
    """
    from bot.progress import progress_shown
    from bot.tally import Tally, left_out_text
    from bot.way import opened_way
    from corpus.ingest import add as add_articles
    from corpus.library import Library
    from corpus.lock import writing

    config = config_of(context)
    with writing(config.home), Library.open(config.home / "library.db") as library:
        with progress_shown() as on_progress, opened_way(config) as way:
            tally = Tally.adding(sources, on_progress, as_json=as_json)
            for added in add_articles(library, sources, way):
                tally.take(added)
        tally.conclude()
        for each in library.left_out():
            click.echo(left_out_text(each), err=True)
    return 1 if tally.has_failed else 0


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@JSON
@click.pass_context
def remove(context: click.Context, articles: tuple[str, ...], as_json: bool) -> int:
    """Remove articles, named by id, path or URL.

    Their versions are kept, so that receipts still resolve. They are found until the next reindex.
    """
    from bot.question import tidy
    from corpus.library import Library
    from corpus.lock import writing

    home = config_of(context).home
    Library.open_to_read(home / "library.db").close()  # where there is none, none is made
    failed = changed = False
    with writing(home), Library.open(home / "library.db") as library:
        for name in articles:
            article_id = library.find(name)
            removed = article_id is not None and library.remove(article_id)
            failed |= not removed
            changed |= removed
            status = "removed" if removed else "failed"
            reason = None if removed else "no such article; footnote articles lists them"
            if as_json:
                print_json({"source": name, "status": status, "article_id": article_id, "reason": reason})
            else:
                click.echo(tidy(f"{name}: {reason or status}"), err=not removed)
    if changed and not as_json:
        click.echo("Next: footnote reindex")
    return 1 if failed else 0


@click.command()
@JSON
@click.pass_context
def articles(context: click.Context, as_json: bool) -> None:
    """List the articles in the library."""
    from bot.terminal import article_json, article_text
    from bot.words import ENGLISH
    from corpus.library import Library
    from retrieval.types import Article

    path = config_of(context).home / "library.db"
    if not path.exists():
        click.echo(_NONE_YET, err=True)
        return
    with Library.open_to_read(path) as library:
        gone = library.gone()
        if library.count() == 0:
            click.echo(_NONE_YET, err=True)
        for found in library.current():
            gone_utc = gone.get(found.article_id)
            if as_json:
                article = Article(found.article_id, found.metadata)
                known = {"version": found.hash, "language": found.language, "gone": gone_utc}
                print_json({**article_json(article), **known, "removed": found.removed})
            else:
                note = "  " + ENGLISH("gone") if gone_utc else ""
                click.echo(f"{article_text(found)}{note}")


COMMANDS = (add, remove, articles)

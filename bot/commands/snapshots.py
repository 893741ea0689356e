"""Commands that build snapshots and choose between them."""

from __future__ import annotations

from dataclasses import asdict

import click

from bot.common_options import JSON, config_of, print_json


@click.command()
@click.option("--full", is_flag=True, help="Build even if nothing changed, and embed every text again.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--force", is_flag=True, help="Build though a large share of the articles would be lost.")
@click.option("--switch-anyway", is_flag=True, help="Do not ask the smoke questions before switching.")
@JSON
@click.pass_context
def reindex(context: click.Context, /, dry_run: bool, as_json: bool, **how: bool) -> None:
    """Build a snapshot of the library and switch to it.

    Questions are answered from the old one meanwhile. Where nothing changed none is built. One that
    would lose a large share of the articles (the setting max_loss) is built with --force only, and one
    that does not answer the smoke questions (the setting smoke_questions) is not switched to.
    """
    from bot.home_desk import HomeDesk
    from bot.progress import progress_shown
    from bot.terminal import preview_json
    from bot.words import ENGLISH
    from retrieval.build_types import Changes

    desk = HomeDesk(config_of(context))
    if dry_run:
        preview = desk.preview()
        if as_json:
            print_json(preview_json(preview))
        elif preview.changes == Changes(0, 0, 0) and desk.snapshots.ids() and desk.is_up_to_date():
            click.echo(ENGLISH("nothing-changed"))
        else:
            click.echo(ENGLISH.previewed(preview))
        return
    with progress_shown() as on_progress:
        report = desk.reindex(on_progress, full=how["full"], force=how["force"], unasked=how["switch_anyway"])
    print_json(asdict(report)) if as_json else click.echo(ENGLISH.reindexed(report))


@click.command()
@JSON
@click.pass_context
def rollback(context: click.Context, as_json: bool) -> None:
    """Go back to the snapshot before the current one."""
    from bot.home_desk import HomeDesk

    snapshot = HomeDesk(config_of(context)).rollback()
    print_json({"snapshot": snapshot}) if as_json else click.echo(f"Answering from snapshot {snapshot}")


COMMANDS = (reindex, rollback)

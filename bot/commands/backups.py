"""Commands that keep a home safe: into a file, and back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from bot.common_options import FILE_TO_WRITE, JSON, config_of, folder_of, print_json

# Who is obeyed, who is given the token, whom it may be talked into asking: what somebody else's backup could
# bring along unnoticed.
_TOLD = ("admins", "telegram_api_url", "webhook_url", "fetch_allowed_hosts")


@click.command()
@click.argument("file", type=FILE_TO_WRITE)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--no-snapshot", is_flag=True, help="Leave the index out; a restored home is reindexed first.")
@JSON
@click.pass_context
def backup(context: click.Context, file: Path, force: bool, no_snapshot: bool, as_json: bool) -> int:
    """Write everything that is kept into one file.

    The bot may serve and articles may be added meanwhile: what was stored when it began is in it. It
    holds library, activity and its key, footnote.toml and the current snapshot; never the token. What
    readers told the bot is in it, so keep it as safe as the home.
    """
    from bot.backup import back_up
    from bot.progress import progress_shown
    from bot.words import ENGLISH

    with progress_shown() as on_progress:
        made = back_up(
            config_of(context), file.absolute(), on_progress, force=force, with_snapshot=not no_snapshot
        )
    if as_json:
        print_json(asdict(made))
    else:
        held = f"snapshot {made.snapshot}" if made.snapshot else "no snapshot"
        click.echo(f"{made.file}: {ENGLISH.articles(made.articles)}, {held}, {made.n_bytes / 1e6:,.1f} MB")
        if made.problem:
            click.echo(f"Without its index: {made.problem}. Next: footnote reindex", err=True)
    return 1 if made.problem else 0


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace the library that is there.")
@JSON
@click.pass_context
def restore(context: click.Context, file: Path, force: bool, as_json: bool) -> None:
    """Make the home what it was when a backup was taken.

    Every byte of the file is checked before anything is touched. What stood there is kept in the folder
    before-restore of the home until the next restore. A bot that serves answers from what was restored
    at once; restart it where footnote.toml changed. A backup brings its settings along: restore only
    what you have made yourself.
    """
    from bot.progress import progress_shown
    from bot.restore import restore as restore_home
    from bot.shown_settings import shown_settings
    from bot.terminal import setting_text
    from bot.words import ENGLISH

    with progress_shown() as on_progress:
        restored = restore_home(folder_of(context), file.absolute(), on_progress, force=force)
    if as_json:
        print_json(asdict(restored))
        return
    click.echo(f"{restored.home}: {ENGLISH.articles(restored.articles)} as of {restored.made_utc}")
    if restored.before:
        click.echo(f"What was there is in {restored.before} until the next restore")
    for row in shown_settings(config_of(context)):
        if row["name"] in _TOLD and row["origin"] == "footnote.toml":
            click.echo(f"Now set: {setting_text(row)}")
    if restored.snapshot is None:
        click.echo("Next: footnote reindex")


COMMANDS = (backup, restore)

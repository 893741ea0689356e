"""Commands that show what a home holds and how it is set up."""

from __future__ import annotations

from dataclasses import asdict

import click

from bot.common_options import JSON, config_of, print_json


@click.command()
@JSON
@click.pass_context
def status(context: click.Context, as_json: bool) -> None:
    """Show what the library and the snapshot hold."""
    from bot.doctor import status_of, status_text

    found = status_of(config_of(context))
    print_json(asdict(found)) if as_json else click.echo(status_text(found))


@click.command()
@click.option("--ready", is_flag=True, help="Whether it can answer questions now, not only whether it runs.")
@click.pass_context
def health(context: click.Context, ready: bool) -> int:
    """Ask the bot that serves here whether it is alive.

    It tells where the setting metrics_listen says.
    """
    from bot.health import health_of

    is_well, told = health_of(config_of(context), ready=ready)
    click.echo(told, err=not is_well)
    return 0 if is_well else 1


@click.command()
@JSON
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> int:
    """Look for what is wrong, and say what mends it."""
    from bot.doctor import examine, finding_text

    healthy = True
    for finding in examine(config_of(context)):
        healthy &= finding.state != "failed"
        print_json(asdict(finding)) if as_json else click.echo(finding_text(finding))
    return 0 if healthy else 1


@click.command()
@JSON
@click.pass_context
def config(context: click.Context, as_json: bool) -> None:
    """Show every setting and where its value came from.

    Flags win over FOOTNOTE_ variables of the environment, and those over footnote.toml in the home.
    Secrets are not shown.
    """
    from bot.shown_settings import shown_settings
    from bot.terminal import setting_text

    rows = shown_settings(config_of(context))
    if as_json:
        print_json(rows)
    else:
        click.echo("\n".join(map(setting_text, rows)))


@click.command()
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="So many, at most.")
@JSON
@click.pass_context
def audit(context: click.Context, limit: int, as_json: bool) -> None:
    """Show what was changed from Telegram, and by whom.

    The newest comes last. Each line has when, the user id, what was done, to what, and how it ended.
    """
    from bot.activity import Activity, act_text

    found = Activity(config_of(context).home).last(limit)
    if not found and not as_json:
        click.echo("Nothing was changed from Telegram yet.", err=True)
    for act in reversed(found):
        print_json(asdict(act)) if as_json else click.echo(act_text(act))


COMMANDS = (status, health, doctor, config, audit)

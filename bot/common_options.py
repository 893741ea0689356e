"""What every command of the command line takes, before its name and after it, and how it prints JSON."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import logs

if TYPE_CHECKING:
    from bot.config import Config

_VERBOSE = "bot.common_options.verbose"


class _FileToWrite(click.Path):
    """A file in a folder that exists: to find out after an hour of work would lose it."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """The path as it was given."""
        if not Path(value).absolute().parent.is_dir():
            self.fail(f"{Path(value).parent} is not a folder", param, ctx)
        return super().convert(value, param, ctx)


FILE_TO_WRITE = _FileToWrite(dir_okay=False, writable=True, path_type=Path)


JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class Commands(click.Group):
    """Commands that take the common options before their name and after it."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Register a command."""
        cmd.params += common_options()
        super().add_command(cmd, name)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; that whoever reads its output wants no more of it is no failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0


def common_options() -> list[click.Parameter]:
    """Where the home is, and how much is logged; fresh objects, as each command wants its own."""
    home = click.Option(
        ["--home"],
        type=click.Path(path_type=Path),
        expose_value=False,
        callback=_remember_home,
        help="Where everything is kept.  [FOOTNOTE_HOME]",
    )
    verbose = click.Option(
        ["-v", "--verbose"], is_flag=True, expose_value=False, callback=_be_verbose, help="Log what happens."
    )
    return [home, verbose]


def home_of(context: click.Context) -> Path | None:
    """The home that was named, None where none was."""
    home: Path | None = context.find_root().obj
    return home


def folder_of(context: click.Context) -> Path:
    """The folder of the home that was named; a restore of it that was cut short is finished first.

    Raises:
        ConfigError: It is no folder.
        Busy: Somebody is finishing it.
    """
    from bot.config import chosen_home
    from corpus.lock import RESTORED

    home, _ = chosen_home(home_of(context), os.environ)
    if (home / RESTORED).exists():
        from bot.swap import finish_swap  # which every question would wait for

        if finish_swap(home):
            click.echo(f"footnote: finished a restore of {home} that had been cut short", err=True)
    return home


def config_of(context: click.Context, **flags: object) -> Config:
    """The settings of the home that was named.

    Raises:
        ConfigError: One of them is unknown or makes no sense.
    """
    from bot.config import load_config

    folder_of(context)
    return load_config(home=home_of(context), environ=os.environ, flags=flags)


def print_json(content: object) -> None:
    """Print one line of JSON, in letters that the output can take."""
    readable = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    click.echo(json.dumps(content, ensure_ascii=not readable))


def is_verbose(context: click.Context) -> bool:
    """Whether everything is to be logged."""
    return _VERBOSE in context.find_root().meta


def _remember_home(context: click.Context, _: click.Parameter, home: Path | None) -> None:
    if home is not None:
        context.find_root().obj = home


def _be_verbose(context: click.Context, _: click.Parameter, verbose: bool) -> None:
    if verbose:
        context.find_root().meta[_VERBOSE] = True
        logs.set_up(verbose=True)

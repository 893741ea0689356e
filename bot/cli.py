"""The command line: reads flags and settings, puts the parts together, prints, and sets the exit code.

Exit code 0: done, whatever the verdict. 1: some of what was asked for failed, each is named.
2: a usage or setup error, with the command that mends it. 130: stopped by Ctrl-C.

What takes time to import is imported by the command that needs it.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from bot import logs
from bot.commands import articles, asking, backups, looking, running, snapshots, watching
from bot.common_options import Commands, common_options
from corpus.errors import FootnoteError


def main() -> NoReturn:
    """Run `footnote`."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run `footnote` with these arguments; problems become a line or two on stderr.

    Returns:
        The exit code.
    """
    # Settings hold the token, and pydantic shows what it reads to any package that says it is a plugin. To
    # look for such takes 20 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a letter the terminal cannot show is no reason to stop
    logs.set_up()
    try:
        return cli.main(args=list(arguments), prog_name="footnote", standalone_mode=False) or 0
    except FootnoteError as error:
        _complain(error.message, error.remedy)
    except click.ClickException as error:
        error.show()
    except (click.Abort, KeyboardInterrupt):
        click.echo("footnote: stopped", err=True)
        return 130
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        _complain(f"{error.strerror or error}{where}", "footnote doctor")
    return 2


def _complain(problem: str, remedy: str) -> None:
    """Print a problem as one line, whatever the names in it are made of, and its remedy as another."""
    from bot.question import tidy

    click.echo(f"footnote: {tidy(problem)}\n  to mend it: {tidy(remedy)}", err=True)


@click.group(
    cls=Commands,
    params=common_options(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="footnote", prog_name="footnote")
def cli() -> None:
    """Answers from your own articles, word for word, or an honest "not in these articles"."""


for _module in (articles, watching, snapshots, asking, looking, backups, running):
    for _command in _module.COMMANDS:
        cli.add_command(_command)


if __name__ == "__main__":
    main()

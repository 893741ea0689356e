"""Commands that watch sources and read them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from bot.common_options import JSON, config_of, print_json
from bot.interval import interval_s

if TYPE_CHECKING:
    from corpus.watches import Watch


class _Interval(click.ParamType[int]):
    """A length of time as people write it, in seconds."""

    name = "interval"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Seconds of ``30m``, ``6h`` or ``1d``."""
        if isinstance(value, int):
            return value
        seconds = interval_s(str(value))
        if seconds is None:
            self.fail(f"{value!r} is no interval: write 30m, 6h or 1d", param, ctx)
        return seconds


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--every", type=_Interval(), default="6h", show_default=True, help="How often: 30m, 6h, 1d.")
@click.option(
    "--policy",
    type=click.Choice(["mark", "keep", "remove"]),
    default="mark",
    show_default=True,
    help="For an article that is gone at its source: say so, keep it, or remove it.",
)
@JSON
@click.pass_context
def watch(
    context: click.Context,
    sources: tuple[str, ...],
    every: int,
    policy: Literal["mark", "keep", "remove"],
    as_json: bool,
) -> int:
    """Watch folders, feeds, sitemaps and pages.

    They are read by footnote refresh. Without a SOURCE everything that is watched is listed. To watch
    again changes how often, and the policy.
    """
    from bot.question import tidy
    from bot.watch_list import watch_json, watch_text
    from corpus.errors import UnreadableSource
    from corpus.library import Library
    from corpus.lock import writing
    from corpus.watch import find_watch
    from corpus.watch import watch as begin_watching

    home = config_of(context).home
    if not sources:
        return _list_watches(context, as_json)
    failed = False
    with writing(home), Library.open(home / "library.db") as library:
        for source in sources:
            try:
                name = begin_watching(library, source, every_s=every, policy=policy)
            except UnreadableSource as problem:
                failed = True
                click.echo(tidy(str(problem)), err=True)
            else:
                found = find_watch(library, name)
                if found is not None:
                    print_json(watch_json(found)) if as_json else click.echo(watch_text(found))
    if not as_json and not failed:
        click.echo("Next: footnote refresh")
    return 1 if failed else 0


def _list_watches(context: click.Context, as_json: bool) -> int:
    from bot.watch_list import watch_json, watch_text
    from corpus.library import Library

    path = config_of(context).home / "library.db"
    found: tuple[Watch, ...] = ()
    if path.exists():
        with Library.open_to_read(path) as library:
            found = library.watches()
    if not found and not as_json:
        click.echo("Nothing is watched. Next: footnote watch SOURCE", err=True)
    for each in found:
        print_json(watch_json(each)) if as_json else click.echo(watch_text(each))
    return 0


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@JSON
@click.pass_context
def unwatch(context: click.Context, sources: tuple[str, ...], as_json: bool) -> int:
    """Stop watching sources. Their articles stay."""
    from bot.question import tidy
    from corpus.library import Library
    from corpus.lock import writing
    from corpus.watch import find_watch

    home = config_of(context).home
    Library.open_to_read(home / "library.db").close()  # where there is none, none is made
    failed = False
    with writing(home), Library.open(home / "library.db") as library:
        for source in sources:
            found = find_watch(library, source)
            if found is not None:
                with library.watching() as table:
                    table.drop(found.source)
            failed |= found is None
            status = "failed" if found is None else "unwatched"
            reason = "is not watched; footnote watch lists what is" if found is None else None
            if as_json:
                print_json({"source": source, "status": status, "reason": reason})
            else:
                click.echo(tidy(f"{source}: {reason or status}"), err=found is None)
    return 1 if failed else 0


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--force", is_flag=True, help="Let go of what is gone, however much it is.")
@JSON
@click.pass_context
def refresh(context: click.Context, sources: tuple[str, ...], force: bool, as_json: bool) -> int:
    """Read what is watched again: all that is due, or what is named.

    What is gone at its source is dealt with by the policy of its watch. Nothing is lost because a
    source could not be read, and not a large share at once unless with --force.
    """
    from bot.progress import progress_shown
    from bot.refreshing import refresh_home
    from bot.tally import Tally

    with progress_shown() as on_progress:
        tally = Tally("refreshing", on_progress, as_json=as_json)
        for told in refresh_home(config_of(context), sources, force=force):
            tally.take(told)
    tally.conclude()
    return 1 if tally.has_failed else 0


COMMANDS = (watch, unwatch, refresh)

"""Read again what is watched: take in what is new, and tell what is gone from what could not be read.

A failed try is never a deletion. A file is gone when it is not there any more, a page when its server says
so; an entry that a feed shows no longer is not, because feeds show only what is newest. Where a scan finds
nothing, or would lose more than a share of the articles, nothing is lost and an alarm is raised instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from corpus.asking_again import due_again
from corpus.errors import FootnoteError, UnreadableSource
from corpus.fetched import Validators
from corpus.gather import Gathering, Piece, Vanished, Way
from corpus.ingest import Added, stored
from corpus.keys import key_path, printable
from corpus.library import Library
from corpus.losing import Losing
from corpus.sources import Source
from corpus.storing import now_utc
from corpus.watches import Policy, Watch
from corpus.web_address import canonical, is_web_address


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of one watch.

    Args:
        source: What is watched.
        status: ``failed`` where it could not be read, ``alarm`` where what was found is not believed.
        n_gone: How many articles are gone at their source since the last time.
        reason: For a failure or an alarm, what is wrong and how to mend it.
    """

    source: str
    status: Literal["refreshed", "failed", "alarm"]
    n_gone: int
    reason: str | None


def watch(library: Library, source: str, *, every_s: int, policy: Policy) -> str:
    """Watch a folder, a file or a web address from now on; it is due at once.

    Args:
        library: Where; the caller holds the right to write.
        source: A path, or the address of a page, a feed or a sitemap.
        every_s: How long to wait after a try, in seconds.
        policy: As in `Watch`.

    Returns:
        What it is called in the list of watches.

    Raises:
        UnreadableSource: It is neither a path that exists nor a web address.
    """
    known = find_watch(library, source)
    name = known.source if known else _name(source)
    if not known and not is_web_address(name) and not Path(source).exists():
        message = f"{source} is neither an existing folder or file nor a web address"
        raise UnreadableSource(message, "check the spelling", source=source)
    with library.watching() as table:
        table.put(name, every_s=every_s, policy=policy, now=now_utc())
    return name


def find_watch(library: Library, source: str) -> Watch | None:
    """The watch of a path, however it is written, or of a web address that is the same."""
    wanted = _same(_name(source))
    return next((known for known in library.watches() if _same(known.source) == wanted), None)


def refresh(
    library: Library, watched: Watch, way: Way, *, losing: Losing | None = None, is_named: bool = False
) -> Iterator[Added | Refreshed]:
    """Read a watch again, telling of each article once it is stored for good, and last of the watch.

    Args:
        library: Where to; the caller holds the right to write.
        watched: What to read.
        way: How sources are found, read and fetched.
        losing: How much may be lost.
        is_named: Whether a person named it; every page it once led to is asked for again then, else only
            some that were not for a day.
    """
    library.sign_all()
    before = list(library.watched_sources(watched.source))
    again = due_again(before, watched.source, now=datetime.now(UTC), is_named=is_named)
    gathering = Gathering(
        library, way, watched.source, watched.validators, again={source.key: source for source in again}
    )
    scan = _Scan(gathering, before)
    yield from stored(library, scan.pieces(watched.source))
    yield _concluded(library, watched, scan, losing or Losing())


@dataclass(slots=True)
class _Scan:
    """What passes on the way from a watch to the library, and what has to be known of it afterwards."""

    gathering: Gathering
    before: list[Source]
    vanished: list[Source] = field(default_factory=list)
    problem: UnreadableSource | None = None
    is_whole: bool = True

    def pieces(self, source: str) -> Iterator[Piece]:
        """All but what is gone and what is wrong with the watch itself."""
        for piece in self.gathering.pieces(source):
            if isinstance(piece, Vanished):
                self.vanished.append(piece.source)
                continue
            if isinstance(piece, UnreadableSource):
                self.is_whole = False
                if piece.source == source:
                    self.problem = piece
                    continue
            yield piece

    def gone(self) -> list[Source]:
        """The sources that are not there any more."""
        return [*self.vanished, *_lost_files(self.before, self.gathering.places)]


def _concluded(library: Library, watched: Watch, scan: _Scan, losing: Losing) -> Refreshed:
    """Decide what of the gone is lost, and remember how it went."""
    name, is_kept = watched.source, watched.policy == "keep"
    is_empty = Path(name).is_dir() and not scan.gathering.places
    if scan.problem is not None and not is_empty:
        with library.watching() as table:
            table.fail(name, str(scan.problem), now_utc())
        return Refreshed(name, "failed", 0, str(scan.problem))
    gone = scan.gone()
    lost = set() if is_kept else _lost_articles(library, gone)
    n_before = len({source.article_id for source in scan.before})
    alarm = None
    if is_empty and n_before and not is_kept and not losing.force:
        alarm = _alarm(f"{name} holds no articles any more", n_before, name)
    elif losing.is_too_much(len(lost), n_before):
        alarm = _alarm(f"{len(lost):,} of {n_before:,} articles of {name} are gone", n_before, name)
    if alarm is not None:
        with library.watching() as table:
            table.alarm(name, str(alarm), now_utc())
        return Refreshed(name, "alarm", 0, str(alarm))
    # What could not be read is asked for again only if the server is not told that we have it all.
    is_settled = scan.is_whole and not scan.vanished  # a page that is gone may come back
    validators = scan.gathering.validators if is_settled else Validators()
    with library.batch():
        for source in () if is_kept else gone:
            library.lose(source, remove=watched.policy == "remove")
        for source in scan.gathering.asked:
            library.ask(source)
        with library.watching() as table:
            table.succeed(name, validators, now_utc())
    return Refreshed(name, "refreshed", len(lost), None)


def _alarm(problem: str, n_before: int, name: str) -> FootnoteError:
    return FootnoteError(
        f"{problem}; all {n_before:,} are kept",
        f"look whether it is what it should be; if so: footnote refresh --force {name}",
    )


def _lost_files(before: list[Source], scanned: set[str]) -> list[Source]:
    """Those of the sources whose file was not found and is not there; one that may not be seen is."""
    return [
        source
        for source in before
        if source.found.place is not None
        and source.found.place not in scanned
        and (path := key_path(source.found.place)) is not None
        and _is_missing(path)
    ]


def _is_missing(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _lost_articles(library: Library, gone: list[Source]) -> set[str]:
    """The articles that no source gives any more once these are gone."""
    keys = {source.key for source in gone}
    return {
        source.article_id
        for source in gone
        if all(other.gone_utc or other.key in keys for other in library.sources(source.article_id))
    }


def _name(source: str) -> str:
    return source if is_web_address(source) else printable(Path(source).absolute())


def _same(name: str) -> str:
    """Equal for names of the same folder, file or page."""
    return canonical(name) if is_web_address(name) else printable(Path(name).resolve())

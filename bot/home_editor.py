"""A home as the editor sees it: what is sent is kept in its inbox, and each act is recorded."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.activity import Activity
from bot.config import Config
from bot.editor import Card, Fate, OnProgress, Removed, SentPreview, Taken
from bot.home_desk import HomeDesk
from bot.inbox import Inbox, Sent, SentFile, SentPage, SentPost
from bot.progress import StoppedError
from bot.sent_preview import look_at
from bot.way import opened_way
from corpus.errors import FootnoteError, UnreadableSource
from corpus.fetched import Fetch, Fetched, Gone, NotModified, Validators
from corpus.gather import Gathering, Piece, Way
from corpus.ingest import Added, stored
from corpus.keys import sent_key
from corpus.library import Library
from corpus.lock import writing
from corpus.losing import Losing
from corpus.source_file import SourceFile
from corpus.sources import Sighting
from corpus.telegram_post import Post
from corpus.types import Metadata
from corpus.watch import Refreshed, find_watch, refresh, watch
from corpus.watches import Watch
from retrieval.build_types import BuildReport, Preview, Progress
from retrieval.types import Article, SnapshotInfo

_MAX_NEAR = 5


class HomeEditor:
    """See `Editor`. Thread-safe: what changes the home holds its lock.

    Args:
        desk: The home, as it answers.
        open_way: Gives the way to sources, for as long as it is needed.
        max_passage_chars: Of the longest passage.
        max_loss: Share of a watch's articles that one refresh may lose.
    """

    def __init__(
        self,
        desk: HomeDesk,
        open_way: Callable[[], AbstractContextManager[Way]],
        *,
        max_passage_chars: int,
        max_loss: float,
    ) -> None:
        self._desk = desk
        self._open_way = open_way
        self._max_passage_chars = max_passage_chars
        self._losing = Losing(max_loss)
        self._path = desk.home / "library.db"
        self._inbox = Inbox(desk.home)
        self._activity = Activity(desk.home)

    def receive_file(self, name: str, content: bytes, media_type: str | None) -> SentPreview:
        """See `Editor`."""
        name = name or "file"
        file = SourceFile(Path(), name, sent_key(name), name, media_type)
        with self._open_way() as way:
            return self._received(self._inbox.keep(SentFile(file), content), way)

    def receive_link(self, url: str) -> SentPreview:
        """See `Editor`."""
        with self._open_way() as way:
            page = _fetched(url, way.fetch)
            return self._received(self._inbox.keep(SentPage(url, page), page.source.path.read_bytes()), way)

    def receive_post(self, post: Post) -> SentPreview:
        """See `Editor`."""
        return self._received(self._inbox.keep(SentPost(post.article())), Way())

    def add(self, sent_id: str, *, by: int, apart: bool, on_progress: OnProgress) -> Taken | None:
        """See `Editor`."""
        sent = self._inbox.find(sent_id)
        if sent is None:
            return None
        with self._recorded(by, "add", sent.origin), self._changing() as library, self._open_way() as way:
            if self._inbox.find(sent_id) is None:  # somebody pressed twice
                return None
            library.sign_all()
            pieces = _pieces(_apart(sent) if apart else sent, library, way)
            taken = _taken(sent.origin, stored(library, pieces), on_progress)
            self._inbox.drop(sent_id)
        self._activity.record(by, "add", about=sent.origin, outcome=_outcome(taken))
        return taken

    def is_kept(self, sent_id: str) -> bool:
        """See `Editor`."""
        return self._inbox.find(sent_id) is not None

    def cancel(self, sent_id: str, *, by: int) -> bool:
        """See `Editor`."""
        sent = self._inbox.find(sent_id)
        dropped = self._inbox.drop(sent_id)
        if sent is not None and dropped:
            self._activity.record(by, "cancel", about=sent.origin, outcome="not added")
        return dropped

    def prune(self) -> None:
        """See `Editor`."""
        self._inbox.prune()

    def titled(self, words: str, offset: int, limit: int) -> tuple[tuple[Article, ...], int]:
        """See `Editor`."""
        if not self._path.exists():
            return (), 0
        with self._desk.library() as library:
            found, total = library.titled(words, offset=offset, limit=limit)
        return tuple(Article(each.article_id, each.metadata) for each in found), total

    def card(self, name: str) -> Card | None:
        """See `Editor`."""
        if not self._path.exists():
            return None
        with self._desk.library() as library:
            article_id = library.find(name)
            if article_id is None:
                return None
            near = library.near(article_id)[:_MAX_NEAR]
            return Card(
                article=_article(library, article_id),
                head=library.latest(article_id),
                history=tuple(library.history(article_id)),
                sources=library.sources(article_id),
                gone_utc=library.gone().get(article_id),
                near=tuple(_article(library, each.article_id) for each in near),
            )

    def remove(self, name: str, *, by: int) -> Removed | None:
        """See `Editor`."""
        if not self._path.exists():
            return None
        with self._recorded(by, "remove", name), self._changing() as library:
            article_id = library.find(name)
            head = None if article_id is None else library.latest(article_id)
            if head is None or not library.remove(head.article_id):
                return None
        self._activity.record(by, "remove", about=head.article_id, outcome="removed")
        return Removed(Article(head.article_id, head.metadata), head.seq)

    def id_of(self, seq: int) -> str | None:
        """See `Editor`."""
        if not self._path.exists():
            return None
        with self._desk.library() as library:
            version = library.version(seq)
        return None if version is None else version.article_id

    def put_back(self, seq: int, *, by: int) -> Article | None:
        """See `Editor`."""
        if not self._path.exists():
            return None
        with self._recorded(by, "put back", str(seq)), self._changing() as library:
            article_id = library.put_back(seq)
            article = None if article_id is None else _article(library, article_id)
        if article is not None:
            self._activity.record(by, "put back", about=article.id, outcome="is there again")
        return article

    def watches(self) -> tuple[Watch, ...]:
        """See `Editor`."""
        if not self._path.exists():
            return ()
        with self._desk.library() as library:
            return library.watches()

    def watch(self, url: str, every_s: int, *, by: int) -> str:
        """See `Editor`."""
        with self._recorded(by, "watch", url), self._changing() as library:
            known = find_watch(library, url)
            name = watch(library, url, every_s=every_s, policy=known.policy if known else "mark")
        self._activity.record(by, "watch", about=name, outcome=f"every {every_s} s")
        return name

    def unwatch(self, url: str, *, by: int) -> bool:
        """See `Editor`."""
        if not self._path.exists():
            return False
        with self._recorded(by, "unwatch", url), self._changing() as library:
            found = find_watch(library, url)
            if found is None:
                return False
            with library.watching() as table:
                table.drop(found.source)
        self._activity.record(by, "unwatch", about=found.source, outcome="its articles stay")
        return True

    def refresh(self, sources: tuple[str, ...], *, by: int, on_progress: OnProgress) -> tuple[Taken, ...]:
        """See `Editor`."""
        with self._recorded(by, "refresh", ", ".join(sources)), self._changing() as library:
            found = [known for each in sources if (known := find_watch(library, each))]
            with self._open_way() as way:
                read = (refresh(library, each, way, losing=self._losing, is_named=True) for each in found)
                told = [
                    _taken(each.source, tells, on_progress) for each, tells in zip(found, read, strict=True)
                ]
        for taken in told:
            self._activity.record(by, "refresh", about=taken.source, outcome=_outcome(taken))
        return tuple(told)

    def preview(self) -> tuple[Preview, bool]:
        """See `Editor`."""
        return self._desk.preview(), self._desk.is_up_to_date()

    def reindex(self, *, by: int, force: bool, on_progress: OnProgress) -> BuildReport:
        """See `Editor`."""
        with self._recorded(by, "reindex"):
            report = self._desk.reindex(on_progress, force=force)
        changes = report.changes
        outcome = f"{changes.added} new, {changes.updated} changed, {changes.removed} removed"
        self._activity.record(by, "reindex", about=report.snapshot.id, outcome=outcome)
        return report

    def switch_to_held(self, snapshot_id: str, *, by: int) -> SnapshotInfo:
        """See `Editor`."""
        with self._recorded(by, "switch", snapshot_id):
            self._desk.switch_to_held(snapshot_id)
        self._activity.record(by, "switch", about=snapshot_id, outcome="though smoke questions failed")
        return self._desk.snapshots.manifest(snapshot_id).info

    def drop_held(self, snapshot_id: str, *, by: int) -> None:
        """See `Editor`."""
        with self._recorded(by, "leave", snapshot_id), writing(self._desk.home):
            self._desk.snapshots.drop(snapshot_id)
        self._activity.record(by, "leave", about=snapshot_id, outcome="dropped, as smoke questions failed")

    def rollback(self, snapshot_id: str, *, by: int) -> SnapshotInfo:
        """See `Editor`."""
        with self._recorded(by, "rollback", snapshot_id):
            older = self._desk.rollback(snapshot_id)
        self._activity.record(by, "rollback", about=snapshot_id, outcome=f"back to {older}")
        return self._desk.snapshots.manifest(older).info

    def answering(self) -> SnapshotInfo:
        """See `Editor`."""
        return self._desk.info()

    def _received(self, sent_id: str, way: Way) -> SentPreview:
        sent = self._inbox.find(sent_id)
        assert sent is not None
        try:
            with Library.open(self._path) as library:
                look = look_at(sent, library, way)
                return look.preview(sent_id, library, self._max_passage_chars)
        except BaseException:
            self._inbox.drop(sent_id)
            raise

    @contextmanager
    def _changing(self) -> Iterator[Library]:
        with writing(self._desk.home), Library.open(self._path) as library:
            yield library

    @contextmanager
    def _recorded(self, by: int, what: str, about: str = "") -> Iterator[None]:
        """Records an act that fails or breaks off."""
        try:
            yield
        except BaseException as error:
            self._activity.record(by, what, about=about, outcome=_broken_off(error))
            raise


def editor_of(desk: HomeDesk, config: Config) -> HomeEditor:
    """The editor of a home as its settings have it; what was sent more than a day ago is forgotten."""
    settings = config.settings
    editor = HomeEditor(
        desk,
        partial(opened_way, config),
        max_passage_chars=settings.max_passage_chars,
        max_loss=settings.max_loss,
    )
    editor.prune()
    return editor


def _fetched(url: str, fetch: Fetch | None) -> Fetched:
    if fetch is None:
        message = f"{url} is a web address, and this bot reads files only"
        raise UnreadableSource(message, "save the page in a browser and send the file", source=url)
    match fetch(url, Validators()):
        case Fetched() as page:
            return page
        case Gone():
            raise UnreadableSource(f"{url} is not there (404 or 410)", "check the address", source=url)
        case NotModified():
            raise UnreadableSource(f"{url} gave no page", "try again later", source=url)


def _pieces(sent: Sent, library: Library, way: Way) -> Iterator[Piece]:
    match sent:
        case SentFile(file):
            yield from Gathering(library, way).in_file(file)
        case SentPost(article):
            yield Gathering(library, way).arrival(article, Sighting())
        case SentPage(url, page):
            yield from Gathering(library, replace(way, fetch=_kept_first(page, way.fetch))).pieces(url)


def _kept_first(page: Fetched, fetch: Fetch | None) -> Fetch:
    """Gives the page that was looked at, as it was then, and fetches all others."""
    kept = iter([page])

    def fetched(url: str, validators: Validators) -> Fetched | NotModified | Gone:
        return next(kept, None) or _fetched(url, fetch)

    return fetched


def _apart(sent: Sent) -> Sent:
    """The same file under a name of its own, so that it is no version of another."""
    if not isinstance(sent, SentFile):
        return sent
    digest = hashlib.sha256(sent.file.path.read_bytes()).hexdigest()[:12]
    return SentFile(replace(sent.file, key=f"{sent.file.key}#{digest}"))


def _taken(source: str, told: Iterable[Added | Refreshed], on_progress: OnProgress) -> Taken:
    counts: Counter[Fate] = Counter()
    n_gone, reason = 0, None
    for each in told:
        reason = reason or each.reason
        if isinstance(each, Refreshed):
            n_gone = each.n_gone
            # What is wrong with the source itself is worth more than what is wrong with one page of it.
            reason = each.reason or reason
            continue
        counts[each.status] += 1
        on_progress(Progress("adding", counts.total(), 0))
    return Taken(source, dict(counts), n_gone, reason)


def _outcome(taken: Taken) -> str:
    parts = [f"{count} {status}" for status, count in sorted(taken.counts.items())]
    parts += [f"{taken.n_gone} gone"] if taken.n_gone else []
    return ", ".join([*parts, *([taken.reason] if taken.reason else [])]) or "nothing new"


def _broken_off(error: BaseException) -> str:
    if isinstance(error, StoppedError):
        return "stopped"
    return f"failed: {error.message if isinstance(error, FootnoteError) else type(error).__name__}"


def _article(library: Library, article_id: str) -> Article:
    return Article(article_id, library.about(article_id) or Metadata(""))

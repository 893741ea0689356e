"""The library kept up from the chat: what was sent is added, what is watched is read again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from time import monotonic

from telegram import Message

from bot import admin_render, admin_words
from bot.admin_buttons import Decide
from bot.editor import Editor, OnProgress, SentPreview
from bot.inbox import KEPT_S, MAX_KEPT
from bot.progress import Pace, Reached
from bot.recent import Recent
from bot.render import Shown, notice
from bot.status_message import Endings, StatusMessage
from bot.words import Words
from corpus.errors import FootnoteError
from retrieval.build_types import Progress

_log = logging.getLogger(__name__)


class Upkeep:
    """Does what takes long, and says in one message how far it has come and how it ended.

    Args:
        editor: Does it.
        edit_every_s: The least time between two edits of that message.
        clock: Seconds from some moment on, by which the time left is told.
    """

    def __init__(self, editor: Editor, edit_every_s: float, clock: Callable[[], float] = monotonic) -> None:
        self._editor = editor
        self._edit_every_s = edit_every_s
        self._clock = clock
        self._adding: set[str] = set()
        # How many articles were found in what was sent; forgotten with the bot, after which none is told.
        self._found: Recent[int] = Recent(KEPT_S, MAX_KEPT, clock)

    def expect(self, preview: SentPreview) -> None:
        """Remember how much adding this will have to do, so that the time left can be told."""
        self._found.put(preview.sent_id, preview.n_articles + preview.n_links)

    def claim(self, sent_id: str) -> bool:
        """Whether this may be decided about now; nobody else may until it is released, or `add` has ended."""
        if sent_id in self._adding:
            return False
        self._adding.add(sent_id)
        return True

    def release(self, sent_id: str) -> None:
        """Let others decide about it again."""
        self._adding.discard(sent_id)

    async def add(
        self, say: Words, message: Message, wanted: Decide, *, by: int, keep_going: Callable[[], bool]
    ) -> None:
        """Add what was sent and claimed, and say so in ``message``."""
        total = self._found.get(wanted.sent_id) or 0

        def work(on_progress: OnProgress) -> Shown:
            def on_article(at: Progress) -> None:
                on_progress(Progress(at.stage, at.done, max(at.done, total) if total > 1 else 0))

            is_apart = wanted.choice == "add apart"
            outcome = self._editor.add(wanted.sent_id, by=by, apart=is_apart, on_progress=on_article)
            return admin_render.taken(say, outcome) if outcome else notice(say("sent-expired"))

        try:
            told = partial(admin_words.adding, say)
            await self._do(say, message, work, told=told, keep_going=keep_going, retry=wanted)
        finally:
            self.release(wanted.sent_id)

    async def refresh(
        self,
        say: Words,
        message: Message,
        sources: tuple[str, ...],
        *,
        by: int,
        keep_going: Callable[[], bool],
    ) -> None:
        """Read these watches again, and say so in ``message``."""

        def work(on_progress: OnProgress) -> Shown:
            return admin_render.refreshed(say, self._editor.refresh(sources, by=by, on_progress=on_progress))

        told = partial(admin_words.reading_progress, say)
        await self._do(say, message, work, told=told, keep_going=keep_going)

    async def _do(
        self,
        say: Words,
        message: Message,
        work: Callable[[OnProgress], Shown],
        *,
        told: Callable[[Reached], str],
        keep_going: Callable[[], bool],
        retry: Decide | None = None,
    ) -> None:
        def trouble(problem: FootnoteError) -> Shown:
            _log.warning("The library was not kept up: %s", problem)
            return admin_render.trouble(say, problem, retry)

        endings = Endings(partial(say, "stopped"), say("failed"), trouble)
        status = StatusMessage(message, self._edit_every_s, pace=Pace(self._clock))
        await status.see_through(work, keep_going=keep_going, told=told, endings=endings)

"""Reindexing from the chat: one message that says how far it has come, then what changed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from time import monotonic

from telegram import Chat, Message

from bot import admin_render, admin_words
from bot.editor import Editor
from bot.progress import Pace
from bot.render import Shown, notice
from bot.status_message import Endings, StatusMessage
from bot.words import Words
from corpus.errors import Busy, FootnoteError
from retrieval.build_types import Progress
from retrieval.errors import LossError, SmokeError

_log = logging.getLogger(__name__)


class Reindexer:
    """Runs one reindex at a time and reports it where it was asked for.

    Args:
        editor: Does the work.
        edit_every_s: The least time between two edits of the message that shows the progress.
        clock: Seconds from some moment on, by which the time left is told.
    """

    def __init__(self, editor: Editor, edit_every_s: float, clock: Callable[[], float] = monotonic) -> None:
        self._editor = editor
        self._edit_every_s = edit_every_s
        self._clock = clock
        self._is_given_up = False
        self.running = False

    def claim(self) -> bool:
        """Whether a reindex may run now; no other may from here on, until `run` has ended."""
        if self.running:
            return False
        self.running, self._is_given_up = True, False
        return True

    def stop(self) -> bool:
        """Give up the reindex that runs, at its next step; False where none does."""
        self._is_given_up = self.running
        return self.running

    async def run(
        self, say: Words, message: Message, *, by: int, force: bool, keep_going: Callable[[], bool]
    ) -> None:
        """Do the reindex that was claimed, and report it in ``message``.

        Args:
            say: In the admin's language.
            message: Ours, in which the admin agreed to it.
            by: Who did.
            force: Whether a large loss was agreed to.
            keep_going: Asked while the work goes on, from its thread; once it says no, the work is
                abandoned and the snapshot that answers stays.
        """
        try:
            await self._run(say, message, by=by, force=force, keep_going=keep_going)
        finally:
            self.running = False

    async def _run(
        self, say: Words, message: Message, *, by: int, force: bool, keep_going: Callable[[], bool]
    ) -> None:
        rows = admin_render.stop_button(say)
        status = StatusMessage(message, self._edit_every_s, rows=rows, pace=Pace(self._clock))
        await status.say_progress(say("reindex-starts"))

        def work(on_progress: Callable[[Progress], None]) -> Shown:
            report = self._editor.reindex(by=by, force=force, on_progress=on_progress)
            return admin_render.reindexed(say, report)

        def stopped() -> str:
            return say("reindex-given-up" if self._is_given_up else "reindex-stopped")

        await status.see_through(
            work,
            keep_going=lambda: keep_going() and not self._is_given_up,
            told=say.progress,
            endings=Endings(
                stopped,
                say("reindex-failed"),
                partial(_trouble, say, in_private=message.chat.type == Chat.PRIVATE),
            ),
        )


def _trouble(say: Words, problem: FootnoteError, *, in_private: bool) -> Shown:
    """What is wrong; not in a group where everybody would read how this machine is set up."""
    if isinstance(problem, LossError):
        return Shown(notice(say("reindex-loses")).html, admin_render.reindex_buttons(say, forced=True))
    if isinstance(problem, SmokeError):
        _log.warning("Not switched to the new snapshot: %s", problem)
        held = admin_render.held(say, problem)
        return held if in_private else Shown(notice(say("smoke-failed-here")).html, held.rows)
    if not isinstance(problem, Busy):
        _log.warning("Reindexing failed: %s", problem)
    if in_private:
        return notice(admin_words.to_mend(say, problem))
    return notice(say("already-running") if isinstance(problem, Busy) else say("reindex-failed"))

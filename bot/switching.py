"""Which snapshot answers, where an admin decides: the new one, the old one, or the one before."""

from __future__ import annotations

from bot import admin_render
from bot.admin_buttons import Leave, RollBack, SnapshotPress, SwitchTo
from bot.editor import Editor
from bot.render import Shown, notice
from bot.words import Words
from bot.workers import Workers
from retrieval.errors import NotCurrentError, SnapshotError


class Switching:
    """Does what the buttons under a finished reindex ask for.

    Args:
        editor: Does it.
        workers: Run the editor off the event loop.
    """

    def __init__(self, editor: Editor, workers: Workers) -> None:
        self._editor = editor
        self._workers = workers

    async def pressed(self, say: Words, wanted: SnapshotPress, *, by: int) -> Shown | str:
        """What the button makes of the message, or a word on why it makes nothing of it.

        Raises:
            FootnoteError: It cannot be done at present.
        """
        match wanted:
            case SwitchTo(snapshot_id):
                return await self._switched(say, snapshot_id, by=by)
            case Leave(snapshot_id):
                return await self._left(say, snapshot_id, by=by)
            case RollBack(snapshot_id):
                return await self._rolled_back(say, snapshot_id, by=by)

    async def _switched(self, say: Words, snapshot_id: str, *, by: int) -> Shown | str:
        try:
            snapshot = await self._workers.run(self._editor.switch_to_held, snapshot_id, by=by)
        except SnapshotError:
            return say("held-gone")
        return admin_render.switched(say, snapshot)

    async def _left(self, say: Words, snapshot_id: str, *, by: int) -> Shown | str:
        try:
            await self._workers.run(self._editor.drop_held, snapshot_id, by=by)
        except SnapshotError:
            return say("held-gone")
        return notice(say("held-dropped"))

    async def _rolled_back(self, say: Words, snapshot_id: str, *, by: int) -> Shown | str:
        try:
            snapshot = await self._workers.run(self._editor.rollback, snapshot_id, by=by)
        except NotCurrentError:
            current = await self._workers.run(self._editor.answering)
            return admin_render.answering(say, "not-newest", current)
        except SnapshotError:
            return say("nothing-before")
        return admin_render.rolled_back(say, snapshot)

"""The places for what is answered and what waits: so many, shared fairly, and no more."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field

from bot.group_rules import MAX_WAITING

# Of one chat: more than anybody types in a row, and Telegram lets about one a second be answered there.
MOST_IN_LINE = 10


@dataclass(slots=True)
class _Turn:
    """One that waits: its future is True once its turn has come, False where it has to go."""

    granted: asyncio.Future[bool]
    is_certain: bool


@dataclass(slots=True)
class _Line:
    """Those of one chat, the oldest first."""

    running: int = 0
    waiting: deque[_Turn] = field(default_factory=deque)

    @property
    def size(self) -> int:
        return self.running + len(self.waiting)

    @property
    def last(self) -> _Turn | None:
        """Who goes first when there is too little room."""
        leavers = (each for each in reversed(self.waiting) if not each.is_certain and not each.granted.done())
        return next(leavers, None)


class Intake:
    """Lets in what can be answered soon. For one event loop.

    In each line one is worked on after the other, so that a line has at most one at work, and what is at
    work gets threads and sends in the order of its coming: lines take turns. Where all places are taken,
    whoever comes takes that of the last in the longest line, if their own is shorter still; so whoever
    asks a lot loses places to those who ask little, and never the other way round.

    Args:
        most: How many places there are.
        most_in_line: How many of them one line may have.

    Attributes:
        running: How many are being worked on.
        waiting: How many wait behind another of their line.
        refused: How many were not let in, or had to go, since the start.
    """

    def __init__(self, most: int = MAX_WAITING, most_in_line: int = MOST_IN_LINE) -> None:
        self.running = 0
        self.waiting = 0
        self.refused = 0
        self._most = most
        self._most_in_line = most_in_line
        self._lines: dict[Hashable, _Line] = {}

    async def enter(self, name: Hashable, *, is_certain: bool = False, in_order: bool = True) -> bool:
        """Take a place in the line of that name and wait for the turn there; `leave` it afterwards.

        Args:
            name: Of the line.
            is_certain: Whether there is a place in any case.
            in_order: Whether to wait for what came before.

        Returns:
            False where there is no place: nothing is to be left then.
        """
        line = self._lines.get(name) or _Line()
        if not is_certain and not self._has_room(line):
            self.refused += 1
            return False
        self._lines[name] = line
        if in_order and line.running:
            return await self._turn(name, line, is_certain=is_certain)
        self._begin(line)
        return True

    def leave(self, name: Hashable) -> None:
        """Give the place back to who waits behind it."""
        line = self._lines[name]
        line.running -= 1
        self.running -= 1
        while line.waiting:
            self.waiting -= 1
            turn = line.waiting.popleft()
            if not turn.granted.done():  # else it was given up just now
                self._begin(line)
                turn.granted.set_result(True)
                return
        if not line.running:
            del self._lines[name]

    def _begin(self, line: _Line) -> None:
        line.running += 1
        self.running += 1

    async def _turn(self, name: Hashable, line: _Line, *, is_certain: bool) -> bool:
        turn = _Turn(asyncio.get_running_loop().create_future(), is_certain)
        line.waiting.append(turn)
        self.waiting += 1
        try:
            return await turn.granted
        except asyncio.CancelledError:
            if turn in line.waiting:
                line.waiting.remove(turn)
                self.waiting -= 1
            elif not turn.granted.cancelled() and turn.granted.result():
                self.leave(name)
            raise

    def _has_room(self, line: _Line) -> bool:
        """Whether one more may join a line, perhaps in the place of one who has to go."""
        if line.size >= self._most_in_line:
            return False
        if self.running + self.waiting < self._most:
            return True
        longest = max(self._lines.values(), key=lambda each: each.size if each.last else 0)
        goes = longest.last
        if goes is None or longest.size <= line.size + 1:
            return False
        longest.waiting.remove(goes)
        self.waiting -= 1
        self.refused += 1
        goes.granted.set_result(False)
        return True

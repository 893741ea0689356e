"""What was said a moment ago, so that a question may lean on it. Kept in memory only, and not for long."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from retrieval.followup import MAX_EARLIER
from retrieval.types import NotFound, Reply, Turn

# Long enough to read an answer and think of the next question, short enough to be a conversation.
FORGET_AFTER_S = 600.0
# About 1 kB each; beyond it the ones longest unused are forgotten earlier.
MAX_KEPT = 10_000

History = tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A conversation as it was at some moment.

    Args:
        owner: Whose it is.
        history: What was said, oldest first.
        until: When it is to be forgotten.
    """

    owner: Hashable
    history: History
    until: float


class Memory:
    """The last questions of each conversation with what was shown for them. For one thread.

    Args:
        clock: Seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()  # the one kept longest ago first

    def history(self, name: Hashable) -> History:
        """What was said, oldest first; empty where it is forgotten.

        Args:
            name: Whoever owns the conversation, or the answer that it ended with at some moment.
        """
        self.forget_old()
        kept = self._kept.get(name)
        return kept.history if kept else ()

    def keep(self, owner: Hashable, history: History, *, answer: Hashable = None) -> None:
        """Remember a conversation as it is now, as far as a question may lean on it.

        Args:
            owner: Whose it is.
            history: What was said, oldest first.
            answer: What it ends with now, by which others may find it.
        """
        kept = _Kept(owner, recent(history), self._clock() + FORGET_AFTER_S)
        for name in (answer, owner) if answer is not None else (owner,):
            self._kept[name] = kept
            self._kept.move_to_end(name)
        self.forget_old()
        while len(self._kept) > MAX_KEPT:
            self._kept.popitem(last=False)

    def forget(self, owner: Hashable) -> None:
        """Forget all that somebody said."""
        for name in [name for name, kept in self._kept.items() if kept.owner == owner]:
            del self._kept[name]

    def forget_old(self) -> None:
        """Forget every conversation that has ended."""
        now = self._clock()
        while self._kept and next(iter(self._kept.values())).until <= now:
            self._kept.popitem(last=False)

    def __len__(self) -> int:
        """How many conversations are remembered."""
        return len(self._kept)


def gone_on(history: History, reply: Reply) -> History:
    """A conversation after one more question and its reply."""
    shown = "" if isinstance(reply, NotFound) else reply.excerpts[0].text
    said = (Turn("user", reply.question), *([Turn("agent", shown)] if shown else []))
    return (*history, *said)


def before(history: History, question: str) -> History:
    """What was said before ``question`` was asked last; empty where it was not."""
    asked = [index for index, turn in enumerate(history) if turn == Turn("user", question)]
    return history[: asked[-1]] if asked else ()


def recent(history: History) -> History:
    """The last questions of a conversation with what followed them: all that a question may lean on."""
    asked = [index for index, turn in enumerate(history) if turn.role == "user"]
    return history[asked[-MAX_EARLIER] :] if len(asked) > MAX_EARLIER else history

"""What was said a moment ago, so that a question may lean on it. Kept in memory only, and not for long."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from bot.recent import Recent
from retrieval.followup import MAX_EARLIER
from retrieval.types import NotFound, Reply, Turn

# Long enough to read an answer and think of the next question, short enough to be a conversation.
FORGET_AFTER_S = 600.0
# About 1 kB each; beyond it the ones longest unused are forgotten earlier.
MAX_KEPT = 10_000
# A question and what was shown for it, of each that a conversation keeps.
_TURNS = 2 * MAX_EARLIER

History = tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that was answered, by which an edit of it finds its answer.

    Args:
        question: As it was answered.
        before: What was said before it.
        answer_id: The message that answers it; None where a reaction does.
    """

    question: str
    before: History
    answer_id: int | None


class Memory:
    """The last questions of each conversation with what was shown for them. For one thread.

    Args:
        clock: Seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._kept: Recent[tuple[Hashable, History]] = Recent(FORGET_AFTER_S, MAX_KEPT, clock)
        # What was said by whom, by identity: each is forgotten by itself, in whichever conversations it is.
        self._said: Recent[tuple[Turn, Hashable]] = Recent(FORGET_AFTER_S, _TURNS * MAX_KEPT, clock)
        self._answered: Recent[tuple[Hashable, Answered]] = Recent(FORGET_AFTER_S, MAX_KEPT, clock)

    def history(self, name: Hashable) -> History:
        """What was said, oldest first; empty where it is forgotten.

        Args:
            name: Whoever owns the conversation, or the answer that it ended with at some moment.
        """
        kept = self._kept.get(name)
        return tuple(turn for turn in kept[1] if self._said.get(id(turn))) if kept else ()

    def answered(self, name: Hashable) -> Answered | None:
        """How the question in a message was answered, None where that is forgotten."""
        kept = self._answered.get(name)
        return kept[1] if kept else None

    def keep(self, owner: Hashable, history: History, *, answer: Hashable = None) -> None:
        """Remember a conversation as it is now, as far as a question may lean on it.

        Args:
            owner: Whose it is.
            history: What was said, oldest first.
            answer: What it ends with now, by which others may find it.
        """
        kept = owner, recent(history)
        for turn in kept[1]:
            if self._said.get(id(turn)) is None:
                self._said.put(id(turn), (turn, owner))
        for name in (answer, owner) if answer is not None else (owner,):
            self._kept.put(name, kept)

    def keep_answered(self, owner: Hashable, name: Hashable, answered: Answered) -> None:
        """Remember how the question in the message ``name`` was answered."""
        self._answered.put(name, (owner, answered))

    def forget(self, owner: Hashable) -> None:
        """Forget all that somebody said."""
        self.forget_where(lambda whose: whose == owner)

    def forget_where(self, is_theirs: Callable[[Hashable], bool]) -> None:
        """Forget all that these owners said, in others' conversations too, and theirs."""
        for kept in (self._kept, self._answered):
            for name in [name for name, (whose, _) in kept.items() if is_theirs(whose)]:
                kept.drop(name)
        for name in [name for name, (_, whose) in self._said.items() if is_theirs(whose)]:
            self._said.drop(name)

    def forget_old(self) -> None:
        """Forget every conversation that has ended."""
        self._kept.forget_old()
        self._answered.forget_old()
        self._said.forget_old()

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

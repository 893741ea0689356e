"""What can go wrong between a library and an answer; the whole tree is drawn in `corpus.errors`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import FootnoteError

if TYPE_CHECKING:
    from retrieval.smoke import Failing

# So many failing questions are told one by one.
_TOLD = 5
_GOT = {"answer": "an answer", "related": "no answer, only something related", "not_found": "no answer"}


class EncoderError(FootnoteError):
    """The model is missing, is not what its hash says, or cannot be run."""


class SnapshotError(FootnoteError):
    """There is no snapshot, or the one found is damaged or was built by another encoder or version."""


class LossError(SnapshotError):
    """The next snapshot would lose so many articles that somebody has to say that it is meant."""


class SmokeError(SnapshotError):
    """The next snapshot was built, but does not answer the questions that it has to answer.

    It is held, until somebody switches to it anyway, drops it, or the next one is built.

    Args:
        snapshot_id: Which it is.
        failing: The questions, at least one.
        n_asked: How many were asked.
    """

    def __init__(self, snapshot_id: str, failing: tuple[Failing, ...], n_asked: int) -> None:
        told = "; ".join(f"“{each.asked}” got {_GOT[each.verdict]}{_of(each)}" for each in failing[:_TOLD])
        rest = f"; and {len(failing) - _TOLD:,} more" if len(failing) > _TOLD else ""
        super().__init__(
            f"the new snapshot fails {len(failing):,} of {n_asked:,} smoke questions, so it is not"
            f" switched to: {told}{rest}",
            "look at the articles and at the setting smoke_questions; to switch although they fail:"
            " footnote reindex --switch-anyway",
        )
        self.snapshot_id = snapshot_id
        self.failing = failing
        self.n_asked = n_asked


class NotCurrentError(SnapshotError):
    """What was to be rolled back is not the current snapshot any more."""


class EvaluationError(FootnoteError):
    """A set of labelled questions that cannot be read."""


def _of(failing: Failing) -> str:
    """Where the quotation is from, where there is one."""
    return f" from “{failing.title}”" if failing.title else ""

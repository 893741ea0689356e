"""What can go wrong between a library and an answer; the whole tree is drawn in `corpus.errors`."""

from corpus.errors import FootnoteError


class EncoderError(FootnoteError):
    """The model is missing, is not what its hash says, or cannot be run."""


class SnapshotError(FootnoteError):
    """There is no snapshot, or the one found is damaged or was built by another encoder or version."""


class LossError(SnapshotError):
    """The next snapshot would lose so many articles that somebody has to say that it is meant."""


class EvaluationError(FootnoteError):
    """A set of labelled questions that cannot be read."""

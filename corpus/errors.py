"""Everything that can go wrong and be mended by a person.

FootnoteError                 what is wrong, and the command or setting that mends it
├── UnreadableSource          a file that cannot become an article (corpus)
├── LibraryError              the library file is damaged or from another version (corpus)
├── Busy                      another process is writing to this home (corpus)
├── EncoderError              the model is missing, changed or unusable (retrieval)
├── SnapshotError             no snapshot, a damaged one, or one of another encoder (retrieval)
│   ├── LossError             the next snapshot would lose a large share of the articles (retrieval)
│   ├── SmokeError            the next snapshot does not answer what it has to answer (retrieval)
│   └── NotCurrentError       what was to be rolled back does not answer any more (retrieval)
├── EvaluationError           labelled questions that cannot be read (retrieval)
├── ActivityError             what the bot remembers of people cannot be read or written (bot)
├── BackupError               a backup that cannot be made, or cannot be restored (bot)
├── ConfigError               a setting or argument that makes no sense (bot)
└── ServerError               the Bot API server cannot be reached, or refuses us (bot)
"""


class FootnoteError(Exception):
    """A problem stated for the person who can mend it.

    Args:
        message: What is wrong: what was expected and what was found.
        remedy: The command to run or the setting to change.
    """

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}. Fix: {self.remedy}"


class UnreadableSource(FootnoteError):
    """A source that cannot become an article; the other sources go on.

    Args:
        message: As in `FootnoteError`; it names the source.
        remedy: As in `FootnoteError`.
        source: The file, or the line of it, as ``path:line``.
    """

    def __init__(self, message: str, remedy: str, *, source: str) -> None:
        super().__init__(message, remedy)
        self.source = source


class LibraryError(FootnoteError):
    """The library file is damaged, locked for good, or written by another version."""


class Busy(FootnoteError):
    """Another process is writing to this home."""

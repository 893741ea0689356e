"""Log lines on stderr: problems only on the command line, all of them with the time on demand."""

from __future__ import annotations

import logging
import re

# What a bot's token looks like; it stands in the address of every call to the Bot API.
_TOKEN = re.compile(r"\d+:[\w-]{20,}")


class _Masking(logging.Formatter):
    """Writes a record without any token, whoever logged it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, or lines where there is a traceback."""
        return _TOKEN.sub("<token>", super().format(record))


def set_up(*, verbose: bool = False, serving: bool = False) -> None:
    """Send log records to stderr; called again, the last call counts.

    Args:
        verbose: Everything from INFO up, with the time.
        serving: What this program says of itself from INFO up, with the time; others' problems only.
    """

    def is_wanted(record: logging.LogRecord) -> bool:
        ours = serving and record.name.startswith(("bot.", "retrieval.", "corpus."))
        return verbose or ours or record.levelno >= logging.WARNING

    handler = logging.StreamHandler()
    timed = verbose or serving
    handler.setFormatter(
        _Masking("%(asctime)s %(levelname)s %(message)s" if timed else "footnote: %(message)s")
    )
    handler.addFilter(is_wanted)
    root = logging.getLogger()
    for earlier in [each for each in root.handlers if isinstance(each.formatter, _Masking)]:
        root.removeHandler(earlier)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for talkative in ("httpx", "httpcore", "huggingface_hub", "faiss", "sentence_transformers"):
        logging.getLogger(talkative).setLevel(logging.WARNING)

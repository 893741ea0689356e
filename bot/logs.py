"""Log lines on stderr: problems only on the command line, and while serving what the bot does, for all times.

What a serving bot writes is kept by journals and collectors, so nothing of a message may be in it: exceptions
are told by `bot.logged.words_of`, tracebacks without their own words, and of what other programs log only the
form is written, not what they fill into it. The token is masked everywhere.
"""

from __future__ import annotations

import json
import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Literal

from bot import tracing
from bot.logged import about, frames_of, message_of
from corpus.errors import FootnoteError

LogFormat = Literal["text", "json"]

# What a bot's token looks like; it stands in the address of every call to the Bot API.
_TOKEN = re.compile(r"\d+:[\w-]{20,}")

_OURS = ("bot.", "retrieval.", "corpus.", "footnote")
_log = logging.getLogger("footnote")


class _Masking(logging.Formatter):
    """Writes a record without any token, whoever logged it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, or lines where there is a traceback."""
        return _TOKEN.sub("<token>", super().format(record))


class _Serving(_Masking):
    """Writes a record without anything that somebody may have written, with the id of its update."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and after it those of a traceback."""
        known = _known(record)
        told = " ".join([message_of(record, ours=_is_ours(record)), *(f"{k}={v}" for k, v in known.items())])
        line = f"{self.formatTime(record)} {record.levelname} {told}"
        if record.exc_info and record.exc_info[1]:
            line += "\n" + frames_of(record.exc_info[1])
        return _TOKEN.sub("<token>", line)


class _Json(_Masking):
    """The same as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """One object, without a line break."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "module": record.name,
            "event": getattr(record, "event", record.funcName),
            "message": message_of(record, ours=_is_ours(record)),
            **_known(record),
        }
        if record.exc_info and record.exc_info[1]:
            line["traceback"] = frames_of(record.exc_info[1])
        return _TOKEN.sub("<token>", json.dumps(line, default=str))


def set_up(*, verbose: bool = False, serving: bool = False, form: LogFormat = "text") -> None:
    """Send log records to stderr; called again, the last call counts.

    Args:
        verbose: Everything from INFO up, with the time.
        serving: What this program says of itself from INFO up, with the time; others' problems only.
        form: How that is written while serving.
    """

    def is_wanted(record: logging.LogRecord) -> bool:
        ours = serving and _is_ours(record)
        return verbose or ours or record.levelno >= logging.WARNING

    handler = logging.StreamHandler()
    if serving:
        handler.setFormatter(_Json() if form == "json" else _Serving())
    else:
        handler.setFormatter(
            _Masking("%(asctime)s %(levelname)s %(message)s" if verbose else "footnote: %(message)s")
        )
    handler.addFilter(is_wanted)
    root = logging.getLogger()
    for earlier in [each for each in root.handlers if isinstance(each.formatter, _Masking)]:
        root.removeHandler(earlier)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for talkative in ("httpx", "httpcore", "huggingface_hub", "faiss", "sentence_transformers"):
        logging.getLogger(talkative).setLevel(logging.WARNING)


@contextmanager
def failures_logged() -> Iterator[None]:
    """Log what ends the program, or a thread of it, as all else; Python would print its words."""

    def in_thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            _log.error("a thread ended by an error", exc_info=told.exc_value, extra=about("thread_ended"))

    before = threading.excepthook, logging.raiseExceptions
    # A record that cannot be written is not printed with all that was to be filled into it.
    threading.excepthook, logging.raiseExceptions = in_thread, False
    try:
        yield
    except (FootnoteError, OSError):
        raise  # told by the command line
    except Exception as error:  # noqa: BLE001 - whatever it is, it is not to be printed as it is
        _log.critical("ended by an error", exc_info=error, extra=about("ended"))
        raise SystemExit(1) from None
    finally:
        threading.excepthook, logging.raiseExceptions = before


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.startswith(_OURS)


def _known(record: logging.LogRecord) -> dict[str, object]:
    """By which update, and what else is known."""
    trace = tracing.current()
    return {**({"id": trace.id} if trace else {}), **getattr(record, "about", {})}

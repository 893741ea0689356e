"""What of a record, an exception, a traceback a serving bot may log: no word of any message."""

from __future__ import annotations

import logging
import re
import traceback

from bot.activity_error import ActivityError
from corpus.errors import Busy, FootnoteError, LibraryError
from retrieval.errors import EncoderError, SmokeError, SnapshotError

# What these say is about this machine, never about a message.
_OF_THE_HOME = (ActivityError, Busy, EncoderError, LibraryError, SnapshotError)

# What Telegram says of a call, as far as it tells an operator something. Told by these words and not by its
# own, which may repeat a tag, a name, or the id of a chat.
_TELEGRAM_SAYS = (
    "bot can't initiate conversation with a user",
    "bot is not a member",
    "bot was blocked by the user",
    "bot was kicked",
    "button_data_invalid",
    "can't parse entities",
    "chat not found",
    "file is too big",
    "message can't be edited",
    "message is not modified",
    "message is too long",
    "message text is empty",
    "message thread not found",
    "message to be replied not found",
    "message to edit not found",
    "need administrator rights",
    "not enough rights",
    "query is too old",
    "reaction_invalid",
    "terminated by other getupdates request",
    "terminated by setwebhook request",
    "user is deactivated",
    "user not found",
    "webhook is active",
    "wrong file",
)
_HTTPX = re.compile(r"httpx\.\w+")
_LONGEST = 300


def about(event: str, **facts: object) -> dict[str, object]:
    """What a record is about, for ``extra``: a name that programs find it by, and numbers and fixed words."""
    return {"event": event, "about": facts}


def words_of(error: BaseException) -> str:
    """What is logged of an exception: its kind, and what it says where nobody's words can be in that."""
    kind = type(error).__name__
    if isinstance(error, SmokeError):  # which quotes questions
        return kind
    if isinstance(error, _OF_THE_HOME) or (isinstance(error, FootnoteError) and _is_of_settings(error)):
        return f"{kind}: {error}"
    if isinstance(error, OSError) and error.strerror:
        return f"{kind}: {error.strerror}"
    # By the module's name, because to import it takes the command line a second.
    if type(error).__module__ == "telegram.error":
        said = str(error).casefold()
        known = next((each for each in _TELEGRAM_SAYS if each in said), None)
        wire = _HTTPX.match(str(error))
        told = known or (wire and wire.group())
        return f"{kind}: {told}" if told else kind
    return kind


def message_of(record: logging.LogRecord, *, ours: bool) -> str:
    """What a record says on one line; of what other programs fill into theirs, nothing."""
    if not ours:
        return str(record.msg).strip().partition("\n")[0][:_LONGEST]
    arguments = record.args
    if isinstance(arguments, tuple):
        arguments = tuple(words_of(each) if isinstance(each, BaseException) else each for each in arguments)
    return str(record.msg) % arguments if arguments else str(record.msg)


def frames_of(error: BaseException) -> str:
    """A traceback with the kinds of the exceptions in it, and without what they say."""
    told, seen = [], set[int]()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        frames = "".join(traceback.format_tb(cause.__traceback__)).rstrip()
        told.append(f"{frames}\n{type(cause).__name__}".lstrip())
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\n\nabove that:\n".join(told)


def _is_of_settings(error: FootnoteError) -> bool:
    return type(error).__module__ in ("bot.config", "bot.errors")

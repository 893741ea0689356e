"""How answers look where several people read them: fewer excerpts and fewer buttons (pure)."""

from __future__ import annotations

from dataclasses import replace

from telegram import Message

from bot.addressed import is_group
from bot.buttons import Quoted
from bot.deep_link import answer_link
from bot.keyboards import Button, Rows, around_row, closest_row, unanswered_rows
from bot.render import Shown
from bot.words import Words
from retrieval.types import NotFound, Reply


def with_at_most(n_excerpts: int, verdict: Reply) -> Reply:
    """The same verdict with its first excerpts only."""
    return (
        verdict if isinstance(verdict, NotFound) else replace(verdict, excerpts=verdict.excerpts[:n_excerpts])
    )


def fitting(say: Words, message: Message, shown: Shown) -> Shown:
    """What is shown in the chat of ``message``: in a group without buttons that are one reader's only.

    Args:
        say: In the reader's language.
        message: The question, or the answer that is to be changed.
        shown: As a reader alone would see it.
    """
    if not is_group(message.chat):
        return shown
    if shown.rows == unanswered_rows(say):
        # Asking differently would open everybody's input field.
        return replace(shown, rows=closest_row(say))
    if shown.quoted is None:
        return shown
    rows = (*around_row(say, shown.quoted), *private_row(say, shown.quoted, message.get_bot().username))
    return replace(shown, rows=rows)


def private_row(say: Words, quoted: Quoted, username: str | None) -> Rows:
    """The way to these excerpts in the private chat; none where Telegram has no address for it."""
    link = answer_link(username, quoted) if username else None
    return ((Button(say("more-in-private"), url=link),),) if link else ()

"""`footnote chat`: question after question, each of which may lean on the ones before it."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.chat_commands import ChatCommands
from bot.desk import Desk
from bot.memory import Memory, gone_on
from bot.narrowed import Offers, offers, problem_text
from bot.question import objection, tidy
from bot.terminal import is_typed
from bot.words import ENGLISH
from retrieval.types import Reply

if TYPE_CHECKING:
    from prompt_toolkit.history import History

_PROMPT = "> "
_READER = "reader"


def converse(
    desk: Desk,
    lines: Iterable[str],
    *,
    show: Callable[[Reply, float, Offers], None],
    tell: Callable[[str, str], None],
    verify: Callable[[str], str | None],
) -> None:
    """Answer line after line, until they end or one of them is ``/quit``.

    Args:
        desk: Answers.
        lines: A question or a command each; empty ones are passed over.
        show: Is given each reply, the milliseconds that it took, and what may be asked instead.
        tell: Is given what else is to be said, behind the line that it is said of.
        verify: Says what a receipt stands for; None where it stands for nothing.
    """
    memory = Memory()
    commands = ChatCommands(desk, verify, lambda: memory.forget(_READER))
    for question in filter(None, map(tidy, lines)):
        if question.startswith("/"):
            told = commands.do(question)
            if told is None:
                return
            tell(question, told)
        elif problem := objection(ENGLISH, question):
            tell(question, problem)
        else:
            _reply(desk, question, memory, commands, show=show, tell=tell)


def _reply(
    desk: Desk,
    question: str,
    memory: Memory,
    commands: ChatCommands,
    *,
    show: Callable[[Reply, float, Offers], None],
    tell: Callable[[str, str], None],
) -> None:
    started = time.perf_counter()
    asked = desk.read(question)
    if asked.problems:
        problem, remedy = problem_text(ENGLISH, asked.problems[0])
        tell(question, ENGLISH("to-mend", problem=problem, remedy=remedy))
    elif objected := objection(ENGLISH, asked.text):
        tell(question, objected)
    else:
        history = memory.history(_READER)
        query = asked.query(history)
        reply = desk.answer(query)
        took_ms = 1000 * (time.perf_counter() - started)
        show(reply, took_ms, offers(desk, query, reply))
        commands.answered(query, reply)
        memory.keep(_READER, gone_on(history, reply))


def typed(desk: Desk, kept: Path | None, tell: Callable[[str], None]) -> Iterator[str]:
    """The lines of the input until it ends; at a terminal they can be edited, completed and brought back.

    Args:
        desk: Knows the names that are completed.
        kept: The file of what was typed before; None to keep nothing.
        tell: Is given where it is kept, when that begins, or why it is not.
    """
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    if sys.stdout.isatty():
        # It takes time to import, which no pipe has to wait for.
        from bot.prompting import MAX_ARTICLES, ChatCompleter, lines_typed

        completer = ChatCompleter(lambda: desk.articles(0, MAX_ARTICLES)[0])
        yield from lines_typed(completer, _history(kept, tell) if kept else None)
        return
    # Replies go to a file or a pipe, among which no prompt should stand.
    click.echo(_PROMPT, nl=False, err=True)
    for line in iter(sys.stdin.readline, ""):
        yield line
        click.echo(_PROMPT, nl=False, err=True)
    click.echo(err=True)


def echoed(lines: Iterable[str], *, as_json: bool) -> Iterator[str]:
    """The same lines; each is printed above what is said of it where nobody has seen it typed."""
    for line in lines:
        if (said := tidy(line)) and not as_json and not is_typed():
            click.echo(f"> {said}\n")
        yield line


def _history(kept: Path, tell: Callable[[str], None]) -> History | None:
    from bot.prompting import KeptHistory

    is_new = not kept.exists()
    try:
        history = KeptHistory(kept)
    except OSError as error:
        tell(ENGLISH("chat-no-history", problem=error.strerror or str(error)))
        return None
    if is_new:
        tell(ENGLISH("chat-history", path=str(kept)))
    return history

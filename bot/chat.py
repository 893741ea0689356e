"""`footnote chat`: question after question, each of which may lean on the ones before it."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

import click

from bot.desk import Desk
from bot.memory import Memory, gone_on
from bot.narrowed import Offers, offers, problem_text
from bot.question import objection, tidy
from bot.words import ENGLISH
from retrieval.types import Reply

_PROMPT = "> "
_NEW = "/new"
_READER = "reader"


def converse(
    desk: Desk,
    lines: Iterable[str],
    *,
    show: Callable[[Reply, float, Offers], None],
    tell: Callable[[str], None],
) -> None:
    """Answer line after line.

    Args:
        desk: Answers.
        lines: A question each; ``/new`` starts afresh, and empty ones are passed over.
        show: Is given each reply, the milliseconds that it took, and what may be asked instead.
        tell: Is given what else is to be said.
    """
    memory = Memory()
    for question in filter(None, map(tidy, lines)):
        if question == _NEW:
            memory.forget(_READER)
            tell(ENGLISH("new"))
        elif problem := objection(ENGLISH, question):
            tell(problem)
        else:
            _reply(desk, question, memory, show=show, tell=tell)


def _reply(
    desk: Desk,
    question: str,
    memory: Memory,
    *,
    show: Callable[[Reply, float, Offers], None],
    tell: Callable[[str], None],
) -> None:
    started = time.perf_counter()
    asked = desk.read(question)
    if asked.problems:
        problem, remedy = problem_text(ENGLISH, asked.problems[0])
        tell(ENGLISH("to-mend", problem=problem, remedy=remedy))
    elif objected := objection(ENGLISH, asked.text):
        tell(objected)
    else:
        history = memory.history(_READER)
        query = asked.query(history)
        reply = desk.answer(query)
        took_ms = 1000 * (time.perf_counter() - started)
        show(reply, took_ms, offers(desk, query, reply))
        memory.keep(_READER, gone_on(history, reply))


def typed() -> Iterator[str]:
    """The lines of the input until it ends; they are asked for where somebody types."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    with suppress(ImportError):
        import readline  # noqa: F401 - lets the arrow keys work in `input`
    while True:
        try:
            yield _asked()
        except EOFError:
            click.echo(err=True)
            return


def _asked() -> str:
    if sys.stdout.isatty():
        return input(_PROMPT)
    # `input` would write its prompt among the replies.
    click.echo(_PROMPT, nl=False, err=True)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line

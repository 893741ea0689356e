"""Lines typed at a terminal, with editing, history and completion.

It imports prompt_toolkit, so only what talks to a terminal imports it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import History, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from bot.chat_commands import COMMANDS
from bot.question import tidy
from retrieval.types import Article

PROMPT = "> "
# So many lines are kept; more is no help to anybody, and the file is read whole.
MAX_KEPT = 1_000
# So many of the newest articles are looked through for names, and so many names are offered.
MAX_ARTICLES = 5_000
_MAX_OFFERED = 20

_NAME = re.compile(r"(?:^|\s)(?P<kind>source|author):(?:\"(?P<quoted>[^\"]*)|(?P<word>[^\s\"]*))$")


class KeptHistory(History):
    """What was typed, a line each, in a file for this user alone.

    Args:
        path: The file, made when something is stored.

    Raises:
        OSError: It cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
        lines = path.read_text("utf-8", errors="replace").splitlines()
        if len(lines) > MAX_KEPT:
            beside = path.with_name(f".{path.name}")
            beside.unlink(missing_ok=True)
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write("".join(f"{line}\n" for line in lines[-MAX_KEPT:]).encode())
            beside.replace(path)

    def load_history_strings(self) -> Iterable[str]:
        """See `History`: the newest first."""
        return reversed(self._path.read_text("utf-8", errors="replace").splitlines())

    def store_string(self, string: str) -> None:
        """See `History`."""
        with self._path.open("ab") as file:
            file.write(f"{tidy(string)}\n".encode())


class ChatCompleter(Completer):
    """Completes commands, and the names of outlets and authors behind ``source:`` and ``author:``.

    Args:
        articles: Gives the articles whose names are offered; asked once, when the first name is typed.
    """

    def __init__(self, articles: Callable[[], Iterable[Article]]) -> None:
        self._articles = articles

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """See `Completer`."""
        before = document.text_before_cursor
        if before.startswith("/") and " " not in before:
            found = [f"/{name}" for name in COMMANDS if name.startswith(before[1:])]
            yield from (Completion(each, -len(before)) for each in found)
        elif typed := _NAME.search(before):
            quoted = typed["quoted"]
            begun = typed["word"] if quoted is None else quoted
            start = -len(begun) - (quoted is not None)
            for name in self._named(typed["kind"], begun):
                yield Completion(f'"{name}"' if " " in name else name, start, display=name)

    def _named(self, kind: str, begun: str) -> list[str]:
        names = self._names[kind]
        wanted = begun.casefold()
        return [name for name in names if f" {wanted}" in f" {name.casefold()}"][:_MAX_OFFERED]

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """The names of each kind, those of most articles first."""
        counts: dict[str, dict[str, int]] = {"source": {}, "author": {}}
        for article in self._articles():
            about = article.metadata
            for kind, name in (("source", about.source), ("author", about.author)):
                if shown := tidy(name or "").replace('"', ""):
                    counts[kind][shown] = counts[kind].get(shown, 0) + 1
        return {kind: _by_count(found) for kind, found in counts.items()}


def _by_count(counts: dict[str, int]) -> list[str]:
    return sorted(counts, key=lambda name: -counts[name])


def lines_typed(
    completer: Completer,
    history: History | None = None,
    *,
    terminal: Input | None = None,
    screen: Output | None = None,
) -> Iterator[str]:
    """The lines that somebody types until Ctrl-D.

    Args:
        completer: Offers how a line may go on.
        history: What was typed before; none is kept where None.
        terminal: Where they are typed, if not at this process's terminal.
        screen: Where they are seen, likewise.

    Raises:
        KeyboardInterrupt: Ctrl-C was pressed.
    """
    session: PromptSession[str] = PromptSession(
        PROMPT,
        history=history or InMemoryHistory(),
        completer=completer,
        complete_in_thread=True,
        complete_while_typing=False,
        enable_open_in_editor=False,
        input=terminal,
        output=screen,
    )
    while True:
        try:
            yield session.prompt()
        except EOFError:
            return

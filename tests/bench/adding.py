"""How long until one more article is searched, in a process that serves and from the command line."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from bench.figure import Figure, timed
from bench.homes import BenchHome, ask
from bench.starting import COMMAND, environment
from bot.home_desk import HomeDesk
from corpus.ingest import add
from corpus.library import Library
from corpus.lock import writing
from retrieval.types import Query

ADDING = "one article more, searched by a process that serves"
_TITLE = "Red paint for"
ADDING_BY_COMMAND = "one article more, by `footnote add` and `footnote reindex`"


def adding(home: BenchHome, *, rounds: int = 3) -> Iterator[Figure]:
    """Both, each with an article of its own, which has to be found."""
    desk = home.desk(cross_encoder="off")
    ask(desk, home.texts.questions[0])
    yield timed(ADDING, [_added_s(home, desk) for _ in range(rounds)], home.size, note="found each time")
    by_command = [_added_by_command_s(home, desk) for _ in range(rounds)]
    yield timed(ADDING_BY_COMMAND, by_command, home.size, note="two processes, found each time")
    _take_out(home)


def _take_out(home: BenchHome) -> None:
    """Leave the library to the next run as it was."""
    with writing(home.path), Library.open(home.path / "library.db") as library:
        for version in [each for each in library.current() if each.metadata.title.startswith(_TITLE)]:
            library.remove(version.article_id)


def _added_s(home: BenchHome, desk: HomeDesk) -> float:
    file, name = _article(home.path)
    started = time.perf_counter()
    with writing(home.path), Library.open(home.path / "library.db") as library:
        list(add(library, [str(file)]))
    desk.reindex()
    _check_found(desk, name)
    return time.perf_counter() - started


def _added_by_command_s(home: BenchHome, desk: HomeDesk) -> float:
    file, name = _article(home.path)
    started = time.perf_counter()
    for arguments in (["add", str(file)], ["reindex"]):
        subprocess.run(
            [*COMMAND, "--home", str(home.path), *arguments], check=True, capture_output=True,
            env=environment(),
        )  # fmt: skip
    seconds = time.perf_counter() - started
    _check_found(desk, name)
    return seconds


def _article(folder: Path) -> tuple[Path, str]:
    """A file with an article that nothing else is like, and the name that it is about."""
    name = f"Q{uuid4().hex[:12]}"
    text = (
        f"The lighthouse of {name} was painted red in the spring. Its keeper says that the white of the"
        " years before could not be told from the fog, and that two boats had gone aground for it."
    )
    file = folder / "more.jsonl"
    file.write_text(json.dumps({"id": name, "title": f"{_TITLE} {name}", "text": text}), "utf-8")
    return file, name


def _check_found(desk: HomeDesk, name: str) -> None:
    nearest = desk.nearest(Query(f"What colour is the lighthouse of {name}?"), 1)
    if not any(name in article.metadata.title for article in nearest.articles):
        raise RuntimeError(f"the article about {name} was added and is not found")

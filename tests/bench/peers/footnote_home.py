"""Footnote on the same track: opens a home, then answers lines of questions through all its stages.

    python footnote_home.py HOME

A home of made-up vectors is asked with made-up vectors, so its questions cost no encoding. It says first what
opening cost, in seconds and memory; the numbers of passages are left out: it quotes articles.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from bench.homes import REAL_UP_TO, Workshop, ask, config_of
from bench.made_up import MadeUpEncoder
from racing import answer_lines, memory_mb, say

from bot.home_desk import HomeDesk


def main(home: Path) -> None:
    """See the module."""
    encoder = None
    if int(home.name) > REAL_UP_TO:
        encoder = MadeUpEncoder(Workshop(home.parents[1]).encoder())
    desk = HomeDesk(config_of(home), encoder)
    desk.encoder.encode(["Warm up."], "query")
    before_mb, started = memory_mb(), time.perf_counter()
    desk.info()
    say(measure="open", seconds=time.perf_counter() - started, before_mb=before_mb, memory_mb=memory_mb())

    def search(question: str) -> list[int]:
        ask(desk, question)
        return []

    answer_lines(search)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""The process that reads files of risky formats: asked on its standard input, it answers on its output.

It ends when whoever started it does. `corpus.sandbox` starts it; `corpus.wire` is what they say.
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from corpus.decode import cannot_be_read, unreadable
from corpus.errors import UnreadableSource
from corpus.kind import ENDLESS_KINDS, ParsedKind
from corpus.source_file import SourceFile
from corpus.wire import END, READY, Found, found_line, read_request

# The libraries take 0.3 GB of addresses, the largest feed and page that are taken about as much again.
_MEMORY_BYTES = 1 << 30
# Of processor time for one file, which a busy machine does not use up; the parent measures by the clock.
_CPU_LIMIT_S = 7.0
# It writes its own error messages, and the language model's unpacked copy, which is thrown away.
_WRITTEN_BYTES = 256 << 20
# Of Linux: who is ended first where the machine has no memory left.
_OOM_SCORE = Path("/proc/self/oom_score_adj")


def main() -> None:
    """Answer requests until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is not an answer
    _limit_process()
    answers.write(READY)
    answers.flush()
    for line in sys.stdin.buffer:
        request = read_request(line)
        load = _loader(request.kind)  # importing its libraries is not the file's fault
        _limit_cpu()
        _answer(_timed(request.kind, load(request.source)), request.source, answers)
        answers.write(END)
        answers.flush()


def _answer(founds: Iterator[Found], source: SourceFile, answers: BinaryIO) -> None:
    try:
        for found in founds:
            answers.write(found_line(found))
            answers.flush()
    except UnreadableSource as problem:
        answers.write(found_line(problem))
    except OSError as error:
        answers.write(found_line(cannot_be_read(source.path, error)))
    except (MemoryError, RecursionError):
        too_much = unreadable(
            source.path, "needs more memory to be read than is allowed", "split it into smaller files"
        )
        answers.write(found_line(too_much))


def _loader(kind: ParsedKind) -> Callable[[SourceFile], Iterator[Found]]:
    """The function that reads a kind; its libraries are imported when they are first needed."""
    match kind:
        case "html":
            from corpus.kinds.html import load_html

            return load_html
        case "xml":
            from corpus.kinds.xml import load_xml

            return load_xml
        case "pdf":
            from corpus.kinds.pdf import load_pdf

            return load_pdf
        case "docx":
            from corpus.kinds.docx import load_docx

            return load_docx
        case "epub":
            from corpus.kinds.epub import load_epub

            return load_epub
        case "telegram":
            from corpus.kinds.telegram import load_telegram

            return load_telegram


def _limit_process() -> None:
    """Bound what the process may use, as far as the system can; the parent bounds its time anyway."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for limit, most in ((resource.RLIMIT_AS, _MEMORY_BYTES), (resource.RLIMIT_FSIZE, _WRITTEN_BYTES)):
        try:
            resource.setrlimit(limit, (most, resource.getrlimit(limit)[1]))
        except (OSError, ValueError):  # macOS has no limit on addresses
            continue
    # Where memory runs out all the same, as in a small container, this goes before what started it.
    with suppress(OSError):
        _OOM_SCORE.write_text("1000")


def _timed(kind: ParsedKind, founds: Iterator[Found]) -> Iterator[Found]:
    """The same; where a file may be endless, each thing found gives time for the next."""
    for found in founds:
        yield found
        if kind in ENDLESS_KINDS:
            _limit_cpu()


def _limit_cpu() -> None:
    """Let the process use so much more processor time from now; then the system ends it."""
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(usage.ru_utime + usage.ru_stime + _CPU_LIMIT_S)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


if __name__ == "__main__":
    main()

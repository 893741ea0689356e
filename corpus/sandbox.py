"""Read files of risky formats in a process of its own, which may crash, hang or be killed.

Parsers of PDF, archives and markup are large and partly written in C, and files come from strangers. So they
are read by a child with limits on memory, processor time and what it writes, and with no environment. One
child reads many files, since starting it takes about a second; one that dies is replaced.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

from corpus.decode import MAX_ARTICLE_BYTES, unreadable
from corpus.errors import UnreadableSource
from corpus.kind import ENDLESS_KINDS, ParsedKind
from corpus.source_file import SourceFile
from corpus.wire import END, READY, Found, Request, read_found, request_line

# For one file, of waiting for the child; for one without end, for each thing found. What the caller does
# between two things found is not counted. The
# child's own limit is seven seconds of processor time (`corpus.worker`), whatever else the machine does; this
# one is for a child that waits.
LIMIT_S = 30.0
# A child that has read so many files makes room for a fresh one, whatever its libraries kept hold of.
FILES_PER_CHILD = 2_000

_START_LIMIT_S = 60.0
_END_LIMIT_S = 5.0
# JSON may spell a letter with six bytes, but ours spells only quotes and control characters so.
_MAX_LINE_BYTES = 3 * MAX_ARTICLE_BYTES
_READ_BYTES = 1 << 16
# Nothing of ours, which holds secrets. More than one thread of numpy's would only take addresses.
_ENVIRONMENT = {
    "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
    "TZ": "UTC",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


class _Died(Exception):
    """The child ended in the middle of a file, or has to."""


class _TooLong(_Died):
    """A limit of time was passed, and would be again."""

    def __init__(self) -> None:
        super().__init__("it takes too long")


class Sandbox:
    """Reads files in child processes: one, or where a file is read while another still is, two.

    Close it, or use it in a `with`. Threads may share it.

    Args:
        limit_s: How long a child may keep its reader waiting for one file.
    """

    def __init__(self, *, limit_s: float = LIMIT_S) -> None:
        self._limit_s = limit_s
        self._idle: list[_Child] = []

    def read(self, kind: ParsedKind, source: SourceFile) -> Iterator[Found]:
        """What a file holds, as it is found; a crash or a limit that was passed is the last thing found."""
        may_retry = True
        while True:
            try:
                child = self._idle_child() if may_retry else None
                may_retry = child is not None
                for found in self._read(child or _Child(), Request(kind, source)):
                    may_retry = False
                    yield found
            except _Died as death:
                if may_retry and not isinstance(death, _TooLong):
                    # It may have died of what it read before, or been killed to free memory.
                    may_retry = False
                    continue
                yield _failure(source, death)
            return

    def _idle_child(self) -> _Child | None:
        while self._idle:
            child = self._idle.pop()
            if child.is_alive() and child.n_read < FILES_PER_CHILD:
                return child
            child.end()
        return None

    def _read(self, child: _Child, request: Request) -> Iterator[Found]:
        is_whole = False
        try:
            yield from child.read(request, self._limit_s)
            is_whole = True
        finally:
            if is_whole:
                self._idle.append(child)
            else:  # it is somewhere inside the file
                child.end()

    def close(self) -> None:
        """End the idle children, at once; others are started when they are needed."""
        while self._idle:
            self._idle.pop().end()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _failure(source: SourceFile, death: _Died) -> UnreadableSource:
    remedy = "open it in the program that made it, save it as text or HTML, and add that"
    return unreadable(source.path, f"cannot be read: {death}", remedy)


class _Child:
    """One process, and what it has said but nobody read yet."""

    def __init__(self) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the child
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-s", "-X", "utf8", "-m", "corpus.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env=_ENVIRONMENT,
                cwd="/",
                start_new_session=True,  # Ctrl-C is for the parent
            )
        except OSError as error:
            self._errors.close()
            raise _Died(f"its reader does not start: {error.strerror}") from error
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input, self._output = self._process.stdin, self._process.stdout
        self._ear = selectors.DefaultSelector()
        self._ear.register(self._output, selectors.EVENT_READ)
        self._said = bytearray()
        self.n_read = 0
        try:
            is_ready = self._line(time.monotonic() + _START_LIMIT_S) == READY
        except _Died:
            is_ready = False
        if not is_ready:
            self.end()
            raise _Died("its reader does not start")

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def read(self, request: Request, limit_s: float) -> Iterator[Found]:
        """What the file holds.

        Raises:
            _Died: The child did, or passed a limit; it must be ended.
        """
        self.n_read += 1
        self._ask(request)
        left_s = limit_s
        while True:
            began = time.monotonic()
            line = self._line(began + left_s)
            if line == END:
                return
            if request.kind not in ENDLESS_KINDS:
                left_s -= time.monotonic() - began
            try:
                found = read_found(line)
            except ValueError as error:
                raise _Died("its reader answers nonsense") from error
            yield found

    def _ask(self, request: Request) -> None:
        try:
            self._input.write(request_line(request))
            self._input.flush()
        except OSError as error:
            raise self._death() from error

    def _line(self, deadline: float) -> bytes:
        """The next line that the child says, before a moment of `time.monotonic`."""
        searched = 0
        while (end := self._said.find(b"\n", searched)) < 0:
            searched = len(self._said)
            if searched > _MAX_LINE_BYTES:
                raise _Died(f"an article in it is larger than {MAX_ARTICLE_BYTES:,} bytes")
            if not self._ear.select(max(0.0, deadline - time.monotonic())):
                raise _TooLong
            heard = os.read(self._output.fileno(), _READ_BYTES)
            if not heard:
                raise self._death()
            self._said += heard
        line = bytes(self._said[: end + 1])
        del self._said[: end + 1]
        return line

    def _death(self) -> _Died:
        """Why the child ended."""
        try:
            code = self._process.wait(_END_LIMIT_S)
        except subprocess.TimeoutExpired:
            return _TooLong()
        if code == -signal.SIGXCPU:
            return _TooLong()
        if code == -signal.SIGKILL:
            return _Died("its reader was killed, perhaps because the machine has too little memory")
        if code < 0:
            return _Died(f"its reader crashed ({signal.Signals(-code).name})")
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        return _Died(f"its reader failed ({lines[-1][:200] if lines else f'exit code {code}'})")

    def end(self) -> None:
        """Kill the process and let go of what it was spoken to by."""
        self._process.kill()
        self._process.wait()
        self._ear.close()
        for stream in (self._input, self._output, self._errors):
            try:
                stream.close()
            except BrokenPipeError:
                continue  # what it was asked last never arrived

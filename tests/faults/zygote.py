"""A process that has imported all of Footnote and becomes one command after another, each in a fork of it.

So a command costs what it does, without the seconds that its imports take. The process itself never does
any work, because threads do not survive a fork.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from faults.faulty_disk import COUNTED, Action, Call, Fault, FaultyDisk, loaded_with

_PR_SET_PDEATHSIG = 1
_REPOSITORY = Path(__file__).parents[2]
_LONGEST_S = 120.0


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended.

    Args:
        code: What it exited with, negative for the signal that killed it; None where it did not end.
        out: What it wrote.
        err: What it complained of.
        n_calls: How many calls were counted; 0 where it was killed.
    """

    code: int | None
    out: str
    err: str
    n_calls: int

    @property
    def was_killed(self) -> bool:
        """Whether it died as kill -9 has it."""
        return self.code == -signal.SIGKILL

    def lines(self) -> list[dict[str, Any]]:
        """The lines of JSON that it wrote whole."""
        told = [line for line in self.out.split("\n")[:-1] if line.startswith("{")]
        return [json.loads(line) for line in told]


class Zygote:
    """Starts commands; close it, or use it as a context manager.

    Args:
        library: The compiled `faulty_disk.c`.
        folder: Where output is kept meanwhile.
    """

    def __init__(self, library: Path, folder: Path) -> None:
        self._folder = folder
        self._n_started = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "faults.zygote"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={
                **loaded_with(library),
                "OPENBLAS_NUM_THREADS": "1",
                "PYTHONPATH": f"{_REPOSITORY}:{_REPOSITORY / 'tests'}",
            },
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._asking, self._replies = self._process.stdin, self._process.stdout
        assert self._ask({"ask": "ready"}) == "ready"

    def run(
        self,
        arguments: Sequence[object],
        below: Path,
        fault: Fault = COUNTED,
        **more: object,
    ) -> Ran:
        """Run `footnote` with these arguments to its end.

        Args:
            arguments: Of the command line.
            below: Calls are counted below this folder.
            fault: What happens to them.
            more: As for `start`.
        """
        return self.ended(self.start(arguments, below, fault, **more))

    def start(
        self,
        arguments: Sequence[object],
        below: Path,
        fault: Fault = COUNTED,
        *,
        log: Path | None = None,
        shift_s: int = 0,
        environ: dict[str, str] | None = None,
        what: str = "bot.cli",
    ) -> int:
        """Start it, and give its number.

        Args:
            arguments: Of the command line.
            below: Calls are counted below this folder.
            fault: What happens to them.
            log: Where they are written down.
            shift_s: How far its clock is ahead.
            environ: What is set in its environment.
            what: The module whose `run` takes the arguments.
        """
        self._n_started += 1
        request = {
            "ask": "start",
            "arguments": list(map(str, arguments)),
            "below": str(below),
            "fault": {name: int(value) for name, value in asdict(fault).items()},
            "log": None if log is None else str(log),
            "shift_s": shift_s,
            "environ": environ or {},
            "what": what,
            "told": str(self._folder / f"told-{self._n_started}"),
        }
        return int(self._ask(request))

    def ended(self, number: int, timeout_s: float = _LONGEST_S) -> Ran:
        """Wait until it has ended; what has not by then is killed, and has no code."""
        return Ran(**self._ask({"ask": "wait", "number": number, "timeout_s": timeout_s}))

    def kill(self, number: int) -> Ran:
        """Kill it now."""
        return Ran(**self._ask({"ask": "kill", "number": number, "timeout_s": 10.0}))

    def close(self) -> None:
        """End it, and whatever it has started."""
        self._asking.close()
        self._process.wait()
        self._replies.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, request: dict[str, object]) -> Any:
        self._asking.write(json.dumps(request) + "\n")
        self._asking.flush()
        line = self._replies.readline()
        if not line:
            raise RuntimeError(f"the process that starts commands has ended: {self._process.wait()}")
        return json.loads(line)


def main() -> None:
    """Be that process: read a request a line, and answer each with a line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started this one closes its input
    _import_all()
    started: dict[int, str] = {}
    try:
        for line in sys.stdin:
            sys.stdout.write(json.dumps(_replied(json.loads(line), started)) + "\n")
            sys.stdout.flush()
    finally:
        for number in started:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)


def _replied(request: dict[str, Any], started: dict[int, str]) -> object:
    match request.pop("ask"):
        case "ready":
            return "ready"
        case "start":
            number = os.fork() or _become(**request)
            started[number] = request["told"]
            return number
        case "kill":
            os.kill(request["number"], signal.SIGKILL)
    return _waited(request["number"], started.pop(request["number"]), request["timeout_s"])


def _waited(number: int, told: str, timeout_s: float) -> dict[str, object]:
    ending = os.pidfd_open(number)
    in_time = bool(select.select([ending], [], [], timeout_s)[0])
    os.close(ending)
    if not in_time:
        os.kill(number, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    texts = {}
    for name in ("out", "err", "calls"):
        path = Path(f"{told}.{name}")
        texts[name] = path.read_text("utf-8", errors="replace") if path.exists() else ""
        path.unlink(missing_ok=True)
    texts["n_calls"] = int(texts.pop("calls") or 0)
    return {"code": code if in_time else None, **texts}


def _become(
    *,
    arguments: list[str],
    below: str,
    fault: dict[str, int],
    log: str | None,
    shift_s: int,
    environ: dict[str, str],
    what: str,
    told: str,
) -> int:
    """Be the command, in a fork; never returns."""
    code = 99
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for descriptor, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(f"{told}.{name}", os.O_WRONLY | os.O_CREAT | os.O_APPEND), descriptor)
        # What was told is on its way at once, as it would be at a terminal.
        sys.stdout = open(1, "w", buffering=1, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", buffering=1, encoding="utf-8", closefd=False)  # noqa: SIM115
        os.environ.update(environ)
        disk = FaultyDisk()
        disk.shift(shift_s)
        if log:
            disk.log(log)
        action, calls = Action(fault.pop("action")), Call(fault.pop("calls"))
        run = importlib.import_module(what).run
        disk.arm(below, Fault(action=action, calls=calls, **fault))
        code = run(arguments)
        Path(f"{told}.calls").write_text(str(disk.counted()))
    except BaseException:  # noqa: BLE001 - whatever it is, it must not go on in the fork
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)


def _import_all() -> None:
    """Import what the commands do, none of which begins a thread.

    The encoder is the small one of the tests: loading a real one is most of what a command takes, and none of
    what it writes.
    """
    import faiss  # noqa: F401
    import tantivy  # noqa: F401
    from hashing_encoder import HashingEncoder

    import bot.app
    import bot.cli
    import bot.doctor
    import bot.home_editor
    import bot.models
    import bot.progress
    import bot.serve
    import bot.tally
    import bot.terminal
    import bot.way
    import faults.acts  # noqa: F401
    from corpus.language import detect

    bot.models.load_encoder = lambda *_, **__: HashingEncoder()
    detect("The ferry left Harbour Street at dawn.")
    assert len(os.listdir("/proc/self/task")) == 1, "a fork would lose threads"  # noqa: PTH208


if __name__ == "__main__":
    main()

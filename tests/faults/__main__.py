"""Does harm to homes and looks whether anything is lost: `make faults`."""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import selectors
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hashing_encoder import HashingEncoder

from faults.clocks import shift
from faults.cutting import cut_power
from faults.damaging import damage
from faults.faulty_disk import compile_into, compiler
from faults.harming import can_mount, fail, fill
from faults.looking import Onlooker
from faults.scenes import Stage, scenes
from faults.serving import serve
from faults.trial import Kind, Trial, kill
from faults.zygote import Zygote

KINDS: dict[str, Kind] = {
    "kills": kill,
    "serves": serve,
    "failures": fail,
    "full": fill,
    "corruptions": damage,
    "cuts": cut_power,
    "clocks": shift,
}
_REPOSITORY = Path(__file__).parents[2]


def main() -> int:
    """Read the arguments, and run all trials or a share of them."""
    options = _options()
    if options.only:
        options.jobs = 1
    if compiler() is None:
        sys.stderr.write("faults: there is no C compiler (cc) on this machine\n")
        return 2
    return _run_share(options) if options.share else _run_all(options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m faults")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    for name in KINDS:
        parser.add_argument(f"--{name}", type=int, default=0, metavar="N")
    parser.add_argument("--scene", action="append", default=[], help="only these; all where none is named")
    parser.add_argument("--only", metavar="KIND:NUMBER", help="one trial of a run with the same seed")
    parser.add_argument("--share", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _run_all(options: argparse.Namespace) -> int:
    """Share the trials out between processes, and tell how they go and what came of them."""
    sys.stdout.write(f"seed {options.seed}\n")
    if options.full and not can_mount():
        sys.stdout.write("no disk is filled: only root may mount one\n")
        options.full = 0
    started, counts, n_wounds = time.monotonic(), Counter[str](), 0
    wanted = sum(getattr(options, name) for name in KINDS)
    with _folder() as folder:
        for told in _told_by_shares(options, folder):
            counts.update(told["counts"])
            counts["trials"] += 1
            n_wounds += len(told["wounds"])
            for wound in told["wounds"]:
                sys.stdout.write(f"WRONG {told['trial']} {wound}\n")
            if counts["trials"] % 25 == 0:
                sys.stdout.write(f"{counts['trials']} of {wanted} trials, {n_wounds} wrong\n")
                sys.stdout.flush()
    for name, count in sorted(counts.items()):
        sys.stdout.write(f"{count:>7,}  {name}\n")
    minutes = (time.monotonic() - started) / 60
    sys.stdout.write(f"{n_wounds:>7,}  wrong  (seed {options.seed}, {minutes:.1f} minutes)\n")
    return 1 if n_wounds or counts["trials"] == 0 else 0


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder for all that is done, gone afterwards; in memory where there is room for that."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(
        prefix="faults-", dir=memory if os.access(memory, os.W_OK) else None
    ) as name:
        yield Path(name)


def _told_by_shares(options: argparse.Namespace, folder: Path) -> Iterator[dict[str, object]]:
    """What each trial told, as they end."""
    passed = [f"--{name}={getattr(options, name)}" for name in (*KINDS, "seed")]
    passed += [f"--scene={name}" for name in options.scene]
    passed += ["--only", options.only] if options.only else []
    shares = [
        subprocess.Popen(
            [
                # Disks that are mounted are seen by that process only, and gone with it.
                *(("unshare", "--mount") if can_mount() else ()),
                *(sys.executable, "-m", "faults", *passed),
                *(f"--share={share + 1}", f"--jobs={options.jobs}", f"--folder={folder / str(share)}"),
            ],
            stdout=subprocess.PIPE,
            text=True,
            env=_environ(),
        )
        for share in range(options.jobs)
    ]
    try:
        yield from _as_they_come(shares)
    finally:
        for process in shares:
            process.terminate()
        for process in shares:
            process.wait()


def _as_they_come(shares: list[subprocess.Popen[str]]) -> Iterator[dict[str, object]]:
    with selectors.DefaultSelector() as selector:
        for process in shares:
            selector.register(process.stdout, selectors.EVENT_READ, process)
        while selector.get_map():
            for key, _ in selector.select():
                line = key.fileobj.readline()
                if line:
                    yield json.loads(line)
                    continue
                selector.unregister(key.fileobj)
                if key.data.wait() != 0:
                    yield {
                        "trial": "?",
                        "counts": {},
                        "wounds": [f"a share ended with {key.data.returncode}"],
                    }


def _environ() -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    return {**ours, "PYTHONPATH": f"{_REPOSITORY}:{_REPOSITORY / 'tests'}"}


def _run_share(options: argparse.Namespace) -> int:
    """Run every so many-th trial, and tell each as a line of JSON."""
    folder: Path = options.folder
    folder.mkdir()
    logging.disable(logging.CRITICAL)  # that a damaged snapshot is passed over is what is wanted here
    encoder = HashingEncoder()
    with Zygote(compile_into(folder), folder) as zygote:
        stage = Stage(folder / "stage", zygote)
        known = scenes(stage, options.scene)
        for name, number in _trials(options):
            chance = random.Random(f"{options.seed} {name} {number}")
            trial = Trial(stage, Onlooker(stage.home, encoder, chance), known, chance)
            try:
                KINDS[name](trial)
            except Exception:  # noqa: BLE001 - the other trials go on, and this one is told
                trial.wounds.append(traceback.format_exc())
            told = {"trial": f"{name}:{number}", "counts": trial.counts, "wounds": trial.wounds}
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()
    shutil.rmtree(folder)
    return 0


def _trials(options: argparse.Namespace) -> Iterator[tuple[str, int]]:
    if options.only:
        name, number = options.only.split(":")
        yield name, int(number)
        return
    for name in KINDS:
        yield from ((name, n) for n in range(int(options.share) - 1, getattr(options, name), options.jobs))


if __name__ == "__main__":
    sys.exit(main())

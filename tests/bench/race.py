"""The race: peers and Footnote on the same passages and questions, with the same model, in turn.

Each peer is a script of `peers/`, run by the Python of an environment of its own (`make bench-peers`). What
they embed is timed with few passages; for more they are given our vectors, because embedding 10,000 passages
six times over would take an hour. Questions go one at a time to one process after another, in rounds, so that
what else the machine does meets all alike.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from time import perf_counter
from types import TracebackType

import numpy as np

from bench.figure import OURS, Figure, quantile, timed
from bench.homes import BenchHome, Workshop
from bench.ingest import ENCODING
from bench.starting import cold_ask_s, environment
from bench.texts import ROOT
from retrieval.model_folder import DEFAULT_MODEL, find_model

FOLDER = Path(__file__).parent / "peers"
# By script: what it is called in tables.
PEERS = {
    "sentence_transformers_search": "sentence-transformers",
    "langchain_faiss": "LangChain + FAISS",
    "llamaindex_faiss": "LlamaIndex + FAISS",
    "haystack_memory": "Haystack",
    "txtai_hybrid": "txtai, hybrid",
    "chroma_store": "Chroma",
}
REFERENCE = "sentence_transformers_search"

ONE_AT_A_TIME = "race, one question at a time"
RATE = "race, questions a second, one at a time"
COLD_RACE = "race, process start to first answer"
MEMORY_RACE = "race, resident memory"
AGREEING = "race, first passage is that of sentence-transformers"
COSINE = "least cosine to sentence-transformers in fp32"
COSINE_OF_QUESTIONS = f"{COSINE}, read as questions are"
# Of the passages, since questions are read on one thread.
_READ_AS_QUESTIONS = 200
# No hub, no telemetry, and as many threads as there are cores, for everybody.
ALIKE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "TOKENIZERS_PARALLELISM": "false",
    "OMP_NUM_THREADS": str(os.cpu_count() or 1),
}


@dataclass(frozen=True, slots=True)
class Track:
    """What all race on.

    Args:
        python: Of the peers' environment.
        home: Ours, whose passages and questions are everybody's.
        workshop: Where the peers' indexes are put.
        peers: The scripts.
    """

    python: Path
    home: BenchHome
    workshop: Workshop
    peers: Sequence[str] = tuple(PEERS)

    def folder(self, script: str) -> Path:
        """Where a peer's index stands."""
        return self.workshop.folder / "peers-indexes" / script

    def command(self, script: str, verb: str, *paths: Path) -> list[str]:
        """What starts a peer."""
        given, model = [str(path) for path in paths], str(find_model(DEFAULT_MODEL).path)
        texts, vectors = (given[:1], given[1:]) if verb == "ingest" else ([], [])
        return [str(self.python), str(FOLDER / f"{script}.py"), verb, *texts, str(self.folder(script)), model,
                *vectors]  # fmt: skip


class RaceError(Exception):
    """A peer ended without saying what was asked of it."""


@dataclass
class Runner:
    """One process that answers lines of questions; what it writes to stderr goes to a log.

    Args:
        command: That starts it.
        log: The file.
    """

    command: list[str]
    log: Path
    ms: list[float] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    memory_mb: float = 0.0

    def __enter__(self) -> Runner:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, encoding="utf-8",
                env=alike(ours=self.command[0] == sys.executable),
            )  # fmt: skip
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def ask(self, questions: Sequence[str], *, count: bool = True) -> None:
        """Have it answer these, and remember how that went unless it was to warm up."""
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(questions) + "\n")
            self._process.stdin.flush()
        said = self.read()
        if count:
            self.ms += said["ms"]
            self.first += [top[0] if top else -1 for top in said["top"]]
        self.memory_mb = said["memory_mb"]

    def read(self) -> dict:
        """The next line that it says."""
        line = self._process.stdout.readline()
        if not line:
            raise RaceError(f"{Path(self.command[1]).stem} ended, see {self.log}")
        return json.loads(line)


def race(track: Track, *, few: int = 1_000, asked: int = 100, rounds: int = 5) -> Iterator[Figure]:
    """All of it.

    Args:
        track: Who, and on what.
        few: Passages that each peer embeds by itself.
        asked: Questions for each, in so many rounds.
        rounds: In which they take turns, and processes that are started of each.
    """
    shutil.rmtree(track.workshop.folder / "peers-indexes", ignore_errors=True)
    (track.workshop.folder / "peers-indexes").mkdir(parents=True)
    passages = track.home.passages()
    yield from _embedding(track, passages[:few])
    present = _indexed(track, passages)
    questions = list(islice(track.home.texts.questions, asked + rounds))
    yield from _asking(track, present, questions, rounds)
    yield from _cold(track, present, questions[:rounds])


def _embedding(track: Track, passages: list[str]) -> Iterator[Figure]:
    for script in track.peers:
        try:
            said = _ingested(track, script, passages)
        except RaceError as error:
            sys.stderr.write(f"{error}\n")
            continue
        yield Figure(ENCODING, len(passages) / said["seconds"], "passages/s", len(passages), PEERS[script],
                     "embedded, indexed and written to disk, once, model loaded before")  # fmt: skip
        if script == REFERENCE:
            theirs = np.load(track.folder(script) / "vectors.npy")
            for name, role, texts in (
                (COSINE, "passage", passages),
                (COSINE_OF_QUESTIONS, "query", passages[:_READ_AS_QUESTIONS]),
            ):
                ours = track.home.encoder.encode(texts, role)
                least = float((ours * theirs[: len(texts)]).sum(axis=1).min())
                yield Figure(name, least, "of 1", len(passages), note=f"of {len(texts):,} passages")


def _indexed(track: Track, passages: list[str]) -> list[str]:
    """Those of the peers that made an index of our vectors."""
    vectors = track.home.embedded()
    present = []
    for script in track.peers:
        try:
            _ingested(track, script, passages, vectors)
        except RaceError as error:
            sys.stderr.write(f"{error}\n")
        else:
            present.append(script)
    return present


def _ingested(track: Track, script: str, passages: list[str], vectors: np.ndarray | None = None) -> dict:
    """What a peer says of making its index, with vectors or without."""
    folder = track.workshop.folder / "peers-indexes"
    shutil.rmtree(track.folder(script), ignore_errors=True)
    paths = [folder / "passages.jsonl"]
    paths[0].write_text("".join(json.dumps(text) + "\n" for text in passages), "utf-8")
    if vectors is not None:
        paths.append(folder / "vectors.npy")
        np.save(paths[1], vectors)
    with Runner(track.command(script, "ingest", *paths), folder / f"{script}.log") as runner:
        return runner.read()


def _asking(track: Track, present: list[str], questions: list[str], rounds: int) -> Iterator[Figure]:
    folder = track.workshop.folder / "peers-indexes"
    with ExitStack() as stack:
        runners = {OURS: stack.enter_context(Runner(our_command(track.home), folder / "footnote.log"))}
        runners[OURS].read()
        for script in present:
            runners[script] = stack.enter_context(
                Runner(track.command(script, "ask"), folder / f"{script}.log")
            )
        for runner in runners.values():
            runner.ask(questions[:rounds], count=False)
        for first in range(rounds):
            for runner in runners.values():
                runner.ask(questions[rounds + first :: rounds])
    for script, runner in runners.items():
        yield from _told(PEERS.get(script, OURS), runner, track.home.size)
    yield from _agreement(runners, track.home.size)


def _told(name: str, runner: Runner, size: int) -> Iterator[Figure]:
    note = f"{len(runner.ms)} questions in turn with the others"
    for label, share in (("p50", 0.5), ("p95", 0.95)):
        yield Figure(f"{ONE_AT_A_TIME}, {label}", quantile(runner.ms, share), "ms", size, name, note)
    yield Figure(RATE, 1000 / statistics.fmean(runner.ms), "questions/s", size, name)
    yield Figure(MEMORY_RACE, runner.memory_mb, "MB", size, name)


def _agreement(runners: dict[str, Runner], size: int) -> Iterator[Figure]:
    """How often a peer's first passage is that of the exact search: that all search the same."""
    exact = runners.get(REFERENCE)
    for script, runner in runners.items():
        if exact and script not in (OURS, REFERENCE):
            shared = statistics.fmean(a == b for a, b in zip(runner.first, exact.first, strict=True))
            yield Figure(AGREEING, shared, "of 1", size, PEERS[script])


def _cold(track: Track, present: list[str], questions: list[str]) -> Iterator[Figure]:
    seconds: dict[str, list[float]] = {OURS: [], **{script: [] for script in present}}
    for question in questions:
        seconds[OURS].append(cold_ask_s(track.home, question))
        for script in present:
            started = perf_counter()
            log = track.workshop.folder / "peers-indexes" / f"{script}.log"
            with Runner(track.command(script, "ask"), log) as runner:
                runner.ask([question])
                seconds[script].append(perf_counter() - started)
    for script, each in seconds.items():
        note = "index read from disk, in turn with the others"
        yield timed(COLD_RACE, each, track.home.size, by=PEERS.get(script, OURS), note=note)


def our_command(home: BenchHome) -> list[str]:
    """What starts ours."""
    return [sys.executable, str(FOLDER / "footnote_home.py"), str(home.path)]


def alike(*, ours: bool) -> dict[str, str]:
    """The environment of a racer; only ours finds this checkout, whose names could be others' too."""
    found = {name: value for name, value in environment().items() if name != "PYTHONPATH"}
    here = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(FOLDER.parents[1])])} if ours else {}
    return {**found, **ALIKE, **here}

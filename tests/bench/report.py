"""A run as one JSON file and as the page docs/benchmarks.md."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.figure import OURS, Figure, nominal, shown
from bench.goals import Goal, goals
from bench.ingest import ENCODING
from bench.limits import MACHINE
from bench.race import COLD_RACE, MEMORY_RACE, ONE_AT_A_TIME, RATE
from bench.texts import ROOT

PACKAGES = ("numpy", "faiss-cpu", "openvino", "onnxruntime", "tantivy", "tokenizers", "torch")
# What decides how fast matrices are multiplied.
_INSTRUCTIONS = ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "avx_vnni", "amx_bf16", "amx_int8")
_RACE = (
    (ENCODING, "passages/s embedded"),
    (f"{ONE_AT_A_TIME}, p50", "question p50, ms"),
    (f"{ONE_AT_A_TIME}, p95", "p95, ms"),
    (RATE, "questions/s"),
    (COLD_RACE, "start to first answer, s"),
    (MEMORY_RACE, "memory, MB"),
)


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured at once.

    Args:
        commit: Of the code, short, with ``-dirty`` where files differ from it.
        measured_utc: ISO 8601 moment of its end.
        command: By which it was started.
        machine: What it ran on, and with which packages.
        figures: What came out.
    """

    commit: str
    measured_utc: str
    command: str
    machine: dict[str, str]
    figures: tuple[Figure, ...]

    @classmethod
    def of(cls, figures: Sequence[Figure], command: str, peers: dict[str, str]) -> Run:
        """A run that ends now."""
        return cls(_commit(), datetime.now(UTC).isoformat(timespec="seconds"), command,
                   {**described_machine(), **peers}, tuple(figures))  # fmt: skip

    def write(self, folder: Path) -> Path:
        """Write it to ``folder`` as JSON named by its commit, instead of the one that was there."""
        folder.mkdir(parents=True, exist_ok=True)
        for older in folder.glob("*.json"):
            older.unlink()
        path = folder / f"{self.commit}.json"
        fields = {"commit": self.commit, "measured_utc": self.measured_utc, "command": self.command,
                  "machine": self.machine, "figures": [each.fields() for each in self.figures]}  # fmt: skip
        path.write_text(json.dumps(fields, indent=1, ensure_ascii=False) + "\n", "utf-8")
        return path

    @classmethod
    def read(cls, path: Path) -> Run:
        """The run that was written to ``path``."""
        fields = json.loads(path.read_text("utf-8"))
        return cls(**{**fields, "figures": tuple(Figure(**each) for each in fields["figures"])})


def page(run: Run) -> str:
    """The page, in Markdown."""
    parts = [
        "# Benchmarks",
        f"Measured by `{run.command}` at commit `{run.commit}`, {run.measured_utc[:10]}, on:",
        _table(("what", "which"), run.machine.items()),
        "`make bench` measures up to 10,000 passages in about a quarter of an hour, `make bench-all` up to"
        " 1,000,000 in some hours, `make bench-peers` installs those we race against. The figures of a run"
        " are beside this page in [bench](bench). Machines differ: compare within a run only.",
        "## Where we win and where we lose",
        "**Bold** is lost, or not reached. Of the peers the best at each is taken.",
        _table(("goal", "wanted", "reached", "", "from"), map(_goal_row, goals(run.figures))),
        "## The race",
        "The same model, passages and questions, as many threads as there are cores, no network. Peers look"
        " for the five nearest vectors (txtai for words too); ours is a question through all stages, with"
        " sentences compared, read again by the cross-encoder and quoted. What is best of a column is in"
        " _italics_.",
        _table(("who", *(title for _, title in _RACE)), _race_rows(run.figures)),
        *_plots(),
        "## Ours by size",
        "Times of few rounds are medians. Where a limit of the machine is the measure, the share of it"
        " stands beside.",
        _by_size([each for each in run.figures if each.by == OURS]),
        "## Limits of the machine",
        _table(
            ("limit", "measured", "how"),
            ((each.name, _number(each), each.note) for each in run.figures if each.by == MACHINE),
        ),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def described_machine() -> dict[str, str]:
    """The processor, its memory and system, and the packages that do the work."""
    cpu = dict(
        [part.strip() for part in line.split(":", 1)]
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        if ":" in line
    )
    flags = cpu.get("flags", "").split()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "processor": f"{cpu.get('model name', platform.processor())}, {os.cpu_count()} cores,"
        f" family {cpu.get('cpu family', '?')} model {cpu.get('model', '?')}",
        "instructions": ", ".join(each for each in _INSTRUCTIONS if each in flags) or "none of note",
        "memory": f"{memory:.0f} GB",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "packages": ", ".join(f"{name} {version(name)}" for name in PACKAGES),
    }


def _goal_row(goal: Goal) -> tuple[str, ...]:
    wanted = f"{goal.bound} {goal.wanted:,g} {goal.unit}".strip()
    reached = f"{shown(goal.reached)} {goal.unit}".strip()
    if goal.holds:
        return goal.name, wanted, reached, "reached", goal.how
    return f"**{goal.name}**", wanted, f"**{reached}**", "**not reached**", goal.how


def _race_rows(figures: Sequence[Figure]) -> Iterator[tuple[str, ...]]:
    names = dict.fromkeys(each.by for each in figures if each.by != MACHINE)
    columns = []
    for name, _ in _RACE:
        of = {each.by: each.value for each in figures if each.name == name}
        best = (max if "/s" in dict(_RACE)[name] else min)(of.values(), default=None)
        columns.append(
            {by: f"_{shown(value)}_" if value == best else shown(value) for by, value in of.items()}
        )
    for by in names:
        yield by, *(column.get(by, "–") for column in columns)


def _by_size(figures: Sequence[Figure]) -> str:
    sizes = sorted({nominal(each.size) for each in figures})
    rows: dict[tuple[str, str], dict[int, str]] = {}
    for each in figures:
        share = "" if each.share is None else f" ({100 * each.share:.0f} % of {each.limit})"
        cell = rows.setdefault((each.name, each.unit), {})
        size = nominal(each.size)
        if size not in cell:
            cell[size] = f"{shown(each.value)}{share}"
        elif share:
            cell[size] += f";{share}"
    titles = [f"{size:,}" if size else "any size" for size in sizes]
    return _table(
        ("", "unit", *titles),
        ((name, unit, *(cell.get(size, "") for size in sizes)) for (name, unit), cell in rows.items()),
    )


def _plots() -> Iterator[str]:
    from bench.plots import PLOTS

    for name, about in PLOTS.items():
        if (ROOT / "docs" / "bench" / f"{name}.svg").exists():
            yield f"![{about}](bench/{name}.svg)"


def _number(figure: Figure) -> str:
    return f"{shown(figure.value)} {figure.unit}"


def _table(titles: Sequence[str], rows) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _commit() -> str:
    ran = subprocess.run(
        ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--exclude=*"],
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    return ran.stdout.strip() or "unknown"

"""Two results of `footnote eval` set side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.config import ConfigError
from retrieval.measures import Estimate, estimate

# Two results that differ in one of these did not ask the same.
_SAME_QUESTIONS = ("corpus_sha256", "questions_sha256", "outside_sha256", "limit", "seed")


class _Result(BaseModel):
    """What is read of a result: its stamp (see `bot.stamp`) and its measures."""

    model_config = ConfigDict(frozen=True)

    corpus_sha256: str
    questions_sha256: str
    outside_sha256: str | None
    limit: int | None
    seed: int | None
    commit: str | None
    machine: str
    passages: int
    settings: dict[str, object]
    measures: dict[str, Estimate]
    per_question: dict[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure in both results.

    Args:
        measure: Its name.
        first: In the first result.
        second: In the second.
        by: Second less first. Its interval is of the differences question by question where the measure is
            a mean over questions, which tells much smaller differences than two intervals beside each
            other; None where it is not.
        is_real: Whether the interval leaves out 0, or the two intervals have nothing in common.
    """

    measure: str
    first: Estimate
    second: Estimate
    by: Estimate | None
    is_real: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two results that asked the same questions of the same articles.

    Args:
        names: Of the two files.
        changed: What else differs between the runs: settings, commit, machine; name to both values.
        differences: One a measure that both have.
    """

    names: tuple[str, str]
    changed: dict[str, tuple[object, object]]
    differences: tuple[Difference, ...]

    def to_json(self) -> dict[str, object]:
        """Everything, as plain values."""
        return asdict(self)

    def table(self) -> str:
        """The measures for reading, side by side."""
        lines = [f"  {name}: {first} → {second}" for name, (first, second) in self.changed.items()]
        first, second = self.names
        wide = max([7, *(len(each.measure) for each in self.differences)])
        lines.append(f"  {'measure':<{wide}} {first[-14:]:>14} {second[-14:]:>14}  difference")
        lines += [_line(each, wide) for each in self.differences]
        return "\n".join([*lines, "* beyond chance: a 95 % interval leaves out no difference"])


def compare(first: Path, second: Path) -> Comparison:
    """Two results, read and compared.

    Raises:
        ConfigError: One is no result, or they did not ask the same.
    """
    old, new = _read(first), _read(second)
    for name in _SAME_QUESTIONS:
        ours, theirs = getattr(old, name), getattr(new, name)
        if ours != theirs:
            raise ConfigError(
                f"{first} and {second} did not ask the same questions of the same articles:"
                f" {name} is {_short(ours)} in one and {_short(theirs)} in the other",
                f"measure both on the same set: footnote eval DIR --json > {second.name}",
            )
    differences = (_difference(name, old, new) for name in old.measures if name in new.measures)
    return Comparison((first.name, second.name), dict(_changed(old, new)), tuple(differences))


def _difference(name: str, old: _Result, new: _Result) -> Difference:
    first, second = old.measures[name], new.measures[name]
    before, after = old.per_question.get(name, ()), new.per_question.get(name, ())
    if not before or len(before) != len(after):
        has_interval = first.low < first.high and second.low < second.high
        apart = first.high < second.low or second.high < first.low
        return Difference(name, first, second, None, is_real=has_interval and apart)
    by = estimate(np.array(after) - np.array(before))
    return Difference(name, first, second, by, is_real=not by.low <= 0 <= by.high)


def _changed(old: _Result, new: _Result) -> Iterator[tuple[str, tuple[object, object]]]:
    pairs = {name: (getattr(old, name), getattr(new, name)) for name in ("commit", "machine", "passages")}
    for name in sorted(old.settings.keys() | new.settings.keys()):
        pairs[name] = (old.settings.get(name), new.settings.get(name))
    yield from ((name, pair) for name, pair in pairs.items() if pair[0] != pair[1])


def _line(found: Difference, wide: int) -> str:
    digits = digits_of(found.measure)
    by = found.second.value - found.first.value
    interval = f"[{found.by.low:+.{digits}f}, {found.by.high:+.{digits}f}]" if found.by else ""
    mark = "  *" if found.is_real else ""
    values = f"{found.first.value:>14.{digits}f} {found.second.value:>14.{digits}f}"
    return f"  {found.measure:<{wide}} {values}  {by:+.{digits}f}  {interval}{mark}".rstrip()


def digits_of(measure: str) -> int:
    """How many decimals of a measure are worth reading."""
    if measure.endswith("chars"):
        return 0
    return 1 if measure.startswith("ms") else 3


def _short(value: object) -> str:
    return value[:12] if isinstance(value, str) else "not given" if value is None else str(value)


def _read(path: Path) -> _Result:
    try:
        return _Result.model_validate_json(path.read_bytes())
    except OSError as error:
        why = error.strerror or str(error)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        why = f"{'.'.join(map(str, first['loc']))} {first['msg'].lower()}".strip()
    raise ConfigError(
        f"{path} is no result of this version: {why}", f"footnote eval DIR --json > {path.name}"
    )

"""`footnote eval`: a set of labelled questions indexed in a temporary home, asked, and measured."""

from __future__ import annotations

import json
import random
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from bot.config import Config, ConfigError
from bot.home_desk import HomeDesk
from bot.terminal import progress_shown
from corpus.ingest import add
from corpus.library import Library
from retrieval.build_types import Progress
from retrieval.evaluate import Evaluation, ask_all, measure
from retrieval.measures import Prediction
from retrieval.questions import Question, load_questions

CORPUS = "corpus.jsonl"
QUESTIONS = "queries.jsonl"

# The settings that shape a reply.
SHAPING = {
    "encoder",
    "backend",
    "max_excerpts",
    "max_excerpt_chars",
    "max_passage_chars",
    "answer_threshold",
    "related_threshold",
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """What was measured, so that two figures are only compared when they can be.

    Args:
        set: The folder's name.
        commit: Of the code, None outside a checkout.
        snapshot: Id of the snapshot asked.
        passages: How many passages it holds.
        settings: Those that shape a reply.
    """

    set: str
    commit: str | None
    snapshot: str
    passages: int
    settings: dict[str, object]


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of one set: on what, what was measured, and every reply."""

    stamp: Stamp
    evaluation: Evaluation
    predictions: list[Prediction]

    def to_json(self) -> dict[str, object]:
        """Stamp and measures as plain numbers."""
        return {**asdict(self.stamp), **asdict(self.evaluation)}

    def table(self) -> str:
        """The measures for reading, each with its 95 % interval."""
        lines = [
            f"{self.stamp.set}: {self.evaluation.questions:,} questions,"
            f" {self.evaluation.answerable:,} answerable, {self.stamp.passages:,} passages"
        ]
        for name, found in self.evaluation.measures.items():
            digits = 0 if name.endswith("chars") else 1 if name.startswith("ms") else 3
            interval = (
                f"  [{found.low:.{digits}f}, {found.high:.{digits}f}]" if found.low < found.high else ""
            )
            lines.append(f"  {name:<18} {found.value:>8.{digits}f}{interval}")
        return "\n".join(lines)


def evaluate(folder: Path, config: Config, *, limit: int | None, seed: int) -> Measured:
    """Index a set, ask its questions, measure the replies.

    Args:
        folder: Holds ``corpus.jsonl`` and ``queries.jsonl``.
        config: Its settings are used; its home only lends its converted encoder.
        limit: Ask so many questions, drawn by ``seed``; None asks all.
        seed: Of the draw.

    Raises:
        EvaluationError: The folder is no set of labelled questions.
    """
    questions = _drawn(list(load_questions(folder / QUESTIONS)), limit, seed)
    with _indexed(folder, config) as desk:
        searcher = desk.searcher()
        with progress_shown() as on_progress:
            predictions = ask_all(
                searcher, questions, lambda done: on_progress(Progress("asking", done, len(questions)))
            )
    stamp = Stamp(
        set=folder.resolve().name,
        commit=_commit(),
        snapshot=searcher.info.id,
        passages=searcher.info.passages,
        settings=config.settings.model_dump(mode="json", include=SHAPING),
    )
    return Measured(stamp, measure(questions, predictions), predictions)


def write_predictions(predictions: Sequence[Prediction], path: Path) -> None:
    """One line a question, for a scorer that is not ours."""
    with path.open("w", encoding="utf-8") as file:
        for each in predictions:
            line = {
                "id": each.id,
                "ranked": each.ranked,
                "excerpts": [{"article_id": article_id, "text": text} for article_id, text in each.excerpts],
                "confidence": each.confidence,
                "verdict": each.verdict,
                "ms": round(each.ms, 2),
            }
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def comparison(first: Path, second: Path) -> str:
    """Two results side by side; a difference beyond both intervals is marked."""
    old, new = _read_result(first), _read_result(second)
    lines = [f"{'':<20} {first.name[:16]:>16} {second.name[:16]:>16}  difference"]
    for name in [name for name in old if name in new]:
        a, b = old[name], new[name]
        apart = a["high"] < b["low"] or b["high"] < a["low"]
        mark = "  *" if apart else ""
        lines.append(
            f"  {name:<18} {a['value']:>16.3f} {b['value']:>16.3f}  {b['value'] - a['value']:+.3f}{mark}"
        )
    return "\n".join([*lines, "* beyond both 95 % intervals"])


@contextmanager
def _indexed(folder: Path, config: Config) -> Iterator[HomeDesk]:
    """A temporary home with the set's articles; the encoder is the caller's, which is loaded once."""
    encoder = HomeDesk(config).encoder
    with tempfile.TemporaryDirectory(prefix="footnote-eval-") as home:
        desk = HomeDesk(Config(Path(home), "flag", config.settings, config.origins), encoder)
        with Library.open(Path(home) / "library.db") as library:
            failed = [each for each in add(library, [str(folder / CORPUS)]) if each.status == "failed"]
        if failed:
            click.echo(f"{len(failed)} articles could not be read, the first: {failed[0].reason}", err=True)
        with progress_shown() as on_progress:
            desk.reindex(on_progress)
        yield desk


def _drawn(questions: list[Question], limit: int | None, seed: int) -> list[Question]:
    if limit is None or limit >= len(questions):
        return questions
    return random.Random(seed).sample(questions, limit)


def _commit() -> str | None:
    """The commit this code is at, None where it is not run from a checkout."""
    here = Path(__file__).parent
    try:
        found = subprocess.run(
            ["git", "-C", str(here), "rev-parse", "--short=12", "HEAD"],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return found.stdout.strip()


def _read_result(path: Path) -> dict[str, dict[str, float]]:
    try:
        measures: dict[str, dict[str, float]] = json.loads(path.read_text("utf-8"))["measures"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"{path} is no result of an evaluation", f"footnote eval DIR --json > {path.name}"
        ) from error
    return measures

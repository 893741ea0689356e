"""`footnote eval`: a set of labelled questions indexed in a temporary home, asked, and measured."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import click

from bot.comparison import digits_of
from bot.config import Config, Settings
from bot.home_desk import HomeDesk
from bot.progress import progress_shown
from bot.question import objection, tidy
from bot.stamp import CORPUS, QUESTIONS, Selection, Stamp, stamp
from bot.words import ENGLISH
from corpus.ingest import add
from corpus.library import Library
from retrieval.build_types import Progress
from retrieval.errors import EvaluationError
from retrieval.evaluate import Evaluation, measure, predict
from retrieval.measures import Prediction, quotable
from retrieval.questions import Question, load_questions
from retrieval.search import Searcher

_ARTICLE_FORM = 'give it a line for each: {"id": "…", "title": "…", "text": "…"}'
_ANOTHER_FILE = "name another file"


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of one set: on what, what was measured, and every question with its reply.

    Args:
        stamp: On what, with what.
        evaluation: What was measured.
        questions: Those of the set, as asked.
        predictions: The reply to each.
        outside: The replies to those of the other set.
        rejected: Why lines of the set's articles were not taken, each with its file and line.
    """

    stamp: Stamp
    evaluation: Evaluation
    questions: Sequence[Question]
    predictions: Sequence[Prediction]
    outside: Sequence[Prediction]
    rejected: Sequence[str]

    def to_json(self) -> dict[str, object]:
        """Stamp and measures as plain numbers."""
        return {**asdict(self.stamp), **asdict(self.evaluation)}

    def table(self) -> str:
        """The measures for reading, each with its 95 % interval."""
        found = self.evaluation
        outside = f" and {found.outside:,} of another set" if found.outside else ""
        lines = [
            f"{self.stamp.set}: {found.questions:,} questions, {found.answerable:,} answerable{outside},"
            f" {self.stamp.passages:,} passages"
        ]
        wide = max(map(len, found.measures))
        for name, each in found.measures.items():
            digits = digits_of(name)
            interval = f"  [{each.low:.{digits}f}, {each.high:.{digits}f}]" if each.low < each.high else ""
            lines.append(f"  {name:<{wide}} {each.value:>8.{digits}f}{interval}")
        return "\n".join(lines)


def evaluate(selection: Selection, config: Config) -> Measured:
    """Index a set, ask its questions, measure the replies.

    Args:
        selection: Which questions.
        config: Its settings are used; its home only lends its converted encoder.

    Raises:
        EvaluationError: The folder is no set of labelled questions, or the other set is the same.
    """
    _check(selection)
    questions = _drawn(load_questions(selection.folder / QUESTIONS), selection.limit, selection.seed)
    # As many of the other set as of this one, so that neither kind decides how long it takes.
    outside = (
        _drawn(load_questions(selection.outside / QUESTIONS), len(questions), selection.seed)
        if selection.outside
        else []
    )
    if not questions:
        raise EvaluationError(f"{selection.folder / QUESTIONS} is empty", "give each question a line")
    with _indexed(selection.folder, config) as (desk, rejected):
        searcher = desk.searcher()
        replies = _replies(searcher, [*questions, *outside])
        with desk.library() as library:
            texts = {version.article_id: version.text for version in library.current()}
    _warn_of_missing(questions, texts.keys())
    questions = [quotable(question, texts) for question in questions]
    predictions, elsewhere = replies[: len(questions)], replies[len(questions) :]
    return Measured(
        stamp(selection, _as_used(config.settings, desk), searcher.info),
        measure(questions, predictions, elsewhere),
        questions,
        predictions,
        elsewhere,
        rejected,
    )


def write_predictions(measured: Measured, path: Path) -> None:
    """One line a question of the set, for a scorer that is not ours."""
    with path.open("w", encoding="utf-8") as file:
        for each in measured.predictions:
            line = {
                "id": each.id,
                "ranked": each.ranked,
                "excerpts": [{"article_id": article_id, "text": text} for article_id, text in each.excerpts],
                "confidence": each.confidence,
                "verdict": each.verdict,
                "ms": round(each.ms, 2),
            }
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def check_written(selection: Selection, paths: Iterable[Path]) -> None:
    """Refuse to write over what is measured.

    Raises:
        EvaluationError: One of the paths is a file of the set or of the other one.
    """
    for path in filter(Path.exists, paths):
        for folder in filter(None, (selection.folder, selection.outside)):
            for own in (folder / CORPUS, folder / QUESTIONS):
                if own.exists() and path.samefile(own):
                    raise EvaluationError(f"{path} belongs to the set and is not written over", _ANOTHER_FILE)


def _check(selection: Selection) -> None:
    corpus, outside = selection.folder / CORPUS, selection.outside
    if not corpus.is_file():
        raise EvaluationError(f"{corpus} is not there", f"name a folder with {CORPUS} and {QUESTIONS}")
    if outside and outside.exists() and outside.samefile(selection.folder):
        raise EvaluationError(
            "--outside names the set itself, whose articles answer its questions", "name another set"
        )


@contextmanager
def _indexed(folder: Path, config: Config) -> Iterator[tuple[HomeDesk, list[str]]]:
    """A temporary home with the set's articles, and why lines of theirs were rejected.

    The encoder is the caller's, which is loaded once.
    """
    encoder, corpus = HomeDesk(config).encoder, folder / CORPUS
    with tempfile.TemporaryDirectory(prefix="footnote-eval-") as home:
        desk = HomeDesk(Config(Path(home), "flag", config.settings, config.origins), encoder)
        with Library.open(Path(home) / "library.db") as library:
            rejected = [each.reason or "" for each in add(library, [str(corpus)]) if each.status == "failed"]
            for reason in rejected:
                click.echo(tidy(reason), err=True)
            if library.count() == 0:
                raise EvaluationError(f"{corpus} holds no article that can be read", _ARTICLE_FORM)
        with progress_shown() as on_progress:
            desk.reindex(on_progress, unasked=True)  # what is measured may fail
        yield desk, rejected


def _replies(searcher: Searcher, questions: Sequence[Question]) -> list[Prediction]:
    """What the bot would reply to each, in order."""
    replies = []
    with progress_shown() as on_progress:
        for done, question in enumerate(map(_tidied, questions), start=1):
            if objection(ENGLISH, question.text):  # the bot asks back, and shows nothing
                replies.append(Prediction(question.id, (), (), 0.0, "not_found", 0.0))
            else:
                replies.append(predict(searcher, question))
            on_progress(Progress("asking", done, len(questions)))
    return replies


def _tidied(question: Question) -> Question:
    """The question as the bot searches for it, after earlier ones as it remembers them."""
    said = (replace(each, text=tidy(each.text)) if each.role == "user" else each for each in question.history)
    return replace(question, text=tidy(question.text), history=tuple(said))


def _as_used(settings: Settings, desk: HomeDesk) -> Settings:
    """The settings with what took part where they say `auto`: that differs by what is installed."""
    used: dict[str, str] = {"backend": desk.encoder.backend}
    if settings.cross_encoder == "auto":
        used["cross_encoder"] = "packaged" if desk.models.cross_encoder else "off"
    return settings.model_copy(update=used)


def _drawn(questions: Iterable[Question], limit: int | None, seed: int) -> list[Question]:
    """So many of the questions, in the order of the draw; all of them in theirs without a limit."""
    found = list(questions)
    return found if limit is None or limit >= len(found) else random.Random(seed).sample(found, limit)


def _warn_of_missing(questions: Sequence[Question], article_ids: Set[str]) -> None:
    """Say which questions name articles that are not there: they count as missed, whatever is replied."""
    missing = [each for each in questions if not each.gold <= article_ids]
    if missing:
        named = ", ".join(sorted(missing[0].gold - article_ids))
        click.echo(
            f"{len(missing)} questions name articles that are not in {CORPUS} or are there twice;"
            f" the first, {missing[0].id}: {named}",
            err=True,
        )

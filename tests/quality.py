"""The quality gate: labelled questions are asked of the real bot, and no figure may be below its floor.

`make quality` asks all of it and prints a table; `make pin-quality` makes what it measures the new floors.
The questions of the sample library are the project's own. The others are public sets beside the checkout,
left out where they are not, and so are gates with the cross-encoder where that is not installed. The suite
asks the sample's questions and a part of two sets, which takes seconds.
"""

from __future__ import annotations

import hashlib
import json
import random
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import click
from floors import FLOORS, Contents, Figure, Measured, pin, read_floors, too_low, write_floors

import bot.evaluation
from bot.config import Config, Settings
from bot.stamp import CORPUS, QUESTIONS, Selection
from corpus.ingest import add
from corpus.library import Library
from retrieval.evaluate import Evaluation
from retrieval.measures import Prediction, excerpt_hit
from retrieval.packaged_cross_encoder import is_installed
from retrieval.questions import Question

ROOT = Path(__file__).parents[1]
SETS = ROOT.parent / "shared" / "eval"
SAMPLE = "sample"
SAMPLE_QUESTIONS = ROOT / "tests" / "data" / "sample_questions.jsonl"
# The sample library, and one article more in a language that it has none in.
SAMPLE_ARTICLES = (ROOT / "corpus" / "sample", ROOT / "tests" / "data" / "articles")
# When questions without a day of their own are asked: today, floors would move with the calendar.
ASKED = "2026-11-22"

TRUST = ("auroc", "outside auroc", "outside quiet at 10 % refused", "calibration")
# Figures that are one less a measure, so that more is better.
LESS = {
    "calibration": "calibration error",
    "outside quiet at 10 % refused": "outside false answers at 10 % refused",
}


@dataclass(frozen=True)
class Gate:
    """Which questions are asked, of what, and which figures have a floor.

    Args:
        set: A public set's folder, or ``sample``.
        figures: What has a floor; the sample library's are `SAMPLE_FIGURES`.
        limit: How many questions are drawn; None for all.
        outside: The set whose questions are asked too, none of which can be answered.
        articles: How many articles are searched, those asked about among them; None for all.
        cross_encoder: The setting. What `auto` means differs from machine to machine, and so would figures.
    """

    set: str
    figures: tuple[str, ...] = ()
    limit: int | None = None
    outside: str | None = None
    articles: int | None = None
    cross_encoder: Literal["off", "packaged"] = "off"

    @property
    def name(self) -> str:
        """What the floors are filed under."""
        articles = f", {self.articles} articles" if self.articles else ""
        return f"{self.set}{articles}{', cross-encoder' if self.cross_encoder == 'packaged' else ''}"

    @property
    def missing(self) -> list[str]:
        """What it needs and this machine does not have."""
        sets = [SETS / each for each in (self.set, self.outside) if each and each != SAMPLE]
        folders = [str(folder) for folder in sets if not folder.is_dir()]
        return folders + (
            ["the cross-encoder"] if self.cross_encoder == "packaged" and not is_installed() else []
        )


FOUND = ("hit@1", "excerpt hit@1")
RANKED = ("hit@1", "hit@5")
# In seconds, with what is on by default: what the suite asks.
SUITE = (Gate(SAMPLE, cross_encoder="packaged"),)
# In minutes. The cross-encoder reads English only, so that other languages have no second gate.
_ENGLISH = (
    Gate("squad2_dev", (*FOUND, *TRUST), limit=400, outside="covidqa_partial"),
    Gate("covidqa_partial", (*FOUND, *TRUST[1:]), limit=200, outside="squad2_dev"),
    Gate("clapnq_dev", (*FOUND, *TRUST), limit=200, outside="covidqa_partial"),
    Gate("mtragun_dev", (*RANKED, *TRUST), outside="covidqa_partial"),
    Gate("multihoprag_facts500", (*RANKED, *TRUST), limit=200, outside="squad2_dev"),
)
WHOLE = (
    Gate(SAMPLE),
    Gate("squad2_dev", (*FOUND, *TRUST), limit=60, outside="covidqa_partial", articles=100),
    Gate("clapnq_dev", (*FOUND, *TRUST), limit=60, outside="covidqa_partial", articles=100),
    *(replace(gate, cross_encoder="packaged") for gate in _ENGLISH),
    _ENGLISH[0],
    *(Gate(f"xquad_{language}", FOUND, limit=200) for language in ("de", "es", "ru")),
)


def measure(gate: Gate, home: Path) -> Measured:
    """Ask what a gate asks, with default settings but for its own.

    Args:
        gate: Nothing of it may be missing.
        home: Lends its converted encoder.
    """
    config = Config(home, "flag", Settings(cross_encoder=gate.cross_encoder), {})
    with tempfile.TemporaryDirectory(prefix="footnote-quality-") as scratch:
        if gate.set == SAMPLE:
            found = bot.evaluation.evaluate(Selection(_sample_set(Path(scratch))), config)
            return Measured(gate.name, sample_sha256(), _sample_figures(found))
        folder, outside = SETS / gate.set, SETS / gate.outside if gate.outside else None
        if gate.articles:
            folder = _cut(folder, Path(scratch), n_questions=gate.limit, n_articles=gate.articles)
        found = bot.evaluation.evaluate(Selection(folder, gate.limit, outside=outside), config)
    digests = (found.stamp.corpus_sha256, found.stamp.questions_sha256, found.stamp.outside_sha256)
    sha256 = hashlib.sha256("".join(each or "" for each in digests).encode()).hexdigest()
    return Measured(gate.name, sha256, {name: _figure(name, found.evaluation) for name in gate.figures})


def _sample_figures(found: bot.evaluation.Measured) -> dict[str, Figure]:
    labels = _read_lines(SAMPLE_QUESTIONS)
    asked = [
        Asked(label, question, reply)
        for label, question, reply in zip(labels, found.questions, found.predictions, strict=True)
    ]
    shares = {name: _share(asked, *rule) for name, rule in SAMPLE_FIGURES.items()}
    return {**shares, "auroc": _figure("auroc", found.evaluation)}


@dataclass(frozen=True)
class Asked:
    """A labelled question of the sample library with what came of it."""

    label: dict
    question: Question
    reply: Prediction

    @property
    def hit(self) -> bool:
        """Whether the first excerpt is of an article that holds the answer."""
        return bool(self.reply.excerpts) and self.reply.excerpts[0][0] in self.question.gold

    @property
    def excerpt_hit(self) -> bool:
        """Whether the first excerpt holds the answer."""
        return excerpt_hit(self.question, self.reply, 1)

    @property
    def answered(self) -> bool:
        """Whether the verdict is that it answers."""
        return self.reply.verdict == "answer"


Rule = Callable[[Asked], bool]


def _of(language: str) -> Rule:
    return lambda each: each.label["language"] == language and each.label["answerable"]


def _labelled(verdict: str) -> Rule:
    return lambda each: each.label["verdict"] == verdict


def _is_follow_up(each: Asked) -> bool:
    return "history" in each.label and each.label["answerable"]


# Figure to the questions it is of, and what is right.
SAMPLE_FIGURES: dict[str, tuple[Rule, Rule]] = {
    **{f"{language} hit@1": (_of(language), lambda each: each.hit) for language in ("en", "de", "es", "ru")},
    **{
        f"{language} excerpt hit@1": (_of(language), lambda each: each.excerpt_hit)
        for language in ("en", "de", "es", "ru")
    },
    "follow-up excerpt hit@1": (_is_follow_up, lambda each: each.excerpt_hit),
    "answerable, answered": (_labelled("answer"), lambda each: each.answered),
    "near miss, not answered": (_labelled("related"), lambda each: not each.answered),
    "near miss, shown as related": (_labelled("related"), lambda each: each.reply.verdict == "related"),
    "not there, not answered": (_labelled("not_found"), lambda each: not each.answered),
    "not there, said so": (_labelled("not_found"), lambda each: each.reply.verdict == "not_found"),
}


def sample_sha256() -> str:
    """Of the questions and articles of the sample library."""
    digest = hashlib.sha256(SAMPLE_QUESTIONS.read_bytes())
    for folder in SAMPLE_ARTICLES:
        for path in sorted(folder.glob("*.md")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _share(asked: Sequence[Asked], of: Rule, right: Rule) -> Figure:
    chosen = [each for each in asked if of(each)]
    return Figure(sum(map(right, chosen)) / len(chosen), len(chosen))


def _figure(name: str, found: Evaluation) -> Figure:
    """A measure as a share of which more is better."""
    if name in LESS:
        return Figure(1 - found.measures[LESS[name]].value)
    return Figure(found.measures[name].value, len(found.per_question.get(name, ())) or None)


def _sample_set(folder: Path) -> Path:
    """The sample library as a set of labelled questions, its articles read as `footnote add` reads them."""
    with Library.open(folder / "library.db") as library:
        for added in add(library, map(str, SAMPLE_ARTICLES)):
            assert added.status == "added", added
        names = {library.find(str(path)): path.stem for at in SAMPLE_ARTICLES for path in at.glob("*.md")}
        lines = [
            {"id": names[version.article_id], "text": version.text, **asdict(version.metadata)}
            for version in library.current()
        ]
    _write_lines(folder / CORPUS, lines)
    _write_lines(folder / QUESTIONS, [{"asked": ASKED, **each} for each in _read_lines(SAMPLE_QUESTIONS)])
    return folder


def _cut(whole: Path, folder: Path, *, n_questions: int | None, n_articles: int) -> Path:
    """A part of a set: some questions, the articles they are about, and others up to ``n_articles``."""
    chance = random.Random(0)
    questions = chance.sample(_read_lines(whole / QUESTIONS), n_questions)
    about = {article_id for question in questions for article_id in question["gold"]}
    articles = _read_lines(whole / CORPUS)
    others = [article for article in articles if article["id"] not in about]
    kept = {article["id"] for article in chance.sample(others, n_articles - len(about))} | about
    _write_lines(folder / CORPUS, [article for article in articles if article["id"] in kept])
    _write_lines(folder / QUESTIONS, questions)
    return folder


def _read_lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _write_lines(path: Path, lines: list[dict]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


@click.command()
@click.argument("names", nargs=-1, metavar="[GATE]...")
@click.option("--pin", "to_pin", is_flag=True, help="Make what is measured the new floors.")
@click.option("--lower", metavar="REASON", help="Why floors may be lowered.")
def main(names: tuple[str, ...], to_pin: bool, lower: str | None) -> None:
    """Measure every gate, or those named, and compare them with the floors or pin them."""
    floors = read_floors(FLOORS.read_text("utf-8") if FLOORS.exists() else "")
    measured = []
    for gate in (*SUITE, *WHOLE):
        if names and gate.name not in names:
            continue
        if gate.missing:
            click.echo(f"{gate.name}: not asked, {' and '.join(gate.missing)} not on this machine", err=True)
            continue
        measured.append(measure(gate, ROOT / ".demo"))
        click.echo(_table(measured[-1], floors))
    if to_pin:
        try:
            pinned = pin(floors, measured, reason=lower, on=datetime.now(UTC).date())
        except ValueError as error:
            raise click.ClickException(str(error)) from None
        FLOORS.write_text(write_floors(pinned), "utf-8")
    elif problems := [line for each in measured for line in too_low(floors, each)]:
        raise click.ClickException("\n".join(problems))


def _table(measured: Measured, floors: Contents) -> str:
    """What one gate measured beside its floors, a line a figure."""
    pinned = floors["gates"].get(measured.gate, {"floors": {}})["floors"]
    lines = []
    for name, figure in measured.figures.items():
        floor = pinned.get(name)
        said = "no floor" if floor is None else f"floor {floor:.3f}"
        below = "  BELOW" if floor is not None and figure.value < floor else ""
        lines.append(f"{measured.gate:<36} {name:<30} {figure.value:.3f}  {said}{below}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
